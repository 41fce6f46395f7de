package mrz

// Format is the size and layout of a zone.
type Format string

// The formats of Doc 9303.
const (
	TD1  Format = "TD1"   // card, 3 lines of 30
	TD2  Format = "TD2"   // card, 2 lines of 36
	TD3  Format = "TD3"   // passport, 2 lines of 44
	MRVA Format = "MRV-A" // visa, 2 lines of 44
	MRVB Format = "MRV-B" // visa, 2 lines of 36
)

// Sex is what the zone states; X is unspecified, which the zone writes as "<".
type Sex string

// The values of Sex.
const (
	Female      Sex = "F"
	Male        Sex = "M"
	Unspecified Sex = "X"
)

// Document is the content of a zone. Fillers are removed, names have spaces.
type Document struct {
	Format Format `json:"format"`
	// Code is the kind of document, one or two letters: P passport, V visa, I
	// or A or C card; the second letter is the issuer's.
	Code string `json:"code"`
	// Issuer and Nationality are codes of one to three letters; see [Holder].
	Issuer      string `json:"issuer"`
	Nationality string `json:"nationality"`
	Surname     string `json:"surname"`
	// Given is empty for a person with one name only.
	Given  string `json:"given,omitempty"`
	Number string `json:"number"`
	// Birth and Expiry are YYMMDD; unknown parts of a birth are "<<".
	Birth  string `json:"birth"`
	Sex    Sex    `json:"sex"`
	Expiry string `json:"expiry"`
	// Optional is the personal number of a TD3, else the issuer's own data;
	// Optional2 is that on line 2 of a TD1.
	Optional  string `json:"optional,omitempty"`
	Optional2 string `json:"optional2,omitempty"`
	// Truncated says that the names fill their field to the end, so that they
	// may go on on the page.
	Truncated bool `json:"truncated,omitempty"`
}

// layout says where a format's fields stand: line, first and last character + 1.
type layout struct {
	lines, width         int
	names, number, birth span
	sex                  span
	expiry, nationality  span
	optional, optional2  span
	// personal is the check digit of the optional data, if the format has one.
	personal  span
	composite span
	// covered are the spans that the composite digit covers, in order.
	covered []span
}

type span struct{ line, from, to int }

func (s span) of(lines []string) string { return lines[s.line][s.from:s.to] }

// check is the place of the digit that follows a field.
func (s span) check() span { return span{s.line, s.to, s.to + 1} }

func (s span) empty() bool { return s.to == s.from }

func layoutOf(f Format) (layout, bool) {
	switch f {
	case TD1:
		return layout{lines: 3, width: 30, number: span{0, 5, 14}, optional: span{0, 15, 30}, birth: span{1, 0, 6}, sex: span{1, 7, 8},
			expiry: span{1, 8, 14}, nationality: span{1, 15, 18}, optional2: span{1, 18, 29}, composite: span{1, 29, 30}, names: span{2, 0, 30},
			covered: []span{{0, 5, 30}, {1, 0, 7}, {1, 8, 15}, {1, 18, 29}}}, true
	case TD2:
		l := twoLines(36)
		l.optional, l.composite = span{1, 28, 35}, span{1, 35, 36}
		l.covered = []span{{1, 0, 10}, {1, 13, 20}, {1, 21, 35}}
		return l, true
	case TD3:
		l := twoLines(44)
		l.optional, l.personal, l.composite = span{1, 28, 42}, span{1, 42, 43}, span{1, 43, 44}
		l.covered = []span{{1, 0, 10}, {1, 13, 20}, {1, 21, 43}}
		return l, true
	case MRVA:
		l := twoLines(44)
		l.optional = span{1, 28, 44}
		return l, true
	case MRVB:
		l := twoLines(36)
		l.optional = span{1, 28, 36}
		return l, true
	}
	return layout{}, false
}

func twoLines(width int) layout {
	return layout{lines: 2, width: width, names: span{0, 5, width}, number: span{1, 0, 9}, nationality: span{1, 10, 13},
		birth: span{1, 13, 19}, sex: span{1, 20, 21}, expiry: span{1, 21, 27}}
}

// CheckDigit is the digit of a field: characters 0–9, A–Z and < (part 3, 4.9).
// Other characters count as <.
func CheckDigit(field string) byte {
	weights, sum := [3]int{7, 3, 1}, 0
	for i := range len(field) {
		value := 0
		switch c := field[i]; {
		case c >= '0' && c <= '9':
			value = int(c - '0')
		case c >= 'A' && c <= 'Z':
			value = int(c-'A') + 10
		}
		sum += value * weights[i%3]
	}
	return byte('0' + sum%10)
}
