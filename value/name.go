package value

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cairn/value/said"
)

// MaxNameRunes bounds each field of a Name; longer text is not a name.
const MaxNameRunes = 300

// Name is a person's name in any script. Full is what the person or the paper
// says, kept exactly; the parts are filled only when somebody stated them.
type Name struct {
	Full       string `json:"full,omitempty"`
	Given      string `json:"given,omitempty"`
	Family     string `json:"family,omitempty"`
	Patronymic string `json:"patronymic,omitempty"`
	Other      string `json:"other,omitempty"`
}

// ParseName reads one field. Outer spaces go, everything else stays as written.
// "Family, Given" also fills the two parts; no other guess is made, since the
// order of a name depends on its culture. See Name.Check for what is refused.
func ParseName(s string) (Name, error) {
	full := strings.TrimFunc(s, unicode.IsSpace)
	name := Name{Full: full}
	if err := name.Check(); err != nil {
		return Name{}, err
	}
	if strings.Count(full, ",") == 1 {
		family, given, _ := strings.Cut(full, ",")
		family, given = strings.TrimSpace(family), strings.TrimSpace(given)
		if family != "" && given != "" {
			name.Family, name.Given = family, given
		}
	}
	return name, nil
}

// NameOf joins stated parts to a Name whose Full is "Given Patronymic Family".
func NameOf(given, patronymic, family string) (Name, error) {
	name := Name{
		Given:      strings.TrimFunc(given, unicode.IsSpace),
		Patronymic: strings.TrimFunc(patronymic, unicode.IsSpace),
		Family:     strings.TrimFunc(family, unicode.IsSpace),
	}
	parts := make([]string, 0, 3)
	for _, part := range []string{name.Given, name.Patronymic, name.Family} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	name.Full = strings.Join(parts, " ")
	if err := name.Check(); err != nil {
		return Name{}, err
	}
	return name, nil
}

// IsZero reports whether no field is filled.
func (n Name) IsZero() bool { return n == Name{} }

// String gives Full, or the parts joined when Full is empty.
func (n Name) String() string {
	if n.Full != "" {
		return n.Full
	}
	joined := n.Given + " " + n.Patronymic + " " + n.Family + " " + n.Other
	return strings.Join(strings.Fields(joined), " ")
}

type nameField struct {
	label said.Sentence
	text  string
}

func (n Name) fields() [5]nameField {
	return [5]nameField{
		{said.Say("name"), n.Full}, {said.Say("given name"), n.Given}, {said.Say("family name"), n.Family},
		{said.Say("patronymic"), n.Patronymic}, {said.Say("other name"), n.Other},
	}
}

// Check refuses an empty name, one without any letter, invalid UTF-8, NUL and
// other control characters, and fields over MaxNameRunes. The error names the
// field and says what to do.
func (n Name) Check() error {
	if n.IsZero() {
		return said.Errorf("name is empty: write the name, or a word such as \"unknown\"")
	}
	letters := false
	for _, field := range n.fields() {
		hasLetter, err := checkNameField(field)
		if err != nil {
			return err
		}
		letters = letters || hasLetter
	}
	if !letters {
		return said.Errorf("name %q has no letter: check that the right column was read", n.String())
	}
	return nil
}

func checkNameField(field nameField) (hasLetter bool, err error) {
	if !utf8.ValidString(field.text) {
		return false, said.Errorf("%s is not valid UTF-8: check the encoding of the file", field.label)
	}
	runes := 0
	for _, r := range field.text {
		if r < ' ' || r >= 0x7f && r <= 0x9f {
			return false, said.Errorf("%s holds the control character %U: remove it", field.label, r)
		}
		hasLetter = hasLetter || unicode.IsLetter(r)
		runes++
	}
	if runes > MaxNameRunes {
		return false, said.Errorf("%s has %d characters, more than %d: check that one cell holds one name",
			field.label, runes, MaxNameRunes)
	}
	return hasLetter, nil
}
