package main

import (
	"fmt"
	"os"
	"strings"
)

// curve is what a set came to at each threshold.
type curve struct {
	name   string
	points []measured
	limits []float64
}

// Sizes of the drawing, in its own units.
const (
	panel  = 320.0 // side of a panel
	margin = 46.0
	lowest = 0.80 // of precision and recall; what is lower stands at the edge
	line   = 15.0
)

// hues are colours that differ for colour-blind readers, too (Okabe and Ito, 2008).
var hues = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c564b", "#7f7f7f", "#bcbd22"}

// draw writes two panels: precision over recall as the threshold moves, and the precision
// that the model expects over the true one. A ring marks the default threshold.
func draw(path string, curves []curve) error {
	var b strings.Builder
	width, height := 2*(panel+margin)+150, panel+2*margin
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\" aria-label=\"Precision and recall of each set\">\n", width, height)
	fmt.Fprintf(&b, "<rect width=\"%.0f\" height=\"%.0f\" fill=\"#fff\"/>\n", width, height)
	axes(&b, margin, "recall", "precision", false)
	axes(&b, panel+2*margin, "precision that the model expects", "true precision", true)
	for i, c := range curves {
		hue := hues[i%len(hues)]
		trace(&b, margin, hue, c, func(m measured) (float64, float64) { return m.recall, m.precision })
		trace(&b, panel+2*margin, hue, c, func(m measured) (float64, float64) { return m.expectedPrecision, m.precision })
		y := margin + line*float64(i+1)
		fmt.Fprintf(&b, "<rect x=\"%.0f\" y=\"%.0f\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%.0f\" y=\"%.0f\">%s</text>\n",
			2*(panel+margin)+margin+14, y-9, hue, 2*(panel+margin)+margin+30, y, c.name)
	}
	b.WriteString("</svg>\n")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		return fmt.Errorf("writing the curves: %w", err)
	}
	return nil
}

// axes draws an empty panel with ticks and, where both axes are one measure, its diagonal.
func axes(b *strings.Builder, left float64, across, up string, diagonal bool) {
	bottom := margin + panel
	for v := lowest; v <= 1.0001; v += 0.05 {
		x, y := place(left, v, v)
		fmt.Fprintf(b, "<path d=\"M%.1f %.1fV%.1fM%.1f %.1fH%.1f\" stroke=\"#ddd\" fill=\"none\"/>", x, margin, bottom, left, y, left+panel)
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.2f</text><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>\n", x, bottom+line, v, left-4, y+4, v)
	}
	if diagonal {
		fmt.Fprintf(b, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#999\" stroke-dasharray=\"4 3\"/>\n", left, bottom, left+panel, margin)
	}
	fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text><text x=\"%.1f\" y=\"%.1f\">%s</text>\n", left+panel/2, bottom+2*line+4, across, left, margin-8, up)
}

// place gives where two shares stand in a panel.
func place(left, x, y float64) (float64, float64) {
	scale := func(v float64) float64 { return min(max((v-lowest)/(1-lowest), 0), 1) * panel }
	return left + scale(x), margin + panel - scale(y)
}

func trace(b *strings.Builder, left float64, hue string, c curve, of func(measured) (float64, float64)) {
	var path []string
	for i, m := range c.points {
		x, y := of(m)
		x, y = place(left, x, y)
		path = append(path, fmt.Sprintf("%.1f,%.1f", x, y))
		if c.limits[i] == 0.5 {
			fmt.Fprintf(b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", x, y, hue)
		}
	}
	fmt.Fprintf(b, "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n", strings.Join(path, " "), hue)
}
