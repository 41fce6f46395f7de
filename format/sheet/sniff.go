package sheet

import (
	"bytes"
	"io"

	"cairn/value/said"
)

// sniff tells a workbook from text by its first bytes, and names what people
// bring by mistake.
func sniff(r io.ReaderAt, size int64) (Format, error) {
	if size <= 0 {
		return "", said.Errorf("the file is empty")
	}
	start := make([]byte, min(size, 512))
	n, err := r.ReadAt(start, 0)
	if err != nil && err != io.EOF {
		return "", said.Errorf("read its first bytes: %w", err)
	}
	if n == 0 {
		return "", said.Errorf("the file is empty")
	}
	start = start[:n]
	for _, known := range []struct {
		magic  string
		advice error
	}{
		{"\xd0\xcf\x11\xe0", said.Errorf("it is an old Excel file or is protected by a password: save it as XLSX without a password")},
		{"%PDF", said.Errorf("it is a PDF: ask for the table as XLSX or CSV")},
		{"\x1f\x8b", said.Errorf("it is compressed with gzip: unpack it first")},
		{"{\\rtf", said.Errorf("it is a text document: save the table as XLSX or CSV")},
		{"\x89PNG", said.Errorf("it is a picture: ask for the table as XLSX or CSV")},
		{"\xff\xd8\xff", said.Errorf("it is a picture: ask for the table as XLSX or CSV")},
	} {
		if bytes.HasPrefix(start, []byte(known.magic)) {
			return "", known.advice
		}
	}
	if !bytes.HasPrefix(start, []byte("PK\x03\x04")) && !bytes.HasPrefix(start, []byte("PK\x05\x06")) {
		return CSV, nil
	}
	if bytes.Contains(start, []byte("mimetypeapplication/vnd.oasis")) {
		return "", said.Errorf("it is an OpenDocument file: save it as XLSX or CSV")
	}
	return XLSX, nil
}
