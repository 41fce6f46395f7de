package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCurvesAreDrawn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "curves.svg")
	curves := []curve{{name: "one", limits: []float64{0.1, 0.5},
		points: []measured{{recall: 0.99, precision: 0.9, expectedPrecision: 0.92}, {recall: 0.2, precision: 1, expectedPrecision: 1}}}}
	if err := draw(path, curves); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(strings.NewReader(string(text))); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	// The default threshold is ringed in both panels; what is off the scale stands at the edge.
	if n := strings.Count(string(text), "<circle"); n != 2 || !strings.Contains(string(text), `points="350.0,206.0 46.0,46.0"`) {
		t.Errorf("%d rings in\n%s", n, text)
	}
}
