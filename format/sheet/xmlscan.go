package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"cairn/value/said"
)

// xmlScanner reads the part of XML 1.0 that spreadsheets use, about three times as
// fast as encoding/xml and within bounds: tags must nest, a document type (and so
// every entity of its own) is refused, and no tag or text passes limit.
// Namespace prefixes are dropped.
type xmlScanner struct {
	in    *bufio.Reader
	limit int

	name []byte // of the tag that was read, without prefix
	tag  []byte // what stands in it after the name
	text []byte // decoded

	open    []byte // the names of open elements, joined
	starts  []int  // where each begins in open
	closing bool   // an element without content was opened and is to be closed
	rooted  bool
	buffer  []byte
}

type xmlKind int

const (
	startTag xmlKind = iota
	endTag
	xmlText
)

const maxDepth = 200

func newXMLScanner(in io.Reader, limit int) *xmlScanner {
	return &xmlScanner{in: bufio.NewReaderSize(in, 64<<10), limit: limit}
}

// next reads one tag or text. What it leaves in name, tag and text holds until
// the following call. io.EOF means that the document is complete.
func (x *xmlScanner) next() (xmlKind, error) {
	if x.closing {
		x.closing = false
		return endTag, x.pop(x.open[x.starts[len(x.starts)-1]:])
	}
	for {
		c, err := x.in.ReadByte()
		if err != nil {
			return 0, x.ended(err)
		}
		if c != '<' {
			if err := x.in.UnreadByte(); err != nil {
				return 0, err
			}
			return xmlText, x.readText()
		}
		start, err := x.in.Peek(1)
		if err != nil {
			return 0, x.ended(err)
		}
		switch start[0] {
		case '!':
			found, err := x.readDeclaration()
			if err != nil || found {
				return xmlText, err
			}
		case '?':
			if _, err := x.until("?>"); err != nil {
				return 0, err
			}
		default:
			return x.readTag()
		}
	}
}

func (x *xmlScanner) ended(err error) error {
	if err == io.EOF && (len(x.starts) > 0 || !x.rooted) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// slice reads to the next delim, included.
func (x *xmlScanner) slice(delim byte) ([]byte, error) {
	part, err := x.in.ReadSlice(delim)
	if !errors.Is(err, bufio.ErrBufferFull) {
		return part, err
	}
	x.buffer = append(x.buffer[:0], part...)
	for errors.Is(err, bufio.ErrBufferFull) {
		if len(x.buffer) > x.limit {
			return nil, said.Errorf("one text or tag is larger than %d MB", x.limit>>20)
		}
		part, err = x.in.ReadSlice(delim)
		x.buffer = append(x.buffer, part...)
	}
	return x.buffer, err
}

func (x *xmlScanner) readText() error {
	raw, err := x.slice('<')
	switch {
	case err == nil:
		raw = raw[:len(raw)-1]
		if err := x.in.UnreadByte(); err != nil {
			return err
		}
	case err != io.EOF:
		return err
	}
	return x.decode(raw)
}

func (x *xmlScanner) decode(raw []byte) error {
	if !utf8.Valid(raw) {
		return said.Errorf("a text is not UTF-8")
	}
	x.text = x.text[:0]
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			x.text = append(x.text, raw...)
			return nil
		}
		x.text = append(x.text, raw[:i]...)
		end := bytes.IndexByte(raw[i:], ';')
		if end < 0 {
			return said.Errorf("an & in a text is not followed by ;")
		}
		r, ok := entity(string(raw[i+1 : i+min(end, 12)]))
		if !ok {
			return said.Errorf("the entity %.20q is not known", string(raw[i:i+end+1]))
		}
		x.text = utf8.AppendRune(x.text, r)
		raw = raw[i+end+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// readDeclaration passes over comments and takes CDATA as text; a document type
// has no place in a workbook.
func (x *xmlScanner) readDeclaration() (isText bool, err error) {
	if start, _ := x.in.Peek(8); bytes.Equal(start, []byte("![CDATA[")) {
		content, err := x.until("]]>")
		if err != nil {
			return false, err
		}
		if !utf8.Valid(content) {
			return false, said.Errorf("a text is not UTF-8")
		}
		x.text = append(x.text[:0], content[len("![CDATA["):]...)
		return true, nil
	}
	if start, _ := x.in.Peek(3); bytes.Equal(start, []byte("!--")) {
		_, err := x.until("-->")
		return false, err
	}
	return false, said.Errorf("it declares a document type, which no workbook needs and which may be made to do harm")
}

// until reads to the given end, which must end in ">", and leaves it out.
func (x *xmlScanner) until(end string) ([]byte, error) {
	var whole []byte
	for {
		part, err := x.slice('>')
		if err != nil {
			return nil, x.broken(err)
		}
		whole = append(whole, part...)
		if bytes.HasSuffix(whole, []byte(end)) {
			return whole[:len(whole)-len(end)], nil
		}
		if len(whole) > x.limit {
			return nil, said.Errorf("one text or tag is larger than %d MB", x.limit>>20)
		}
	}
}

func (x *xmlScanner) broken(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (x *xmlScanner) readTag() (xmlKind, error) {
	tag, err := x.slice('>')
	if err != nil {
		return 0, x.broken(err)
	}
	if quote := openQuote(tag, 0); quote != 0 {
		if tag, err = x.longTag(tag, quote); err != nil {
			return 0, err
		}
	}
	tag = tag[:len(tag)-1]
	if tag, isEnd := bytes.CutPrefix(tag, []byte("/")); isEnd {
		return endTag, x.pop(bytes.TrimRight(tag, " \t\r\n"))
	}
	tag, x.closing = bytes.CutSuffix(tag, []byte("/"))
	full := tag
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		full = tag[:i]
	}
	x.tag = tag[len(full):]
	return startTag, x.push(full)
}

// longTag goes on where a > stood inside an attribute.
func (x *xmlScanner) longTag(begun []byte, quote byte) ([]byte, error) {
	whole := bytes.Clone(begun)
	for quote != 0 {
		part, err := x.slice('>')
		if err != nil {
			return nil, x.broken(err)
		}
		if len(whole) > x.limit {
			return nil, said.Errorf("one text or tag is larger than %d MB", x.limit>>20)
		}
		whole = append(whole, part...)
		quote = openQuote(part, quote)
	}
	return whole, nil
}

// openQuote gives the quote that is open after part, when open was before it;
// 0 stands for none.
func openQuote(part []byte, open byte) byte {
	for {
		if open != 0 {
			end := bytes.IndexByte(part, open)
			if end < 0 {
				return open
			}
			part = part[end+1:]
		}
		start := bytes.IndexAny(part, `"'`)
		if start < 0 {
			return 0
		}
		open, part = part[start], part[start+1:]
	}
}

func (x *xmlScanner) push(full []byte) error {
	switch {
	case len(full) == 0 || len(x.starts) == 0 && x.rooted:
		return said.Errorf("its tags are not in order")
	case len(x.starts) >= maxDepth:
		return said.Errorf("its tags nest deeper than %d", maxDepth)
	}
	x.rooted = true
	x.starts = append(x.starts, len(x.open))
	x.open = append(x.open, full...)
	x.name = local(full)
	return nil
}

func (x *xmlScanner) pop(full []byte) error {
	if len(x.starts) == 0 {
		return said.Errorf("the tag %.20q is closed and was never opened", string(full))
	}
	last := x.starts[len(x.starts)-1]
	if !bytes.Equal(x.open[last:], full) {
		return said.Errorf("the tag %.20q is closed where %.20q is open", string(full), string(x.open[last:]))
	}
	x.starts, x.open = x.starts[:len(x.starts)-1], x.open[:last]
	x.name = local(full)
	return nil
}

func local(full []byte) []byte { return full[bytes.IndexByte(full, ':')+1:] }

// attribute gives the value of an attribute without a prefix as it stands,
// entities undecoded, or nil.
func (x *xmlScanner) attribute(name string) []byte {
	rest := x.tag
	for {
		equal := bytes.IndexByte(rest, '=')
		if equal < 0 {
			return nil
		}
		key := bytes.Trim(rest[:equal], " \t\r\n")
		rest = bytes.TrimLeft(rest[equal+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return rest[1 : 1+end]
		}
		rest = rest[end+2:]
	}
}
