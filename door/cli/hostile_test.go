package cli_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn/format/sheet"
)

// TestToolsWriteNoFormulas gives the tools for two files ids that a spreadsheet would
// run, and looks at every cell that they write.
func TestToolsWriteNoFormulas(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const evil = `=HYPERLINK(1)`
	for name, args := range map[string][]string{
		"link": {write("people.csv", "id,full name,date of birth\n"+evil+",Kovács István,1931-05-02\n@2,Kovács István,1931-05-02\n＝3,Nagy Éva,1940-11-20\n")},
		"place": {write("cases.csv", "id,people\n"+evil+",2\n+1+1,3\n"),
			write("places.csv", "id,country,locality,people\n@here,AUT,Linz,3\n-1-1,CHE,Bern,4\n")},
		"route": {write("parties.csv", "id,origin,destination,people,ready,due\n"+evil+",@Wien,＝Bern,2,1956-12-01T00:00:00Z,1956-12-20T00:00:00Z\n"),
			write("services.csv", "id,from,to,depart,arrive,seats,cost\n+t1,@Wien,＝Bern,1956-12-03T08:00:00Z,1956-12-03T20:00:00Z,10,12.50\n")},
	} {
		out := filepath.Join(dir, name+".out.csv")
		if _, errOut, code := command(append(append([]string{name}, args...), "--out", out)...); code != 0 {
			t.Errorf("%s: exit %d, %s", name, code, errOut)
			continue
		}
		file, err := os.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(file).ReadAll()
		file.Close()
		if err != nil || !strings.Contains(strings.Join(rows[1], " ")+strings.Join(rows[len(rows)-1], " "), "'") {
			t.Errorf("%s: %v %q", name, err, rows)
		}
		for _, row := range rows {
			for _, cell := range row {
				if sheet.Neutralise(cell) != cell {
					t.Errorf("%s writes %q", name, cell)
				}
			}
		}
	}
}

// TestHostileLists takes over lists that are made to do harm: each is refused with a
// sentence and nothing of it is kept, or its text is kept as it was written.
func TestHostileLists(t *testing.T) {
	f := newOffice(t, "")
	head := "Family name,Given name,Date of birth,Nationality\n"
	tests := map[string]struct {
		text, says string // says "" means that it is taken
	}{
		"31 February":          {head + "Nagy,Éva,31.02.1950,Hungary\n", "31 February"},
		"29 February 1900":     {head + "Nagy,Éva,29.02.1900,Hungary\n", "29 February"},
		"NUL":                  {head + "Na\x00gy,Éva,01.02.1950,Hungary\n", "NUL"},
		"broken UTF-8":         {"\xef\xbb\xbf" + head + "N\xff\xfegy,Éva,01.02.1950,Hungary\n", ""},
		"a 10 MB cell":         {head + strings.Repeat("x", 10<<20) + ",Éva,01.02.1950,Hungary\n", "row 2"},
		"a million columns":    {head + strings.Repeat("x,", 1_000_000) + "\n", "column"},
		"a million headings":   {strings.Repeat("x,", 1_000_000) + "\n1\n", "column"},
		"an unknown country":   {head + "Nagy,Éva,01.02.1950,Atlantis\n", "Atlantis"},
		"contradicting fields": {"Surname,Last name,Birth date,Date of birth\nNagy,Nagy,01.02.1950,01.02.1951\n", ""},
		"two rows, one name":   {head + "Nagy,Éva,01.02.1950,Hungary\nNagy,Éva,01.02.1950,Hungary\n", ""},
		"no heading":           {"1,2,3\n4,5,6\n", ""},
		"nothing":              {"", "empty"},
		"not a list":           {"\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\x02", 500), ""},
		"a lying workbook":     {"PK\x03\x04" + strings.Repeat("\x00", 200), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			before := f.count("SELECT COUNT(*) FROM people_record")
			path := filepath.Join(t.TempDir(), "list.csv")
			if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			out, errOut, code := f.try(f.command("people.import", map[string]string{"path": path})...)
			after := f.count("SELECT COUNT(*) FROM people_record")
			t.Logf("exit %d, %d more, %.300s", code, after-before, errOut)
			if tt.says != "" && (code == 0 || code == 1 || !strings.Contains(errOut, tt.says)) {
				t.Errorf("exit %d, %.300s, want %q", code, errOut, tt.says)
			}
			if code != 0 && after != before {
				t.Errorf("%d people of a refused list are there", after-before)
			}
			if len(errOut)+len(out) > 100_000 {
				t.Errorf("it says %d bytes", len(errOut)+len(out))
			}
		})
	}
}

// TestContradictingMappings refuses mappings that cannot be meant.
func TestContradictingMappings(t *testing.T) {
	f := newOffice(t, "")
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte("Surname,Last name,Born\nNagy,Kis,1950-02-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for says, columns := range map[string]map[string]string{
		"both":      {"Surname": "family_name", "Last name": "family_name"},
		"no field":  {"Surname": "shoe_size"},
		"Nowhere":   {"Nowhere": "family_name"},
		"no column": {"Surname": "remarks", "Last name": "", "Born": "birth_date"},
	} {
		_, errOut, code := f.try(f.command("people.import", map[string]any{"path": path, "columns": columns})...)
		if code != 2 || !strings.Contains(errOut, says) {
			t.Errorf("%v: exit %d, %s", columns, code, errOut)
		}
	}
	if n := f.count("SELECT COUNT(*) FROM people_record"); n != 0 {
		t.Errorf("%d people were taken", n)
	}
}

// TestDeceivingLettersAreKept holds that names with control characters of direction or
// with letters of other scripts that look alike are kept as they were written.
func TestDeceivingLettersAreKept(t *testing.T) {
	f := newOffice(t, "")
	const bidi, lookalike, formula = "Mo\u202ehamad", "Pеtrov", "=1+1" // with a Cyrillic е
	path := filepath.Join(t.TempDir(), "list.csv")
	text := "Family name,Given name,Date of birth\n" + bidi + ",Ali,1950-02-01\n" + lookalike + ",Ivan,1950-02-01\n" + formula + ",Cell,1950-02-01\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f.do("people.import", map[string]any{"path": path, "good_rows_only": true})
	o := f.open()
	names := strings.Join(columnOf(t, o, "SELECT name FROM people_record"), "\n")
	o.Close()
	if !strings.Contains(names, lookalike) {
		t.Errorf("the look-alike was changed: %q", names)
	}
	if !strings.Contains(names, bidi) && strings.Contains(names, "Mohamad") {
		t.Errorf("a control of direction was dropped without a word: %q", names)
	}
	t.Logf("%q", names)
}
