package web_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// tongues are the languages of the console besides English.
var tongues = []string{"ar", "fr"}

var (
	// quotedText is what a sentence takes from a file or a form.
	quotedText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	// englishWords give an English sentence away, and are no words of French.
	englishWords = strings.Fields("the it its is are was were be been has have had of and with without cannot not than that this there " +
		"which who from for by to row rows read taken larger more give write nobody unexpected name given wrong unknown sheet household")
	// latinRun is a run of small words, which no Arabic sentence has.
	latinRun = regexp.MustCompile(`\b[a-z]{2,}(?:[ ,;:]+[a-z]{2,}){2,}`)
)

// english gives the texts of a page that are still English, besides data, which stands
// in elements of its own, and what the page itself declares to be English.
func english(t *testing.T, tag, text string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	look := func(text string) {
		plain := quotedText.ReplaceAllString(text, "")
		if slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(plain), func(r rune) bool { return !unicode.IsLetter(r) }),
			func(word string) bool { return slices.Contains(englishWords, word) }) || tag == "ar" && latinRun.MatchString(plain) {
			out = append(out, strings.Join(strings.Fields(text), " "))
		}
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			look(n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "lang" && a.Val != tag:
				return
			case strings.Contains(" title aria-label placeholder alt ", " "+a.Key+" "):
				look(a.Val)
			}
		}
		if n.Type == html.ElementNode && strings.Contains(" script style bdi code pre time textarea ", " "+n.Data+" ") {
			return
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(root)
	return out
}

// speaks checks that a page has nothing in English.
func (a answer) speaks(t *testing.T, tag, what string) answer {
	t.Helper()
	if !strings.Contains(a.text, `<html lang="`+tag+`"`) {
		t.Errorf("%s %s: the page is in another language: status %d", tag, what, a.status)
	}
	for _, text := range english(t, tag, a.text) {
		t.Errorf("%s %s: %q", tag, what, text)
	}
	return a
}

// TestEnglishIsFound holds that the check of the pages finds what it looks for.
func TestEnglishIsFound(t *testing.T) {
	for text, want := range map[string]int{
		`<p>Le fichier est vide</p>`: 0, `<p>lire la liste : the file is empty</p>`: 1, `<p title="Row 3">ligne</p>`: 1,
		`<p>la colonne "the last of it" manque</p>`: 0, `<p><bdi>The Hague</bdi> <span lang="en">not yet said</span></p>`: 0,
	} {
		if got := english(t, "fr", text); len(got) != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	if got := english(t, "ar", `<p>الملف تالف (zip checksum error)</p>`); len(got) != 1 {
		t.Error(got)
	}
}

// TestPagesSpeakTheirLanguage looks for English on each page in the other languages.
func TestPagesSpeakTheirLanguage(t *testing.T) {
	o := share(t)
	paths := strings.NewReplacer("PLACE", o.Places[1], "CASE", o.Cases[0], "SERVICE", o.Services[0], "PLAN", o.Plan)
	more := []page{{path: "/people/" + o.Family.Records[0], right: "protection_officer"}, {path: "/people/nobody", right: "registrar"},
		{path: "/cases/" + o.Cases[2], right: "placement_officer"}, {path: "/people/" + o.Sensitive, right: "registrar"}, {path: "/nothing", right: "registrar"}}
	for _, tag := range tongues {
		for _, p := range append(more, pages...) {
			for _, role := range []string{p.right, p.wrong} {
				if role == "" {
					continue
				}
				c := o.as(t, role)
				c.header.Set("Accept-Language", tag)
				c.get(paths.Replace(p.path)).speaks(t, tag, fmt.Sprint(p.path, " for the ", role))
			}
		}
	}
}

// badList is a file with faults, and the kind of list that it is sent as.
type badList struct {
	name, kind, file string
	body             []byte
}

func badLists(t *testing.T) []badList {
	t.Helper()
	csv := func(name, kind, text string) badList { return badList{name, kind, "list.csv", []byte(text)} }
	out := []badList{
		csv("rows of people", "people", "Familie Nr.;Familienname;Vorname;Geburtsdatum;Geschlecht;Staatsangehörigkeit;Alter;Note;Consent\n"+
			"1;Weisz;Miklós;31.02.1930;m;Ungarn;;x;yes\n1;Weisz;Rózsa;14.02.1925;w;Atlantis;;x;yes\n2;Ács;;29.2.1931;q;Ungarn;;x;no\n"+
			"3;;;1.1.2999;m;Ungarn;;x;\n4;Vadas;Ottó;13/13/13;m;Ungarn;;;\n5;Kis;Pál;;m;Ungarn;190;;\n6;Nagy;Éva;;w;Ungarn;old;;\n"+
			"7;Tóth;Ida;1.2.3.4;w;Ungarn;;;\n8;"+strings.Repeat("x", 2000)+";a;;w;Ungarn;;;\n9;12;;May May 1930;w;Ungarn;;;\n"),
		csv("cells too many and too few", "people", "Name,Birth date,Sex\nKovács Éva,1930\nNagy Pál,1931,M,more,and more\n"),
		csv("two days in one column", "people", "Name,Birth date\nKovács Éva,01/02/1930\nNagy Pál,03/04/1931\n"),
		csv("no names", "people", "Birth date,Sex\n1930-01-01,F\n"),
		csv("NUL and a cut character", "people", "Name,Birth date\nKov\x00ács,1956\nNagy\xff,1957\n"+strings.Repeat("Kovács Éva,1958\n", 40)),
		csv("a quote that never ends", "people", "Name,Birth date\nKis Pál,1950\n\"Kovács,1956\n"+strings.Repeat("y\n", 1000)),
		csv("a large cell", "people", "Name,Birth date\nKis Pál,1950\n\""+strings.Repeat("x", 2<<20)+"\",1956\n"),
		csv("many columns", "people", strings.Repeat("a,", 1<<10)+"\n"+strings.Repeat("1,", 1<<10)+"\n"),
		csv("columns of one name, and no header", "people", "1,2,3\n4,5,6\n"),
		csv("a twin column", "people", "Name,Birth date,Notes,Notes\nKis Pál,1950,a,b\n"),
		csv("an encoding on little evidence", "people", "Name,Birth date\nKis P\xe8l,1950\n"),
		csv("text of another kind", "people", "{\\rtf1 nothing}"), csv("a PDF", "people", "%PDF-1.7"), csv("an old workbook", "people", "\xd0\xcf\x11\xe0"),
		csv("a compressed file", "people", "\x1f\x8b"), csv("OpenDocument", "people", "PK\x03\x04mimetypeapplication/vnd.oasis"), csv("a full file of NUL", "people", strings.Repeat("\x00\x00\x01", 99)),
		csv("places", "places", "Land;Ort;Kapazität;Sprachen;Von;Bis;Schulplätze\nCanada;;4;Klingon;31.02.1957;;many\nNowhere;Bern;;fr;02.03.1957;01.03.1957;-3\n"),
		csv("places without a town", "places", "Country,Capacity\nCanada,4\n"),
		csv("services", "services", "Zugnummer,Von,Von Land,Nach,Nach Land,Abfahrt,Ankunft,Sitzplätze,Kosten\n"+
			"T1,Wien,Austria,Bern,Switzerland,1957-03-01 08:00,1957-03-01 07:00,40,1\nT2,,Nowhere,,Nowhere,soon,later,some,dear\nT3,Wien,Austria,Bern,Switzerland,1957-03-01,1957-03-02 25:99,-1,1\n"+
			"T4,Wien,Austria,Bern,Switzerland,1957-03-01 08:00,1957-03-01 20:00,0,1\nT5,Wien,Austria,Bern,Switzerland,1986-03-30 02:30,1986-03-31 20:00,4,1\nT5,Wien,Austria,Bern,Switzerland,1986-09-28 02:30,1986-09-29 20:00,4,1\n"+
			"T6,Wien,Austria,Wien,Austria,1957-03-31 08:30,1957-03-31 20:00,4,1\nT7,Wien,Austria,Bern,Switzerland,1957-04-01 08:00,1957-04-01 20:00,40,1\nT7,Wien,Austria,Bern,Switzerland,1957-04-01 08:00,1957-04-01 20:00,40,1\n"),
		csv("a timetable without stops", "services", "Number,Seats\nT1,40\n"),
	}
	for _, l := range hostileLists(t) {
		out = append(out, badList{l.name, "people", l.file, l.body})
	}
	return append(out, badWorkbooks(t)...)
}

// badWorkbooks are workbooks whose parts are wrong.
func badWorkbooks(t *testing.T) []badList {
	t.Helper()
	const sheet = "xl/worksheets/sheet1.xml"
	var out []badList
	add := func(name string, change func(parts map[string]string)) {
		parts := workbookParts()
		change(parts)
		var list []string
		for _, part := range slices.Sorted(maps.Keys(parts)) {
			list = append(list, part, parts[part])
		}
		out = append(out, badList{name, "people", "list.xlsx", zipped(t, list...)})
	}
	for name, rows := range map[string]string{"tags that do not fit": "<row></c>", "a strange entity": "<row><c><v>&x;</v></c></row>", "an open &": "<row><c><v>a & b</v></c></row>",
		"a cut sheet": "<row>", "rows that go back": `<row r="5"><c t="str"><v>a</v></c></row><row r="2"></row>`, "no UTF-8": "<row><c><v>\xff</v></c></row>", "no rows": "",
		"a document type": "<!DOCTYPE a>", "a blank sheet": "<row><c/></row>", "deep tags": strings.Repeat("<a>", 300)} {
		add(name, func(parts map[string]string) {
			parts[sheet] = "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
		})
	}
	add("a sheet that is missing", func(parts map[string]string) { delete(parts, sheet) })
	add("an index that is missing", func(parts map[string]string) { delete(parts, "xl/workbook.xml") })
	add("an index that is broken", func(parts map[string]string) { parts["xl/workbook.xml"] = "<workbook" })
	add("no sheets", func(parts map[string]string) { parts["xl/workbook.xml"] = "<workbook/>" })
	add("a binary workbook", func(parts map[string]string) {
		parts["_rels/.rels"] = `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>`
	})
	add("columns too many", func(parts map[string]string) {
		parts[sheet] = "<worksheet><sheetData><row>" + strings.Repeat(`<c t="str"><v>a</v></c>`, 400) + "</row></sheetData></worksheet>"
	})
	whole := workbookParts()
	cut := zipped(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", whole["xl/workbook.xml"], "xl/_rels/workbook.xml.rels", whole["xl/_rels/workbook.xml.rels"], sheet, whole[sheet])
	at := bytes.Index(cut, []byte(sheet)) + len(sheet)
	copy(cut[at+4:], "\xff\xff\xff\xff\xff\xff")
	return append(out, badList{"a part that does not unzip", "people", "list.xlsx", cut})
}

// workbookParts are those of a workbook with one sheet.
func workbookParts() map[string]string {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="` + office + `"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Birth date</v></c></row>` +
			strings.Repeat(`<row><c t="str"><v>Kis Éva</v></c><c t="str"><v>1950</v></c></row>`, 20) + `</sheetData></worksheet>`,
	}
}

// TestReportsOfListsSpeakTheirLanguage sends lists with every kind of fault, and looks
// for English in what the console says of them, also to who changes the language.
func TestReportsOfListsSpeakTheirLanguage(t *testing.T) {
	o := own(t)
	pages, asked := o.Pages, atomic.Int32{}
	o.Pages = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // from everywhere, or it would be a flood
		n := asked.Add(1)
		r.RemoteAddr = fmt.Sprintf("10.0.%d.%d:1", n/200, n%200)
		pages.ServeHTTP(w, r)
	})
	roles := map[string]string{"people": "registrar", "places": "placement_officer", "services": "movement_officer"}
	for i, l := range badLists(t) {
		login := fmt.Sprint("clerk", i) // one of them may not send as many
		if _, err := o.Employ(login, roles[l.kind]); err != nil {
			t.Fatal(err)
		}
		c := o.withLogin(t, login)
		c.header.Set("Accept-Language", tongues[i%2])
		got := c.upload(l.kind, l.file, l.body)
		if got.status != http.StatusSeeOther {
			got.wants(t, http.StatusUnprocessableEntity, `role="alert"`).speaks(t, tongues[i%2], l.name)
			continue
		}
		path := got.header.Get("Location")
		first := c.get(path).text
		if !strings.Contains(first, `role="alert"`) && !strings.Contains(first, "report.csv") && !strings.Contains(first, `<ul class="rows">`) {
			t.Errorf("%s: the page finds nothing wrong", l.name)
		}
		in := func(tag string) *client { c.header.Set("Accept-Language", tag); return c }
		for _, tag := range tongues {
			in(tag).get(path).speaks(t, tag, l.name)
			in(tag).get(path+"/report.csv").lacks(t, " is ")
		}
		for _, fields := range [][]string{{"check", "zone", "Nowhere/Here", "arrived", "31.2.1957"}, {"check", "c0", ""}, {"check", "zone", "Europe/Vienna"}, {"all"}} {
			for _, tag := range tongues {
				if got := in(tag).step(path, fields[0], fields[1:]...); got.status != http.StatusSeeOther {
					got.speaks(t, tag, fmt.Sprint(l.name, fields))
				}
				in(tag).get(path).speaks(t, tag, fmt.Sprint(l.name, " after ", fields))
			}
		}
	}
}
