package app_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"cairn/app"
	"cairn/store"
)

// TestErasureReachesEveryPlace plants words about one person wherever the domains let
// somebody write, erases the person and the subjects that are about nobody else, and
// looks for the words in every file of the office's folder, as UTF-8 and as UTF-16.
func TestErasureReachesEveryPlace(t *testing.T) {
	folder := t.TempDir()
	r := openRoad(t, store.Config{URL: filepath.Join(folder, "cairn.db"), Driver: "sqlite"})
	r.staff()
	r.registerPeople()
	out := r.act("registrar", "people.register", `{"site":"Traiskirchen","members":[{"name":"Mondegreen, Zsuzsanna","birth":"1926-05-03","birth_place":"Zanzibarville",
		"nationalities":["HUN"],"documents":[{"type":"passport","number":"QX998877"}],"phones":["+36 555 8761234"],"needs":["Zanzibarism"],"occupation":"zanzibarist","remarks":"Zanzibar remark"}]}`)
	r.name("q", out, "out.records.0")
	r.name("house", out, "out.household")
	list := "Familienname;Vorname;Geburtsdatum;Staatsangehörigkeit\nMondegreen;Zanzibarina;31.02.1950;Ungarn\nPap;Anna;01.02.1950;Ungarn\n"
	if imported := r.act("registrar", "people.import", fmt.Sprintf(`{"name":"list.csv","content":%q,"good_rows_only":true}`, b64(list))); !strings.Contains(fmt.Sprint(imported), "31") {
		t.Fatalf("the planted row is not refused: %v", imported)
	}
	if _, err := r.Do(t.Context(), as("registrar"), "people.import", r.input("people.import", fmt.Sprintf(`{"name":"bad.csv","content":%q}`, b64(list+";x\n"))), app.Options{}); err == nil {
		t.Fatal("a list with bad rows was taken")
	}
	r.act("registrar", "people.correct", `{"record":"<q>","other_name":"Zanzibara","reason":"Zanzibar papers"}`)
	r.act("registrar", "people.give_consent", `{"records":["<q>"],"purpose":"resettlement","destinations":["CAN"],"language":"hu","informed":true,"interpreter":"Zanzibaro"}`)
	r.act("registrar", "people.open_file", `{"record":"<q>","reason":"Zanzibar question"}`)
	r.name("held", r.act("protection_officer", "rights.place_hold", `{"records":["<q>"],"category":"legal","reason":"Zanzibar trial"}`), "out.ids.0")
	r.act("protection_officer", "rights.lift_hold", `{"holds":["<held>"],"reason":"Zanzibar over"}`)
	r.act("protection_officer", "rights.report_risk", `{"records":["<q>"],"countries":["USA"],"basis":"Zanzibar feud"}`)
	r.act("medical_officer", "rights.assess_fitness", `{"records":["<q>"],"fit":"fit"}`)
	r.name("case", r.act("caseworker", "cases.open", `{"households":["<house>"],"wishes":["CAN"]}`), "out.opened.0")
	r.act("caseworker", "cases.close", `{"cases":["<case>"],"outcome":"withdrawn","reason":"Zanzibar calls"}`)
	planted := []string{"Mondegreen", "mondegreen", "anzibar", "QX998877", "8761234"}
	if found := plantedIn(t, folder, planted); len(found) < 3 {
		t.Fatalf("the search finds nothing before the erasure: %v", found)
	}
	for _, subject := range []string{"<q>", "<house>", "<case>"} {
		r.act("protection_officer", "offices.erase_subject", `{"subject":"`+subject+`","reason":"asked_by_person"}`)
	}
	for id := range openings(r) {
		r.said["opening"] = id
		r.act("protection_officer", "offices.erase_subject", `{"subject":"<opening>","reason":"asked_by_person"}`)
	}
	if found := plantedIn(t, folder, planted); len(found) > 0 {
		t.Errorf("while the office is open: %v", found)
	}
	if report := verify(t, r.Office); len(report.Faults) > 0 {
		t.Errorf("%q", report.Faults)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if found := plantedIn(t, folder, planted); len(found) > 0 {
		t.Errorf("after it was closed: %v", found)
	}
}

// openings gives subjects of their own that speak of who was erased.
func openings(r *road) map[string]bool {
	out := map[string]bool{}
	for _, f := range r.factsOf("people.file_opened") {
		if strings.Contains(string(encode(r.T, f.Value)), "Zanzibar") {
			out[f.Subject] = true
		}
	}
	return out
}

// plantedIn lists the planted words that the bytes of a folder's files hold.
func plantedIn(t *testing.T, folder string, planted []string) (found []string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range planted {
			for name, form := range map[string][]byte{"UTF-8": []byte(word), "UTF-16LE": utf16Of(word, binary.LittleEndian), "UTF-16BE": utf16Of(word, binary.BigEndian)} {
				if bytes.Contains(text, form) {
					found = append(found, word+" as "+name+" in "+file.Name())
				}
			}
		}
	}
	return found
}

func utf16Of(word string, order binary.AppendByteOrder) (out []byte) {
	for _, unit := range utf16.Encode([]rune(word)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}
