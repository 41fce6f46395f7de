package browsertest

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cairn/door/web/webtest"
)

var only = flag.String("only", "", "examine only the pages whose `name` contains this")

var shots = flag.String("shots", "", "write a picture of each page that axe examines into this `folder`")

// patience bounds one step in the browser; it is long, since machines may be busy.
const patience = 90 * time.Second

const axeFile = "../../../node_modules/axe-core/axe.min.js"

// programs are the names that Chromium goes by.
var programs = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// needed skips a test that lacks something, or fails it where nothing may be missing.
func needed(t *testing.T, found bool, what string) {
	t.Helper()
	switch {
	case found:
	case os.Getenv("CAIRN_TEST_BROWSER") == "1":
		t.Fatalf("%s is missing: run scripts/setup", what)
	default:
		t.Skipf("%s is missing: run scripts/setup, which installs it, or make test", what)
	}
}

// started is the browser that all tests share; each tab has cookies of its own.
var started = sync.OnceValues(func() (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.Flag("force-prefers-reduced-motion", true))
	if os.Getuid() == 0 { // Chromium's sandbox refuses to run as root
		options = append(options, chromedp.NoSandbox)
	}
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			options = append(options, chromedp.ExecPath(path))
			break
		}
	}
	allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocated)
	stopBrowser = func() { _ = chromedp.Cancel(ctx); stop() }
	return ctx, chromedp.Do(ctx, chromedp.Navigate("about:blank"))
})

var stopBrowser = func() {}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	stopBrowser()
	if o, err := filled(); err == nil {
		o.Close()
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

var folder string

// filled is the office that all tests share. Each job changes its own part of it.
var filled = sync.OnceValues(func() (*webtest.Office, error) {
	var err error
	if folder, err = os.MkdirTemp("", "cairn-browser-"); err != nil {
		return nil, err
	}
	o, err := webtest.Found(filepath.Join(folder, "cairn.db"))
	if err != nil {
		return nil, err
	}
	return o, o.Fill()
})

// tab is one browser window of somebody.
type tab struct {
	*testing.T
	ctx    context.Context
	office *webtest.Office
	home   string
}

// open gives a fresh tab that shows nothing yet, at the office that all tests share.
func open(t *testing.T) *tab {
	t.Helper()
	office, err := filled()
	if err != nil {
		t.Fatalf("make the office: %v", err)
	}
	return openAt(t, office, office.Pages)
}

// openAt gives a fresh tab at an office, whose pages come through a handler.
func openAt(t *testing.T, office *webtest.Office, pages http.Handler) *tab {
	t.Helper()
	found := false
	for _, name := range programs {
		_, err := exec.LookPath(name)
		found = found || err == nil
	}
	needed(t, found, "Chromium")
	browser, err := started()
	if err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &tab{T: t, ctx: ctx, office: office, home: server.URL}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	return b
}

// run takes steps in the tab.
func (b *tab) run(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.picture("failed")
		b.Fatalf("%s: %v\non the page %s", what, err, b.text())
	}
}

// ask evaluates an expression in the page.
func ask[T any](b *tab, expression string) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("evaluate %.200s: %v", expression, err)
	}
	return out
}

// visit types an address: only for what is no job of somebody.
func (b *tab) visit(path string) {
	b.Helper()
	b.run("visit "+path, chromedp.Navigate(b.home+path))
}

// press clicks on what has a name and waits for the page behind it.
func (b *tab) press(kind, name string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.JSPath(named(kind, name)))); err != nil {
		b.picture("failed")
		b.Fatalf("press %s %q: %v\non the page %s", kind, name, err, b.text())
	}
}

func (b *tab) follow(link string)  { b.Helper(); b.press("a", link) }
func (b *tab) button(label string) { b.Helper(); b.press("button", label) }

// unfold opens a part of the page that is folded.
func (b *tab) unfold(summary string) {
	b.Helper()
	b.run("unfold "+summary, chromedp.Click(chromedp.JSPath(named("summary", summary))))
}

// fill types into the field with a label, in place of what stands there.
func (b *tab) fill(label, text string) {
	b.Helper()
	b.run("fill "+label, chromedp.Clear(chromedp.JSPath(labelled(label))), chromedp.SendKeys(chromedp.JSPath(labelled(label)), text))
}

// choose picks the first option of a list whose text begins so.
func (b *tab) choose(label, option string) {
	b.Helper()
	value := ask[string](b, fmt.Sprintf(`[...(%s).options].find(o => o.text.trim().startsWith(%q)).value`, labelled(label), option))
	b.run("choose "+label, chromedp.SetValue(chromedp.JSPath(labelled(label)), value))
}

// named is an expression for the first visible element of a kind with a name.
func named(kind, name string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%q)].find(e => e.checkVisibility() && `+
		`e.textContent.replace(/\s+/g, " ").trim().startsWith(%q))`, kind, name)
}

// labelled is an expression for the first visible field whose label begins so.
func labelled(label string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("input, select, textarea")].find(e => e.checkVisibility() && `+
		`[...e.labels || []].some(l => l.textContent.trim().startsWith(%q)))`, label)
}

func (b *tab) text() string { return ask[string](b, `document.body.innerText`) }

// shows checks that the page says something.
func (b *tab) shows(texts ...string) {
	b.Helper()
	for _, text := range texts {
		if !ask[bool](b, fmt.Sprintf(`document.body.innerText.replace(/\s+/g, " ").includes(%q)`, text)) {
			b.picture("failed")
			b.Fatalf("the page does not say %q:\n%s", text, b.text())
		}
	}
}

// logIn goes to the console's start, which asks who is there.
func (b *tab) logIn(role string) {
	b.Helper()
	b.visit("/")
	b.fill("Log-in", webtest.Login(role))
	b.fill("Password", webtest.Password)
	b.button("Log in")
}

// picture writes the whole page as a PNG, where pictures are wanted.
func (b *tab) picture(name string) {
	b.Helper()
	if *shots == "" {
		return
	}
	tall := ask[bool](b, `document.documentElement.scrollHeight > innerHeight`) // Chromium shifts short pages that run from right to left
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	shot, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng,
		CaptureBeyondViewport: &tall})
	if err == nil {
		err = os.WriteFile(filepath.Join(*shots, name+".png"), shot.Data, 0o644)
	}
	if err != nil {
		b.Logf("no picture of %s: %v", name, err)
	}
}
