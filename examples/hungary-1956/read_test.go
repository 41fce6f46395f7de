package hungary1956

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// generate runs the generator into a fresh folder.
func generate(t *testing.T, people int, seed uint64) (string, Summary) {
	t.Helper()
	dir := t.TempDir()
	s, err := Generate(dir, Options{People: people, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return dir, s
}

// readRows reads a file as its description declares, titles and header included.
func readRows(t *testing.T, dir string, f FileInfo) [][]string {
	t.Helper()
	path := filepath.Join(dir, f.Name)
	if f.Encoding == XLSX {
		book, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = book.Close() }()
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	text := decode(t, path, f.Encoding)
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = rune(f.Delimiter[0])
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return rows
}

// decode returns UTF-8 and fails when the bytes are not as declared.
func decode(t *testing.T, path string, e Encoding) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bom := []byte("\ufeff")
	if bytes.HasPrefix(text, bom) != (e == UTF8BOM) {
		t.Errorf("%s: declared %s, byte order mark %v", path, e, bytes.HasPrefix(text, bom))
	}
	if utf8.Valid(text) == (e == Windows1250) {
		t.Errorf("%s: declared %s, valid UTF-8 %v", path, e, utf8.Valid(text))
	}
	if e == Windows1250 {
		if text, err = charmap.Windows1250.NewDecoder().Bytes(text); err != nil {
			t.Fatal(err)
		}
	}
	return bytes.TrimPrefix(text, bom)
}

// records gives the rows below the header as maps from header to cell.
func records(t *testing.T, dir string, f FileInfo) []map[string]string {
	t.Helper()
	rows := readRows(t, dir, f)
	var out []map[string]string
	for _, row := range rows[f.HeaderRow:] {
		m := map[string]string{}
		for i, cell := range row {
			m[f.Header[i]] = cell
		}
		out = append(out, m)
	}
	return out
}

func ofKind(s Summary, k Kind) []FileInfo {
	var out []FileInfo
	for _, f := range s.Files {
		if f.Kind == k {
			out = append(out, f)
		}
	}
	return out
}
