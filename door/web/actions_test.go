package web_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"cairn/domain/cases"
	"cairn/domain/rights"
	"cairn/door/web"
	"cairn/door/web/webtest"
)

// own makes an office that one test has for itself.
func own(t *testing.T) *office {
	t.Helper()
	o, err := webtest.Found(filepath.Join(t.TempDir(), "cairn.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	if err := o.Fill(); err != nil {
		t.Fatal(err)
	}
	return &office{o}
}

// form is one way to change something in the console. Fields are name, value, … in
// turn; PATHS stand for what the office has.
type form struct {
	name, role, wrong, path string
	valid                   []string
	then                    string   // where a valid one leads, without its query
	says                    []string // on the page there
	invalid                 []string // nil: nothing can be typed wrongly
	kept                    []string // on the page that shows the form again
}

// forms go one after the other through one office: later ones build on earlier ones.
var forms = []form{
	{name: "register", role: "registrar", wrong: "reviewer", path: "/register",
		valid: []string{"rows", "4", "m0-name", "Balogh, Zita", "m0-birth", "1940"}, then: "/register/slips", says: []string{"Balogh, Zita", "Registered."},
		invalid: []string{"rows", "4", "site", "Enns", "m0-name", "Balogh, Zita", "m0-birth", "30.2.1940"},
		kept:    []string{`value="Balogh, Zita"`, `value="30.2.1940"`, `value="Enns"`, `id="m0-birth-error"`, "autofocus"}},
	{name: "judge different", role: "reviewer", wrong: "registrar", path: "/doubles/compare",
		valid: []string{"suspicion", "SUSPICION", "verdict", "different", "reason", "two brothers"}, then: "/doubles", says: []string{"The decision is recorded."},
		invalid: []string{"a", "FAMILY", "b", "SPOUSE", "verdict", "same"}, kept: []string{"What settles it", "Please correct this"}},
	{name: "contest", role: "registrar", wrong: "escort", path: "/doubles/decisions",
		valid: []string{"decision", "DECISION", "step", "contest", "reason", "my cousin"}, then: "/doubles/contests", says: []string{"What the person says is recorded."},
		invalid: []string{"decision", "DECISION", "step", "contest", "reason", " "}, kept: []string{"<details open>", "Please correct this"}},
	{name: "answer a contest", role: "protection_officer", wrong: "registrar", path: "/doubles/contests",
		valid: []string{"contest", "CONTEST", "answer", "stands", "reason", "two photographs"}, then: "/doubles/contests", says: []string{"The answer is recorded."},
		invalid: []string{"contest", "CONTEST", "answer", "stands", "reason", ""}, kept: []string{"<details open>", "Please correct this"}},
	{name: "undo", role: "reviewer", wrong: "registrar", path: "/doubles/decisions",
		valid: []string{"decision", "DECISION", "reason", "a clerk’s error"}, then: "/doubles/decisions", says: []string{"The decision was taken back."},
		invalid: []string{"decision", "DECISION", "reason", " "}, kept: []string{"<details open>", "Please correct this"}},
	{name: "change a placement", role: "placement_officer", wrong: "registrar", path: "/cases/PROPOSED",
		valid: []string{"place", "HALIFAX", "reason", "her sister"}, then: "/cases/PROPOSED", says: []string{"The placement was changed."},
		invalid: []string{"place", "HALIFAX", "reason", ""}, kept: []string{`value="HALIFAX" selected`, `id="reason-error"`}},
	{name: "look at a plan closely", role: "placement_officer", wrong: "caseworker", path: "/placement/plans/PLAN", then: "/placement/plans/PLAN",
		says: []string{"The plan was looked at closely.", "at random", "What each group gets", "her sister"}},
	{name: "what became of them", role: "caseworker", wrong: "registrar", path: "/cases/BOOKED/outcome",
		valid: []string{"outcome", "work", "days", "90", "came", "yes", "on", "1957-01-04"}, then: "/cases/BOOKED", says: []string{"It was recorded.", "What became of the household was recorded"},
		invalid: []string{"outcome", "home", "days", "90", "came", "yes", "on", "1999-01-04"}, kept: []string{`value="home" selected`, `id="on-error"`}},
	{name: "decline an offer", role: "receiving_state", wrong: "registrar", path: "/offers",
		valid: []string{"case", "OFFERED", "answer", "decline", "reason", "no school place left"}, then: "/offers", says: []string{"The answer is recorded."},
		invalid: []string{"case", "OFFERED", "answer", "decline", "reason", ""}, kept: []string{"Please correct this"}},
	{name: "propose a plan", role: "placement_officer", wrong: "caseworker", path: "/placement",
		valid: []string{"model", "", "wishes", "2"}, then: "/placement/plans/", says: []string{"The plan is proposed.", "Look at it closely"},
		invalid: []string{"model", "", "wishes", "much"}, kept: []string{`id="wishes-error"`, "<details open>"}},
	{name: "no-show", role: "escort", wrong: "registrar", path: "/movement/TRAIN",
		valid: []string{"step", "noshow", "record", "FAMILY", "reason", "ill in bed"}, then: "/movement/TRAIN", says: []string{"did not come"},
		invalid: []string{"step", "noshow", "record", "FAMILY", "reason", ""}, kept: []string{`value="FAMILY" selected`, "Please correct this"}},
	{name: "depart", role: "escort", wrong: "caseworker", path: "/movement/TRAIN",
		valid: []string{"step", "depart", "reason", "stay behind"}, then: "/movement/TRAIN", says: []string{"The departure is recorded."},
		invalid: []string{"step", "depart", "reason", ""}, kept: []string{`id="depart-reason-error"`}},
	{name: "arrive", role: "escort", wrong: "caseworker", path: "/movement/TRAIN",
		valid: []string{"step", "arrive", "record", "TRAVELLER"}, then: "/movement/TRAIN", says: []string{"The arrival is recorded."},
		invalid: []string{"step", "arrive", "record", "FAMILY"}, kept: []string{"Please correct this"}},
	{name: "follow up", role: "escort", wrong: "registrar", path: "/missing",
		valid: []string{"journey", "JOURNEY", "record", "FAMILY", "reason", "in hospital", "next", "the nurse calls", "owner", "Ana"}, then: "/missing", says: []string{"What is known was recorded."},
		invalid: []string{"journey", "JOURNEY", "record", "FAMILY", "reason", "in hospital", "next", ""}, kept: []string{`value="in hospital"`, "<details open>"}},
	{name: "open papers", role: "monitor", wrong: "caseworker", path: "/movement/TRAIN/open",
		valid: []string{"next", "/movement/TRAIN/manifest", "reason", "complaint 9"}, then: "/movement/TRAIN/manifest", says: []string{"cannot be read"},
		invalid: []string{"next", "/movement/TRAIN/manifest", "reason", ""}, kept: []string{`id="reason-error"`, `value="/movement/TRAIN/manifest"`}},
	{name: "state a reason", role: "monitor", wrong: "administrator", path: "/people/SPOUSE",
		valid: []string{"reason", "complaint 9"}, then: "/people/SPOUSE", says: []string{"Kovács, Éva"}, invalid: []string{"reason", ""}, kept: []string{`id="reason-error"`}},
	{name: "check the record", role: "monitor", wrong: "caseworker", path: "/ledger/verify", then: "/ledger", says: []string{"Check of the whole record"}},
	{name: "appoint", role: "administrator", wrong: "registrar", path: "/staff/appoint",
		valid: []string{"login", "new.one", "name", "New One", "roles", "registrar", "password", webtest.Password}, then: "/staff", says: []string{"The person can log in now."},
		invalid: []string{"login", "new.one", "name", "New One", "roles", "monitor", "password", "short"},
		kept:    []string{`value="New One"`, `value="monitor" checked`, `id="password-error"`}},
	{name: "password", role: "administrator", wrong: "registrar", path: "/staff/ESCORT",
		valid: []string{"step", "password", "password", "another long password"}, then: "/staff/ESCORT", says: []string{"The password was changed."},
		invalid: []string{"step", "password", "password", "short"}, kept: []string{`id="password-error"`}},
	{name: "roles", role: "administrator", wrong: "registrar", path: "/staff/ESCORT",
		valid: []string{"step", "roles", "roles", "registrar", "reason", "moved"}, then: "/staff/ESCORT", says: []string{"The roles were changed."},
		invalid: []string{"step", "roles", "reason", "moved"}, kept: []string{`value="moved"`, "Please correct this"}},
	{name: "dismiss", role: "administrator", wrong: "registrar", path: "/staff/ESCORT",
		valid: []string{"step", "dismiss", "reason", "contract ended"}, then: "/staff/ESCORT", says: []string{"The access has ended."},
		invalid: []string{"step", "dismiss", "reason", ""}, kept: []string{"Please correct this"}},
}

// filler puts what the office has into a form.
func (o *office) filler(t *testing.T) *strings.Replacer {
	t.Helper()
	reviewer, mover := o.as(t, "reviewer"), o.as(t, "movement_officer")
	return strings.NewReplacer("FAMILY", o.Family.Records[0], "SPOUSE", o.Family.Records[1], "PROPOSED", o.Cases[2], "OFFERED", o.Cases[3],
		"HALIFAX", o.Places[1], "TRAIN", o.Services[0], "ESCORT", o.Staff["escort"].ID, "TRAVELLER", o.Traveller, "PLAN", o.Plan, "BOOKED", o.Cases[0],
		"SUSPICION", between(reviewer.get("/doubles").text, "suspicion=", `"`),
		"DECISION", between(reviewer.get("/doubles/decisions").text, `name="decision" value="`, `"`),
		"CONTEST", between(reviewer.get("/doubles/contests").text, `name="contest" value="`, `"`),
		"JOURNEY", between(mover.get("/missing").text, `name="journey" value="`, `"`))
}

func between(text, before, after string) string {
	_, text, _ = strings.Cut(text, before)
	text, _, _ = strings.Cut(text, after)
	return text
}

func values(f *strings.Replacer, pairs []string) url.Values {
	out := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.Add(pairs[i], f.Replace(pairs[i+1]))
	}
	return out
}

// TestEveryForm sends each form of the console as somebody who is not logged in, from
// another site, in the wrong role, with something wrong in it, and as it should be.
func TestEveryForm(t *testing.T) {
	o := own(t)
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			fill := o.filler(t)
			path, valid := fill.Replace(f.path), values(fill, f.valid)
			before := o.entries(t)
			if to := o.browser(t).post(path, valid).wants(t, http.StatusSeeOther).header.Get("Location"); to != "/login" {
				t.Errorf("without a log-in it leads to %s", to)
			}
			c := o.as(t, f.role)
			c.header.Set("Sec-Fetch-Site", "cross-site")
			c.post(path, valid).wants(t, http.StatusForbidden, "did not come from the console")
			c.header.Del("Sec-Fetch-Site")
			o.as(t, f.wrong).post(path, valid).wants(t, http.StatusForbidden, `class="refusal"`)
			if f.invalid != nil {
				for i, want := range f.kept {
					f.kept[i] = fill.Replace(want)
				}
				c.post(path, values(fill, f.invalid)).wants(t, http.StatusUnprocessableEntity, f.kept...)
				for _, tag := range tongues {
					c.header.Set("Accept-Language", tag)
					c.post(path, values(fill, f.invalid)).wants(t, http.StatusUnprocessableEntity).speaks(t, tag, f.name)
				}
				c.header.Del("Accept-Language")
			}
			if after := o.entries(t); after != before {
				t.Errorf("%d entries were recorded of what was not accepted", after-before)
			}
			to := c.post(path, valid).wants(t, http.StatusSeeOther).header.Get("Location")
			if at, _, _ := strings.Cut(to, "?"); at != fill.Replace(f.then) && !(strings.HasSuffix(f.then, "/") && strings.HasPrefix(at, f.then)) {
				t.Fatalf("it leads to %s", to)
			}
			c.get(to).wants(t, http.StatusOK, f.says...)
			if o.entries(t) == before && f.name != "check the record" {
				t.Error("nothing was recorded")
			}
		})
	}
}

// entries counts what is recorded.
func (o *office) entries(t *testing.T) int64 {
	t.Helper()
	note, err := o.Store().Checkpoint(t.Context(), o.Code())
	if err != nil {
		t.Fatal(err)
	}
	var n int64
	for _, digit := range strings.Split(string(note), "\n")[1] {
		n = 10*n + int64(digit-'0')
	}
	return n
}

// TestASafeguardStopsAForm has the gate refuse, with the rule, its source and what
// would open it on the page.
func TestASafeguardStopsAForm(t *testing.T) {
	o := own(t)
	c := o.as(t, "placement_officer")
	path, change := "/cases/"+o.Cases[2], url.Values{"place": {o.Places[1]}, "reason": {"nearer"}}
	members := o.members(t, o.Cases[2])
	risk := &rights.RiskInput{Records: members, Countries: []string{"CAN"}, Basis: "threats from a neighbour"}
	if _, err := o.Act("protection_officer", "rights.report_risk", risk); err != nil {
		t.Fatal(err)
	}
	c.post(path, change).wants(t, http.StatusUnprocessableEntity, "A safeguard forbids this", `class="refusal"`, "Article", "What would open the gate", path, `href="/people/`+members[0]+`" class="code" dir="ltr">BUD-`)
	if strings.Contains(c.get(path).text, "nearer") {
		t.Error("the placement was changed all the same")
	}
}

// TestOnePersonInTwoRecords shows what a merge does to a file and to cases.
func TestOnePersonInTwoRecords(t *testing.T) {
	o := own(t)
	fill := o.filler(t)
	if _, err := o.Act("caseworker", "cases.open", &cases.OpenInput{AllWithoutCase: true}); err != nil {
		t.Fatal(err)
	}
	path := "/cases/" + o.Cases[0]
	o.as(t, "caseworker").get(path).wants(t, http.StatusOK).lacks(t, "several open cases")
	o.as(t, "reviewer").post("/doubles/compare", values(fill, []string{"suspicion", "SUSPICION", "verdict", "same", "reason", "one birth certificate"})).
		wants(t, http.StatusSeeOther)
	o.as(t, "protection_officer").get(fill.Replace("/people/FAMILY")).wants(t, http.StatusOK, "Other records of this person", "Kovacs, Janos", "/doubles/compare?a=")
	o.as(t, "protection_officer").get(fill.Replace("/people/SPOUSE")).lacks(t, "Other records of this person")
	o.as(t, "caseworker").get(path).wants(t, http.StatusOK, "One person stands in several open cases", "The other case")
}

// members are the records of a case, as its page links to them.
func (o *office) members(t *testing.T, id string) []string {
	t.Helper()
	var out []string
	for _, part := range strings.Split(o.as(t, "caseworker").get("/cases/"+id).text, `href="/people/`)[1:] {
		record, _, _ := strings.Cut(part, `"`)
		out = append(out, record)
	}
	return out
}

// TestAFloodIsStopped asks for pages faster than people do.
func TestAFloodIsStopped(t *testing.T) {
	pages, err := web.New(web.Config{Office: share(t).Office.Office})
	if err != nil {
		t.Fatal(err)
	}
	c := (&office{&webtest.Office{Pages: pages}}).browser(t)
	for range 5000 {
		if got := c.get("/static/icon.svg"); got.status != http.StatusOK {
			got.wants(t, http.StatusTooManyRequests, "Too many requests")
			if got.header.Get("Retry-After") == "" || got.header.Get("Content-Security-Policy") == "" {
				t.Error("a header is missing")
			}
			return
		}
	}
	t.Fatal("nobody stopped it")
}

// TestHeadersOfEveryAnswer checks what keeps others from reading, framing or
// sniffing pages, also on errors and pictures.
func TestHeadersOfEveryAnswer(t *testing.T) {
	o := share(t)
	c := o.as(t, "registrar")
	for _, got := range []answer{c.get("/people"), c.get("/nothing"), c.get("/staff"), c.get("/static/icon.svg"), c.get("/static/none"), c.get("/"),
		c.post("/register", url.Values{}), o.browser(t).get("/people")} {
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got.header.Get(name) != want {
				t.Errorf("status %d: %s is %q", got.status, name, got.header.Get(name))
			}
		}
		policy := got.header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy %q lacks %s", policy, want)
			}
		}
		if strings.Contains(policy, "script") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("the policy %q allows scripts", policy)
		}
	}
}
