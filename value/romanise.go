package value

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// latinEnd is the end of the Latin blocks that are folded by table.
const latinEnd = 0x250

var latinTable = buildLatin()

func latin(r rune) string { return latinTable[r] }

// latinLetters are those that carry no separable mark, so that decomposition
// alone would leave them as they are.
var latinLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'ø': "o", 'å': "a", 'ð': "d", 'þ': "th", 'đ': "d", 'ħ': "h", 'ı': "i",
	'ĸ': "k", 'ł': "l", 'ŋ': "n", 'œ': "oe", 'ŧ': "t", 'ſ': "s", 'ƀ': "b", 'ɓ': "b", 'ƈ': "c",
	'ɗ': "d", 'ə': "e", 'ǝ': "e", 'ɛ': "e", 'ƒ': "f", 'ɠ': "g", 'ƙ': "k", 'ƞ': "n", 'ɔ': "o",
	'ƥ': "p", 'ƭ': "t", 'ƴ': "y", 'ƶ': "z", 'ʒ': "z", 'ǥ': "g",
}

func buildLatin() (table [latinEnd]string) {
	for r := rune(0x80); r < latinEnd; r++ {
		if !unicode.IsLetter(r) {
			continue
		}
		lower := unicode.ToLower(r)
		if folded, ok := latinLetters[lower]; ok {
			table[r] = folded
			continue
		}
		for _, part := range norm.NFKD.String(string(lower)) {
			if part >= 'a' && part <= 'z' {
				table[r] += string(part)
			}
		}
	}
	return table
}

// romanise gives a rough Latin spelling, close to what papers and passports
// show (ICAO Doc 9303 part 3, section 6, simplified), not a reversible one.
func (f *folder) romanise(r rune) (string, bool) {
	if r < 0x370 || r > 0x6ff {
		return "", false
	}
	r = unicode.ToLower(r)
	switch {
	case f.ukrainian && r == 'г':
		return "h", true
	case f.ukrainian && r == 'и':
		return "y", true
	case r == 'و' || r == 'ו':
		if f.inWord() {
			return "u", true
		}
		return "v", true
	case r == 'ي' || r == 'ی' || r == 'י':
		if f.inWord() {
			return "i", true
		}
		return "y", true
	}
	romanised, ok := romanTable[r]
	return romanised, ok
}

// looksUkrainian: the letters і ї є ґ are not Russian, and ы э ё ъ not Ukrainian.
func looksUkrainian(s string) bool {
	found := false
	for i := 0; i+1 < len(s); i++ {
		if s[i] < 0xd0 || s[i] > 0xd2 {
			continue
		}
		switch s[i : i+2] {
		case "і", "ї", "є", "ґ", "І", "Ї", "Є", "Ґ":
			found = true
		case "ы", "э", "ё", "ъ", "Ы", "Э", "Ё", "Ъ":
			return false
		}
	}
	return found
}

var romanTable = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'ё': "e", 'є': "ye", 'ж': "zh",
	'з': "z", 'и': "i", 'і': "i", 'ї': "i", 'й': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o",
	'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch",
	'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "yu", 'я': "ya",
	'ђ': "dj", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dz", 'ѓ': "g", 'ќ': "k", 'ѕ': "dz",
	'қ': "k", 'ғ': "g", 'ң': "n", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h", 'ә': "a",

	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k",
	'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x", 'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t",
	'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",

	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ٱ': "a", 'ب': "b", 'پ': "p", 'ت': "t", 'ث': "th", 'ج': "j",
	'چ': "ch", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z", 'ژ': "zh", 'س': "s", 'ش': "sh",
	'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q", 'ك': "k", 'ک': "k",
	'گ': "g", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'ھ': "h", 'ہ': "h", 'ة': "a", 'ى': "a", 'ئ': "i",
	'ؤ': "u", 'ء': "", 'ـ': "", 'ٹ': "t", 'ڈ': "d", 'ڑ': "r", 'ں': "n", 'ے': "e", 'ې': "e", 'ۀ': "a",

	'א': "a", 'ב': "b", 'ג': "g", 'ד': "d", 'ה': "h", 'ז': "z", 'ח': "h", 'ט': "t", 'כ': "k", 'ך': "k",
	'ל': "l", 'מ': "m", 'ם': "m", 'נ': "n", 'ן': "n", 'ס': "s", 'ע': "a", 'פ': "p", 'ף': "f", 'צ': "ts",
	'ץ': "ts", 'ק': "k", 'ר': "r", 'ש': "sh", 'ת': "t",
}
