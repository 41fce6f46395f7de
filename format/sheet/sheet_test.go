package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func openBytes(data []byte, options Options) (*Table, error) {
	return OpenReader(bytes.NewReader(data), int64(len(data)), "test", options)
}

func mustOpen(t testing.TB, data string, options Options) *Table {
	t.Helper()
	table, err := openBytes([]byte(data), options)
	if err != nil {
		t.Fatalf("open %.60q: %v", data, err)
	}
	return table
}

// read gives the rows as "number:cell|cell", refused ones as "number!problem".
func read(table *Table) (lines []string, fatal error) {
	for row, err := range table.Rows() {
		refused := new(RowError)
		switch {
		case errors.As(err, &refused):
			lines = append(lines, fmt.Sprintf("%d!%s", refused.Row, refused.Problem))
		case err != nil:
			return lines, err
		default:
			lines = append(lines, fmt.Sprintf("%d:%s", row.Number, strings.Join(row.Cells, "|")))
		}
	}
	return lines, nil
}

func TestReadCSV(t *testing.T) {
	for name, test := range map[string]struct {
		in        string
		options   Options
		delimiter rune
		header    string
		headerRow int
		want      []string
	}{
		"plain":           {in: "id,name\n1,Anna\n2,Béla\n", delimiter: ',', header: "id|name", headerRow: 1, want: []string{"2:1|Anna", "3:2|Béla"}},
		"semicolon":       {in: "id;name\n1;Kis, Anna\n2;Nagy, Béla\n", delimiter: ';', header: "id|name", headerRow: 1, want: []string{"2:1|Kis, Anna", "3:2|Nagy, Béla"}},
		"tab, no end":     {in: "id\tname\n1\tAnna", delimiter: '\t', header: "id|name", headerRow: 1, want: []string{"2:1|Anna"}},
		"pipe, CRLF":      {in: "id|name\r\n1|Anna\r\n", delimiter: '|', header: "id|name", headerRow: 1, want: []string{"2:1|Anna"}},
		"CR":              {in: "id,name\r1,Anna\r", delimiter: ',', header: "id|name", headerRow: 1, want: []string{"2:1|Anna"}},
		"quotes":          {in: "id,name\n1,\"Kis, \"\"Pici\"\" Anna\"\r\n2,\"two\nlines\"\n3,x\n", delimiter: ',', header: "id|name", headerRow: 1, want: []string{"2:1|Kis, \"Pici\" Anna", "3:2|two\nlines", "4:3|x"}},
		"loose quotes":    {in: "id,name\n1,\"Kis \"Pici\" Anna\"\n2,5\" pipe\n", delimiter: ',', header: "id|name", headerRow: 1, want: []string{"2:1|Kis \"Pici\" Anna", "3:2|5\" pipe"}},
		"titles above":    {in: "Camp Traiskirchen,,\n as of 5 Nov 1956,,\n,,\nid,name,born\n1,Anna,1950\n\n2,Béla,1951\n", delimiter: ',', header: "id|name|born", headerRow: 4, want: []string{"5:1|Anna|1950", "7:2|Béla|1951"}},
		"ragged":          {in: "a,b,c\n1,2\n1,2,3,4\n1,2,3,\n1,2,3\n", delimiter: ',', header: "a|b|c", headerRow: 1, want: []string{"2!short", "3!long", "4:1|2|3", "5:1|2|3"}},
		"open quote":      {in: "a,b\n1,2\n3,\"4\n5,6\n", delimiter: ',', header: "a|b", headerRow: 1, want: []string{"2:1|2", "3!open-quote"}},
		"NUL, bad UTF-8":  {in: "név,b\n1,\x002\n3,\xff\n" + strings.Repeat("é,ó\n", 30), delimiter: ',', header: "név|b", headerRow: 1, want: append([]string{"2!nul", "3!bad-encoding"}, numbered(4, 30, "é|ó")...)},
		"sep hint":        {in: "sep=;\na;b\n1;2\n", delimiter: ';', header: "a|b", headerRow: 2, want: []string{"3:1|2"}},
		"stated header":   {in: "a,b\nc,d\n1,2\n", options: Options{HeaderRow: 2}, delimiter: ',', header: "c|d", headerRow: 2, want: []string{"3:1|2"}},
		"stated comma":    {in: "a:b\n1:2\n", options: Options{Delimiter: ':'}, delimiter: ':', header: "a|b", headerRow: 1, want: []string{"2:1|2"}},
		"byte order mark": {in: "\xef\xbb\xbfid,name\n1,Anna\n", delimiter: ',', header: "id|name", headerRow: 1, want: []string{"2:1|Anna"}},
		"one column":      {in: "name\nAnna\n\"Kis, Béla\"\n", delimiter: ',', header: "name", headerRow: 1, want: []string{"2:Anna", "3:Kis, Béla"}},
	} {
		t.Run(name, func(t *testing.T) {
			table := mustOpen(t, test.in, test.options)
			defer table.Close()
			if table.Delimiter != test.delimiter || table.HeaderRow != test.headerRow || strings.Join(table.Header, "|") != test.header {
				t.Errorf("delimiter %q, header row %d %q", table.Delimiter, table.HeaderRow, table.Header)
			}
			for range 2 {
				if got, err := read(table); err != nil || !slices.Equal(got, test.want) {
					t.Errorf("rows %q, %v\nwant %q", got, err, test.want)
				}
			}
		})
	}
}

func numbered(from, count int, cells string) (lines []string) {
	for i := range count {
		lines = append(lines, fmt.Sprintf("%d:%s", from+i, cells))
	}
	return lines
}

func TestRefusedFiles(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "empty",
		"\n\n\n":                "no rows",
		"\xd0\xcf\x11\xe0aaaa":  "old Excel",
		"%PDF-1.7":              "PDF",
		"\x1f\x8b\x08":          "gzip",
		"PK\x03\x04 and so on":  "damaged or truncated",
		"a\x00\x00\x00\x00\x01": "no text file",

		strings.Repeat("x,", 1_000_000) + "x\n1\n": "more than 2000 columns",
	} {
		if _, err := openBytes([]byte(in), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("open %.20q: error %v, want %q", in, err, want)
		}
	}
	for _, options := range []Options{{Encoding: "klingon"}, {Delimiter: '"'}, {Delimiter: 'é'}, {HeaderRow: 9}} {
		if _, err := openBytes([]byte("a,b\n1,2\n"), options); err == nil {
			t.Errorf("options %+v pass", options)
		}
	}
	if _, err := Open(t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("open a folder: %v", err)
	}
}

func TestLimits(t *testing.T) {
	huge := strings.Repeat("x", 10<<20)
	for name, in := range map[string]string{
		"plain":  "a,b\n1," + huge + "\n2,3\n",
		"quoted": "a,b\n1,\"" + huge + "\"\n2,3\n",
	} {
		got, err := read(mustOpen(t, in, Options{}))
		if want := []string{"2!too-large", "3:2|3"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	in := "a,b\n1,2\n" + strings.Repeat("x,", 5000) + "\n3,\"4\"" + strings.Repeat(",\"\"", 5000) + "\n5,6\n"
	got, err := read(mustOpen(t, in, Options{}))
	if want := []string{"2:1|2", "3!too-large", "4!too-large", "5:5|6"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("wide rows: %q, %v", got, err)
	}
	_, err = read(mustOpen(t, "a,b\n1,2\n3,4\n5,6\n", Options{Limits: Limits{Rows: 3}}))
	if err == nil || !strings.Contains(err.Error(), "more than 3 rows") {
		t.Errorf("too many rows: %v", err)
	}
}

// Names and places of several languages, as a list would hold them.
var samples = map[Encoding][]string{
	Windows1250: {
		"név,lakhely\nKovács Jánosné,Győr\nSzűcs Erzsébet,Mosonmagyaróvár\nTörök Ágnes,Hegyeshalom\nŐry Béla,Pécs\nFűrész Gergő,Kőszeg\n",
		"imię,miejsce\nŁukasz Wiśniewski,Łódź\nZofia Dąbrowska,Kraków\nPaweł Wójcik,Gdańsk\nMałgorzata Zięba,Poznań\nŻaneta Ćwik,Białystok\n",
		"jméno,místo\nJiří Dvořák,České Budějovice\nTomáš Růžička,Plzeň\nŽofie Němcová,Děčín\nLuboš Kříž,Třebíč\n",
	},
	Windows1252: {
		"Name,Ort\nJürgen Müller,Köln\nGrete Weiß,Düsseldorf\nBärbel Schröder,Göttingen\nKäthe Groß,Nürnberg\n",
		"nom,lieu\nFrançois Lefèvre,Besançon\nHélène Benoît,Orléans\nZoé Étienne,Nîmes\nRené Fenêtre,Angoulême\nAndré Pagès,Nevers à côté\n",
		"nombre,lugar\nJosé Muñoz,Málaga\nMaría Núñez,Córdoba\nÁngel Ibáñez,León\nSofía Peña,Cádiz\n",
	},
	Windows1251: {
		"имя,место\nИван Петров,Москва\nАнна Щербакова,Нижний Новгород\nПётр Жуков,Екатеринбург\n",
		"ім'я,місце\nОлена Шевченко,Київ\nЄвген Їжак,Львів\nГригорій Ґудзь,Чернівці\n",
	},
	Windows1256: {
		"الاسم,المكان\nمحمد الحسن,دمشق\nفاطمة أحمد,حلب\nخالد إبراهيم,اللاذقية\n",
	},
}

func TestDetectEncoding(t *testing.T) {
	coders := map[Encoding]*charmap.Charmap{Windows1250: charmap.Windows1250, Windows1251: charmap.Windows1251, Windows1252: charmap.Windows1252, Windows1256: charmap.Windows1256}
	for want, texts := range samples {
		for _, text := range texts {
			plain := mustOpen(t, text, Options{})
			if plain.Encoding != UTF8 {
				t.Errorf("UTF-8 is taken for %s: %.30q", plain.Encoding, text)
			}
			lines, _ := read(plain)
			coded, err := coders[want].NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			// Long ASCII stretches before the first accent must not matter.
			table := mustOpen(t, coded, Options{})
			got, err := read(table)
			if table.Encoding != want || err != nil || !slices.Equal(got, lines) {
				t.Errorf("%s is taken for %s: %q %v", want, table.Encoding, got, table.Notes)
			}
			for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
				for _, mark := range []unicode.BOMPolicy{unicode.UseBOM, unicode.IgnoreBOM} {
					wide, _ := unicode.UTF16(order, mark).NewEncoder().String(text)
					if got, err := read(mustOpen(t, wide, Options{})); err != nil || !slices.Equal(got, lines) {
						t.Errorf("UTF-16 %v %v: %q, %v", order, mark, got, err)
					}
				}
			}
		}
	}
}

func TestEncodingFarIntoTheFile(t *testing.T) {
	text := "id,name\n" + strings.Repeat("1,Anna\n", 40_000) + "2,Sz\xfbcs Gerg\xf5\n2,F\xfbr\xe9sz \xc1d\xe1m\n"
	table := mustOpen(t, text, Options{})
	if table.Encoding != Windows1250 {
		t.Errorf("taken for %s, %v", table.Encoding, table.Notes)
	}
	if table := mustOpen(t, text, Options{Encoding: Windows1252}); table.Encoding != Windows1252 {
		t.Error("a stated encoding is overruled")
	}
}

func TestNeutraliseAndRoundTrip(t *testing.T) {
	rows := [][]string{
		{"=1+1", "'=1+1"}, {"+43 1", "'+43 1"}, {"-cmd", "'-cmd"}, {"-5", "-5"}, {"-5.25", "-5.25"}, {"-5-6", "'-5-6"},
		{"@x", "'@x"}, {"\tx", "'\tx"}, {"\rx", "'\rx"}, {"＝x", "'＝x"}, {"Anna", "Anna"}, {"a=b", "a=b"}, {"-", "'-"}, {"é;\"q\"", "é;\"q\""},
	}
	seq := func(yield func([]string) bool) {
		for i, row := range rows {
			if !yield([]string{fmt.Sprint(i), row[0]}) {
				return
			}
		}
	}
	var text, book bytes.Buffer
	if err := WriteCSV(&text, CSVOptions{ByteOrderMark: true, Delimiter: ';'}, []string{"id", "=name"}, seq); err != nil {
		t.Fatal(err)
	}
	if err := WriteXLSX(&book, "People", []string{"id", "=name"}, seq); err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{text.Bytes(), book.Bytes()} {
		table, err := openBytes(data, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if table.Header[1] != "'=name" {
			t.Errorf("header %q", table.Header)
		}
		i := 0
		for row, err := range table.Rows() {
			want := rows[i][1]
			if table.Format == XLSX {
				want = strings.ReplaceAll(want, "\r", row.Cells[1][1:2])
			}
			if err != nil || row.Cells[1] != want {
				t.Errorf("%s: %q, %v; want %q", table.Format, row.Cells, err, want)
			}
			i++
		}
		if i != len(rows) {
			t.Errorf("%s: %d rows", table.Format, i)
		}
	}
}

// What is written as CSV is read back alike, whatever the cells hold.
func TestCSVRoundTrip(t *testing.T) {
	cell := rapid.StringMatching(`[a-z"',; é\n]{0,12}`).Filter(func(s string) bool { return Neutralise(s) == s })
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 1, 8).Draw(t, "rows")
		var out bytes.Buffer
		if err := WriteCSV(&out, CSVOptions{}, []string{"a", "b", "c"}, slices.Values(rows)); err != nil {
			t.Fatal(err)
		}
		table, err := openBytes(out.Bytes(), Options{Delimiter: ',', Encoding: UTF8, HeaderRow: 1})
		if err != nil {
			t.Fatal(err)
		}
		rows = slices.DeleteFunc(rows, isBlank)
		i := 0
		for row, err := range table.Rows() {
			if err != nil || !slices.Equal(row.Cells, rows[i]) {
				t.Fatalf("%q, %v; want %q", row.Cells, err, rows[i])
			}
			i++
		}
		if i != len(rows) {
			t.Fatalf("%d rows of %d", i, len(rows))
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("a;b\n1;\"2\n3\"\n"))
	f.Add([]byte("\xff\xfea\x00,\x00b\x00\n\x00"))
	f.Add([]byte("n\xe9v,b\n\"\xfb"))
	f.Add(workbookOf(f, map[string]string{}))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := openBytes(data, Options{})
		if err != nil {
			return
		}
		defer table.Close()
		for row, err := range table.Rows() {
			if err == nil && len(row.Cells) != len(table.Header) {
				t.Fatalf("row %d has %d cells, header %d", row.Number, len(row.Cells), len(table.Header))
			}
			if row.Number > 5000 {
				break
			}
		}
	})
}

func BenchmarkReadCSV(b *testing.B) {
	path := filepath.Join(b.TempDir(), "people.csv")
	row := "BUD-2222K,Kovács Mária Erzsébet,1956-05-03,F,HUN,Győr,hu;de,17,head,passport,AB123456,+43 660 1234567\n"
	const rows = 200_000
	if err := os.WriteFile(path, []byte("id,name,born,sex,nat,place,lang,hh,rel,doc,no,phone\n"+strings.Repeat(row, rows)), 0o600); err != nil {
		b.Fatal(err)
	}
	benchmarkRead(b, path, rows)
}

func benchmarkRead(b *testing.B, path string, rows int) {
	for b.Loop() {
		table, err := Open(path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, err := range table.Rows() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != rows || table.Close() != nil {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
