package officecli

import (
	"encoding/json"
	"fmt"
	"io"
)

// Printed says how a command prints its result; it is part of every command that has one.
type Printed struct {
	JSON bool `name:"json" help:"Print the result as one JSON document."`
}

// print prints a result: as one JSON document for programs, or as text for people.
func (p Printed) print(out io.Writer, result any, format string, args ...any) error {
	if p.JSON {
		return PrintJSON(out, result)
	}
	_, err := fmt.Fprintf(out, format, args...)
	return err
}

// PrintJSON prints a value as the one JSON document that programs read.
func PrintJSON(out io.Writer, v any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
