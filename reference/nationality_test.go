package reference

import "testing"

func TestNationalities(t *testing.T) {
	tests := map[string][]string{
		"AUT": {"Austrian", "österreichisch", "Österreicherin", "österreichische", "autrichienne", "austríaca", "osztrák", "ausztriai", "austrijsko", "австрийская", "نمساوي"},
		"HUN": {"Hungarian", "ungarische", "hongroises", "húngaras", "magyar", "mađarsko", "мађарска", "венгерский", "угорське", "مجري", "Macaristan", "Węgry", "Maďarsko"},
		"SYR": {"Syrian", "syrisch", "Syrerin", "syrienne", "sirias", "szíriai", "سوري", "سورية", "سوريون", "сирийский", "sirijsko", "Suriye", "سوریه"},
		"IRQ": {"iraqi", "irakische", "irakienne", "عراقي", "عراقية", "iraki", "іракська", "iračko"},
		"AFG": {"Afghan", "afghanische", "أفغاني", "أفغانية", "afgán", "افغانستان"},
		"ERI": {"eritreisch", "érythréenne", "إريتري", "ኤርትራ"},
		"COL": {"colombiana", "kolumbianische", "колумбийская"},
		"MNE": {"crnogorsko", "Црна Гора", "montenegrinisch", "Montenegro"},
		"USA": {"American", "US-amerikanisch", "amerikai", "Sjedinjene Američke Države", "estadounidense"},
		"FRA": {"française", "französisch", "Francuska", "Frankreich"},
		"VNM": {"Vietnamesin", "vietnami"},
		"NZL": {"néo-zélandaise", "новозеландский"},
	}
	for code, words := range tests {
		for _, word := range words {
			if c, ok := CountryByNationality(word); !ok || c.Alpha3 != code {
				t.Errorf("%s: %q, %v, want %s", word, c.Alpha3, ok, code)
			}
		}
	}
	for _, word := range []string{"Congolese", "Congo", "korean", "", "xyz", "left-handed", "Dominican", "i", "beli", "isch"} {
		if c, ok := CountryByNationality(word); ok {
			t.Errorf("%q is taken for %s", word, c.Alpha3)
		}
	}
}

// TestNationalitiesNeverOverrule holds that no further word takes a name away.
func TestNationalitiesNeverOverrule(t *testing.T) {
	for _, c := range Countries() {
		for _, locale := range Locales() {
			byName, found := CountryByName(c.Name(locale))
			if also, ok := CountryByNationality(c.Name(locale)); found && (!ok || also.Alpha3 != byName.Alpha3) {
				t.Errorf("%q: %s, by nationality %s", c.Name(locale), byName.Alpha3, also.Alpha3)
			}
		}
	}
	for key, code := range nationalities().adjectives {
		if _, known := CountryByCode(code); !known && code != ambiguous {
			t.Errorf("%q leads to %q, which is no code", key, code)
		}
	}
}
