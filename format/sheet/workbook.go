package sheet

import (
	"archive/zip"
	"compress/flate"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"cairn/value/said"
)

// workbook is an XLSX file (ECMA-376 part 1) opened for reading. It is read
// here rather than by excelize, which ends silently where a sheet is damaged,
// unzips into memory or temporary files in the clear, writes dates as a locale
// does, and takes four times as long.
type workbook struct {
	parts    map[string]*zip.File
	limits   Limits
	sheets   []sheetPart
	date1904 bool
	styles   []dateStyle // by index of a cell's style
	shared   []string
	chosen   sheetPart
}

type sheetPart struct {
	name   string
	path   string
	hidden bool
}

func (t *Table) openWorkbook(r io.ReaderAt, size int64, options Options) error {
	t.Format = XLSX
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return said.Errorf("it is damaged or truncated (%w): ask for the file again", worded(err))
	}
	book := &workbook{limits: t.limits}
	if book.parts, err = checkParts(archive, t.limits); err != nil {
		return err
	}
	if err := book.readIndex(); err != nil {
		return err
	}
	for _, part := range book.sheets {
		t.Sheets = append(t.Sheets, part.name)
	}
	if err := book.readShared(); err != nil {
		return err
	}
	notes, err := book.choose(options.Sheet)
	if err != nil {
		return err
	}
	t.Notes = append(t.Notes, notes...)
	t.Sheet, t.source = book.chosen.name, book
	return nil
}

const maxParts = 10_000

// checkParts refuses archives that would grow beyond the limits. The stated
// sizes can be trusted: archive/zip stops where a part is larger than it says.
func checkParts(archive *zip.Reader, limits Limits) (map[string]*zip.File, error) {
	if len(archive.File) > maxParts {
		return nil, said.Errorf("it has %d parts inside, more than %d: it is no ordinary workbook", len(archive.File), maxParts)
	}
	parts := make(map[string]*zip.File, len(archive.File))
	total := uint64(0)
	for _, file := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(file.Name, "/"))
		switch {
		case parts[name] != nil:
			return nil, said.Errorf("part %q occurs twice: save the workbook again", file.Name)
		case file.Flags&1 != 0:
			return nil, said.Errorf("it is protected by a password: save it without one")
		case file.UncompressedSize64 > 1<<20 && file.UncompressedSize64/uint64(limits.Ratio) > file.CompressedSize64:
			return nil, said.Errorf("part %q grows more than %d times when unzipped: it may be made to do harm", file.Name, limits.Ratio)
		case file.UncompressedSize64 > uint64(limits.UnzippedBytes)-total:
			return nil, said.Errorf("it holds more than %d MB unzipped: split it, or save it as CSV", limits.UnzippedBytes>>20)
		}
		total += file.UncompressedSize64
		parts[name] = file
	}
	return parts, nil
}

// part opens a part of the workbook; io.EOF is never its error.
func (b *workbook) part(name string) (io.ReadCloser, error) {
	file := b.parts[strings.ToLower(name)]
	if file == nil {
		return nil, said.Errorf("part %q is missing: the file is damaged or no workbook", name)
	}
	in, err := file.Open()
	if err != nil {
		return nil, said.Errorf("part %q: %w", name, worded(err))
	}
	return in, nil
}

// damaged explains an error of the archive or of XML in terms of the file.
func damaged(part string, err error) error {
	return said.Errorf("part %q is damaged (%w): open the workbook in a spreadsheet program and save it again", part, worded(err))
}

// worded gives an error of the packages that unzip and read XML as a sentence, which
// they have in English alone.
func worded(err error) error {
	var corrupt flate.CorruptInputError
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return said.Errorf("unexpected EOF")
	case errors.Is(err, zip.ErrFormat):
		return said.Errorf("zip: not a valid zip file")
	case errors.Is(err, zip.ErrChecksum):
		return said.Errorf("zip: checksum error")
	case errors.Is(err, zip.ErrAlgorithm):
		return said.Errorf("zip: unsupported compression algorithm")
	case errors.As(err, &corrupt):
		return said.Errorf("flate: corrupt input before offset %d", int64(corrupt))
	case errors.As(err, &syntax):
		return said.Errorf("XML syntax error on line %d", syntax.Line)
	}
	return err
}

func (b *workbook) decode(name string, into any) error {
	in, err := b.part(name)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := xml.NewDecoder(io.LimitReader(in, 16<<20)).Decode(into); err != nil {
		return damaged(name, err)
	}
	return nil
}

type relations struct {
	Relationship []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	}
}

func resolve(folder, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(folder, target)
}

// readIndex reads the list of sheets, the kind of dates and the styles.
func (b *workbook) readIndex() error {
	main := "xl/workbook.xml"
	var roots relations
	if err := b.decode("_rels/.rels", &roots); err == nil {
		for _, root := range roots.Relationship {
			if strings.HasSuffix(root.Type, "/officeDocument") {
				main = resolve("", root.Target)
			}
		}
	}
	if strings.HasSuffix(strings.ToLower(main), ".bin") {
		return said.Errorf("it is a binary workbook (XLSB): save it as XLSX")
	}
	var index struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(main, &index); err != nil {
		return err
	}
	b.date1904 = index.Properties.Date1904 == "1" || index.Properties.Date1904 == "true"
	folder := path.Dir(main)
	var links relations
	if err := b.decode(path.Join(folder, "_rels", path.Base(main)+".rels"), &links); err != nil {
		return err
	}
	targets := map[string]string{}
	styles := ""
	for _, link := range links.Relationship {
		targets[link.ID] = resolve(folder, link.Target)
		if strings.HasSuffix(link.Type, "/styles") {
			styles = targets[link.ID]
		}
	}
	for _, entry := range index.Sheets {
		for _, attr := range entry.Attrs {
			if attr.Name.Local == "id" && targets[attr.Value] != "" {
				b.sheets = append(b.sheets, sheetPart{entry.Name, targets[attr.Value], entry.State != "" && entry.State != "visible"})
			}
		}
	}
	if len(b.sheets) == 0 {
		return said.Errorf("it has no sheets")
	}
	if styles != "" && b.parts[strings.ToLower(styles)] != nil {
		return b.readStyles(styles)
	}
	return nil
}

// choose takes the named sheet, or the first visible one with content.
func (b *workbook) choose(wanted string) (notes []said.Sentence, err error) {
	var filled []string
	for _, candidate := range b.sheets {
		if wanted != "" && candidate.name != wanted || wanted == "" && candidate.hidden {
			continue
		}
		b.chosen = candidate
		if wanted != "" {
			return nil, nil
		}
		has, err := b.hasContent()
		if err != nil {
			return nil, err
		}
		if has {
			filled = append(filled, candidate.name)
		}
	}
	switch {
	case wanted != "":
		return nil, said.Errorf("it has no sheet %q: choose one of %q", wanted, b.names())
	case len(filled) == 0:
		return nil, said.Errorf("its visible sheets are empty")
	case len(filled) > 1:
		notes = append(notes, said.Say("sheet %q is read; the workbook also has %q: set the sheet if it is another", filled[0], filled[1:]))
	}
	for _, candidate := range b.sheets {
		if candidate.name == filled[0] {
			b.chosen = candidate
			break
		}
	}
	return notes, nil
}

func (b *workbook) names() []string {
	names := make([]string, len(b.sheets))
	for i, part := range b.sheets {
		names[i] = part.name
	}
	return names
}

func (b *workbook) hasContent() (bool, error) {
	rows, err := b.open()
	if err != nil {
		return false, err
	}
	defer rows.close()
	for {
		row, err := rows.next()
		switch {
		case err == io.EOF:
			return false, nil
		case err != nil && !isRowError(err):
			return false, err
		case err != nil || !isBlank(row.Cells):
			return true, nil
		}
	}
}

func (b *workbook) open() (rowReader, error) {
	in, err := b.part(b.chosen.path)
	if err != nil {
		return nil, err
	}
	return &sheetReader{book: b, part: in, xml: newXMLScanner(in, 2*b.limits.RowBytes)}, nil
}

func (b *workbook) close() error { return nil }
