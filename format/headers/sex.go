package headers

import (
	"strings"

	"cairn/value"
	"cairn/value/said"
)

// sexWords are folded words and letters whose meaning does not depend on the
// other values of a column.
var sexWords = map[value.Sex]string{
	value.Female: "f female woman girl fem w weiblich frau madchen femme fille feminin feminine mujer femenino nina hembra " +
		"no noi n lany leany k zh zhenskii zhen zhinka zhinocha zhinochyi divchyna devochka zhenshchina anthi antha amraa bint kadin zena zenski zensko femmina donna femminile mulher kobieta zan",
	value.Male: "m male man boy masc mannlich mann junge h homme garcon masculin masculine hombre masculino nino varon " +
		"ferfi ffi fiu muzhskoi muzh muzhchina cholovik ch cholovicha cholovichyi choloviche khlopets malchik dhkr rjl ualad vld erkek muz muski musko maschio uomo maschile homem mezczyzna mrd mard",
	value.OtherSex:   "x other divers d autre otro egyeb inshe drugoi akhr diverse nonbinary",
	value.UnknownSex: "u unknown unbekannt inconnu desconocido ismeretlen nevidomo neizvestno ghyr maruf na unk",
}

// ParseSex reads a word or letter in the languages of this package. Empty text
// gives "". Letters that mean different things in two languages are read as in
// most lists (F female, M male); SexReader knows the column.
func ParseSex(s string) (value.Sex, error) {
	folded := strings.ReplaceAll(value.Fold(s), " ", "")
	if folded == "" || folded == "x" {
		return value.ParseSexCode(strings.TrimSpace(s))
	}
	for sex, known := range sexWords {
		if containsWord(known, folded) {
			return sex, nil
		}
	}
	if sex, err := value.ParseSexCode(s); err == nil {
		return sex, nil
	}
	return "", said.Errorf("sex %.20q is not understood: write F, M, X or U", s)
}

func containsWord(list, word string) bool {
	return strings.Contains(" "+list+" ", " "+word+" ")
}

// SexReader reads the values of one column. Where the column shows another
// language, its letters are read accordingly: with H, M is mujer (Spanish);
// with N and without M, F is férfi (Hungarian).
func SexReader(column []string) func(string) (value.Sex, error) {
	seen := map[string]bool{}
	for _, v := range column {
		seen[value.Fold(v)] = true
	}
	other := map[string]value.Sex{}
	switch {
	case seen["h"] && seen["m"] && !seen["f"]:
		other["m"] = value.Female
	case seen["n"] && seen["f"] && !seen["m"]:
		other["f"] = value.Male
	}
	return func(s string) (value.Sex, error) {
		if sex, ok := other[value.Fold(s)]; ok {
			return sex, nil
		}
		return ParseSex(s)
	}
}
