package mrz

import (
	"errors"
	"fmt"
	"strings"

	"cairn/value/said"
)

// ErrUnreadable is wrapped by every error about a zone that cannot be read.
var ErrUnreadable = errors.New("unreadable zone")

// unreadable says why a zone cannot be read.
type unreadable struct{ why error }

func (u unreadable) Error() string   { return ErrUnreadable.Error() + ": " + u.why.Error() }
func (u unreadable) Unwrap() []error { return []error{u.why, ErrUnreadable} }

// CheckError lists the fields whose check digit does not fit.
type CheckError struct{ Fields []said.Sentence }

func (e *CheckError) Error() string { return e.Said().String() }

// Said gives the error in its parts.
func (e *CheckError) Said() said.Sentence {
	return said.Say("the check digit does not fit: %v: compare with the page and read again", e.Which())
}

// Which names the fields.
func (e *CheckError) Which() said.Sentence {
	which := e.Fields[0]
	for _, field := range e.Fields[1:] {
		which = said.Say("%v, %v", which, field)
	}
	return which
}

// Parse reads a zone of two or three lines. Spaces around lines and small
// letters are forgiven. When only check digits are wrong it returns the
// document and a [CheckError]; other errors wrap [ErrUnreadable].
func Parse(zone string) (Document, error) {
	lines, err := split(zone)
	if err != nil {
		return Document{}, fmt.Errorf("read the zone: %w", err)
	}
	format := formatOf(lines)
	l, ok := layoutOf(format)
	if !ok {
		return Document{}, fmt.Errorf("read the zone: %w", unreadable{said.Errorf("%d lines of %d characters: a zone has 2 lines of 44 or 36, or 3 of 30", len(lines), len(lines[0]))})
	}
	d := Document{
		Format: format, Code: text(lines[0][:2]), Issuer: text(lines[0][2:5]), Nationality: text(l.nationality.of(lines)),
		Birth: l.birth.of(lines), Expiry: l.expiry.of(lines), Sex: sexOf(l.sex.of(lines)),
		Optional: text(l.optional.of(lines)),
	}
	if !l.optional2.empty() {
		d.Optional2 = text(l.optional2.of(lines))
	}
	d.names(l.names.of(lines))
	long := d.number(l, lines)
	if err := d.wellFormed(); err != nil {
		return d, fmt.Errorf("read the zone: %w", err)
	}
	if wrong := l.wrong(lines, long); len(wrong) > 0 {
		return d, fmt.Errorf("read the zone: %w", &CheckError{wrong})
	}
	return d, nil
}

// split cuts a zone into lines of one length and of the characters allowed.
func split(zone string) ([]string, error) {
	var lines []string
	for line := range strings.Lines(strings.ToUpper(zone)) {
		if line = strings.Join(strings.Fields(line), ""); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, unreadable{said.Errorf("it is empty")}
	}
	for i, line := range lines {
		if len(line) != len(lines[0]) {
			return nil, unreadable{said.Errorf("line %d has %d characters, line 1 has %d", i+1, len(line), len(lines[0]))}
		}
		if at := strings.IndexFunc(line, func(r rune) bool { return !allowed(r) }); at >= 0 {
			return nil, unreadable{said.Errorf("line %d, character %d is not A–Z, 0–9 or <", i+1, at+1)}
		}
	}
	return lines, nil
}

func allowed(r rune) bool { return r == '<' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' }

func formatOf(lines []string) Format {
	visa := lines[0][0] == 'V'
	switch [2]int{len(lines), len(lines[0])} {
	case [2]int{3, 30}:
		return TD1
	case [2]int{2, 36}:
		if visa {
			return MRVB
		}
		return TD2
	case [2]int{2, 44}:
		if visa {
			return MRVA
		}
		return TD3
	}
	return ""
}

// text removes fillers: those inside become spaces.
func text(field string) string {
	return strings.ReplaceAll(strings.Trim(field, "<"), "<", " ")
}

func sexOf(field string) Sex {
	if field == "<" {
		return Unspecified
	}
	return Sex(field)
}

func (d *Document) names(field string) {
	surname, given, _ := strings.Cut(field, "<<")
	d.Surname, d.Given = text(surname), text(given)
	d.Truncated = !strings.HasSuffix(field, "<")
}

// number reads the document number and reports the check digit's place among
// the optional data when the number has more than nine characters (part 5,
// section 4.2.2.2): its rest and the digit then stand there.
func (d *Document) number(l layout, lines []string) (long bool) {
	d.Number = text(l.number.of(lines))
	if l.number.check().of(lines) != "<" || (d.Format != TD1 && d.Format != TD2) {
		return false
	}
	rest, more, _ := strings.Cut(l.optional.of(lines), "<")
	if len(rest) < 2 {
		return false
	}
	d.Number = l.number.of(lines) + rest[:len(rest)-1]
	d.Optional = text(more)
	return CheckDigit(d.Number) == rest[len(rest)-1]
}

func (d *Document) wellFormed() error {
	switch {
	case d.Code == "" || !letters(d.Code):
		return unreadable{said.Errorf("the kind of document is %q: one or two letters", d.Code)}
	case d.Surname == "":
		return unreadable{said.Errorf("it has no name")}
	case !letters(d.Surname + d.Given):
		return unreadable{said.Errorf("the name %q has digits", d.Surname+", "+d.Given)}
	case d.Sex != Female && d.Sex != Male && d.Sex != Unspecified:
		return unreadable{said.Errorf("the sex is %q: F, M or <", d.Sex)}
	case !dateLike(d.Birth, true):
		return unreadable{said.Errorf("the date of birth is %q: YYMMDD", d.Birth)}
	case !dateLike(d.Expiry, true):
		return unreadable{said.Errorf("the date of expiry is %q: YYMMDD", d.Expiry)}
	}
	return nil
}

// wrong lists the fields whose check digits do not fit.
func (l layout) wrong(lines []string, long bool) []said.Sentence {
	var list []said.Sentence
	try := func(name said.Sentence, field, digit string, mayBeEmpty bool) {
		if mayBeEmpty && strings.Trim(field, "<") == "" && digit == "<" {
			return
		}
		if string(CheckDigit(field)) != digit {
			list = append(list, name)
		}
	}
	if !long {
		try(said.Say("document number"), l.number.of(lines), l.number.check().of(lines), false)
	}
	try(said.Say("date of birth"), l.birth.of(lines), l.birth.check().of(lines), true)
	try(said.Say("date of expiry"), l.expiry.of(lines), l.expiry.check().of(lines), true)
	if !l.personal.empty() {
		try(said.Say("personal number"), l.optional.of(lines), l.personal.of(lines), true)
	}
	if !l.composite.empty() {
		var all strings.Builder
		for _, s := range l.covered {
			all.WriteString(s.of(lines))
		}
		try(said.Say("whole zone"), all.String(), l.composite.of(lines), false)
	}
	return list
}

func letters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r != ' ' && (r < 'A' || r > 'Z') }) < 0
}
