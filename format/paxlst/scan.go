package paxlst

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// segment is a tag with elements of components.
type segment struct {
	tag      string
	elements [][]string
	number   int // in the interchange, from 1
}

// part is a component, empty where it is not given. Elements count from 1.
func (s *segment) part(element, component int) string {
	if element > len(s.elements) || component >= len(s.elements[element-1]) {
		return ""
	}
	return s.elements[element-1][component]
}

// largest bounds what Read takes: 99,999 people of two kilobytes each.
const largest = 256 << 20

// scan cuts an interchange into segments.
func scan(from io.Reader) ([]segment, error) {
	raw, err := io.ReadAll(io.LimitReader(from, largest+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > largest {
		return nil, fmt.Errorf("is longer than %d bytes: cut it into parts", largest)
	}
	text, service := strings.TrimLeft(string(raw), " \r\n\t\ufeff"), usual()
	if strings.HasPrefix(text, "UNA") {
		if len(text) < 9 {
			return nil, errors.New("ends within UNA")
		}
		service = signs{text[3], text[4], text[5], text[6], text[7], text[8]}
		text = text[9:]
	}
	var list []segment
	for text = strings.TrimLeft(text, " \r\n\t"); text != ""; text = strings.TrimLeft(text, " \r\n\t") {
		s, rest, err := service.next(text)
		if err != nil {
			return nil, fmt.Errorf("segment %d: %w", len(list)+1, err)
		}
		s.number = len(list) + 1
		list = append(list, s)
		text = rest
	}
	if len(list) == 0 {
		return nil, errors.New("is empty")
	}
	level := list[0].part(1, 0)
	for i := range list {
		for _, e := range list[i].elements {
			for k := range e {
				e[k] = decode(level, e[k])
			}
		}
	}
	return list, nil
}

// next reads the first segment and returns what follows it.
func (g signs) next(text string) (segment, string, error) {
	var s segment
	var b strings.Builder
	element, released := []string(nil), false
	component := func() { element = append(element, b.String()); b.Reset() }
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case released:
			b.WriteByte(c)
			released = false
		case c == g.release && g.release != ' ':
			released = true
		case c == g.component:
			component()
		case c == g.element || c == g.end:
			component()
			if s.tag == "" {
				s.tag = element[0]
			} else {
				s.elements = append(s.elements, element)
			}
			element = nil
			if c == g.end {
				if len(s.tag) != 3 {
					return s, "", fmt.Errorf("tag %q: a tag has three letters", cut(s.tag, 10))
				}
				return s, text[i+1:], nil
			}
			if s.tag == "" {
				return s, "", errors.New("has no tag")
			}
		case c != '\r' && c != '\n':
			b.WriteByte(c)
		}
	}
	return s, "", fmt.Errorf("%q ends without %q: the file may be cut", cut(s.tag, 10), g.end)
}
