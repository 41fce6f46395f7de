package names

import (
	"strings"
	"unicode/utf8"
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
}

// Prepared is a name ready to be compared. It is never changed after Prepare and
// may be shared between goroutines.
type Prepared struct {
	Words  []Word // in the order written; at most 12
	Script Script // of most words
	Comma  int    // number of words before a comma, as in "Kovács, István"; 0 for none
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
		p.Words = append(p.Words, m.Word(join+text))
		join = ""
	}
	if join != "" && len(p.Words) < maxWords {
		p.Words = append(p.Words, m.Word(join))
	}
	p.Script = mainScript(p.Words)
	return p
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
	runes := []rune(strings.ReplaceAll(string(fold(text)), " ", ""))
	runes = runes[:min(len(runes), maxWordRunes)]
	w := Word{Text: string(runes)}
	if len(runes) == 0 {
		return w
	}
	w.Script = scriptOf(runes[0])
	w.Role = roleOf(w.Text, runes)
	w.Latin = m.latin(w.Script, w.Text, runes)
	w.letters = lettersOf(w.Latin)
	w.Codes = m.codes(&w)
	return w
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
