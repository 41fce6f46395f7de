package placetool

import (
	"fmt"
	"strings"

	"cairn/engine/place"
)

// The picture's size and margins, in pixels.
const (
	pictureWidth, pictureHeight = 640, 400
	margin                      = 60
)

// frontierPicture draws the loss of outcome (across) against the mean rank (down is
// better); the chosen point is filled, and serial dictatorship is a square.
func frontierPicture(w *place.Wishes) string {
	points := append(append([]place.FrontierPoint(nil), w.Frontier...), w.Serial)
	maxLoss, low, high := 1e-6, points[0].MeanRank, points[0].MeanRank
	for _, p := range points {
		maxLoss, low, high = max(maxLoss, p.Loss), min(low, p.MeanRank), max(high, p.MeanRank)
	}
	if high-low < 1e-6 {
		high = low + 1
	}
	x := func(p place.FrontierPoint) float64 { return margin + p.Loss/maxLoss*(pictureWidth-2*margin) }
	y := func(p place.FrontierPoint) float64 {
		return pictureHeight - margin - (p.MeanRank-low)/(high-low)*(pictureHeight-2*margin)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Loss of outcome against mean rank of wishes" font-family="sans-serif" font-size="13">`+"\n", pictureWidth, pictureHeight)
	fmt.Fprintf(&b, `<path d="M%d %d V%d H%d" fill="none" stroke="black"/>`+"\n", margin, margin, pictureHeight-margin, pictureWidth-margin)
	fmt.Fprintf(&b, `<text x="%d" y="%d">loss of outcome, up to %.2f %%</text>`+"\n", margin, pictureHeight-margin/3, 100*maxLoss)
	fmt.Fprintf(&b, `<text x="8" y="%d">mean rank, from %.2f at the bottom to %.2f</text>`+"\n", margin/2, low, high)
	var line []string
	for _, p := range w.Frontier {
		line = append(line, fmt.Sprintf("%.1f,%.1f", x(p), y(p)))
	}
	fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="#06c" stroke-width="2"/>`+"\n", strings.Join(line, " "))
	for k, p := range w.Frontier {
		fill := "white"
		if k == w.Chosen {
			fill = "#06c"
		}
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="5" fill="%s" stroke="#06c"><title>loss %.3f %%, mean rank %.3f</title></circle>`+"\n",
			x(p), y(p), fill, 100*p.Loss, p.MeanRank)
	}
	fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="9" height="9" fill="#c30"><title>one after another: loss %.3f %%, mean rank %.3f</title></rect>`+"\n",
		x(w.Serial)-4.5, y(w.Serial)-4.5, 100*w.Serial.Loss, w.Serial.MeanRank)
	b.WriteString("</svg>\n")
	return b.String()
}
