package link

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Keys returns the candidate keys of one row: two records of one person mostly
// share at least one. An office keeps them in an index and scores, with Score,
// the records that share a key with a new one; keys that hundreds of records
// share may be left out. The keys are readable, sorted and distinct; they hold
// parts of names and dates and need the same care as the row.
func Keys(columns []Column, row []string) ([]string, error) {
	p, err := makePlan(columns)
	if err != nil {
		return nil, fmt.Errorf("making candidate keys: %w", err)
	}
	if len(row) != len(columns) {
		return nil, fmt.Errorf("making candidate keys: the row has %d cells for %d columns", len(row), len(columns))
	}
	d := prepare(p, [][]string{row}, 0)
	var keys []string
	w := keyWriter{emit: func(key []byte) { keys = append(keys, string(key)) }}
	w.record(d, 0)
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

type keyWriter struct {
	buffer []byte
	emit   func(key []byte)
	blocks []string
}

func (w *keyWriter) key(kind byte, parts ...string) {
	b := append(w.buffer[:0], kind)
	for _, p := range parts {
		b = append(b, '|')
		b = append(b, p...)
	}
	w.buffer = b
	w.emit(b)
}

// record emits the keys of one record: pairs of name words in any order, each
// name word with each other field, and rare values alone.
func (w *keyWriter) record(d *prepared, i int) {
	who := &d.people[i]
	ids := make([]int32, 0, 8)
	if who.given >= 0 {
		ids = append(ids, who.given)
	}
	ids = append(append(ids, who.family...), who.others...)
	ids = ids[:min(len(ids), 5)]
	w.blocks = w.blocks[:0]
	for _, id := range ids {
		t := &d.tokens[id]
		if len(t.text) > 1 && !slices.Contains(w.blocks, t.block) {
			w.blocks = append(w.blocks, t.block)
		}
		w.key('t', t.text)
	}
	w.names(d, who)
	w.birth(who.birth)
	w.simple(d, i)
}

func (w *keyWriter) names(d *prepared, who *person) {
	for i, a := range w.blocks {
		for _, b := range w.blocks[i+1:] {
			w.key('n', min(a, b), max(a, b))
		}
	}
	if who.given < 0 || len(who.family) == 0 {
		return
	}
	g, f := d.tokens[who.given].text, d.tokens[who.family[0]].text
	a, b := start(g, 3), start(f, 3)
	w.key('p', min(a, b), max(a, b))
	if who.birth.known() {
		w.key('i', start(g, 1), start(f, 1), date{year: who.birth.year}.text())
	}
	w.key('s', start(g, 1), end(f, 4))
	w.key('S', start(f, 1), end(g, 4))
}

func (w *keyWriter) birth(b date) {
	if !b.known() {
		return
	}
	year := date{year: b.year}.text()
	for _, block := range w.blocks {
		w.key('y', block, year)
		if b.about {
			w.key('y', block, date{year: b.year - 1}.text())
			w.key('y', block, date{year: b.year + 1}.text())
		}
	}
	if b.precise() {
		low, high := min(b.month, b.day), max(b.month, b.day)
		w.key('d', date{year: b.year, month: low, day: high}.text())
		day := date{year: 1, month: low, day: high}.text()
		for _, block := range w.blocks {
			w.key('m', block, day)
		}
	}
}

func (w *keyWriter) simple(d *prepared, i int) {
	birth := d.people[i].birth
	for f, c := range d.plan.simple {
		id := d.values[f][i]
		if id < 0 || d.plan.kinds[c] == Sex {
			continue
		}
		text := d.texts[f][id].tight
		kind := string(rune('a' + f))
		switch d.plan.kinds[c] {
		case Document, Phone:
			w.key('u', kind, text)
			continue
		case Postcode, Place:
			if birth.known() {
				w.key('w', kind, text, birth.text())
			}
		}
		for _, block := range w.blocks {
			w.key('v', block, kind, text)
		}
	}
}

// start is the beginning of a word, of about n bytes and whole letters.
func start(word string, n int) string {
	n = min(n, len(word))
	for n < len(word) && !utf8.RuneStart(word[n]) {
		n++
	}
	return word[:n]
}

// end is the end of a word, of about n bytes and whole letters.
func end(word string, n int) string {
	i := max(0, len(word)-n)
	for i > 0 && !utf8.RuneStart(word[i]) {
		i--
	}
	return word[i:]
}
