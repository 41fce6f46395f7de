package headers

import (
	"math"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/value"
)

// spellings spells out what stands for "number" with a sign that folding drops, and
// writes an Arabic ending in one of its two usual ways.
var spellings = strings.NewReplacer("N°", "No ", "n°", "no ", "Nº", "No ", "nº", "no ", "№", "No ", "#", " no ", "ة", "ه")

// words folds a column name: case, accents, script and punctuation go, and
// BirthDate becomes two words.
func words(header string) []string {
	var split strings.Builder
	previous := ' '
	for _, r := range spellings.Replace(header) {
		if unicode.IsUpper(r) && unicode.IsLower(previous) || unicode.IsDigit(r) != unicode.IsDigit(previous) {
			split.WriteByte(' ')
		}
		split.WriteRune(r)
		previous = r
	}
	all := joinLetters(strings.Fields(value.Fold(split.String())))
	kept := all[:0:0]
	for _, word := range all {
		if !isStopWord(word) {
			kept = append(kept, word)
		}
	}
	if len(kept) == 0 {
		return all
	}
	return kept
}

// joinLetters makes one word of letters that stand alone in a row, as in D.O.B.
func joinLetters(all []string) []string {
	out := all[:0]
	run := false
	for _, word := range all {
		single := utf8.RuneCountInString(word) == 1 && word[0] > '9'
		if single && run {
			out[len(out)-1] += word
			continue
		}
		out = append(out, word)
		run = single
	}
	return out
}

func isStopWord(word string) bool {
	switch word {
	case "of", "the", "in", "at", "a", "an", "de", "du", "des", "la", "le", "les", "l", "d", "der", "die", "das", "im", "am", "den",
		"el", "del", "los", "y", "et", "und", "and", "es", "az", "al", "i", "or", "oder", "ou", "o", "if", "any":
		return true
	}
	return false
}

// lexicon knows how telling a word is: one that names many fields, such as
// "date" or "country", says less than one that names a single field.
type lexicon struct {
	fields  Fields
	phrases [][]phrase
	uses    map[string]int
}

type phrase struct {
	words    []string
	joined   string
	initials string
	language string
	text     string
}

func newLexicon(fields Fields) *lexicon {
	l := &lexicon{fields: fields, phrases: make([][]phrase, len(fields)), uses: map[string]int{}}
	for i, field := range fields {
		seen := map[string]bool{}
		for language, synonyms := range field.Synonyms {
			for _, text := range synonyms {
				p := phrase{words: words(text), language: language, text: text}
				p.joined = strings.Join(p.words, "")
				p.initials = initials(text)
				l.phrases[i] = append(l.phrases[i], p)
				for _, word := range p.words {
					seen[word] = true
				}
			}
		}
		for word := range seen {
			l.uses[word]++
		}
	}
	return l
}

// initials of a phrase of several words, small words included: dob, nr.
func initials(text string) string {
	all := strings.Fields(value.Fold(text))
	if len(all) < 3 {
		return ""
	}
	var out strings.Builder
	for _, word := range all {
		r, _ := utf8.DecodeRuneInString(word)
		out.WriteRune(r)
	}
	return out.String()
}

func (l *lexicon) weight(word string) float64 {
	weight := 1 / (1 + math.Log(float64(max(l.uses[word], 1))))
	if utf8.RuneCountInString(word) < 3 {
		weight *= 0.6
	}
	return weight
}

// best gives the likeness of a header and a field, and the synonym it is like.
func (l *lexicon) best(header []string, joined string, field int) (float64, phrase) {
	best, found := 0.0, phrase{}
	for _, p := range l.phrases[field] {
		likeness := l.likeness(header, joined, p)
		if likeness > best || likeness == best && likeness > 0 && p.before(found) {
			best, found = likeness, p
		}
	}
	return best, found
}

// before makes the choice among equals the same every time.
func (p phrase) before(other phrase) bool {
	if p.language != other.language {
		return p.language < other.language
	}
	return p.text < other.text
}

func (l *lexicon) likeness(header []string, joined string, p phrase) float64 {
	if joined == p.joined {
		return 1
	}
	best := 0.95 * wordLikeness(joined, p.joined)
	if len(header) == 1 && p.initials != "" && header[0] == p.initials {
		best = max(best, 0.75)
	}
	matched, total := 0.0, 0.0
	used := make([]bool, len(header))
	for _, word := range p.words {
		weight := l.weight(word)
		total += weight
		at, likeness := -1, 0.0
		for i, candidate := range header {
			if s := wordLikeness(candidate, word); !used[i] && s > likeness {
				at, likeness = i, s
			}
		}
		if at >= 0 {
			used[at] = true
			matched += weight * likeness
		}
	}
	for i, word := range header {
		if !used[i] {
			// A further word in the header qualifies it; one that names other
			// fields counts in full, an unknown one half.
			extra := 0.5
			if l.uses[word] > 0 {
				extra = l.weight(word)
			}
			total += extra
		}
	}
	return max(best, 0.97*matched/total)
}

// wordLikeness compares two folded words: abbreviations, typing errors and
// compounds such as geburtsdatum with geburt.
func wordLikeness(a, b string) float64 {
	if a == b {
		return 1
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 {
		return 0
	}
	if strings.HasPrefix(long, short) {
		return prefixLikeness(len(short), len(long))
	}
	if most := len(long) / 5; most > 0 && len(long)-len(short) <= most && bits.OnesCount64(letters(a)^letters(b)) <= 2*most {
		if distance := editDistance(a, b); distance <= most {
			return 1 - 0.9*float64(distance)/float64(len(short))
		}
	}
	if contracts(short, long) {
		return 0.75
	}
	if len(short) >= 5 && strings.Contains(long, short) {
		return 0.45 + 0.4*float64(len(short))/float64(len(long))
	}
	return 0
}

// letters is the set of bytes of a word: an edit changes two of them at the most, so
// that most pairs need no comparison.
func letters(word string) (set uint64) {
	for i := range len(word) {
		set |= 1 << (word[i] % 64)
	}
	return set
}

// contracts recognises abbreviations that leave letters out, such as bemerkg.
func contracts(short, long string) bool {
	if len(short) < 4 || len(short)*5 < len(long)*3 || short[0] != long[0] || short[len(short)-1] != long[len(long)-1] {
		return false
	}
	i := 0
	for j := 0; j < len(long) && i < len(short); j++ {
		if long[j] == short[i] {
			i++
		}
	}
	return i == len(short)
}

func prefixLikeness(short, long int) float64 {
	switch {
	case short >= 4:
		return max(0.8, 0.55+0.45*float64(short)/float64(long))
	case short == 3:
		return 0.75
	case short == 2:
		return 0.5
	}
	return 0.3
}

const longestWord = 40

// editDistance counts insertions, deletions, substitutions and exchanges of
// neighbours (optimal string alignment) of bytes.
func editDistance(a, b string) int {
	if len(a) > longestWord || len(b) > longestWord {
		return len(a) + len(b)
	}
	var rows [3][longestWord + 1]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	before, previous, current := &rows[2], &rows[0], &rows[1]
	for i := 1; i <= len(a); i++ {
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
