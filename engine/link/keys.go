package link

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Keys returns the candidate keys of one row: two records of one person mostly
// share at least one. An office keeps them in a table and scores, with Score, the
// records that share a key with a new one; keys that hundreds of records share
// may be left out. The keys are hashes in base 36, sorted and distinct; who has a
// list of names and dates can guess what they stand for, so they need the same
// care as the row.
func Keys(columns []Column, row []string) ([]string, error) {
	p, err := makePlan(columns)
	if err != nil {
		return nil, fmt.Errorf("making candidate keys: %w", err)
	}
	if len(row) != len(columns) {
		return nil, fmt.Errorf("making candidate keys: the row has %d cells for %d columns", len(row), len(columns))
	}
	d := newPrepared(p, 0, 1)
	d.add(row)
	var w keyWriter
	w.record(d, 0)
	var keys []string
	for _, key := range w.keys {
		keys = append(keys, strconv.FormatUint(key, 36))
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// keyWriter collects the keys of one record.
type keyWriter struct {
	keys   []uint64
	blocks []uint64
}

func (w *keyWriter) key(parts ...uint64) { w.keys = append(w.keys, mix(parts...)) }

// record collects the keys of one record: pairs of name words in any order, each
// name word with each other field, and rare values alone.
func (w *keyWriter) record(d *prepared, i int) {
	who := &d.people[i]
	w.keys, w.blocks = w.keys[:0], w.blocks[:0]
	words := 0
	name := func(id int32) {
		if words++; words > 5 {
			return
		}
		t := &d.tokens[id]
		if len(t.text) > 1 && !slices.Contains(w.blocks, t.block) {
			w.blocks = append(w.blocks, t.block)
		}
		w.key('t', t.hash)
	}
	if who.given >= 0 {
		name(who.given)
	}
	for _, id := range who.familyNames() {
		name(id)
	}
	for _, id := range who.otherNames() {
		name(id)
	}
	w.names(d, who)
	w.birth(who.birth)
	w.simple(d, i)
	if d.voice != nil {
		w.scriptKeys(d, who)
	}
}

func (w *keyWriter) names(d *prepared, who *person) {
	for i, a := range w.blocks {
		for _, b := range w.blocks[i+1:] {
			w.key('n', min(a, b), max(a, b))
		}
	}
	if who.given < 0 || who.families == 0 {
		return
	}
	g, f := d.tokens[who.given].text, d.tokens[who.family[0]].text
	a, b := hashText(start(g, 3)), hashText(start(f, 3))
	w.key('p', min(a, b), max(a, b))
	g1, f1 := hashText(start(g, 1)), hashText(start(f, 1))
	if who.birth.known() {
		w.key('i', g1, f1, uint64(who.birth.year))
	}
	w.key('s', g1, hashText(end(f, 4)))
	w.key('S', f1, hashText(end(g, 4)))
}

func (w *keyWriter) birth(b date) {
	if !b.known() {
		return
	}
	year := uint64(b.year)
	for _, block := range w.blocks {
		w.key('y', block, year)
		if b.about {
			w.key('y', block, year-1)
			w.key('y', block, year+1)
		}
	}
	if b.precise() {
		day := uint64(min(b.month, b.day))<<8 | uint64(max(b.month, b.day))
		w.key('d', year, day)
		for _, block := range w.blocks {
			w.key('m', block, day)
		}
	}
}

func (w *keyWriter) simple(d *prepared, i int) {
	birth := d.people[i].birth
	for f, id := range d.valuesOf(int32(i)) {
		kind := d.plan.kinds[d.plan.simple[f]]
		if id < 0 || kind == Sex {
			continue
		}
		text, field := d.texts[f][id].hash, uint64(f)
		switch kind {
		case Document, Phone:
			w.key('u', field, text)
			continue
		case Postcode, Place:
			if birth.known() {
				w.key('w', field, text, birth.number())
			}
		}
		for _, block := range w.blocks {
			w.key('v', block, field, text)
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
