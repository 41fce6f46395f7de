package sheet

import (
	"encoding/xml"
	"io"
	"strings"
)

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
	meter := &meteredReader{in: in, limit: int64(2 * b.limits.RowBytes)}
	decoder := xml.NewDecoder(meter)
	text := &textCollector{limit: b.limits.CellBytes}
	for {
		meter.used = 0
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged(name, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "si" {
				text.reset()
			}
			text.start(token.Name.Local)
		case xml.CharData:
			text.add(token)
		case xml.EndElement:
			text.end(token.Name.Local)
			if token.Name.Local == "si" {
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

func (c *textCollector) start(name string) {
	switch name {
	case "t":
		c.inText = true
	case "rPh":
		c.phonetic = true
	}
}

func (c *textCollector) end(name string) {
	switch name {
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
