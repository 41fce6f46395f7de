package value

import "cairn/value/said"

// Sex is stored as a word. The zero value means that nobody stated it.
type Sex string

// The words. Their one-letter codes follow ICAO Doc 9303 (F, M, X); U is ours
// for "asked, and not known".
const (
	Female     Sex = "female"
	Male       Sex = "male"
	OtherSex   Sex = "other"
	UnknownSex Sex = "unknown"
)

// Gender is what a person says of themselves, in their own words.
type Gender string

// Code gives F, M, X or U; "" when the sex was not stated.
func (s Sex) Code() string {
	switch s {
	case Female:
		return "F"
	case Male:
		return "M"
	case OtherSex:
		return "X"
	case UnknownSex:
		return "U"
	}
	return ""
}

// Valid reports whether s is one of the four words or unstated.
func (s Sex) Valid() bool { return s == "" || s.Code() != "" }

// ParseSexCode reads the word itself, a code of ICAO Doc 9303 (F, M, X, <) or
// one of ISO/IEC 5218 (0 unknown, 1 male, 2 female, 9 not applicable).
func ParseSexCode(s string) (Sex, error) {
	switch Fold(s) {
	case "":
		if s == "<" {
			return OtherSex, nil
		}
		return "", nil
	case "f", "female", "2":
		return Female, nil
	case "m", "male", "1":
		return Male, nil
	case "x", "other", "9":
		return OtherSex, nil
	case "u", "unknown", "0":
		return UnknownSex, nil
	}
	return "", said.Errorf("sex %q is not known: write F, M, X or U", s)
}
