package names

import (
	"strings"
	"sync"
)

// romanise reads a word by the table of its script; "" for a script without one.
// The tables keep the letters of the standards and leave out their accents:
//
//	Greek       ISO 843 and ELOT 743, transcription
//	Georgian    national system of 2002
//	Armenian    BGN/PCGN 1981, Eastern
//	Devanagari  Hunterian system, final a dropped; Bengali in its letters
//	Ethiopic    BGN/PCGN 1967
//	Burmese     BGN/PCGN 1970, finals only roughly
//	Khmer       UNGEGN 1972, one vowel series
//	Thai        Royal Thai General System 1999, unwritten vowels guessed
//
// They give one reading, without what is known of names: a rougher one than that
// of a learned script.
func romanise(script Script, text string) string {
	switch script {
	case Greek:
		return letterwise(greekDigraphs().Replace(text), greekLetters())
	case Georgian:
		return letterwise(text, georgianLetters())
	case Armenian:
		return letterwise(strings.ReplaceAll(text, "ու", "u"), armenianLetters())
	case Devanagari:
		return indic([]rune(dotted.Replace(text)), 0x900, devanagariLetters())
	case Bengali:
		return indic([]rune(dotted.Replace(text)), 0x980, devanagariLetters())
	case Ethiopic:
		return ethiopic(text)
	case Burmese:
		return burmese([]rune(text))
	case Khmer:
		return khmer([]rune(text))
	case Thai:
		return thai([]rune(text))
	}
	return ""
}

// table reads "letter reading" pairs.
func table(list string) func() map[rune]string {
	return sync.OnceValue(func() map[rune]string {
		m := make(map[rune]string)
		fields := strings.Fields(list)
		for i := 0; i+1 < len(fields); i += 2 {
			for _, r := range fields[i] {
				m[r] = strings.Trim(fields[i+1], "-")
			}
		}
		return m
	})
}

var (
	greekLetters = table(`α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ f χ ch ψ ps ω o`)

	greekDigraphs = sync.OnceValue(func() *strings.Replacer {
		return strings.NewReplacer("ου", "u", "μπ", "b", "ντ", "nt", "γκ", "gk", "γγ", "ng", "γξ", "nx", "γχ", "nch",
			"αυ", "av", "ευ", "ev", "ηυ", "iv", "τζ", "tz")
	})

	georgianLetters = table(`ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh
		ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h`)

	armenianLetters = table(`ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh
		ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev`)
)

// letterwise replaces each letter by its reading; letters that are Latin already
// stay, unknown ones go.
func letterwise(text string, letters map[rune]string) string {
	var out strings.Builder
	for _, r := range text {
		if r < 0x80 {
			out.WriteRune(r)
		} else {
			out.WriteString(letters[r])
		}
	}
	return out.String()
}

// ethiopicRows are the consonants of the syllabary, eight letters each, from
// U+1200 on.
var ethiopicRows = [...]string{"h", "l", "h", "m", "s", "r", "s", "sh", "k", "kw", "k", "kw", "b", "v", "t", "ch", "h", "hw",
	"n", "ny", "", "k", "kw", "h", "hw", "w", "", "z", "zh", "y", "d", "d", "j", "g", "gw", "ng", "t", "ch", "p", "ts", "ts", "f", "p"}

var ethiopicVowels = [8]string{"e", "u", "i", "a", "e", "", "o", "wa"}

func ethiopic(text string) string {
	var out strings.Builder
	for _, r := range text {
		row := int(r-0x1200) / 8
		if r < 0x1200 || row >= len(ethiopicRows) {
			continue
		}
		consonant, vowel := ethiopicRows[row], ethiopicVowels[r%8]
		if vowel == "e" && r%8 == 0 && (consonant == "" || consonant == "h") {
			vowel = "a"
		}
		if consonant == "" && vowel == "" {
			vowel = "i"
		}
		out.WriteString(consonant + vowel)
	}
	return out.String()
}
