package link

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"cairn/engine/names"
)

// Names in several scripts are read and compared by the package names. A register
// in one script does without: its words are compared by their letters.

var loadNames = sync.OnceValues(names.Load)

// scriptOf tells scripts apart by the first letter beyond Latin: 0 is Latin.
func scriptOf(word string) uint8 {
	for _, r := range word {
		switch {
		case r < 0x370:
		case r < 0x400:
			return 1 // Greek
		case r < 0x530:
			return 2 // Cyrillic
		case r >= 0x590 && r < 0x600:
			return 3 // Hebrew
		case r >= 0x600 && r < 0x780, r >= 0xFB50 && r < 0xFF00:
			return 4 // Arabic
		case r >= 0x3040 && r < 0x3100:
			return 5 // Kana
		case r >= 0xAC00 && r < 0xD7B0:
			return 6 // Hangul
		case r >= 0x4E00 && r < 0xA000:
			return 7 // Han
		default:
			return 8 + uint8(r>>7&0x7F)
		}
	}
	return 0
}

// fewestInScript is the number of records with a name in a script from which on a
// register counts as written in it.
const fewestInScript = 3

// severalScripts says that names of the register are in more than one script.
func (d *prepared) severalScripts() bool {
	var records [256]int
	for i := range d.people {
		p := &d.people[i]
		switch {
		case p.given >= 0:
			records[d.tokens[p.given].script]++
		case p.families > 0:
			records[d.tokens[p.family[0]].script]++
		}
	}
	scripts := 0
	for _, n := range records {
		if n >= fewestInScript {
			scripts++
		}
	}
	return scripts > 1
}

// hearNames reads all words by sound. Without the models, which are part of the
// program, words are compared as they were.
func (d *prepared) hearNames() {
	voice, err := loadNames()
	if err != nil {
		return
	}
	d.voice = voice
	inParallel(len(d.tokens), func(t int) { d.hear(&d.tokens[t]) })
	for s := range d.texts {
		inParallel(len(d.texts[s]), func(v int) { d.hearValue(s, &d.texts[s][v]) })
	}
}

// inParallel calls work for the numbers below n, from as many goroutines as there
// are processors. Each call touches only what belongs to its number.
func inParallel(n int, work func(i int)) {
	const share = 64
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				to := int(next.Add(share))
				for i := to - share; i < min(to, n); i++ {
					work(i)
				}
				if to >= n {
					return
				}
			}
		})
	}
	wait.Wait()
}

func (d *prepared) hear(t *token) {
	t.word = d.voice.Word(t.raw)
	if t.script == 0 {
		return
	}
	if latin := compact(foldText(t.word.Latin)); latin != "" {
		t.setText(latin)
	}
}

// hearValue reads a place and the like; only the kinds that hold words.
func (d *prepared) hearValue(s int, v *value) {
	if len(v.words) > 0 {
		v.heard = d.voice.Prepare(v.raw)
	}
}

// Weights, in bits, from which words in two scripts count as one name and as
// similar; chosen on names of several scripts, not on a register.
const (
	sameAcross = 5.0
	likeAcross = 0.0
)

// compareAcross compares words in two scripts. The sound model is asked only when
// the consonants of the best readings are near each other.
func (d *prepared) compareAcross(a, b *token) uint8 {
	if longer := max(len(a.sound), len(b.sound)); !names.ShareForm(a.groups, b.groups) && !shareCode(a.word.Codes, b.word.Codes) &&
		editDistance(a.sound, b.sound, 1+longer/4) > 1+longer/4 {
		return nameDifferent
	}
	switch w := d.voice.CompareWords(&a.word, &b.word); {
	case names.ShareForm(a.groups, b.groups) || w >= sameAcross:
		return nameAcross
	case w >= likeAcross || a.soundHash == b.soundHash && len(a.sound) > 1:
		return nameLikeAcross
	}
	return nameDifferent
}

func shareCode(a, b []uint64) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// valueAcross compares two places and the like that differ by their letters.
func (d *prepared) valueAcross(a, b *value) uint8 {
	if d.voice == nil || a.script == b.script || a.heard == nil || b.heard == nil {
		return valueDifferent
	}
	if d.voice.Compare(a.heard, b.heard) >= sameAcross {
		return valueNear
	}
	return valueDifferent
}

// scriptKeys adds keys that names share across scripts.
func (w *keyWriter) scriptKeys(d *prepared, who *person) {
	var room [8]int32
	list := who.words(room[:0])
	list = list[:min(len(list), 4)]
	birth := who.birth
	for i, t := range list {
		codes := d.tokens[t].word.Codes
		for _, code := range codes {
			w.key('c', code)
			if birth.known() {
				w.key('c', code, uint64(birth.year))
			}
			if birth.precise() {
				w.key('e', code, uint64(min(birth.month, birth.day))<<8|uint64(max(birth.month, birth.day)))
			}
		}
		for _, u := range list[i+1:] {
			for _, a := range codes[:min(len(codes), 2)] {
				for _, b := range d.tokens[u].word.Codes[:min(len(d.tokens[u].word.Codes), 2)] {
					w.key('f', min(a, b), max(a, b))
				}
			}
		}
	}
}
