package names

import "strings"

// devanagariLetters are the readings of U+0900 on; Bengali has the same order of
// letters, 128 places later. A reading that begins with * is a vowel sign or a
// mark that replaces the consonant's own a.
var devanagariLetters = table(`ँ n ं n ः h अ a आ a इ i ई i उ u ऊ u ऋ ri ऍ e ऎ e ए e ऐ ai ऑ o ऒ o ओ o औ au क k ख kh ग g घ gh
	ङ n च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n ऩ n प p फ ph ब b भ bh म m य y र r ऱ r ल l ळ l ऴ l
	व v श sh ष sh स s ह h ` + "\u0958 q \u0959 kh \u095a g \u095b z \u095c r \u095d rh \u095e f \u095f y " + `
	ा *a ि *i ी *i ु *u ू *u ृ *ri ॅ *e ॆ *e े *e ै *ai ॉ *o ॊ *o ो *o ौ *au ् *`)

// dotted are letters with a dot below, which Unicode keeps in two parts.
var dotted = strings.NewReplacer("\u0915\u093c", "\u0958", "\u0916\u093c", "\u0959", "\u0917\u093c", "\u095a", "\u091c\u093c", "\u095b",
	"\u0921\u093c", "\u095c", "\u0922\u093c", "\u095d", "\u092b\u093c", "\u095e", "\u092f\u093c", "\u095f",
	"\u09a1\u09bc", "\u09dc", "\u09a2\u09bc", "\u09dd", "\u09af\u09bc", "\u09df")

// indic reads a script whose consonants carry an a unless a vowel sign or the
// sign of silence follows; the a at the end of a word is not read.
func indic(text []rune, base rune, letters map[rune]string) string {
	var out strings.Builder
	for i, r := range text {
		place := r - base
		if place < 0 || place > 0x7F {
			continue
		}
		sign, isSign := strings.CutPrefix(letters[0x900+place], "*")
		out.WriteString(sign)
		if isSign || !indicConsonant(place) || i+1 == len(text) {
			continue
		}
		next := letters[0x900+text[i+1]-base]
		if !strings.HasPrefix(next, "*") {
			out.WriteByte('a')
		}
	}
	return out.String()
}

func indicConsonant(place rune) bool {
	return place >= 0x15 && place <= 0x39 || place >= 0x58 && place <= 0x5F
}

var burmeseLetters = table(`က k ခ kh ဂ g ဃ g င ng စ s ဆ hs ဇ z ဈ z ဉ ny ည ny ဋ t ဌ t ဍ d ဎ d ဏ n တ t ထ ht ဒ d ဓ d န n ပ p ဖ hp
	ဗ b ဘ b မ m ယ y ရ y လ l ဝ w သ th ဟ h ဠ l အ - ဣ i ဤ i ဥ u ဦ u ဧ e ဩ aw ဪ aw ဿ ss
	ျ y ြ y ွ w ှ - ါ a ာ a ိ i ီ i ု u ူ u ေ e ဲ e ံ an`)

// burmeseFinals are what a silenced consonant leaves after the vowel a.
var burmeseFinals = table(`က et င in စ it ည i ဉ in တ at ဒ at န an ပ at ဗ at မ an ယ e သ at ဏ an`)

func burmese(text []rune) string {
	s := string(text)
	s = strings.NewReplacer("ောင်", "aung", "ိုင်", "aing", "ော်", "aw", "ော", "aw", "ေါ်", "aw", "ေါ", "aw", "ို", "o", "ုံ", "on", "့", "", "း", "").Replace(s)
	text = []rune(s)
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		r := text[i]
		if r < 0x80 {
			out.WriteRune(r)
			continue
		}
		if i+1 < len(text) && text[i+1] == '်' {
			final := burmeseFinals()[r]
			if vowelBefore(out.String()) && len(final) > 0 {
				final = final[1:]
			}
			out.WriteString(final)
			i++
			continue
		}
		out.WriteString(burmeseLetters()[r])
		if r >= 'က' && r <= 'အ' && bareBurmese(text[i+1:]) {
			out.WriteByte('a')
		}
	}
	return out.String()
}

func vowelBefore(s string) bool { return s != "" && strings.IndexByte("aeiou", s[len(s)-1]) >= 0 }

// bareBurmese says whether a consonant with this after it carries its own a.
func bareBurmese(rest []rune) bool {
	if len(rest) == 0 {
		return true
	}
	silenced := len(rest) > 1 && rest[1] == '်'
	return rest[0] >= 'က' && rest[0] <= 'အ' && !silenced
}

var khmerLetters = table(`ក k ខ kh គ k ឃ kh ង ng ច ch ឆ chh ជ ch ឈ chh ញ nh ដ d ឋ th ឌ d ឍ th ណ n ត t ថ th ទ t ធ th ន n ប b ផ ph ព p
	ភ ph ម m យ y រ r ល l វ v ស s ហ h ឡ l អ - ឥ e ឦ ei ឧ o ឩ u ឫ rue ឯ ae ឱ ao
	ា *a ិ *e ី *i ឹ *oe ឺ *eu ុ *o ូ *u ួ *uo ើ *aeu ឿ *oea ៀ *ie េ *e ែ *ae ៃ *ai ោ *o ៅ *au ំ *am ះ *h ្ *`)

// khmer reads consonants and vowel signs; between two consonants an o is read.
func khmer(text []rune) string {
	s := strings.NewReplacer("ប៉", "ព", "៉", "", "៊", "", "់", "", "៍", "").Replace(string(text))
	text = []rune(s)
	letters := khmerLetters()
	var out strings.Builder
	for i, r := range text {
		sign, isSign := strings.CutPrefix(letters[r], "*")
		out.WriteString(sign)
		if isSign || i == 0 && len(text) == 1 || i+2 >= len(text) && i != 0 || i+1 >= len(text) {
			continue
		}
		if next := letters[text[i+1]]; !strings.HasPrefix(next, "*") && next != "" {
			out.WriteByte('o')
		}
	}
	return out.String()
}

var thaiLetters = table(`ก k ข kh ฃ kh ค kh ฅ kh ฆ kh ง ng จ ch ฉ ch ช ch ซ s ฌ ch ญ y ฎ d ฏ t ฐ th ฑ th ฒ th ณ n ด d ต t ถ th ท th ธ th
	น n บ b ป p ผ ph ฝ f พ ph ฟ f ภ ph ม m ย y ร r ล l ว w ศ s ษ s ส s ห h ฬ l อ o ฮ h ฤ rue
	ะ a ั a า a ำ am ิ i ี i ึ ue ื ue ุ u ู u เ e แ ae โ o ใ ai ไ ai`)

// thai puts vowels written before their consonant after it; a word of two bare
// consonants has an o between them.
func thai(text []rune) string {
	letters := make([]rune, 0, len(text))
	for i := 0; i < len(text); i++ {
		r := text[i]
		switch {
		case r >= 0xE47 && r <= 0xE4E:
			if r == 0xE4C && len(letters) > 0 {
				letters = letters[:len(letters)-1]
			}
		case r >= 'เ' && r <= 'ไ' && i+1 < len(text):
			letters = append(letters, text[i+1], r)
			i++
		default:
			letters = append(letters, r)
		}
	}
	var out strings.Builder
	for i, r := range letters {
		out.WriteString(thaiLetters()[r])
		if i == 0 && len(letters) == 2 && thaiConsonant(r) && thaiConsonant(letters[1]) {
			out.WriteByte('o')
		}
	}
	return out.String()
}

func thaiConsonant(r rune) bool { return r >= 'ก' && r <= 'ฮ' }
