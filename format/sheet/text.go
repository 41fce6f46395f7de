package sheet

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"cairn/value/said"
)

// textSource is a delimited text file.
type textSource struct {
	r       io.ReaderAt
	size    int64
	enc     Encoding
	comma   byte
	lineEnd byte
	limits  Limits
}

func (t *Table) openText(r io.ReaderAt, size int64, options Options) error {
	t.Format = CSV
	t.Encoding = options.Encoding
	if t.Encoding == "" {
		name, doubts, err := detectEncoding(r, size)
		if err != nil {
			return err
		}
		t.Encoding, t.Notes = name, append(t.Notes, doubts...)
	}
	src := &textSource{r: r, size: size, enc: t.Encoding, limits: t.limits}
	start, err := src.start()
	if err != nil {
		return err
	}
	src.lineEnd = lineEnding(start)
	t.Delimiter = options.Delimiter
	if t.Delimiter == 0 {
		t.Delimiter = detectDelimiter(start, src.lineEnd)
	}
	if t.Delimiter <= 0 || t.Delimiter >= utf8.RuneSelf || strings.ContainsRune("\"\r\n", t.Delimiter) {
		return said.Errorf("delimiter %q cannot be used: choose an ASCII character such as ; or tab", t.Delimiter)
	}
	src.comma = byte(t.Delimiter)
	t.source = src
	return nil
}

// start gives the first decoded bytes of the file.
func (s *textSource) start() ([]byte, error) {
	in, err := decoded(s.r, s.size, s.enc)
	if err != nil {
		return nil, err
	}
	start, err := io.ReadAll(io.LimitReader(in, 64<<10))
	if err != nil {
		return nil, said.Errorf("decode it as %s: %w", s.enc, err)
	}
	return start, nil
}

// lineEnding: files of old Macintosh programs end lines with CR alone.
func lineEnding(start []byte) byte {
	if bytes.IndexByte(start, '\n') < 0 && bytes.IndexByte(start, '\r') >= 0 {
		return '\r'
	}
	return '\n'
}

func (s *textSource) open() (rowReader, error) {
	in, err := decoded(s.r, s.size, s.enc)
	if err != nil {
		return nil, err
	}
	return newTextReader(in, s.comma, s.lineEnd, s.enc, s.limits), nil
}

func (s *textSource) close() error { return nil }

func newTextReader(in io.Reader, comma, lineEnd byte, enc Encoding, limits Limits) *textReader {
	return &textReader{in: bufio.NewReaderSize(in, 64<<10), comma: comma, lineEnd: lineEnd, enc: enc, limits: limits}
}

// detectDelimiter takes the candidate that cuts most rows into the same number
// of cells, and the most cells among equals.
func detectDelimiter(start []byte, lineEnd byte) rune {
	if rest, ok := bytes.CutPrefix(start, []byte("sep=")); ok && len(rest) > 1 && (rest[1] == '\r' || rest[1] == '\n') {
		return rune(rest[0])
	}
	best, bestScore := ',', 0.0
	for _, candidate := range ",;\t|" {
		if score := delimiterScore(start, byte(candidate), lineEnd); score > bestScore {
			best, bestScore = candidate, score
		}
	}
	return best
}

func delimiterScore(start []byte, comma, lineEnd byte) float64 {
	reader := newTextReader(bytes.NewReader(start), comma, lineEnd, UTF8, Limits{}.withDefaults())
	widths := map[int]int{}
	rows := 0
	for rows < 60 {
		row, err := reader.next()
		if err == io.EOF {
			break
		}
		if len(row.Cells) == 0 || err == nil && isBlank(row.Cells) {
			continue
		}
		widths[len(row.Cells)]++
		rows++
	}
	best := 0.0
	for width, count := range widths {
		if width > 1 {
			share := float64(count) / float64(rows)
			best = max(best, share*share+float64(min(width, 50))*0.002)
		}
	}
	return best
}
