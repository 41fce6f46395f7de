package browsertest

import (
	"bytes"
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestPaperShowsOnlyWhatBelongsThere prints what people carry: menus stay out, dark
// screens do not make dark paper, and a letter to a family fits one sheet.
func TestPaperShowsOnlyWhatBelongsThere(t *testing.T) {
	b := open(t)
	for _, s := range screens(b.office) {
		if s.name != "slip" && s.name != "letter" && s.name != "manifest" {
			continue
		}
		b.signIn(s.role)
		b.visit(s.path)
		b.shows("Kovács, János")
		if sheets := b.sheets(s.name); sheets != 1 {
			t.Errorf("%s takes %d sheets", s.name, sheets)
		}
	}
}

// sheets prints the page, holds that it is ink on white paper without menus, and counts.
func (b *tab) sheets(name string) int {
	b.Helper()
	b.media("print", "dark")
	if seen := ask[[]string](b, `[...document.querySelectorAll(".top, .sections, footer, .no-print, .skip")].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))`); len(seen) > 0 {
		b.Errorf("%s: printed as well: %q", name, seen)
	}
	if paper := ask[string](b, `getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color`); paper != "rgb(255, 255, 255)rgb(27, 36, 48)" {
		b.Errorf("%s: paper and ink are %s", name, paper)
	}
	b.picture(name + "-print")
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	cancel()
	if err != nil {
		b.Fatalf("print %s: %v", name, err)
	}
	b.media("", "light")
	return bytes.Count(pdf, []byte("/Type /Page\n"))
}

// media sets what the page is shown on, and the colour scheme.
func (b *tab) media(on, scheme string) {
	b.Helper()
	b.run("show on "+on, chromedp.Func(func(context.Context, *chromedp.Target) error {
		_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: on,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	}))
}
