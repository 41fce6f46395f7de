package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"cairn/domain/movement"
	"cairn/reference"
)

// flowMap shows between which countries people travel, as dots and arcs on an
// equirectangular canvas: x is the longitude and y the latitude, both in degrees.
type flowMap struct {
	ViewBox string
	frame   box
	Scale   float64 // degrees for one unit of lines and letters
	Dots    []mapDot
	Labels  []mapLabel
	Narrow  []mapLabel // fewer and larger, for a phone
	Arcs    []mapArc
	Flows   []flow // all, the largest first, for those who read instead of looking
}

type flow struct {
	From, To string // alpha-3
	People   int64
}

type mapDot struct {
	Country      string
	X, Y, Radius float64
	People       int64 // who come here
}

// mapLabel is the name of a country beside its dot.
type mapLabel struct {
	Name             string
	X, Y, Size, Halo float64
	Anchor           string // of SVG: start, middle, end
	box              box
}

// box is where something stands on the canvas.
type box struct{ left, top, right, bottom float64 }

func (b box) holds(o box) bool {
	return b.left <= o.left && o.right <= b.right && b.top <= o.top && o.bottom <= b.bottom
}

func (b box) meets(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

type mapArc struct {
	flow
	Path  string
	Width float64
}

// Bounds on how many countries are named on the map, and on a narrow one; the list
// names all.
const (
	mostLabels = 14
	fewLabels  = 5
)

// drawFlows makes the map of flows; name gives a country's name by its code.
func drawFlows(flows []movement.Flow, name func(string) string) flowMap {
	sums := map[[2]string]int64{}
	for _, f := range flows {
		sums[[2]string{f.From, f.To}] += f.People
	}
	var m flowMap
	for ends, n := range sums {
		m.Flows = append(m.Flows, flow{ends[0], ends[1], n})
	}
	slices.SortFunc(m.Flows, func(a, b flow) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	m.fit()
	m.Labels = m.label(name, mostLabels, 1.9*m.Scale)
	m.Narrow = m.label(name, fewLabels, 4.6*m.Scale)
	for _, f := range m.Flows {
		m.arc(f)
	}
	return m
}

// fit places the countries and fits the canvas around them.
func (m *flowMap) fit() {
	index := map[string]int{}
	for _, f := range m.Flows {
		for _, code := range []string{f.From, f.To} {
			c, known := reference.CountryByCode(code)
			if _, had := index[code]; had || !known || !c.Placed {
				continue
			}
			index[code] = len(m.Dots)
			m.Dots = append(m.Dots, mapDot{Country: code, X: c.Longitude, Y: -c.Latitude})
		}
		if i, placed := index[f.To]; placed {
			m.Dots[i].People += f.People
		}
	}
	if len(m.Dots) == 0 {
		return
	}
	left, top, right, bottom := 180.0, 90.0, -180.0, -90.0
	for _, d := range m.Dots {
		left, right, top, bottom = min(left, d.X), max(right, d.X), min(top, d.Y), max(bottom, d.Y)
	}
	width := min(max(1.15*(right-left), 1.3*1.9*(bottom-top), 24), 360)
	height := min(max(1.3*(bottom-top), width/2.8), width/1.9)
	x := min(max((left+right-width)/2, -180), 180-width)
	m.Scale = width / 100
	m.frame = box{x, (top + bottom - height) / 2, x + width, (top + bottom + height) / 2}
	m.ViewBox = fmt.Sprintf("%.1f %.1f %.1f %.1f", m.frame.left, m.frame.top, width, height)
	for i := range m.Dots {
		d := &m.Dots[i]
		d.Radius = round(m.Scale * (0.45 + min(1.2, math.Sqrt(float64(d.People))/25)))
	}
}

// label names dots, those of the largest flows first, where neither a name nor
// another dot stands.
func (m *flowMap) label(name func(string) string, most int, size float64) []mapLabel {
	var out []mapLabel
	for i := range m.Dots[:min(len(m.Dots), most)] {
		for _, l := range m.Dots[i].labels(name(m.Dots[i].Country), size) {
			if m.frame.holds(l.box) && m.free(out, i, l.box) {
				l.Size, l.Halo = round(size), round(size/5)
				out = append(out, l)
				break
			}
		}
	}
	return out
}

// labels are the places for a dot's name: above, below, right and left of it.
func (d *mapDot) labels(name string, size float64) []mapLabel {
	width, gap := 0.62*size*float64(utf8.RuneCountInString(name)), d.Radius+size/3
	at := func(x, y, left float64, anchor string) mapLabel {
		return mapLabel{Name: name, X: round(x), Y: round(y), Anchor: anchor, box: box{left, y - size, left + width, y + size/4}}
	}
	return []mapLabel{
		at(d.X, d.Y-gap, d.X-width/2, "middle"), at(d.X, d.Y+gap+0.8*size, d.X-width/2, "middle"),
		at(d.X+gap, d.Y+size/3, d.X+gap, "start"), at(d.X-gap, d.Y+size/3, d.X-gap-width, "end"),
	}
}

func (m *flowMap) free(labels []mapLabel, dot int, b box) bool {
	for _, l := range labels {
		if l.box.meets(b) {
			return false
		}
	}
	for i, d := range m.Dots {
		if i != dot && b.meets(box{d.X - d.Radius, d.Y - d.Radius, d.X + d.Radius, d.Y + d.Radius}) {
			return false
		}
	}
	return true
}

// arc draws a flow as a curve that bends away from the straight line, so that there
// and back are seen apart.
func (m *flowMap) arc(f flow) {
	from, to := m.dot(f.From), m.dot(f.To)
	if from == nil || to == nil || from == to {
		return
	}
	dx, dy := to.X-from.X, to.Y-from.Y
	cx, cy := (from.X+to.X)/2+0.18*dy, (from.Y+to.Y)/2-0.18*dx
	if dx < 0 {
		cx, cy = (from.X+to.X)/2-0.18*dy, (from.Y+to.Y)/2+0.18*dx
	}
	width := m.Scale * (0.15 + 0.6*math.Sqrt(float64(f.People)/float64(m.Flows[0].People)))
	m.Arcs = append(m.Arcs, mapArc{flow: f, Width: round(width),
		Path: fmt.Sprintf("M%.1f %.1fQ%.1f %.1f %.1f %.1f", from.X, from.Y, cx, cy, to.X, to.Y)})
}

func (m *flowMap) dot(country string) *mapDot {
	i := slices.IndexFunc(m.Dots, func(d mapDot) bool { return d.Country == country })
	if i < 0 {
		return nil
	}
	return &m.Dots[i]
}

func round(v float64) float64 { return math.Round(100*v) / 100 }
