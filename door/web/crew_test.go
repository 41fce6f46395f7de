package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"cairn/app"
	"cairn/domain/movement"
)

// TestACrewsFormWithoutAScript records by the plain form, once however often it is
// sent, and says in words what could not be.
func TestACrewsFormWithoutAScript(t *testing.T) {
	o := own(t)
	path := "/movement/" + o.Services[0] + "/crew"
	c := o.as(t, "escort")
	asked := c.get(path).wants(t, http.StatusOK, "Open the crew’s list", `name="reason"`)
	if strings.Contains(asked.text, "Kovács") || asked.header.Get("Cairn-Keep") != "" {
		t.Error("the list is shown before anybody said why")
	}
	open := "/movement/" + o.Services[0] + "/open"
	c.post(open, url.Values{"reason": {" "}, "next": {path}, "crew": {"1"}}).wants(t, http.StatusUnprocessableEntity, `id="reason-error"`, "keep the device locked")
	c.post(open, url.Values{"reason": {"platform 4"}, "next": {"//evil.example"}}).wants(t, http.StatusSeeOther)
	list := c.get(path).wants(t, http.StatusOK, "Kovács", `name="boarded"`, `<script src="/static/crew.js`)
	if list.header.Get("Cairn-Keep") != "43200" || !strings.Contains(list.header.Get("Content-Security-Policy"), "script-src 'self'; connect-src 'self'") {
		t.Errorf("%v", list.header)
	}
	if text := c.get(path+"?number="+o.Family.Numbers[1]+"/2").wants(t, http.StatusOK, "Show everybody").text; strings.Count(text, "data-party=") != 1 {
		t.Error("a number finds more than its party")
	}
	c.get(path+"?number=nobody").wants(t, http.StatusOK, "Nobody with this number")

	submission := between(list.text, `name="submission" value="`, `"`)
	value := func(record string) string {
		return between(list.text, `<li data-record="`+record+`" data-journey="`, `"`) + " " + record
	}
	absent := url.Values{"submission": {submission}, "absent": {value(o.Family.Records[2])}}
	c.post(path, absent).wants(t, http.StatusUnprocessableEntity, "say what is known of why", "<details open>")
	form := url.Values{"submission": {submission}, "arrived": {value(o.Traveller)}, "boarded": {value(o.Family.Records[0])}}
	c.post(path, form).wants(t, http.StatusOK, "needs your attention", "a safeguard holds them back", "Choose a route that avoids the country")
	before := entries(t, o)
	c.post(path, form).wants(t, http.StatusOK, "a safeguard holds them back")
	if after := entries(t, o); after != before {
		t.Errorf("sent twice, it records %d entries more", after-before)
	}
	c.get(path).wants(t, http.StatusOK, `data-record="`+o.Traveller+`"`, `data-status="arrived"`)
	absent.Set("submission", submission+"2")
	absent.Set("reason-"+o.Family.Records[2], "ill")
	c.post(path, absent).wants(t, http.StatusSeeOther)
	c.get(path).wants(t, http.StatusOK, "It is recorded.", "did not come")
	o.as(t, "caseworker").get(path).wants(t, http.StatusForbidden)
	o.as(t, "caseworker").post(path, form).wants(t, http.StatusForbidden)
	c.header.Set("Sec-Fetch-Site", "cross-site")
	c.post(path, form).wants(t, http.StatusForbidden)
}

func entries(t *testing.T, o *office) int64 {
	t.Helper()
	report, err := o.Verify(t.Context(), nil, nil)
	if err != nil || len(report.Faults) > 0 {
		t.Fatalf("%v %+v", err, report)
	}
	return report.Entries
}

// TestADeviceSendsNotes holds that what a device sends is answered note by note, also
// a second time, and only for whoever took the notes.
func TestADeviceSendsNotes(t *testing.T) {
	o := own(t)
	path := "/movement/" + o.Services[0] + "/notes"
	c := o.as(t, "escort")
	body := func(who, submission, did string) string {
		text, err := json.Marshal(map[string]any{"who": who, "submission": submission, "sent": "1957-01-06T09:00:00Z",
			"notes": []map[string]string{{"record": o.Traveller, "did": did, "noted": "1957-01-06T06:50:00Z"}}})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	escort := o.Staff["escort"].ID
	answer := func(status int, text string) []map[string]string {
		t.Helper()
		got := c.postJSON(path, text)
		var reply struct {
			Answers []map[string]string
			Text    string
		}
		if err := json.Unmarshal([]byte(got.text), &reply); err != nil || got.status != status {
			t.Fatalf("%d, not %d: %s", got.status, status, got.text)
		}
		return append(reply.Answers, map[string]string{"text": reply.Text})
	}
	if got := answer(http.StatusPreconditionFailed, body("somebody", "0123456789", "arrived")); !strings.Contains(got[0]["text"], "Somebody else took these notes") {
		t.Errorf("%v", got)
	}
	for range 2 {
		if got := answer(http.StatusOK, body(escort, "0123456789", "arrived")); got[0]["outcome"] != movement.NoteRecorded || got[0]["now"] != movement.Home || got[0]["text"] != "" {
			t.Errorf("%v", got)
		}
	}
	if got := answer(http.StatusOK, body(escort, "another name", "arrived")); got[0]["outcome"] != movement.NoteAlready || !strings.Contains(got[0]["text"], "said so already") {
		t.Errorf("%v", got)
	}
	if got := answer(http.StatusUnprocessableEntity, body(escort, "one more name", "sang")); !strings.Contains(got[0]["text"], "cannot be noted") {
		t.Errorf("%v", got)
	}
	answer(http.StatusBadRequest, "{")
	c.post("/logout", url.Values{})
	if got := c.postJSON(path, body(escort, "0123456789", "arrived")); got.status != http.StatusSeeOther {
		t.Errorf("without a log-in: %d", got.status)
	}
	worker := c.get("/worker.js").wants(t, http.StatusOK, "cairn-crew")
	if policy := worker.header.Get("Content-Security-Policy"); policy != "default-src 'none'; script-src 'self'; connect-src 'self'" {
		t.Error(policy)
	}
}

// TestAMonitorOpensPapersForAReason holds that a monitor states a reason for the papers
// of a service or a town, which is recorded, and sees them then.
func TestAMonitorOpensPapersForAReason(t *testing.T) {
	o := own(t)
	c := o.as(t, "monitor")
	path := "/movement/" + o.Services[0]
	for page, text := range map[string]string{path: "BUD-", path + "/manifest": "cannot be read", path + "/needs": "OXYG", "/arrivals?country=CAN&to=1957-03-01": "Kovács"} {
		c := o.as(t, "monitor")
		asked := c.get(page).wants(t, http.StatusForbidden, `name="reason"`, "monitor-needs-reason")
		if strings.Contains(asked.text, text) {
			t.Errorf("%s shows papers without a reason", page)
		}
		action := path + "/open"
		if strings.HasPrefix(page, "/arrivals") {
			action = "/arrivals/open"
		}
		form := url.Values{"reason": {""}, "next": {page}, "country": {"CAN"}}
		c.post(action, form).wants(t, http.StatusUnprocessableEntity, `id="reason-error"`)
		form.Set("reason", "complaint 12")
		if to := c.post(action, form).wants(t, http.StatusSeeOther).header.Get("Location"); to != page {
			t.Errorf("%s leads to %s", page, to)
		}
		c.get(page).wants(t, http.StatusOK, text)
	}
	c.get("/arrivals").wants(t, http.StatusOK, "Name the country")
	c.get(path+"/crew").wants(t, http.StatusForbidden)
	out, err := o.See(t.Context(), o.Staff["movement_officer"], "movement.openings", &movement.OpeningsInput{}, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(out.([]movement.Opening)); n != 4 {
		t.Errorf("%d openings are on record", n)
	}
	for _, opening := range out.([]movement.Opening) {
		if opening.Reason != "complaint 12" || opening.Actor != o.Staff["monitor"].ID {
			t.Errorf("%+v", opening)
		}
	}
}

// TestADrillSpeaksTheReadersLanguage holds that why a party would be left without a
// journey, and what would help, is said in the reader's language, without ids.
func TestADrillSpeaksTheReadersLanguage(t *testing.T) {
	o := share(t)
	for tag, want := range map[string]string{"en": "To help: add a service", "fr": "Pour aider : ajoutez un service", "ar": "للمساعدة: أضف خدمة"} {
		c := o.as(t, "movement_officer")
		c.header.Set("Accept-Language", tag)
		text := c.get("/movement/"+o.Services[0]+"/drill").wants(t, http.StatusOK, want).text
		if strings.Contains(text, "DEU|") || tag != "en" && strings.Contains(text, "services lead") {
			t.Errorf("%s: the engine's words are shown", tag)
		}
	}
}
