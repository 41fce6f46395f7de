// Package bars draws texts as bar codes that a scanner types: Code 128 (ISO/IEC
// 15417), as lines of a vector picture.
//
// Words: a module is the width of the narrowest bar; the quiet zone is the white on
// both sides that scanners need, ten modules.
//
//	code, err := bars.Code128("BUD-34F7K-QX/1")
//	fmt.Printf(`<svg viewBox="0 0 %d %d"><path d="%s"/></svg>`, code.Width, bars.Height, code.Path)
package bars

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/code128"
)

// Height is that of a code, in modules.
const Height = 40

const quiet = 10

// Code is a bar code. Path draws its bars, within a box of Width by Height modules.
type Code struct {
	Text  string
	Width int
	Path  string
}

// Code128 draws a text of printable ASCII, which is what the bars say.
func Code128(text string) (Code, error) {
	for _, r := range text {
		if r < ' ' || r > '~' {
			return Code{}, fmt.Errorf("draw %q as bars: only letters, digits and signs of ASCII have bars", text)
		}
	}
	drawn, err := code128.Encode(text)
	if err != nil {
		return Code{}, fmt.Errorf("draw %q as bars: %w", text, err)
	}
	n := drawn.Bounds().Dx()
	out := Code{Text: text, Width: n + 2*quiet}
	var path strings.Builder
	for x := 0; x < n; {
		end := x
		for end < n && drawn.At(end, 0) == color.Black {
			end++
		}
		if end == x {
			x++
			continue
		}
		fmt.Fprintf(&path, "M%d 0h%dv%dh-%dz", quiet+x, end-x, Height, end-x)
		x = end
	}
	out.Path = path.String()
	return out, nil
}
