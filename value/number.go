package value

import (
	"strings"
	"unicode"

	"cairn/value/said"
)

// Number is a registration number as printed: office code, running number, two
// check characters, such as BUD-2222K-7M. It is always in this canonical form;
// the zero Number is "".
type Number string

// NumberAlphabet has no 0, O, 1, I or L, so nothing in a number can be taken
// for another character of it by shape. Its size is the prime 31, which makes
// the check a shortened Reed–Solomon code over GF(31) of distance 3 (Reed and
// Solomon 1960): every substitution of one or two characters and every swap of
// two characters is noticed, and a single wrong character can be named.
const NumberAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const (
	numberBase     = len(NumberAlphabet)
	officeLength   = 3
	sequenceLength = 5 // 28.6 million people; longer when an office needs it
	maxSequence    = 13
	checkLength    = 2
)

var numberDigits = buildDigits()

func buildDigits() (digits [128]int8) {
	for i := range digits {
		digits[i] = -1
	}
	for i := range numberBase {
		digits[NumberAlphabet[i]] = int8(i)
	}
	return digits
}

// CheckOfficeCode refuses a code that cannot begin a Number: it must be three
// characters of NumberAlphabet.
func CheckOfficeCode(code string) error {
	if len(code) != officeLength {
		return said.Errorf("office code %q has %d characters: choose %d", code, len(code), officeLength)
	}
	for _, r := range code {
		if digitOf(r) < 0 {
			return said.Errorf("office code %q: %q is not used in numbers; choose from %s", code, r, NumberAlphabet)
		}
	}
	return nil
}

func digitOf(r rune) int {
	if r < 0 || r >= rune(len(numberDigits)) {
		return -1
	}
	return int(numberDigits[r])
}

// NewNumber gives the number of the office's seq-th registration. An office
// code that CheckOfficeCode refuses gives the zero Number.
func NewNumber(officeCode string, seq uint64) Number {
	if CheckOfficeCode(officeCode) != nil {
		return ""
	}
	var reversed [maxSequence + 1]byte
	n := 0
	for ; seq > 0 || n < sequenceLength; n++ {
		reversed[n] = NumberAlphabet[seq%uint64(numberBase)]
		seq /= uint64(numberBase)
	}
	text := make([]byte, 0, officeLength+n+checkLength)
	text = append(text, officeCode...)
	for i := n - 1; i >= 0; i-- {
		text = append(text, reversed[i])
	}
	return spell(append(text, checkCharacters(text)...))
}

func spell(text []byte) Number {
	end := len(text) - checkLength
	return Number(string(text[:officeLength]) + "-" + string(text[officeLength:end]) + "-" + string(text[end:]))
}

// checkCharacters solves S0 = Σ c_i = 0 and S1 = Σ w_i·c_i = 0 (mod 31) for the
// last two characters, where w_i is the place from the right, beginning with 1.
func checkCharacters(text []byte) []byte {
	sum, weighted := 0, 0
	for i, c := range text {
		digit := int(numberDigits[c])
		sum += digit
		weighted += digit * (len(text) - i + checkLength)
	}
	// With a at place 2 and b at place 1: a+b = -sum, 2a+b = -weighted.
	a := mod(sum - weighted)
	b := mod(-sum - a)
	return []byte{NumberAlphabet[a], NumberAlphabet[b]}
}

func mod(n int) int {
	return ((n % numberBase) + numberBase) % numberBase
}

// Office gives the office code.
func (n Number) Office() string {
	if len(n) < officeLength {
		return ""
	}
	return string(n[:officeLength])
}

// ParseNumber reads what somebody typed: lower case, spaces, hyphens and dots
// do not matter. The error names the character that is likely wrong.
func ParseNumber(s string) (Number, error) {
	text, err := numberCharacters(s)
	if err != nil {
		return "", err
	}
	if err := checkNumberLength(s, text); err != nil {
		return "", err
	}
	if err := verifyCheck(s, text); err != nil {
		return "", err
	}
	return spell(text), nil
}

func numberCharacters(s string) ([]byte, error) {
	text := make([]byte, 0, 24)
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			continue
		}
		r = unicode.ToUpper(r)
		if digitOf(r) < 0 {
			return nil, said.Errorf("number %q: %q is never used in a number: %s", clip(s), r, lookalikeHint(r))
		}
		if len(text) > officeLength+maxSequence+checkLength {
			break
		}
		text = append(text, byte(r))
	}
	return text, nil
}

func clip(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}

func lookalikeHint(r rune) said.Sentence {
	switch r {
	case '0', 'O':
		return said.Say("look again, it may be D, Q or 8")
	case '1', 'I', 'L':
		return said.Say("look again, it may be J, T or 7")
	}
	return said.Say("numbers have only the characters %s", NumberAlphabet)
}

func checkNumberLength(s string, text []byte) error {
	const least = officeLength + sequenceLength + checkLength
	switch {
	case len(text) < least:
		return said.Errorf("number %q has %d characters, and at least %d are needed: one may be missing", clip(s), len(text), least)
	case len(text) > officeLength+maxSequence+checkLength:
		return said.Errorf("number %q is too long: type only the number on the slip", clip(s))
	case len(text) > least && text[officeLength] == NumberAlphabet[0]:
		return said.Errorf("number %q has %d characters, and %d are expected: one may be typed twice", clip(s), len(text), least)
	}
	return nil
}

func verifyCheck(s string, text []byte) error {
	sum, weighted := 0, 0
	for i, c := range text {
		digit := int(numberDigits[c])
		sum += digit
		weighted += digit * (len(text) - i)
	}
	sum, weighted = mod(sum), mod(weighted)
	switch {
	case sum == 0 && weighted == 0:
		return nil
	case sum == 0:
		return swappedError(s, text, weighted)
	}
	place := mod(weighted * inverse(sum))
	if place < 1 || place > len(text) {
		return said.Errorf("number %q is mistyped in more than one character: read it again from the slip", clip(s))
	}
	i := len(text) - place
	right := NumberAlphabet[mod(int(numberDigits[text[i]])-sum)]
	return said.Errorf("number %q is mistyped: character %d, %q, is likely %q; read it again from the slip",
		clip(s), i+1, text[i], right)
}

// swappedError names two neighbours whose exchange would explain the check.
func swappedError(s string, text []byte, weighted int) error {
	for i := range len(text) - 1 {
		left, right := int(numberDigits[text[i]]), int(numberDigits[text[i+1]])
		if left != right && mod(left-right) == weighted {
			return said.Errorf("number %q is mistyped: characters %d and %d (%c%c) may be swapped; read it again from the slip",
				clip(s), i+1, i+2, text[i], text[i+1])
		}
	}
	return said.Errorf("number %q is mistyped: read it again from the slip", clip(s))
}

// inverse is n^29 mod 31 (Fermat).
func inverse(n int) int {
	result := 1
	for range numberBase - 2 {
		result = result * n % numberBase
	}
	return result
}
