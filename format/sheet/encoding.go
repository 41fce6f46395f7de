package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"cairn/value/said"
)

// Encoding names how a text file writes characters, as IANA does, in lower case.
type Encoding string

// The encodings that are found by themselves. See Encodings for those that can
// be set.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1250 Encoding = "windows-1250" // Central European
	Windows1251 Encoding = "windows-1251" // Cyrillic
	Windows1252 Encoding = "windows-1252" // Western European
	Windows1256 Encoding = "windows-1256" // Arabic, Persian
)

// Encodings lists every name that Options.Encoding can have.
func Encodings() []Encoding {
	return []Encoding{UTF8, UTF16LE, UTF16BE, Windows1250, Windows1251, Windows1252, Windows1256,
		"windows-1253", "windows-1254", "windows-1255", "windows-1257", "iso-8859-1", "iso-8859-2", "iso-8859-5",
		"iso-8859-6", "iso-8859-7", "iso-8859-9", "iso-8859-15", "koi8-r", "koi8-u", "cp437", "cp852", "cp866"}
}

// codec gives the decoder; nil stands for UTF-8, which needs none.
func codec(name Encoding) (encoding.Encoding, error) {
	switch name {
	case UTF8:
		return nil, nil
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	}
	if table, ok := singleByte()[name]; ok {
		return table, nil
	}
	return nil, said.Errorf("encoding %q is not known: choose one of %v", name, Encodings())
}

func singleByte() map[Encoding]*charmap.Charmap {
	return map[Encoding]*charmap.Charmap{
		Windows1250: charmap.Windows1250, Windows1251: charmap.Windows1251, Windows1252: charmap.Windows1252,
		Windows1256: charmap.Windows1256, "windows-1253": charmap.Windows1253, "windows-1254": charmap.Windows1254,
		"windows-1255": charmap.Windows1255, "windows-1257": charmap.Windows1257, "iso-8859-1": charmap.ISO8859_1,
		"iso-8859-2": charmap.ISO8859_2, "iso-8859-5": charmap.ISO8859_5, "iso-8859-6": charmap.ISO8859_6,
		"iso-8859-7": charmap.ISO8859_7, "iso-8859-9": charmap.ISO8859_9, "iso-8859-15": charmap.ISO8859_15,
		"koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U, "cp437": charmap.CodePage437, "cp852": charmap.CodePage852,
		"cp866": charmap.CodePage866,
	}
}

const byteOrderMark = "\xef\xbb\xbf"

// decoded gives the file as UTF-8 without a byte order mark. Bytes that a
// legacy encoding does not have become U+FFFD; those of UTF-8 stay.
func decoded(r io.ReaderAt, size int64, name Encoding) (io.Reader, error) {
	section := io.NewSectionReader(r, 0, size)
	table, err := codec(name)
	if err != nil {
		return nil, err
	}
	if table != nil {
		return transform.NewReader(section, table.NewDecoder()), nil
	}
	var mark [3]byte
	if n, _ := r.ReadAt(mark[:], 0); n == 3 && string(mark[:]) == byteOrderMark {
		return io.NewSectionReader(r, 3, size-3), nil
	}
	return section, nil
}

const (
	scanBytes   = 64 << 20  // how far into a file bytes outside ASCII are looked for
	sampleBytes = 128 << 10 // how many lines with such bytes are weighed
)

// detectEncoding looks at the byte order mark, then for UTF-16 without one,
// then whether everything is UTF-8, and at last weighs which language the
// bytes spell. Doubts are for the user.
func detectEncoding(r io.ReaderAt, size int64) (name Encoding, doubts []said.Sentence, err error) {
	start := make([]byte, min(size, 4096))
	n, err := r.ReadAt(start, 0)
	if err != nil && err != io.EOF {
		return "", nil, said.Errorf("read its first bytes: %w", err)
	}
	start = start[:n]
	switch {
	case bytes.HasPrefix(start, []byte(byteOrderMark)):
		return UTF8, nil, nil
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		return UTF16LE, nil, nil
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		return UTF16BE, nil, nil
	}
	if wide := wideEncoding(start); wide != "" {
		return wide, nil, nil
	}
	if bytes.Count(start, []byte{0})*10 > len(start) {
		return "", nil, said.Errorf("it is no text file (it is full of NUL bytes): bring a CSV or XLSX file")
	}
	sample, valid, invalid, err := sampleHighBytes(r, size)
	if err != nil {
		return "", nil, err
	}
	if invalid == 0 || valid >= 20*invalid {
		return UTF8, nil, nil
	}
	name, doubts = guessLegacy(sample)
	return name, doubts, nil
}

// wideEncoding recognises UTF-16 by zero bytes that all stand on one side.
func wideEncoding(start []byte) Encoding {
	var zeros [2]int
	for i, b := range start {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > 1 && zeros[0] == 0 && zeros[1]*20 > len(start):
		return UTF16LE
	case zeros[0] > 1 && zeros[1] == 0 && zeros[0]*20 > len(start):
		return UTF16BE
	}
	return ""
}

// sampleHighBytes collects the neighbourhood of bytes outside ASCII and counts
// those that are and are not UTF-8.
func sampleHighBytes(r io.ReaderAt, size int64) (sample []byte, valid, invalid int, err error) {
	in := io.NewSectionReader(r, 0, min(size, scanBytes))
	block := make([]byte, 64<<10)
	kept := 0
	for {
		n, readErr := io.ReadFull(in, block[kept:])
		end := kept + n
		last := readErr != nil
		if readErr != nil && readErr != io.EOF && readErr != io.ErrUnexpectedEOF {
			return nil, 0, 0, said.Errorf("look for its encoding: %w", readErr)
		}
		stop := end
		if !last {
			stop = end - trailingHigh(block[:end])
		}
		sample, valid, invalid = weighBlock(block[:stop], sample, valid, invalid)
		if last {
			return sample, valid, invalid, nil
		}
		kept = copy(block, block[stop:end])
	}
}

// trailingHigh counts up to three bytes that may begin a character which the
// next block ends.
func trailingHigh(block []byte) int {
	n := 0
	for n < 3 && n < len(block) && block[len(block)-1-n] >= utf8.RuneSelf {
		n++
	}
	return n
}

const neighbourhood = 24

func weighBlock(block, sample []byte, valid, invalid int) ([]byte, int, int) {
	copied := 0
	for i := 0; i < len(block); {
		if block[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, width := utf8.DecodeRune(block[i:])
		if r == utf8.RuneError && width == 1 {
			invalid++
		} else {
			valid++
		}
		if len(sample) < sampleBytes && i >= copied {
			from, to := max(copied, i-neighbourhood), min(len(block), i+neighbourhood)
			sample = append(append(sample, '\n'), block[from:to]...)
			copied = to
		}
		i += width
	}
	return sample, valid, invalid
}
