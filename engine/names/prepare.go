package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"cairn/engine/names/joint"
)

// Role says what a word does in a name.
type Role uint8

// The roles. Particles and titles weigh little; an initial agrees with every
// word that begins so.
const (
	Plain Role = iota
	Particle
	Title
	Initial
	Patronymic
	Number
)

// Word is one prepared word of a name. Only Matcher makes words; they are never
// changed afterwards and may be shared.
type Word struct {
	Text   string   // folded letters of its own script
	Latin  string   // best Latin reading; Text itself for Latin words, "" when there is none
	Script Script   //
	Role   Role     //
	Codes  []uint64 // candidate keys, best first, distinct; names that sound alike mostly share one

	letters latinLetters
	spelled []uint16 // of a Latin word, in the letters of all models
	foreign []uint16 // in the letters of the script's model
	own     float32  // logarithm of the probability of those letters
	forms   []uint16 // lines of the list of forms of names
	father  bool     // follows a word that says "son of"
}

// Prepared is a name ready to be compared. It is never changed after Prepare and
// may be shared between goroutines.
type Prepared struct {
	Words  []Word // in the order written; at most 12
	Script Script // of most words
	Comma  int    // number of words before a comma, as in "Kovács, István"; 0 for none

	chain bool // has a word that says "son of"
}

// Prepare splits and reads a name. Every string gives a Prepared, an empty or
// meaningless one has no words; what is longer than 400 letters is cut.
func (m *Matcher) Prepare(name string) *Prepared {
	p := &Prepared{}
	join := ""
	for text := range strings.FieldsSeq(string(fold(name))) {
		if text == "," {
			if p.Comma == 0 {
				p.Comma = len(p.Words)
			}
			continue
		}
		if len(p.Words) == maxWords {
			break
		}
		if prefix(text) {
			join += text
			continue
		}
		p.Words = append(p.Words, m.word([]rune(join+text)))
		join = ""
	}
	if join != "" && len(p.Words) < maxWords {
		p.Words = append(p.Words, m.word([]rune(join)))
	}
	p.roles()
	p.Script = mainScript(p.Words)
	return p
}

// roles sets what only the place in the name tells: a particle needs a word after
// it, "Ben Smith" has none, and a name needs a word beside its titles.
func (p *Prepared) roles() {
	n := len(p.Words)
	for i := range p.Words {
		w := &p.Words[i]
		switch {
		case w.Role == Particle && (i == n-1 || i == 0 && n == 2 && len(w.Text) > 2):
			w.Role = Plain
		case w.Role == Particle && sonOf(w.Text):
			p.chain = true
			p.Words[i+1].father = true
		}
	}
	plain := 0
	for i := range p.Words {
		if p.Words[i].Role == Plain || p.Words[i].Role == Patronymic {
			plain++
		}
	}
	for i := range p.Words {
		if w := &p.Words[i]; plain == 0 && w.Role == Title {
			w.Role = Plain
		}
	}
}

func sonOf(text string) bool {
	switch text {
	case "bin", "ben", "ibn", "bint", "binti", "binte", "بن", "ابن", "بنت", "בן", "בת":
		return true
	}
	return false
}

// prefix are words that belong to the next: "Mc Donald", "O Brien", "Abd al-".
func prefix(text string) bool {
	switch text {
	case "mc", "mac", "o", "عبد":
		return true
	}
	return false
}

// Word prepares one word; text should hold no spaces.
func (m *Matcher) Word(text string) Word {
	var runes []rune
	for _, r := range fold(text) {
		if r != ' ' && r != ',' && len(runes) < maxWordRunes {
			runes = append(runes, r)
		}
	}
	return m.word(runes)
}

// word prepares folded letters.
func (m *Matcher) word(runes []rune) Word {
	runes = runes[:min(len(runes), maxWordRunes)]
	if len(runes) == 0 {
		return Word{}
	}
	w := Word{Script: scriptOf(runes[0])}
	if w.Script == Latin {
		runes = plainLatin(runes)
		w.spelled = joint.EncodeLatin(string(runes))
	}
	w.Text = string(runes)
	w.Role = roleOf(w.Text, runes)
	m.read(&w)
	w.letters = lettersOf(w.Latin)
	w.forms = formsOf()[w.Latin]
	return w
}

const (
	readings  = 8 // Latin readings that give candidate keys
	mostCodes = 4 // candidate keys of a word
)

// read gives a word its Latin readings and candidate keys.
func (m *Matcher) read(w *Word) {
	v := m.voice(w.Script)
	switch {
	case w.Script == Latin:
		w.Latin = w.Text
	case v != nil:
		w.foreign = v.model.Foreign.Encode(Spelling(w.Text))
		w.own = v.model.ForeignScore(w.foreign)
		for i, r := range v.read(w.foreign, readings) {
			latin := string(plainLatin([]rune(r.Latin)))
			if i == 0 {
				w.Latin = latin
			}
			w.addCode(soundCode(latin))
		}
	default:
		w.Latin = romanise(w.Script, w.Text)
	}
	if w.Latin == "" {
		w.addCode(hashKey(w.Text))
	} else {
		w.addCode(soundCode(w.Latin))
	}
}

func (w *Word) addCode(code uint64) {
	if len(w.Codes) < mostCodes && !slices.Contains(w.Codes, code) {
		w.Codes = append(w.Codes, code)
	}
}

func roleOf(text string, runes []rune) Role {
	switch {
	case runes[0] >= '0' && runes[0] <= '9':
		return Number
	case titles()[text]:
		return Title
	case particles()[text]:
		return Particle
	case len(runes) == 1 && scriptOf(runes[0]) != Chinese && scriptOf(runes[0]) != Korean:
		return Initial
	}
	for _, end := range patronyms() {
		if len(text) > len(end)+2 && strings.HasSuffix(text, end) {
			return Patronymic
		}
	}
	return Plain
}

func mainScript(words []Word) Script {
	var count [scripts]int
	best := Other
	for i := range words {
		s := words[i].Script
		count[s] += utf8.RuneCountInString(words[i].Text)
		if count[s] > count[best] {
			best = s
		}
	}
	return best
}
