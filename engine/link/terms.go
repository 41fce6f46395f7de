package link

import (
	"maps"
	"math"
	"slices"
)

// countTerms computes the share of records that have each value, and writes
// those of values that more than one record has into the model.
func (d *prepared) countTerms(m *Model) {
	n := float64(max(len(d.people), 1))
	given, family := make([]int, len(d.tokens)), make([]int, len(d.tokens))
	births := make(map[date]int)
	for i := range d.people {
		p := &d.people[i]
		if p.given >= 0 {
			given[p.given]++
		}
		for _, t := range p.otherNames() {
			given[t]++
		}
		for _, t := range p.familyNames() {
			family[t]++
		}
		if p.birth.known() && !p.birth.about {
			births[p.birth]++
		}
	}
	if f := d.plan.givenField; f >= 0 {
		g, w := termTable(&m.Fields[f], n), termTable(&m.Fields[d.plan.familyField], n)
		for t := range d.tokens {
			w.add(d.tokens[t].raw, family[t])
			g.add(d.tokens[t].raw, given[t])
		}
		m.Fields[d.plan.otherField].Rare = 1 / n
	}
	if f := d.plan.birthField; f >= 0 {
		t := termTable(&m.Fields[f], n)
		for b, k := range births {
			t.add(b.text(), k)
		}
	}
	d.countValues(m, n)
}

func (d *prepared) countValues(m *Model, n float64) {
	for s := range d.plan.simple {
		t := termTable(&m.Fields[d.plan.simpleField+s], n)
		counts := make([]int, len(d.texts[s]))
		for i := range d.people {
			if v := d.valuesOf(int32(i))[s]; v >= 0 {
				counts[v]++
			}
		}
		for v, k := range counts {
			t.add(d.texts[s][v].text, k)
		}
	}
}

// A small register says little about how common a value is: two of seven records
// with one birth date do not make that date common. Shares are therefore mixed
// with those of imagined records, in which each value has the usual share of its
// kind; in a large register they weigh nothing.
const imagined = 300.0

var usualShare = map[Kind]float64{GivenName: 0.01, FamilyName: 0.003, FullName: 0.005, BirthDate: 0.0001, Sex: 0.5, Place: 0.02,
	Phone: 1e-5, Document: 1e-5, Postcode: 0.002, Occupation: 0.05, FreeText: 0.01}

type termCounter struct {
	field *Field
	n     float64
}

func termTable(f *Field, n float64) termCounter {
	t := termCounter{f, n}
	f.Terms, f.Rare = make(map[string]float64), t.share(2)/2
	return t
}

func (t termCounter) share(count int) float64 {
	return (float64(count) + imagined*usualShare[t.field.Kind]) / (t.n + imagined)
}

func (t termCounter) add(text string, count int) {
	if count > 1 {
		t.field.Terms[text] = t.share(count)
	}
}

// share is the share of records that have a value, never less than that of two
// records, since a shared value is in two.
func (f *Field) share(term string) float64 {
	return max(f.Terms[term], 2*f.Rare)
}

func bitsOf(share float64) float32 { return float32(-math.Log2(share)) }

// loadTerms takes the shares of values from a model.
func (d *prepared) loadTerms(m *Model) {
	for t := range d.tokens {
		d.loadToken(m, t)
	}
	for i := range d.people {
		d.loadBirth(m, &d.people[i])
	}
	for s := range d.plan.simple {
		for v := range d.texts[s] {
			d.loadValue(m, s, v)
		}
	}
	for _, v := range m.Variants {
		d.addVariant(v)
	}
}

func (d *prepared) loadToken(m *Model, t int) {
	if f := d.plan.givenField; f >= 0 {
		g, w := &m.Fields[f], &m.Fields[d.plan.familyField]
		d.tokens[t].givenBits = bitsOf(g.share(d.tokens[t].raw))
		d.tokens[t].familyBits = bitsOf(w.share(d.tokens[t].raw))
	}
}

func (d *prepared) loadBirth(m *Model, p *person) {
	f := d.plan.birthField
	if f < 0 || !p.birth.known() {
		return
	}
	bits, ok := d.births[p.birth]
	if !ok {
		bits = bitsOf(m.Fields[f].share(p.birth.text()))
		d.births[p.birth] = bits
	}
	p.birthBits = bits
}

func (d *prepared) loadValue(m *Model, s, v int) {
	d.texts[s][v].bits = bitsOf(m.Fields[d.plan.simpleField+s].share(d.texts[s][v].text))
}

// sameChance is the chance that two records taken at random agree on a value.
func sameChance(f *Field) float64 {
	// In a fixed order, so that the last digit of the sum is always the same.
	shares := slices.Sorted(maps.Values(f.Terms))
	sum := 0.0
	for _, s := range shares {
		sum += s * s
	}
	return max(sum, f.Rare)
}
