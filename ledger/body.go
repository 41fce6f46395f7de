package ledger

import (
	"bytes"
	"errors"
	"fmt"
)

// Body is the inside of an entry: what kind of fact, its fields as JSON, and the gate
// decisions that let it pass. It is kept as lines, so that each part is read without
// reading the others: the kind, the fields, then what the gate said.
type Body struct {
	Kind   string
	Fields []byte // one line
	Gate   []byte // any number of lines, which neither begin nor end with a space
}

var errBody = errors.New("an entry's body is lines of a kind, its fields and what the gate said")

// Encode gives the body padded with spaces to a size class, so that the length of a
// sealed entry says little about what it holds.
func (b Body) Encode() ([]byte, error) {
	if b.Kind == "" || bytes.ContainsAny([]byte(b.Kind), "\n ") || bytes.IndexByte(b.Fields, '\n') >= 0 {
		return nil, fmt.Errorf("encode entry body of kind %q: %w", b.Kind, errBody)
	}
	length := len(b.Kind) + len(b.Fields) + len(b.Gate) + 2
	text := make([]byte, 0, SizeClass(length))
	text = append(append(text, b.Kind...), '\n')
	text = append(append(text, b.Fields...), '\n')
	text = append(text, b.Gate...)
	for len(text) < cap(text) {
		text = append(text, ' ')
	}
	return text, nil
}

// DecodeBody reads what Encode wrote. The parts share the text's memory.
func DecodeBody(text []byte) (Body, error) {
	kind, rest, found := bytes.Cut(text, []byte{'\n'})
	if !found || len(kind) == 0 {
		return Body{}, fmt.Errorf("decode entry body: %w", errBody)
	}
	fields, gate, found := bytes.Cut(rest, []byte{'\n'})
	if !found {
		return Body{}, fmt.Errorf("decode entry body: %w", errBody)
	}
	return Body{Kind: string(kind), Fields: fields, Gate: bytes.TrimRight(gate, " ")}, nil
}

// SizeClass is the padded length for n bytes: the next of 192, 256, 384, 512,
// 768, 1024 … so that padding costs less than half.
func SizeClass(n int) int {
	for step := 256; ; step *= 2 {
		if n <= step*3/4 {
			return step * 3 / 4
		}
		if n <= step {
			return step
		}
	}
}
