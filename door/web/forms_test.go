package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
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
	c.post("/register", form).wants(t, http.StatusUnprocessableEntity, "Nagy, László", "Register anyway", `value="Nagy Laszlo"`)
	form.Set("step", "anyway")
	c.post("/register", form).wants(t, http.StatusSeeOther)
}

func TestDecideOnDoubles(t *testing.T) {
	c := share(t).as(t, "reviewer")
	queue := c.get("/doubles").wants(t, http.StatusOK)
	found := regexp.MustCompile(`suspicion=([A-Za-z0-9]+)`).FindStringSubmatch(queue.text)
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
