package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbookOf builds a small workbook part by part, so that tests can damage it.
func workbookOf(t testing.TB, changed map[string]string) []byte {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="People" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="s1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheetXML(`<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Anna</t></is></c></row>`),
	}
	maps.Copy(parts, changed)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sheetXML(rows string) string {
	return `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>` +
		rows + `</sheetData></worksheet>`
}

func TestReadWorkbookWrittenByExcelize(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	german := `[$-407]dd"."mm"."yyyy;@`
	date, _ := book.NewStyle(&excelize.Style{NumFmt: 14})
	custom, _ := book.NewStyle(&excelize.Style{CustomNumFmt: &german})
	monthly := "mmm yy"
	month, _ := book.NewStyle(&excelize.Style{CustomNumFmt: &monthly})
	born := time.Date(1956, 5, 3, 0, 0, 0, 0, time.UTC)
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(book.SetSheetRow("Sheet1", "A1", &[]any{"Camp list 1956"}))
	check(book.SetSheetRow("Sheet1", "A3", &[]any{"id", "name", "born", "entered", "month", "seen", "share"}))
	check(book.SetSheetRow("Sheet1", "A4", &[]any{43660123456, "Kovács", born, born, born, born.Add(90 * time.Minute), 0.1 + 0.2}))
	check(book.SetSheetRow("Sheet1", "A7", &[]any{2, nil, nil, nil, nil, nil, true}))
	check(book.SetCellStyle("Sheet1", "C4", "C4", date))
	check(book.SetCellStyle("Sheet1", "D4", "D4", custom))
	check(book.SetCellStyle("Sheet1", "E4", "E4", month))
	_, err := book.NewSheet("Second")
	check(err)
	check(book.SetSheetRow("Second", "A1", &[]any{"a", "b"}))
	var out bytes.Buffer
	check(book.Write(&out))

	table, err := openBytes(out.Bytes(), Options{})
	check(err)
	if table.Sheet != "Sheet1" || table.HeaderRow != 3 || len(table.Sheets) != 2 || len(table.Notes) != 1 {
		t.Errorf("sheet %q of %q, header row %d, notes %q", table.Sheet, table.Sheets, table.HeaderRow, table.Notes)
	}
	got, err := read(table)
	want := []string{"4:43660123456|Kovács|1956-05-03|1956-05-03|1956-05|1956-05-03 01:30|0.3", "7:2||||||TRUE"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("rows %q, %v\nwant %q", got, err, want)
	}
	if second, err := openBytes(out.Bytes(), Options{Sheet: "Second"}); err != nil || second.Header[0] != "a" {
		t.Errorf("second sheet: %v", err)
	}
	if _, err := openBytes(out.Bytes(), Options{Sheet: "Third"}); err == nil || !strings.Contains(err.Error(), "Second") {
		t.Errorf("a missing sheet: %v", err)
	}
	for cut := 4; cut < out.Len(); cut += 97 {
		if _, err := openBytes(out.Bytes()[:cut], Options{}); err == nil && cut < out.Len()-22 {
			t.Errorf("truncated at %d of %d bytes: passes", cut, out.Len())
		}
	}
}

func TestHostileWorkbooks(t *testing.T) {
	sheet := "xl/worksheets/sheet1.xml"
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + sheetXML(`<row r="2"><c t="inlineStr"><is><t>&b;&b;</t></is></c></row>`)
	whole := sheetXML(`<row r="2"><c><v>1</v></c></row>`)
	for name, test := range map[string]struct {
		parts map[string]string
		want  string
	}{
		"XML bomb":         {map[string]string{sheet: bomb}, "damaged"},
		"cut sheet":        {map[string]string{sheet: whole[:len(whole)-30]}, "damaged"},
		"cut in a row":     {map[string]string{sheet: whole[:len(whole)-45]}, "after row 2"},
		"zip bomb":         {map[string]string{"xl/media/a.bin": strings.Repeat("\x00", 4<<20)}, "grows more than"},
		"rows backwards":   {map[string]string{sheet: sheetXML(`<row r="9"/><row r="3"/>`)}, "row with the number"},
		"giant token":      {map[string]string{sheet: sheetXML(`<row r="2"><c t="inlineStr"><is><t>` + incompressible(20<<20) + `</t></is></c></row>`)}, "larger than"},
		"no sheets":        {map[string]string{"xl/workbook.xml": `<workbook/>`}, "no sheets"},
		"no such part":     {map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="s1" Target="gone.xml"/></Relationships>`}, "missing"},
		"unclosed strings": {map[string]string{"xl/sharedStrings.xml": `<sst><si><t>a`}, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := openBytes(workbookOf(t, test.parts), Options{})
			if err == nil {
				_, err = read(table)
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// incompressible is text that no ratio check refuses.
func incompressible(n int) string {
	text := make([]byte, n)
	state := uint32(1)
	for i := range text {
		state = state*1664525 + 1013904223
		text[i] = 'a' + byte(state>>24)%26
	}
	return string(text)
}

func TestRefusedWorkbookRows(t *testing.T) {
	rows := `<row r="2"><c r="A2"><v>1</v></c><c r="XFD2"><v>9</v></c></row>` +
		`<row r="3"><c r="A3" t="inlineStr"><is><t>` + incompressible(3<<20) + `</t></is></c></row>` +
		`<row><c t="s"><v>99</v></c><c t="e"><v>#N/A</v></c></row>` +
		`<row r="6"><c r="B6"><v>1.5E3</v></c></row>`
	table, err := openBytes(workbookOf(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(rows)}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(table)
	if want := []string{"2!too-large", "3!too-large", "4:#REF!|#N/A", "6:|1500"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("rows %q, %v", got, err)
	}
}

// A directory that understates a part's size must not let more bytes through.
func TestLyingSizes(t *testing.T) {
	data := workbookOf(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(strings.Repeat(`<row><c><v>1</v></c></row>`, 1000))})
	name := []byte("xl/worksheets/sheet1.xml")
	entry := bytes.LastIndex(data, name) - 46
	binary.LittleEndian.PutUint32(data[entry+24:], 300)
	table, err := openBytes(data, Options{})
	if err == nil {
		_, err = read(table)
	}
	if err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("error %v", err)
	}
}

func TestDateStyles(t *testing.T) {
	for code, want := range map[string]dateStyle{
		"dd.mm.yyyy": dayDate, "yyyy\\-mm\\-dd": dayDate, "m/d/yy h:mm": dayTime, "h:mm AM/PM": timeOnly, "yyyy": yearOnly,
		"mmm-yy": yearMonth, "General": noDate, "0.00": noDate, `0 "days"`: noDate, "[Red]0": noDate, "[h]:mm": noDate, "@": noDate,
	} {
		if got := styleOfCode(code); got != want {
			t.Errorf("styleOfCode(%q) = %d, want %d", code, got, want)
		}
	}
	book := &workbook{styles: []dateStyle{noDate, dayDate, timeOnly}}
	for value, want := range map[string]string{"1": "1900-01-01", "59": "1900-02-28", "61": "1900-03-01", "20578": "1956-05-03", "-4": "-4", "9e9": "9000000000", "abc": "abc"} {
		if got := book.numberText(1, value); got != want {
			t.Errorf("serial %s = %q, want %q", value, got, want)
		}
	}
	book.date1904 = true
	if got := book.numberText(1, "19116"); got != "1956-05-03" {
		t.Errorf("1904 serial = %q", got)
	}
	if got := book.numberText(2, "0.5625"); got != "13:30" {
		t.Errorf("time = %q", got)
	}
}

func BenchmarkReadXLSX(b *testing.B) {
	const rows = 20_000
	path := b.TempDir() + "/people.xlsx"
	book := excelize.NewFile()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i := range rows + 1 {
		cells := []any{fmt.Sprint("id", i), "Kovács Mária Erzsébet", "1956-05-03", "F", "HUN", "Győr", "hu", "17 a", "head", "passport", "AB123456", "+43 660"}
		if err := stream.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			b.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := book.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	benchmarkRead(b, path, rows)
}
