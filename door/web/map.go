package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"cairn/domain/movement"
	"cairn/reference"
)

// flowMap shows between which countries people travel, as dots and arcs on an
// equirectangular canvas: x is the longitude and y the latitude, both in degrees.
type flowMap struct {
	ViewBox string
	Scale   float64 // degrees for one unit of lines and letters
	Dots    []mapDot
	Arcs    []mapArc
	Flows   []flow // all, the largest first, for those who read instead of looking
}

type flow struct {
	From, To string // alpha-3
	People   int64
}

type mapDot struct {
	Country            string
	X, Y, Radius, Text float64
	TextY              float64
	People             int64 // who come here
}

type mapArc struct {
	flow
	Path  string
	Width float64
}

// mostLabels bounds how many countries are named on the map; the list names all.
const mostLabels = 14

func drawFlows(flows []movement.Flow) flowMap {
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
	m.frame()
	for _, f := range m.Flows {
		m.arc(f)
	}
	return m
}

// frame places the countries and fits the canvas around them.
func (m *flowMap) frame() {
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
	width := max(1.25*(right-left), 2.5*(bottom-top), 24)
	height := width / 2
	m.Scale = width / 100
	m.ViewBox = fmt.Sprintf("%.1f %.1f %.1f %.1f", (left+right-width)/2, (top+bottom-height)/2, width, height)
	for i := range m.Dots {
		d := &m.Dots[i]
		d.Radius = round(m.Scale * (0.45 + min(1.2, math.Sqrt(float64(d.People))/25)))
		m.label(i)
	}
}

// label names a dot above or below it, where no earlier name stands: the list names
// all of them.
func (m *flowMap) label(i int) {
	d := &m.Dots[i]
	size := 2 * m.Scale
	for _, y := range []float64{d.Y - d.Radius - size/4, d.Y + d.Radius + size} {
		free := i < mostLabels
		for _, other := range m.Dots[:i] {
			if other.Text > 0 && math.Abs(other.TextY-y) < 1.1*size && math.Abs(other.X-d.X) < 6*size {
				free = false
			}
		}
		if free {
			d.Text, d.TextY = round(size), round(y)
			return
		}
	}
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
	width := m.Scale * (0.15 + 0.9*math.Sqrt(float64(f.People)/float64(m.Flows[0].People)))
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
