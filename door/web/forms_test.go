package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"cairn/door/web/webtest"
)

func TestRegisterAHousehold(t *testing.T) {
	c := share(t).as(t, "registrar")
	form := url.Values{"rows": {"4"}, "site": {"Linz"}, "wishes": {"Canada, AUT"},
		"m0-name": {"Szabó, Péter"}, "m0-birth": {"31.2.1930"}, "m0-relation": {"head"}, "m0-nationality": {"HUN"},
		"m1-name": {"Szabó, Ilona"}, "m1-relation": {"spouse"}, "m1-language": {"hu، de"}, "m1-sensitive": {"1"}}
	c.post("/register", url.Values{"rows": {"4"}, "step": {"check"}}).wants(t, http.StatusUnprocessableEntity, "Type at least one name")
	got := c.post("/register", form).wants(t, http.StatusUnprocessableEntity, `value="31.2.1930"`, `id="m0-birth-error"`, `value="Szabó, Ilona"`)
	if strings.Contains(got.text, `id="m1-birth-error"`) {
		t.Error("the message stands at another person")
	}
	form.Set("m0-birth", "28.2.1930")
	form.Set("m0-nationality", "Atlantis")
	c.post("/register", form).wants(t, http.StatusUnprocessableEntity, `id="m0-nationality-error"`, `value="28.2.1930"`)
	form.Set("m0-nationality", "Hungary")
	form.Set("step", "more")
	c.post("/register", form).wants(t, http.StatusOK, `name="m6-name"`, `value="Szabó, Péter"`)
	form.Set("step", "check")
	saved := c.post("/register", form).wants(t, http.StatusSeeOther)
	slips := c.get(saved.header.Get("Location")).wants(t, http.StatusOK, "Szabó, Péter", "Linz")
	if got := len(regexp.MustCompile(`class="slip-number" dir="ltr">BUD-`).FindAllString(slips.text, -1)); got != 2 {
		t.Errorf("%d numbers, also of the closed file", got)
	}
	if strings.Contains(slips.text, "Ilona") {
		t.Error("the closed file is shown")
	}
}

func TestLikelyDoublesAreShownBeforeSaving(t *testing.T) {
	c := share(t).as(t, "registrar")
	form := url.Values{"rows": {"1"}, "m0-name": {"Nagy Laszlo"}, "m0-birth": {"1920-04-04"}, "step": {"check"}}
	c.post("/register", form).wants(t, http.StatusUnprocessableEntity, "Nagy, László", "Register anyway", `value="Nagy Laszlo"`,
		"Probability of one person", "+ birth date: the same date")
	form.Set("step", "anyway")
	c.post("/register", form).wants(t, http.StatusSeeOther)
	share(t).as(t, "reviewer").get("/doubles").wants(t, http.StatusOK, "Nagy Laszlo")
}

func TestContestADecision(t *testing.T) {
	o := share(t)
	clerk, reviewer := o.as(t, "registrar"), o.as(t, "reviewer")
	pair := url.Values{"a": {o.Family.Records[0]}, "b": {o.Family.Records[1]}, "verdict": {"different"}, "reason": {"a couple"}}
	reviewer.post("/doubles/compare", pair).wants(t, http.StatusSeeOther)
	list := clerk.get("/doubles/decisions").wants(t, http.StatusOK, "What the person says")
	contest := url.Values{"decision": {between(list.text, `name="decision" value="`, `"`)}, "step": {"contest"}, "reason": {""}}
	clerk.post("/doubles/decisions", contest).wants(t, http.StatusUnprocessableEntity, "open><summary>")
	contest.Set("reason", "we are one and the same")
	clerk.post("/doubles/decisions", contest).wants(t, http.StatusSeeOther)
	clerk.get("/doubles/contests").wants(t, http.StatusOK, "we are one and the same", "waits for an answer")
	open := reviewer.get("/doubles/contests").wants(t, http.StatusOK, "What the person is told")
	answer := url.Values{"contest": {between(open.text, `name="contest" value="`, `"`)}, "answer": {"stands"}, "reason": {"two photographs"}}
	reviewer.post("/doubles/contests", answer).wants(t, http.StatusUnprocessableEntity, "somebody else answers", "open><summary>")
	o.as(t, "protection_officer").post("/doubles/contests", answer).wants(t, http.StatusSeeOther)
	reviewer.get("/doubles/contests").wants(t, http.StatusOK, "Nobody contests a decision.")
	reviewer.get("/doubles/contests?all=1").wants(t, http.StatusOK, "the decision stands", "two photographs")
}

func TestDecideOnDoubles(t *testing.T) {
	c := share(t).as(t, "reviewer")
	queue := c.get("/doubles").wants(t, http.StatusOK)
	queue.wants(t, http.StatusOK, "worth most first", `href="/doubles?order=sample"`, "How far the suspicions can be trusted")
	found := regexp.MustCompile(`(?s)Kovacs, Janos.*?suspicion=([A-Za-z0-9]+)`).FindStringSubmatch(queue.text)
	if found == nil {
		t.Fatal("no suspicion to compare")
	}
	path := "/doubles/compare?suspicion=" + found[1]
	c.get(path).wants(t, http.StatusOK, "Kovács, János", "Kovacs, Janos", `class="evidence"`, "Traiskirchen")
	judged := url.Values{"suspicion": {found[1]}, "verdict": {"same"}, "reason": {"same day of birth"}}
	c.post("/doubles/compare", judged).wants(t, http.StatusSeeOther)
	c.get("/doubles").wants(t, http.StatusOK, "The decision is recorded.")
	list := c.get("/doubles/decisions").wants(t, http.StatusOK, "same day of birth", "Staff reviewer")
	decision := regexp.MustCompile(`name="decision" value="([^"]+)"`).FindStringSubmatch(list.text)
	if decision == nil {
		t.Fatal("no decision to undo")
	}
	undo := url.Values{"decision": {decision[1]}, "reason": {""}}
	c.post("/doubles/decisions", undo).wants(t, http.StatusUnprocessableEntity, "open><summary>")
	undo.Set("reason", "a brother")
	c.post("/doubles/decisions", undo).wants(t, http.StatusSeeOther)
	c.get("/doubles/decisions").wants(t, http.StatusOK, "The decision was taken back.")
	share(t).as(t, "registrar").post("/doubles/compare", judged).wants(t, http.StatusForbidden, "nothing-permits")
}

func TestChangeAPlacement(t *testing.T) {
	o := share(t)
	c := o.as(t, "placement_officer")
	path := "/cases/" + o.Cases[2]
	page := c.get(path).wants(t, http.StatusOK, "Why this place", `<option value="`+o.Places[1]+`"`)
	if _, why, _ := strings.Cut(page.text, `id="h-why"`); strings.Contains(why[:400], o.Cases[2]) {
		t.Error("an explanation shows ids")
	}
	form := url.Values{"place": {o.Places[1]}, "reason": {""}}
	c.post(path, form).wants(t, http.StatusUnprocessableEntity, `<option value="`+o.Places[1]+`" selected`, `id="reason-error"`)
	form.Set("reason", "her sister lives there")
	c.post(path, form).wants(t, http.StatusSeeOther)
	c.get(path).wants(t, http.StatusOK, "The placement was changed.")
	c.get("/placement/cases").wants(t, http.StatusOK, "her sister lives there", "Halifax")
}

func TestASafeguardIsNamedOnThePage(t *testing.T) {
	o := share(t)
	c := o.as(t, "escort")
	got := c.post("/movement/"+o.Services[0], url.Values{"step": {"board"}})
	got.wants(t, http.StatusOK, "A safeguard kept somebody out", "risk-in-transit", "Choose a route that avoids the country", "Article 33")
}

func TestRecordWhatHappenedAtAService(t *testing.T) {
	o := share(t)
	c := o.as(t, "escort")
	path := "/movement/" + o.Services[0]
	c.post(path, url.Values{"step": {"noshow"}, "record": {o.Family.Records[0]}}).wants(t, http.StatusUnprocessableEntity, `selected`)
	c.post(path, url.Values{"step": {"noshow"}, "record": {o.Family.Records[0]}, "reason": {"ill in bed"}}).wants(t, http.StatusSeeOther)
	c.get(path).wants(t, http.StatusOK, "It is recorded that the person did not come.")
	missing := c.get("/missing").wants(t, http.StatusOK, "ill in bed", "One person is not accounted for.")
	journey := regexp.MustCompile(`name="journey" value="([^"]+)"`).FindStringSubmatch(missing.text)
	if journey == nil {
		t.Fatal("no journey to follow up")
	}
	c.post("/missing", url.Values{"journey": {journey[1]}, "record": {o.Family.Records[0]}, "reason": {"in hospital"},
		"next": {"the nurse calls"}}).wants(t, http.StatusSeeOther)
	c.get("/missing?all=1").wants(t, http.StatusOK, "the nurse calls")
	c.post(path, url.Values{"step": {"fly"}}).wants(t, http.StatusNotFound)
	o.as(t, "caseworker").post(path, url.Values{"step": {"board"}}).wants(t, http.StatusForbidden)
}

func TestTheRecordIsChecked(t *testing.T) {
	o := share(t)
	c := o.as(t, "monitor")
	c.post("/ledger/verify", url.Values{}).wants(t, http.StatusSeeOther)
	for {
		page := c.get("/ledger").wants(t, http.StatusOK)
		if strings.Contains(page.text, "The check is running.") {
			continue
		}
		page.wants(t, http.StatusOK, "The record is sound", "decisions taken again")
		break
	}
	o.as(t, "caseworker").post("/ledger/verify", url.Values{}).wants(t, http.StatusForbidden)
}

func TestStaffAreAppointedAndChanged(t *testing.T) {
	o := share(t)
	c := o.as(t, "administrator")
	form := url.Values{"login": {"Bo Ra"}, "name": {"Bora"}, "roles": {"registrar"}, "password": {webtest.Password}}
	c.post("/staff/appoint", form).wants(t, http.StatusUnprocessableEntity, `id="login-error"`, `value="Bora"`, `value="registrar" checked`)
	form.Set("login", "bora")
	form.Set("password", "short")
	c.post("/staff/appoint", form).wants(t, http.StatusUnprocessableEntity, `id="password-error"`)
	form.Set("password", webtest.Password)
	c.post("/staff/appoint", form).wants(t, http.StatusSeeOther)
	found := regexp.MustCompile(`href="(/staff/[^"]+)"><bdi>Bora`).FindStringSubmatch(c.get("/staff").text)
	if found == nil {
		t.Fatal("nobody was appointed")
	}
	theirs := o.withLogin(t, "bora")
	c.post(found[1], url.Values{"step": {"roles"}, "roles": {"monitor"}, "reason": {"moved"}}).wants(t, http.StatusSeeOther)
	theirs.get("/people").wants(t, http.StatusForbidden)
	c.post(found[1], url.Values{"step": {"dismiss"}, "reason": {""}}).wants(t, http.StatusUnprocessableEntity)
	c.post(found[1], url.Values{"step": {"dismiss"}, "reason": {"left"}}).wants(t, http.StatusSeeOther)
	theirs.get("/ledger").wants(t, http.StatusSeeOther)
	c.get(found[1]).wants(t, http.StatusOK, "dismissed")
	o.as(t, "registrar").post("/staff/appoint", form).wants(t, http.StatusForbidden)
}
