package link

// roman gives a rough Latin reading of one lower-case letter of another script,
// and of the Latin letters that do not decompose. It is a rule for each letter,
// made so that the same name in two scripts sounds alike; it is no standard
// transliteration, and Arabic and Hebrew stay without their unwritten vowels.
func roman(r rune) (string, bool) {
	switch {
	case r < 0xC0:
		return "", false
	case r < 0x250:
		return romanLatin(r)
	case r >= 0x370 && r < 0x400:
		return romanGreek(r)
	case r >= 0x400 && r < 0x530:
		return romanCyrillic(r)
	case r >= 0x590 && r < 0x600:
		return romanHebrew(r)
	case r >= 0x600 && r < 0x700:
		return romanArabic(r)
	}
	return "", false
}

func romanLatin(r rune) (string, bool) {
	switch r {
	case 'ß':
		return "ss", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ø':
		return "o", true
	case 'ł':
		return "l", true
	case 'đ', 'ð':
		return "d", true
	case 'þ':
		return "th", true
	case 'ı':
		return "i", true
	case 'ħ':
		return "h", true
	}
	return "", false
}

var greek = [...]string{"a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o",
	"p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o", "i", "y", "o", "y", "o"}

func romanGreek(r rune) (string, bool) {
	switch r {
	case 'ά':
		return "a", true
	case 'έ':
		return "e", true
	case 'ή', 'ί', 'ΐ':
		return "i", true
	case 'ΰ':
		return "y", true
	}
	if r >= 'α' && int(r-'α') < len(greek) {
		return greek[r-'α'], true
	}
	return "", false
}

var cyrillic = [...]string{"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"}

var cyrillicMore = map[rune]string{'ё': "e", 'ђ': "dj", 'ѓ': "g", 'є': "ye", 'ѕ': "dz", 'і': "i", 'ї': "yi",
	'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'ќ': "k", 'ў': "u", 'џ': "dz", 'ґ': "g", 'ғ': "g", 'қ': "k",
	'ң': "n", 'ү': "u", 'ұ': "u", 'һ': "h", 'ә': "a", 'ө': "o"}

func romanCyrillic(r rune) (string, bool) {
	if r >= 'а' && r <= 'я' {
		return cyrillic[r-'а'], true
	}
	latin, ok := cyrillicMore[r]
	return latin, ok
}

var hebrew = [...]string{"a", "b", "g", "d", "h", "v", "z", "ch", "t", "y", "k", "k", "l", "m", "m", "n", "n",
	"s", "a", "p", "p", "ts", "ts", "k", "r", "sh", "t"}

func romanHebrew(r rune) (string, bool) {
	if r >= 'א' && r <= 'ת' {
		return hebrew[r-'א'], true
	}
	return "", r < 'א'
}

var arabic = map[rune]string{'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ب': "b", 'ت': "t", 'ث': "th",
	'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z", 'س': "s", 'ش': "sh", 'ص': "s",
	'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q", 'ك': "k", 'ل': "l",
	'م': "m", 'ن': "n", 'ه': "h", 'ة': "a", 'و': "w", 'ؤ': "w", 'ي': "y", 'ى': "a", 'ئ': "y",
	'ء': "", 'پ': "p", 'چ': "ch", 'ژ': "zh", 'گ': "g", 'ـ': "",
	// Urdu, Pashto, Sindhi and Kurdish.
	'ٹ': "t", 'ټ': "t", 'ڈ': "d", 'ډ': "d", 'ڑ': "r", 'ړ': "r", 'ں': "n", 'ڼ': "n", 'ے': "y", 'ې': "y", 'ۍ': "y", 'ێ': "y",
	'ە': "a", 'ۀ': "a", 'ګ': "g", 'ڭ': "ng", 'ښ': "sh", 'ځ': "z", 'څ': "s", 'ږ': "zh",
	'ڤ': "v", 'ڵ': "l", 'ڕ': "r", 'ۆ': "o"}

func romanArabic(r rune) (string, bool) {
	if r >= '٠' && r <= '٩' {
		return string('0' + r - '٠'), true
	}
	if r >= '۰' && r <= '۹' {
		return string('0' + r - '۰'), true
	}
	if r >= 0x64B && r <= 0x65F {
		return "", true
	}
	latin, ok := arabic[r]
	return latin, ok
}
