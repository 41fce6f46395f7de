package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Body is the inside of an entry: what kind of fact, its fields, and the gate
// decision that let it pass.
type Body struct {
	Kind   string          `json:"k"`
	Fields json.RawMessage `json:"f"`
	Gate   json.RawMessage `json:"g,omitempty"`
}

// Encode gives the body as JSON, padded with spaces to a size class so that the
// length of a sealed entry says little about what it holds.
func (b Body) Encode() ([]byte, error) {
	if b.Kind == "" {
		return nil, fmt.Errorf("encode entry body: no kind")
	}
	text, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("encode entry body of kind %s: %w", b.Kind, err)
	}
	return pad(text), nil
}

// DecodeBody reads what Encode wrote.
func DecodeBody(text []byte) (Body, error) {
	var b Body
	if err := json.Unmarshal(text, &b); err != nil {
		return Body{}, fmt.Errorf("decode entry body: %w", err)
	}
	if b.Kind == "" {
		return Body{}, fmt.Errorf("decode entry body: no kind")
	}
	return b, nil
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

func pad(text []byte) []byte {
	return append(text, bytes.Repeat([]byte{' '}, SizeClass(len(text))-len(text))...)
}
