package web_test

import (
	"archive/zip"
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
)

const camp = `Familie Nr.;Familienname;Vorname;Geburtsdatum;Geschlecht;Staatsangehörigkeit;Bemerkung
1;Weisz;Miklós;20.11.1920;m;Ungarn;=1+1
1;Weisz;Rózsa;14.02.1925;w;Ungarn;on` + "\u202e" + `foot
2;Ács;Dénes;31.02.1930;m;Ungarn;
3;Vadas;Ottó;05.06.1931;m;=Atlantis;
4;Ûj;Olga;07.08.1932;w;Ungarn;
`

// upload sends a file as a browser does.
func (c *client) upload(kind, name string, body []byte) answer {
	c.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if err := w.WriteField("kind", kind); err != nil {
		c.t.Fatal(err)
	}
	file, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = file.Write(body)
	}
	if err != nil || w.Close() != nil {
		c.t.Fatal(err)
	}
	return c.sendBody(http.MethodPost, "/import", w.FormDataContentType(), &form)
}

// step sends the form of a list's page, with the version that the page shows.
func (c *client) step(path, step string, fields ...string) answer {
	c.t.Helper()
	form := url.Values{"step": {step}, "version": {between(c.get(path).text, `name="version" value="`, `"`)}}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return c.post(path, form)
}

func TestTakeOverAList(t *testing.T) {
	o := own(t)
	c := o.as(t, "registrar")
	c.get("/register").wants(t, http.StatusOK, `href="/import?kind=people"`)
	c.get("/import?kind=people").wants(t, http.StatusOK, `enctype="multipart/form-data"`, "16 megabytes")
	before := o.entries(t)
	path := c.upload("people", `C:\lists\camp.csv`, []byte(camp)).wants(t, http.StatusSeeOther).header.Get("Location")
	page := c.get(path).wants(t, http.StatusOK, "<bdi>camp.csv</bdi>", `<option value="birth_date" selected>date of birth`, "14.02.1925", "on[U+202E]foot",
		"Take the 3 good rows, leave out 2", "<bdi>31.02.1930</bdi>", "31 February does not exist", "<bdi>=Atlantis</bdi>", "no country is known by this word")
	for _, cells := range []string{`class="num">4</th><td data-label="Column"><bdi>Geburtsdatum</bdi>`, `class="num">5</th><td data-label="Column"><bdi>Staatsangehörigkeit</bdi>`} {
		page.wants(t, http.StatusOK, cells)
	}
	if strings.Contains(page.text, "Take over all") || o.entries(t) != before {
		t.Error("a list with wrong rows is offered whole, or was taken over unasked")
	}
	c.get(path+"/report.csv").wants(t, http.StatusOK, "Row,Column,Value,", "4,Geburtsdatum,31.02.1930,", "5,Staatsangehörigkeit,'=Atlantis,")

	// Without names there is no list of people; with the nationality left out one row less is wrong.
	c.step(path, "check", "c1", "", "c2", "").wants(t, http.StatusUnprocessableEntity, "no column is taken for name or family name or given name", `<option value="birth_date" selected>`)
	c.step(path, "check", "c1", "family_name", "c2", "given_name", "c5", "", "site", "Judenau").wants(t, http.StatusSeeOther)
	c.get(path).wants(t, http.StatusOK, "Take the 4 good rows, leave out 1", `value="Judenau"`)
	old := url.Values{"step": {"good"}, "version": {"another"}}
	c.post(path, old).wants(t, http.StatusConflict, "look at the report again")
	c.step(path, "all").wants(t, http.StatusUnprocessableEntity, "cannot be taken, so nothing was")
	if o.entries(t) != before {
		t.Fatal("something was recorded of what was refused")
	}
	c.step(path, "good").wants(t, http.StatusSeeOther)
	c.get(path).wants(t, http.StatusOK, "The list is taken over.", "rows left out", "31.02.1930")
	if n := o.entries(t) - before; n != 4+3+1 {
		t.Errorf("%d entries: four people, three households and the list are eight", n)
	}
	c.get("/people?q=weisz").wants(t, http.StatusOK, "Miklós Weisz", "Judenau")
	c.post(path, url.Values{"step": {"good"}}).wants(t, http.StatusConflict)
	again := c.upload("people", "again.csv", []byte(camp)).wants(t, http.StatusSeeOther).header.Get("Location")
	c.get(again).wants(t, http.StatusOK, "taken over before").lacks(t, "good rows")
	c.step(again, "forget").wants(t, http.StatusSeeOther)
	c.get(again).wants(t, http.StatusNotFound, "send the file again")
}

func TestListsOfPlacesAndServices(t *testing.T) {
	o := own(t)
	c := o.as(t, "placement_officer")
	places := "Country;Town;Capacity\nCanada;Regina;12\nCanada;;4\n"
	path := c.upload("places", "places.csv", []byte(places)).wants(t, http.StatusSeeOther).header.Get("Location")
	c.get(path).wants(t, http.StatusOK, "Take the 1 good rows", "name the town or district")
	c.step(path, "good").wants(t, http.StatusSeeOther)
	c.get("/placement").wants(t, http.StatusOK, "Regina")
	c.upload("people", "camp.csv", []byte(camp)).wants(t, http.StatusUnprocessableEntity, "choose what the file lists")

	m := o.as(t, "movement_officer")
	services := "Number,From,From country,To,To country,Departure,Arrival,Seats\nT9,Wien,Austria,Bern,Switzerland,1957-03-01 08:00,1957-03-01 20:00,40\n"
	path = m.upload("services", "trains.csv", []byte(services)).wants(t, http.StatusSeeOther).header.Get("Location")
	m.get(path).wants(t, http.StatusOK, "zone")
	m.step(path, "check", "zone", "Nowhere/Here").wants(t, http.StatusUnprocessableEntity, `id="zone-error"`)
	m.step(path, "check", "zone", "Europe/Vienna").wants(t, http.StatusSeeOther)
	m.step(path, "all").wants(t, http.StatusSeeOther)
	m.get("/movement?from=1957-02-28").wants(t, http.StatusOK, "T9")
}

func TestListsAreForTheirRolesAndTheirOwner(t *testing.T) {
	o := own(t)
	c := o.as(t, "registrar")
	path := c.upload("people", "camp.csv", []byte(camp)).wants(t, http.StatusSeeOther).header.Get("Location")
	if _, err := o.Employ("second", "registrar"); err != nil {
		t.Fatal(err)
	}
	other := o.withLogin(t, "second")
	for _, p := range []string{path, path + "/report.csv"} {
		other.get(p).wants(t, http.StatusNotFound).lacks(t, "Weisz")
		o.as(t, "administrator").get(p).wants(t, http.StatusForbidden).lacks(t, "Weisz")
		if to := o.browser(t).get(p).wants(t, http.StatusSeeOther).header.Get("Location"); !strings.HasPrefix(to, "/login") {
			t.Error(to)
		}
	}
	version := between(c.get(path).text, `name="version" value="`, `"`)
	other.post(path, url.Values{"step": {"good"}, "version": {version}}).wants(t, http.StatusNotFound)
	o.as(t, "monitor").get("/import").wants(t, http.StatusForbidden)
	o.as(t, "administrator").upload("people", "camp.csv", []byte(camp)).wants(t, http.StatusForbidden, `class="refusal"`)
	if to := o.browser(t).upload("people", "camp.csv", []byte(camp)).wants(t, http.StatusSeeOther).header.Get("Location"); to != "/login" {
		t.Errorf("without a log-in it leads to %s", to)
	}
	c.header.Set("Sec-Fetch-Site", "cross-site")
	c.upload("people", "camp.csv", []byte(camp)).wants(t, http.StatusForbidden, "did not come from the console")
	c.post(path, url.Values{"step": {"good"}, "version": {version}}).wants(t, http.StatusForbidden)
	c.header.Del("Sec-Fetch-Site")
	c.post("/logout", url.Values{}).wants(t, http.StatusSeeOther)
	c.post("/login", url.Values{"login": {"registrar"}, "password": {"a long enough password"}}).wants(t, http.StatusSeeOther)
	c.get(path).wants(t, http.StatusNotFound)
}

// zipped is a workbook with parts of one's own.
func zipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		part, err := w.Create(parts[i])
		if err == nil {
			_, err = part.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// hostileList is a file that is made to break a reader.
type hostileList struct {
	name, file string
	body       []byte
	says       string // on the page, as a pattern
}

func hostileLists(t *testing.T) []hostileList {
	t.Helper()
	types := `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	book := `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`
	rels := `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	bomb := `<?xml version="1.0"?><worksheet><sheetData>` + strings.Repeat(`<row><c t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></is></c></row>`, 1<<20)
	entities := `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>`
	good := zipped(t, "[Content_Types].xml", types, "xl/workbook.xml", book, "xl/_rels/workbook.xml.rels", rels, "xl/worksheets/sheet1.xml", bomb)
	return []hostileList{
		{"a zip bomb", "a.xlsx", good, "Please correct this.*[Zz]ip|unzip|more than|larger"},
		{"entities", "a.xlsx", zipped(t, "[Content_Types].xml", types, "xl/workbook.xml", book, "xl/_rels/workbook.xml.rels", rels, "xl/worksheets/sheet1.xml", entities), "Please correct this"},
		{"a truncated workbook", "a.xlsx", good[:len(good)/2], "Please correct this"},
		{"a workbook that is none", "a.xlsx", []byte("PK\x03\x04 and nothing else"), "Please correct this"},
		{"a picture", "a.csv", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 4096)...), "Please correct this"},
		{"NUL", "a.csv", []byte("Name,Birth date\nKov\x00ács,1956\n"), "NUL|Please correct this"},
		{"a cell of ten megabytes", "a.csv", []byte("Name,Birth date\n\"" + strings.Repeat("x", 10<<20) + "\",1956\n"), "larger than|Please correct this"},
		{"a million columns", "a.csv", []byte(strings.Repeat("a,", 1<<20) + "\n" + strings.Repeat("1,", 1<<20) + "\n"), "Please correct this.*columns"},
		{"a quote that never ends", "a.csv", []byte("Name,Birth date\n\"Kovács,1956\n" + strings.Repeat("y\n", 1000)), "quote|Please correct this"},
		{"nothing", "a.csv", nil, "not empty"},
		{"no header", "a.csv", []byte("\n\n\n"), "Please correct this"},
		{"more than may be sent", "a.csv", bytes.Repeat([]byte("x"), 16<<20+1), "more than 16 megabytes"},
		{"far more than may be sent", "a.csv", bytes.Repeat([]byte("x"), 18<<20), "more than 16 megabytes"},
	}
}

// TestHostileFilesGetASentence sends what is made to break a reader. Nothing is recorded,
// nothing lies on a disk, and the page says what is wrong.
func TestHostileFilesGetASentence(t *testing.T) {
	disk := t.TempDir()
	o := own(t)
	t.Setenv("TMPDIR", disk)
	before := o.entries(t)
	for _, l := range hostileLists(t) {
		t.Run(l.name, func(t *testing.T) {
			c := o.as(t, "registrar")
			got := c.upload("people", l.file, l.body)
			if got.status == http.StatusSeeOther {
				got = c.get(got.header.Get("Location"))
			} else if got.status != http.StatusUnprocessableEntity {
				t.Errorf("status %d", got.status)
			}
			if !regexp.MustCompile("(?s)"+l.says).MatchString(got.text) || strings.Contains(got.text, "Take over all") {
				_, shown, _ := strings.Cut(got.text, "<main")
				t.Errorf("it says %.2000s", shown)
			}
			if len(got.text) > 1<<20 {
				t.Errorf("a page of %d bytes", len(got.text))
			}
		})
	}
	c := o.as(t, "registrar")
	c.sendBody(http.MethodPost, "/import", "application/x-www-form-urlencoded", strings.NewReader("kind=people&file=x")).wants(t, http.StatusUnprocessableEntity, "choose a file")
	c.sendBody(http.MethodPost, "/import", "multipart/form-data; boundary=b", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nName")).
		wants(t, http.StatusUnprocessableEntity, "did not come whole")
	if o.entries(t) != before {
		t.Error("something was recorded")
	}
	if left, err := os.ReadDir(disk); err != nil || len(left) > 0 {
		t.Errorf("on the disk lies %v (%v)", left, err)
	}
	for range 20 {
		if c.upload("people", "camp.csv", []byte("x")).status == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("nobody stopped the flood")
}
