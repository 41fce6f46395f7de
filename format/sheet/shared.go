package sheet

import (
	"io"
	"strings"

	"cairn/value/said"
)

// maxShared bounds the table of texts, whose entries cost memory even when empty.
const maxShared = 10_000_000

// readShared reads the workbook's table of texts, which cells point into. Texts
// larger than a cell may be are cut just above the limit, so that their rows
// are refused.
func (b *workbook) readShared() error {
	name := ""
	for part := range b.parts {
		if strings.HasSuffix(part, "/sharedstrings.xml") || part == "sharedstrings.xml" {
			name = part
		}
	}
	if name == "" {
		return nil
	}
	in, err := b.part(name)
	if err != nil {
		return err
	}
	defer in.Close()
	scanner := newXMLScanner(in, 2*b.limits.RowBytes)
	text := &textCollector{limit: b.limits.CellBytes}
	for {
		kind, err := scanner.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged(name, err)
		}
		isItem := string(scanner.name) == "si"
		switch {
		case kind == xmlText:
			text.add(scanner.text)
		case kind == startTag:
			if isItem {
				text.reset()
			}
			text.start(scanner.name)
		default:
			text.end(scanner.name)
			if isItem {
				if len(b.shared) == maxShared {
					return said.Errorf("it has more than %d different texts: split it, or save it as CSV", maxShared)
				}
				b.shared = append(b.shared, text.String())
			}
		}
	}
}

// textCollector gathers the text of <t> elements, without phonetic hints.
type textCollector struct {
	limit    int
	text     []byte
	inText   bool
	phonetic bool
}

func (c *textCollector) reset() { c.text, c.inText, c.phonetic = c.text[:0], false, false }

func (c *textCollector) start(name []byte) {
	switch string(name) {
	case "t":
		c.inText = true
	case "rPh":
		c.phonetic = true
	}
}

func (c *textCollector) end(name []byte) {
	switch string(name) {
	case "t":
		c.inText = false
	case "rPh":
		c.phonetic = false
	}
}

func (c *textCollector) add(data []byte) {
	if c.inText && !c.phonetic {
		c.put(data)
	}
}

func (c *textCollector) put(data []byte) {
	room := max(c.limit+1-len(c.text), 0)
	c.text = append(c.text, data[:min(len(data), room)]...)
}

func (c *textCollector) String() string { return string(c.text) }
