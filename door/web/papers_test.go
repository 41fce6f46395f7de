package web_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"cairn/app"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/door/web/webtest"
	"cairn/format/paxlst"
)

func TestReportToAnAuthority(t *testing.T) {
	o := share(t)
	path := "/movement/" + o.Services[1] + "/report"
	form := url.Values{"country": {"CAN"}, "sender": {"CAIRN"}, "recipient": {"CAAPIS"}, "from": {"debrv"}, "to": {"YOW"}}
	officer := o.as(t, "movement_officer")
	got := officer.post(path, form).wants(t, http.StatusOK)
	if kind := got.header.Get("Content-Disposition"); !strings.HasPrefix(kind, "attachment;") || !strings.Contains(kind, ".edi") {
		t.Error(kind)
	}
	messages, err := paxlst.Read(strings.NewReader(got.text))
	if err != nil || len(messages) != 1 || messages[0].Calls[0].Place != "DEBRV" || len(messages[0].People) == 0 {
		t.Fatalf("%v %+v", err, messages)
	}
	for _, p := range messages[0].People {
		if p.Surname == "" || p.Reference == "" {
			t.Errorf("%+v", p)
		}
	}
	form.Set("recipient", "")
	officer.post(path, form).wants(t, http.StatusUnprocessableEntity, `value="debrv"`, "Please correct this")
	form.Set("country", "HUN")
	officer.post(path, form).wants(t, http.StatusUnprocessableEntity, "where the service starts or ends")
	o.as(t, "escort").post(path, form).wants(t, http.StatusForbidden)
}

// TestOpeningPapersIsOnRecord holds that one session's looks at the papers of a service
// are one entry, and that looking at names alone is none; and that a letter comes in the
// travellers' language and, for the crew, in that of the staff.
func TestOpeningPapersIsOnRecord(t *testing.T) {
	filled, err := webtest.Found(filepath.Join(t.TempDir(), "cairn.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { filled.Close() })
	if err := filled.Fill(); err != nil {
		t.Fatal(err)
	}
	o := &office{filled}
	if _, err := o.Act("caseworker", "people.correct", &people.CorrectInput{Record: o.Traveller, Languages: []string{"ar"}, Reason: "asked again"}); err != nil {
		t.Fatal(err)
	}
	letter := o.as(t, "movement_officer").get("/cases/"+o.Cases[1]+"/letter").wants(t, http.StatusOK, `dir="rtl"`, "Travel letter", "ألمانيا", "Germany")
	if theirs, ours := strings.Index(letter.text, "ألمانيا"), strings.Index(letter.text, "Germany"); theirs > ours {
		t.Error("the crew's copy stands before the family's")
	}
	opened := func() int {
		t.Helper()
		out, err := o.See(t.Context(), o.Staff["escort"], "movement.openings", &movement.OpeningsInput{Service: o.Services[0]}, app.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return len(out.([]movement.Opening))
	}
	path := "/movement/" + o.Services[0]
	o.as(t, "caseworker").get(path+"/manifest").wants(t, http.StatusOK, "Kovács").lacks(t, "BA1234567")
	c := o.as(t, "escort")
	c.get(path).wants(t, http.StatusOK)
	if n := opened(); n != 0 {
		t.Fatalf("%d openings before anybody saw a document", n)
	}
	for range 2 {
		c.get(path+"/manifest").wants(t, http.StatusOK, "BA1234567", "zone checked", "no document on record", "smudged")
		c.get(path+"/manifest.csv").wants(t, http.StatusOK, "BA1234567")
		c.get(path+"/needs").wants(t, http.StatusOK, "OXYG")
	}
	if n := opened(); n != 1 {
		t.Fatalf("%d openings", n)
	}
	c.get("/movement/none/manifest").wants(t, http.StatusNotFound)
}

func TestFilesAreForTheirRoles(t *testing.T) {
	o := share(t)
	for _, p := range []page{
		{path: "/movement/" + o.Services[0] + "/manifest.csv", right: "escort", wrong: "caseworker", text: "unreadable"},
		{path: "/movement/" + o.Services[0] + "/needs?csv=1", right: "movement_officer", wrong: "caseworker", text: "OXYG"},
		{path: "/arrivals?country=Canada&town=Ottawa&to=1957-03-01&csv=1", right: "caseworker", wrong: "registrar", text: "Kovács"},
	} {
		got := o.as(t, p.right).get(p.path).wants(t, http.StatusOK, p.text)
		if !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") || !strings.HasSuffix(got.header.Get("Content-Disposition"), ".csv") {
			t.Errorf("%s: %v", p.path, got.header)
		}
		o.as(t, p.wrong).get(p.path).wants(t, http.StatusForbidden).lacks(t, p.text)
	}
}
