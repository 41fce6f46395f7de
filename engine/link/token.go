package link

import (
	"strings"
	"unicode/utf8"

	"cairn/engine/names"
)

// token is one word of a name, as all records that have it share it.
type token struct {
	text      string // Latin letters
	raw       string // as written
	sound     string
	hash      uint64 // of the word as written
	soundHash uint64
	block     uint64 // equal for forms of one name and for names that sound alike
	letters   uint32 // which letters it has: bits a to z, and one for all others
	groups    []uint16
	forms     []int32 // other words that the register shows to be forms of this name
	title     bool
	script    uint8      // see scriptOf
	word      names.Word // in a register of several scripts: how it sounds
	// givenBits and familyBits are -log2 of the share of records with this word as
	// a given name (other names included) and as a family name.
	givenBits, familyBits float32
}

func (t *token) anyBits() float32 { return min(t.givenBits, t.familyBits) }

const longestWord = 64 // bytes of a name word that are read

// token gives the number of a folded word.
func (d *prepared) token(word string) int32 {
	if len(word) > longestWord {
		cut := longestWord
		for !utf8.RuneStart(word[cut]) {
			cut--
		}
		word = word[:cut]
	}
	if id, ok := d.tokenIDs[word]; ok {
		return id
	}
	word = strings.Clone(word)
	id := int32(len(d.tokens))
	t := makeToken(word)
	if d.voice != nil {
		d.hear(&t)
	}
	d.tokens = append(d.tokens, t)
	d.tokenIDs[word] = id
	return id
}

func makeToken(word string) token {
	text := compact(foldText(word))
	if text == "" {
		text = word
	}
	t := token{raw: word, hash: hashText(word), script: scriptOf(word)}
	t.setText(text)
	return t
}

// setText sets the Latin letters and all that follows from them.
func (t *token) setText(text string) {
	t.text, t.sound, t.groups, t.title = text, soundKey(text), nameGroups()[text], titles()[text]
	t.letters, t.soundHash = letterSet(text), hashText(t.sound)
	t.block = t.soundHash
	if len(t.groups) > 0 {
		t.block = mix('=', uint64(t.groups[0]))
	}
}

func letterSet(text string) uint32 {
	set := uint32(0)
	for i := 0; i < len(text); i++ {
		if c := text[i] - 'a'; c < 26 {
			set |= 1 << c
		} else {
			set |= 1 << 26
		}
	}
	return set
}

// hashText is FNV-1a over the bytes.
func hashText(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix joins numbers into one hash (the finaliser of MurmurHash3 between them).
func mix(parts ...uint64) uint64 {
	h := uint64(0x9E3779B97F4A7C15)
	for _, p := range parts {
		h ^= p
		h = (h ^ h>>33) * 0xff51afd7ed558ccd
		h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
		h ^= h >> 33
	}
	return h
}
