package browsertest

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"cairn/door/web/webtest"
)

// way is how somebody looks at a page.
type way struct {
	name          string
	width, height int64
	scheme        string
	rules         string // of axe: a JSON array, or "" for all
}

// ways leave out a phone in the dark, and what does not change in the dark.
var ways = []way{desktop, {"dark", 1280, 900, "dark", `["color-contrast"]`}, phone}

var desktop, phone = way{"desktop", 1280, 900, "light", ""}, way{"phone", 360, 740, "light", ""}

var axe = sync.OnceValues(func() (string, error) {
	source, err := os.ReadFile(axeFile)
	return string(source), err
})

// look sets how the page is looked at.
func (b *tab) look(w way) {
	b.Helper()
	options := []chromedp.EmulateViewportOption{}
	if w.width < 600 {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	b.run("look as on a "+w.name, chromedp.EmulateViewport(w.width, w.height, options...))
	b.media("", w.scheme)
}

// violation is what axe found, and where.
type violation struct {
	ID, Help string
	Where    []string
}

// findings runs axe's rules and lists what they found.
const findings = `axe.run(document, Object.assign({resultTypes: ["violations"]}, %s && {runOnly: %[1]s})).then(r => r.violations.map(v =>
	({ID: v.id, Help: v.help, Where: v.nodes.map(n => n.html.slice(0, 300) + " " + (n.failureSummary || ""))})))`

// overflow lists what makes a page wider than its window.
const overflow = `document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")].filter(e => {
	const r = e.getBoundingClientRect()
	return (r.right > innerWidth + 1 || r.left < -1) && !e.closest(".scroll, .away, pre")
}).map(e => e.outerHTML.slice(0, 200)).concat("the page is " + document.documentElement.scrollWidth + " wide")`

// examine has axe look at the page in every way, and looks for what is cut off.
func (b *tab) examine(name string) { b.Helper(); b.examineIn(name, ways) }

func (b *tab) examineIn(name string, ways []way) {
	b.Helper()
	source, err := axe()
	needed(b.T, err == nil, "the npm package axe-core")
	b.run("load axe", chromedp.Evaluate[chromedp.Void](source))
	for _, w := range ways {
		b.look(w)
		for _, v := range ask[[]violation](b, fmt.Sprintf(findings, cmp.Or(w.rules, "null"))) {
			b.Errorf("%s, %s: %s (%s):\n%s", name, w.name, v.Help, v.ID, strings.Join(v.Where, "\n"))
		}
		if wide := ask[[]string](b, overflow); len(wide) > 0 {
			b.Errorf("%s, %s: wider than the window:\n%s", name, w.name, strings.Join(wide, "\n"))
		}
		b.picture(strings.NewReplacer(" ", "-", ",", "").Replace(name) + "-" + w.name)
	}
	b.look(desktop)
}

// screen is a page of the console and who sees it.
type screen struct{ name, role, path string }

func screens(o *webtest.Office) []screen {
	file := "/people/" + o.Family.Records[0]
	return []screen{
		{"overview", "caseworker", "/overview"},
		{"search", "registrar", "/people?q=kovacs"},
		{"search first page", "registrar", "/people"},
		{"search none", "registrar", "/people?q=xyzzy"},
		{"hostile names", "registrar", "/people?q=evil"},
		{"register", "registrar", "/register"},
		{"import", "registrar", "/import"},
		{"file", "protection_officer", file},
		{"long file", "registrar", "/people?q=wolfeschlegel"},
		{"slip", "registrar", file + "/slip"},
		{"reason", "monitor", "/people/" + o.Family.Records[1]},
		{"closed file", "registrar", "/people/" + o.Sensitive},
		{"doubles", "reviewer", "/doubles"},
		{"decisions", "reviewer", "/doubles/decisions"},
		{"contests", "reviewer", "/doubles/contests"},
		{"refusals", "monitor", "/refusals"},
		{"placement", "placement_officer", "/placement"},
		{"placements", "placement_officer", "/placement/cases"},
		{"place", "placement_officer", "/placement/places/" + o.Places[0]},
		{"what if", "placement_officer", "/placement/what-if?change=withdraw:CAN&change=room:" + o.Places[0] + ":people=12:school=2"},
		{"plan", "placement_officer", "/placement/plans/" + o.Plan},
		{"scarce", "placement_officer", "/placement/scarce"},
		{"outcomes", "placement_officer", "/placement/outcomes"},
		{"case accepted", "caseworker", "/cases/" + o.Cases[0]},
		{"case", "placement_officer", "/cases/" + o.Cases[2]},
		{"letter", "movement_officer", "/cases/" + o.Cases[0] + "/letter"},
		{"movement", "movement_officer", "/movement?from=1957-01-01"},
		{"movement empty", "movement_officer", "/movement?from=1990-01-01"},
		{"service", "escort", "/movement/" + o.Services[0]},
		{"manifest", "escort", "/movement/" + o.Services[0] + "/manifest"},
		{"crew", "escort", "/movement/" + o.Services[0] + "/crew"},
		{"papers", "monitor", "/movement/" + o.Services[0]},
		{"missing", "escort", "/missing"},
		{"tight", "movement_officer", "/movement/tight"},
		{"drill", "movement_officer", "/movement/" + o.Services[0] + "/drill"},
		{"needs", "escort", "/movement/" + o.Services[0] + "/needs"},
		{"tags", "escort", "/movement/" + o.Services[0] + "/tags?pieces=2"},
		{"report", "movement_officer", "/movement/" + o.Services[0] + "/report"},
		{"arrivals", "receiving_state", "/arrivals?to=1957-02-01"},
		{"arrivals asked", "movement_officer", "/arrivals"},
		{"offers", "receiving_state", "/offers"},
		{"scarce of a state", "receiving_state", "/placement/scarce"},
		{"ledger", "monitor", "/ledger"},
		{"staff", "administrator", "/staff"},
		{"member", "administrator", "/staff/" + o.Staff["registrar"].ID},
		{"no page", "registrar", "/nothing"},
	}
}

// TestAxeFindsNothing examines every page in English and from right to left, and in
// French, whose words are long, on a phone.
func TestAxeFindsNothing(t *testing.T) {
	for language, ways := range map[string][]way{"English": ways, "العربية": ways, "Français": {phone}} {
		t.Run(language, func(t *testing.T) {
			b := open(t)
			b.visit("/login")
			b.button(language)
			tag := ask[string](b, "document.documentElement.lang")
			b.examineIn(tag+"-login", ways)
			role := ""
			for _, s := range screens(b.office) {
				if !strings.Contains(s.name, *only) {
					continue
				}
				if s.role != role {
					role = s.role
					b.signIn(role)
				}
				b.visit(s.path)
				b.examineIn(fmt.Sprintf("%s-%s", tag, s.name), ways)
			}
		})
	}
}

// signIn logs in in any language.
func (b *tab) signIn(role string) {
	b.Helper()
	if ask[bool](b, `!!document.querySelector("form[action='/logout']")`) {
		b.press("form[action='/logout'] button", "")
	}
	b.visit("/login")
	b.run("type the log-in", chromedp.SendKeys(chromedp.ID("login"), webtest.Login(role)), chromedp.SendKeys(chromedp.ID("password"), webtest.Password))
	b.press("main button", "")
	if ask[bool](b, `!!document.getElementById("password")`) {
		b.Fatalf("the %s cannot log in: %s", role, b.text())
	}
}
