package value

import "strings"

// monthNames holds, month by month, the folded beginnings that identify it in
// English, German, French, Spanish, Hungarian, Russian, Ukrainian (romanised),
// Arabic (romanised; both the Levantine and the Egyptian names) and Turkish.
var monthNames = [12][]string{
	{"jan", "jän", "ene", "yanv", "sich", "ynair", "kanunalthani", "oca"},
	{"feb", "fev", "fevr", "lyut", "fbrair", "shbat", "sub"},
	{"mar", "mrz", "mae", "ber", "athar", "adhar"},
	{"apr", "avr", "abr", "kvit", "abril", "nisan", "nisan"},
	{"mai", "may", "maj", "trav", "maiu", "aiar", "ayyar", "mayis"},
	{"jun", "juin", "iyun", "cherv", "iuniu", "haziran", "hziran", "haz"},
	{"jul", "juil", "iyul", "lyp", "iuliu", "tmuz", "tem"},
	{"aug", "aou", "ago", "avg", "serp", "aghsts", "ab", "agu"},
	{"sep", "set", "szep", "sent", "ver", "sbtmbr", "ailul", "eyl"},
	{"oct", "okt", "okty", "zhov", "aktubr", "tshrinalaul", "eki"},
	{"nov", "noya", "lyst", "nufmbr", "tshrinalthani", "kas"},
	{"dec", "dez", "dic", "dek", "hrud", "dismbr", "kanunalaul", "ara"},
}

// monthNumber recognises a folded word by its longest matching beginning.
func monthNumber(folded string) int {
	best, length := 0, 1
	for i, names := range monthNames {
		for _, name := range names {
			if len(name) > length && strings.HasPrefix(folded, name) && monthLength(folded, name) {
				best, length = i+1, len(name)
			}
		}
	}
	return best
}

// monthLength keeps other words that begin like a month out: no month's name
// is longer than thirteen letters, and short beginnings stand alone or go on
// with a month's ending.
func monthLength(folded, name string) bool {
	return len(folded) <= 13 && (len(name) > 2 || folded == name)
}

func isAboutWord(folded string) bool {
	switch folded {
	case "c", "ca", "circa", "about", "around", "approx", "approximately", "est", "estimated", "um", "etwa", "ungefahr",
		"vers", "environ", "hacia", "aprox", "kb", "korulbelul", "okolo", "prim", "blyzko", "hual", "hauali", "nhu":
		return true
	}
	return false
}

// isFillerWord: words that stand in dates and say nothing ("3rd of May", "3 de
// mayo de 1956", "1956 г.", "1956 року").
func isFillerWord(folded string) bool {
	switch folded {
	case "st", "nd", "rd", "th", "of", "the", "de", "del", "le", "er", "den", "an", "ev", "g", "goda", "god", "r", "roku", "rik", "t", "z":
		return true
	}
	return false
}
