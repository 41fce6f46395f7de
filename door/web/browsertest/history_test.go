package browsertest

import (
	"path/filepath"
	"testing"

	"cairn/door/web/webtest"
)

// TestAxeWithAHistory examines the pages that show much only where an office has a past,
// and a plan that cannot give everybody what they wish for.
func TestAxeWithAHistory(t *testing.T) {
	o, err := webtest.Found(filepath.Join(t.TempDir(), "cairn.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	if err := o.FillHistory(); err != nil {
		t.Fatal(err)
	}
	for language, ways := range map[string][]way{"English": ways, "العربية": {desktop, phone}, "Français": {phone}} {
		b := openAt(t, o, o.Pages)
		b.visit("/login")
		b.button(language)
		tag := ask[string](b, "document.documentElement.lang")
		b.signIn("placement_officer")
		for _, s := range []screen{
			{"history outcomes", "", "/placement/outcomes"},
			{"history plan", "", "/placement/plans/" + o.Plan},
			{"history scarce", "", "/placement/scarce"},
			{"history what if", "", "/placement/what-if?move=yes&change=quota:AUS:1957:24&change=room:" + o.Places[2] + ":people=10:school=4"},
			{"history unplaced", "", "/cases/" + o.Cases[9]},
			{"history board", "", "/placement"},
			{"history case", "", "/cases/" + o.Cases[1]},
		} {
			b.visit(s.path)
			ask[bool](b, `[...document.querySelectorAll("details")].every(d => d.open = true)`)
			b.examineIn(tag+"-"+s.name, ways)
			if sheets := b.sheets(tag + "-" + s.name); sheets > 5 {
				t.Errorf("%s takes %d sheets", s.name, sheets)
			}
		}
	}
}
