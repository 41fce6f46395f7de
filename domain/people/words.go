package people

import (
	_ "embed"
	"strings"
	"sync"

	"cairn/blueprint/lists"
	"cairn/reference"
	"cairn/value"
)

// Relations to the head of a household.
const (
	RelationHead          = "head"
	RelationSpouse        = "spouse"
	RelationChild         = "child"
	RelationParent        = "parent"
	RelationSibling       = "sibling"
	RelationGrandchild    = "grandchild"
	RelationGrandparent   = "grandparent"
	RelationUnaccompanied = "unaccompanied"
	RelationOther         = "other"
)

// Needs that the rest of the program acts on; other needs stay as written.
const (
	NeedWheelchair    = "wheelchair"
	NeedStretcher     = "stretcher"
	NeedPregnant      = "pregnant"
	NeedTuberculosis  = "tuberculosis"
	NeedInjured       = "injured"
	NeedHeart         = "heart"
	NeedOxygen        = "oxygen"
	NeedDeaf          = "deaf"
	NeedBlind         = "blind"
	NeedUnaccompanied = "unaccompanied"
)

// What a consent cell says.
const (
	consentYes   = "yes"
	consentAny   = "any"
	consentNamed = "named"
	consentNo    = "no"
)

//go:embed words.txt
var wordText string

// wordSets maps set and folded word to code.
var wordSets = sync.OnceValue(func() map[string]map[string]string {
	sets := map[string]map[string]string{}
	for line := range strings.Lines(wordText) {
		head, list, found := strings.Cut(line, ":")
		set, code, paired := strings.Cut(head, " ")
		if !found || !paired || strings.HasPrefix(line, "#") {
			continue
		}
		if sets[set] == nil {
			sets[set] = map[string]string{}
		}
		for word := range strings.SplitSeq(list, ",") {
			sets[set][value.Fold(word)] = code
		}
	}
	return sets
})

// vocabulary reads words of lists and forms. It remembers what it has read, since
// a list says the same few words again and again; it is used by one goroutine.
type vocabulary struct {
	own  map[string]string // folded words that this list explains itself
	read map[string]string // set and text to code; "" for unknown
}

// newVocabulary takes the words that the user explains: word to code, for any set.
func newVocabulary(own map[string]string) *vocabulary {
	v := &vocabulary{own: map[string]string{}, read: map[string]string{}}
	for word, code := range own {
		v.own[value.Fold(word)] = code
	}
	return v
}

func (v *vocabulary) find(set, text string, otherwise func(string) string) string {
	key := set + "\x00" + text
	code, seen := v.read[key]
	if seen {
		return code
	}
	folded := value.Fold(text)
	if code = v.own[folded]; code == "" {
		code = wordSets()[set][folded]
	}
	if code == "" && otherwise != nil {
		code = otherwise(text)
	}
	v.read[key] = code
	return code
}

// country reads a country or a nationality: a code, a name, or a word of the list.
func (v *vocabulary) country(text string) (value.Country, bool) {
	code := v.find("country", text, func(text string) string {
		if c, ok := reference.CountryByNationality(text); ok {
			return c.Alpha3
		}
		return ""
	})
	c := value.Country(code)
	return c, c.Valid()
}

func (v *vocabulary) language(text string) (value.Language, bool) {
	code := v.find("language", text, func(text string) string {
		if l, ok := reference.LanguageByName(text); ok {
			return l.Tag
		}
		return ""
	})
	l := value.Language(code)
	return l, l.Valid()
}

// relation reads a relation to the head; ok is false for a word that is not known.
func (v *vocabulary) relation(text string) (string, bool) {
	if text == "" {
		return "", true
	}
	if code := v.find("relation", text, nil); code != "" {
		return code, true
	}
	return RelationOther, false
}

// needs reads what a person needs; words that are not known stay as written.
func (v *vocabulary) needs(text string) []string {
	var out []string
	for _, part := range lists.Parts(text) {
		switch code := v.find("need", part, nil); code {
		case "none":
		case "":
			out = append(out, part)
		default:
			out = append(out, code)
		}
	}
	return out
}
