package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"cairn/domain/offices"

	"cairn/door/web/webtest"
)

func TestEverythingIsClosedBeforeTheLogIn(t *testing.T) {
	o := share(t)
	c := o.browser(t)
	for _, path := range []string{"/", "/overview", "/people", "/people/" + o.Family.Records[0], "/register", "/import", "/import/some", "/doubles",
		"/placement", "/movement", "/refusals", "/ledger", "/staff", "/nothing"} {
		got := c.get(path).wants(t, http.StatusSeeOther)
		if to := got.header.Get("Location"); !strings.HasPrefix(to, "/login") {
			t.Errorf("%s leads to %s", path, to)
		}
		if strings.Contains(got.text, "Kovács") {
			t.Errorf("%s shows somebody", path)
		}
	}
	c.post("/staff/appoint", url.Values{"login": {"x"}}).wants(t, http.StatusSeeOther)
}

func TestLogInAndOut(t *testing.T) {
	o := share(t)
	c := o.browser(t)
	first := c.get("/login?next=%2Fpeople").wants(t, http.StatusOK, `name="password"`, `value="/people"`)
	for header, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"} {
		if got := first.header.Get(header); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", header, got)
		}
	}
	wrong := c.post("/login", url.Values{"login": {"registrar"}, "password": {"not the password"}}).wants(t, http.StatusUnauthorized)
	nobody := c.post("/login", url.Values{"login": {"nobody"}, "password": {"not the password"}}).wants(t, http.StatusUnauthorized)
	if strings.ReplaceAll(nobody.text, `value="nobody"`, `value="registrar"`) != wrong.text {
		t.Error("the answers tell which log-ins exist")
	}
	right := url.Values{"login": {"registrar"}, "password": {webtest.Password}, "next": {"//elsewhere.example"}}
	got := c.post("/login", right).wants(t, http.StatusSeeOther)
	if got.header.Get("Location") != "/" {
		t.Errorf("led to %s", got.header.Get("Location"))
	}
	cookie := got.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Strict"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("cookie %q lacks %s", cookie, want)
		}
	}
	c.get("/people").wants(t, http.StatusOK)
	c.post("/logout", url.Values{}).wants(t, http.StatusSeeOther)
	c.get("/people").wants(t, http.StatusSeeOther)
}

func TestGuessingIsSlowedDown(t *testing.T) {
	c := share(t).browser(t)
	form := url.Values{"login": {"guessed"}, "password": {"not the password"}}
	for range 20 {
		if c.post("/login", form).status == http.StatusTooManyRequests {
			return
		}
	}
	t.Fatal("nobody slowed it down")
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	o := share(t)
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"} {
		c := o.as(t, "administrator")
		c.header.Set(name, value)
		c.post("/staff/appoint", url.Values{"login": {"x"}}).wants(t, http.StatusForbidden)
		c.post("/login", url.Values{"login": {"x"}}).wants(t, http.StatusForbidden)
	}
}

func TestWhoIsDismissedIsOutAtOnce(t *testing.T) {
	o := share(t)
	leaver, err := o.Employ("leaver", "registrar")
	if err != nil {
		t.Fatal(err)
	}
	c := o.withLogin(t, "leaver")
	c.get("/people").wants(t, http.StatusOK)
	if _, err := o.Act("founder", "offices.dismiss_staff", &offices.StaffInput{Staff: leaver.ID, Reason: "contract ended"}); err != nil {
		t.Fatal(err)
	}
	c.get("/people").wants(t, http.StatusSeeOther)
}

type page struct {
	path, right, wrong string
	text               string // that the right one sees
}

// pages says who may see what.
var pages = []page{
	{path: "/overview", right: "caseworker", wrong: "escort", text: "Traiskirchen"},
	{path: "/people?q=kovacs", right: "registrar", wrong: "administrator", text: "Kovács"},
	{path: "/register", right: "registrar", wrong: "reviewer", text: "m0-name"},
	{path: "/import", right: "registrar", wrong: "escort", text: "16 megabytes"},
	{path: "/doubles", right: "reviewer", wrong: "medical_officer", text: "Kovacs, Janos"},
	{path: "/doubles/decisions", right: "protection_officer", wrong: "administrator", text: "Decisions that stand"},
	{path: "/doubles/contests", right: "registrar", wrong: "escort", text: "Contested decisions"},
	{path: "/doubles?order=sample", right: "reviewer", wrong: "escort", text: "Pairs of all probabilities"},
	{path: "/refusals", right: "monitor", wrong: "caseworker", text: "risk-in-transit"},
	{path: "/placement", right: "placement_officer", wrong: "registrar", text: "Ottawa"},
	{path: "/placement/cases", right: "caseworker", wrong: "administrator", text: "Canada"},
	{path: "/placement/places/PLACE", right: "placement_officer", wrong: "escort", text: "Halifax"},
	{path: "/placement/what-if", right: "placement_officer", wrong: "caseworker", text: "Halifax"},
	{path: "/placement/what-if?change=withdraw:CAN", right: "placement_officer", wrong: "movement_officer", text: "people lose theirs"},
	{path: "/placement/outcomes", right: "caseworker", wrong: "escort", text: "No model has been learnt yet"},
	{path: "/placement/scarce", right: "receiving_state", wrong: "registrar", text: "What one more place would bring"},
	{path: "/placement/plans/PLAN", right: "caseworker", wrong: "receiving_state", text: "flatters"},
	{path: "/cases/CASE", right: "caseworker", wrong: "escort", text: "Kovács"},
	{path: "/cases/CASE/letter", right: "movement_officer", wrong: "placement_officer", text: "Bremerhaven"},
	{path: "/movement?from=1957-01-01", right: "escort", wrong: "registrar", text: "Bremerhaven"},
	{path: "/movement/SERVICE", right: "escort", wrong: "administrator", text: "Kovács"},
	{path: "/movement/SERVICE/manifest", right: "escort", wrong: "monitor", text: "Kovács"},
	{path: "/movement/SERVICE/manifest", right: "movement_officer", wrong: "registrar", text: "cannot be read"},
	{path: "/movement/SERVICE/needs", right: "escort", wrong: "caseworker", text: "OXYG"},
	{path: "/movement/SERVICE/tags?pieces=2", right: "escort", wrong: "registrar", text: "Piece 2 of 2"},
	{path: "/movement/SERVICE/report", right: "movement_officer", wrong: "escort", text: "PAXLST"},
	{path: "/arrivals?country=CAN&to=1957-03-01", right: "receiving_state", wrong: "registrar", text: "Kovács"},
	{path: "/movement/tight", right: "monitor", wrong: "registrar", text: "Where seats are short"},
	{path: "/movement/SERVICE/drill", right: "movement_officer", wrong: "escort", text: "parties are left without a journey"},
	{path: "/missing", right: "escort", wrong: "registrar", text: "accounted for"},
	{path: "/offers", right: "receiving_state", wrong: "registrar", text: "Offers: Canada"},
	{path: "/ledger", right: "monitor", wrong: "caseworker", text: "cairn/bud"},
	{path: "/staff", right: "administrator", wrong: "registrar", text: "staff/appoint"},
}

func TestPagesAreForTheirRoles(t *testing.T) {
	o := share(t)
	for _, p := range pages {
		p.path = strings.NewReplacer("PLACE", o.Places[1], "CASE", o.Cases[0], "SERVICE", o.Services[0], "PLAN", o.Plan).Replace(p.path)
		t.Run(p.path, func(t *testing.T) {
			o.as(t, p.right).get(p.path).wants(t, http.StatusOK, p.text)
			got := o.as(t, p.wrong).get(p.path).wants(t, http.StatusForbidden)
			if strings.Contains(got.text, p.text) {
				t.Errorf("the %s sees %q", p.wrong, p.text)
			}
		})
	}
}

func TestNavigationShowsWhatTheRoleMaySee(t *testing.T) {
	o := share(t)
	for role, want := range map[string]string{"administrator": "/overview /movement /ledger /staff", "escort": "/movement /missing", "receiving_state": "/offers /arrivals",
		"monitor": "/overview /movement /refusals /ledger", "registrar": "/overview /people /register /doubles"} {
		c := o.as(t, role)
		home := c.get("/").wants(t, http.StatusSeeOther)
		text := c.get(home.header.Get("Location")).wants(t, http.StatusOK).text
		_, nav, _ := strings.Cut(text, `class="sections"`)
		nav, _, _ = strings.Cut(nav, "</nav>")
		var got []string
		for _, part := range strings.Split(nav, `href="`)[1:] {
			path, _, _ := strings.Cut(part, `"`)
			got = append(got, path)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("the %s sees %v, want %s", role, got, want)
		}
	}
}

func TestTheFirstPageIsSmall(t *testing.T) {
	c := share(t).as(t, "caseworker")
	page := c.get("/overview").wants(t, http.StatusOK)
	size := page.size
	for _, part := range strings.Split(page.text, `"/static/`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		asset := c.get("/static/"+name).wants(t, http.StatusOK)
		size += asset.size
		if !strings.Contains(asset.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s is not kept", name)
		}
	}
	if size > 25_000 {
		t.Errorf("the first page takes %d bytes", size)
	}
	t.Logf("first page with style and pictures: %d bytes", size)
}

func TestAPersonsFile(t *testing.T) {
	o := share(t)
	path := "/people/" + o.Family.Records[0]
	c := o.as(t, "protection_officer")
	c.get(path).wants(t, http.StatusOK, "Kovács, János", "registered as", "Ковач", "was named in a list")
	c.get(path).wants(t, http.StatusOK, "Opened")
	o.as(t, "administrator").get(path).wants(t, http.StatusForbidden, "administrator-sees-no-files", "Somebody else, without the role administrator")
	o.as(t, "registrar").get("/people/"+o.Sensitive).wants(t, http.StatusForbidden, "sensitive-file")
	o.as(t, "registrar").get(path+"/slip").wants(t, http.StatusOK, o.Family.Numbers[0])
	o.as(t, "registrar").get("/people/nobody").wants(t, http.StatusNotFound)
}

func TestAMonitorStatesAReason(t *testing.T) {
	o := share(t)
	path := "/people/" + o.Family.Records[1]
	c := o.as(t, "monitor")
	c.get(path).wants(t, http.StatusForbidden, `name="reason"`, "monitor-needs-reason")
	c.post(path, url.Values{"reason": {" "}}).wants(t, http.StatusUnprocessableEntity, `name="reason"`)
	c.post(path, url.Values{"reason": {"complaint 7"}}).wants(t, http.StatusSeeOther)
	c.get(path).wants(t, http.StatusOK, "Kovács, Éva", "complaint 7")
	c.get("/people/"+o.Family.Records[2]).wants(t, http.StatusForbidden)
}

func TestWhatPeopleWroteIsShownAndNotRun(t *testing.T) {
	c := share(t).as(t, "registrar")
	got := c.get("/people?q=evil").wants(t, http.StatusOK, "&lt;script&gt;alert(1)&lt;/script&gt;", "[U+202E]")
	if strings.Contains(got.text, "<script") || strings.ContainsRune(got.text, '\u202e') {
		t.Error("a name changes the page")
	}
	if got := c.get("/people?q=%E2%80%AE").text; strings.ContainsRune(got, '\u202e') {
		t.Error("what was typed turns the text")
	}
}

func TestMixedAlphabetsAreMarked(t *testing.T) {
	c := share(t).as(t, "registrar")
	c.get("/people?q=dora").wants(t, http.StatusOK, "<bdi>"+webtest.Mixed+"</bdi>", "mixed alphabets")
	if strings.Contains(c.get("/people?q=laszlo").text, "mixed alphabets") {
		t.Error("a name in one alphabet is marked")
	}
}

func TestArabicRunsFromRightToLeft(t *testing.T) {
	o := share(t)
	c := o.browser(t)
	c.header.Set("Accept-Language", "ar-SY,ar;q=0.9")
	c.get("/login").wants(t, http.StatusOK, `<html lang="ar" dir="rtl">`, "كلمة المرور")
	c.header.Set("Accept-Language", "de")
	c.get("/login").wants(t, http.StatusOK, `<html lang="en" dir="ltr">`)
	c.post("/language", url.Values{"lang": {"fr"}, "back": {"/login"}}).wants(t, http.StatusSeeOther)
	c.get("/login").wants(t, http.StatusOK, `<html lang="fr" dir="ltr">`, "Mot de passe")
	c = o.as(t, "caseworker")
	c.post("/language", url.Values{"lang": {"ar"}, "back": {"//evil.example"}}).wants(t, http.StatusSeeOther)
	text := c.get("/overview").wants(t, http.StatusOK, `dir="rtl"`).text
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
		t.Error("no Arabic")
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	c := share(t).browser(t)
	form := url.Values{"login": {strings.Repeat("x", 2<<20)}}
	if got := c.post("/login", form); got.status < 400 {
		t.Errorf("status %d", got.status)
	}
}
