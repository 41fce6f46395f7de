package mrz

import (
	"fmt"
	"strings"
)

// Build writes a zone with all check digits. Names may stand in Latin, Cyrillic
// or Arabic letters ([Latin] spells them). It refuses what has no place in the
// format, naming the field.
func Build(d Document) ([]string, error) {
	l, ok := layoutOf(d.Format)
	if !ok {
		return nil, fmt.Errorf("write the zone: unknown format %q: give TD1, TD2, TD3, MRV-A or MRV-B", d.Format)
	}
	b := &builder{layout: l, lines: make([][]byte, l.lines)}
	for i := range b.lines {
		b.lines[i] = []byte(strings.Repeat("<", l.width))
	}
	if visa := strings.HasPrefix(d.Code, "V"); visa != (d.Format == MRVA || d.Format == MRVB) {
		return nil, fmt.Errorf("write the zone: kind of document %q in format %s: visas begin with V, other documents do not", d.Code, d.Format)
	}
	b.put("kind of document", span{0, 0, 2}, d.Code)
	b.put("issuer", span{0, 2, 5}, d.Issuer)
	b.names(d)
	b.number(&d)
	b.put("nationality", l.nationality, d.Nationality)
	b.dates(d)
	if d.Sex != Unspecified {
		b.put("sex", l.sex, string(d.Sex))
	}
	b.put("optional data", l.optional, d.Optional)
	b.put("optional data 2", l.optional2, d.Optional2)
	b.digits()
	if b.err != nil {
		return nil, fmt.Errorf("write the zone: %w", b.err)
	}
	out := make([]string, len(b.lines))
	for i, line := range b.lines {
		out[i] = string(line)
	}
	if _, err := Parse(strings.Join(out, "\n")); err != nil {
		return nil, fmt.Errorf("write the zone: %w", err)
	}
	return out, nil
}

type builder struct {
	layout
	lines [][]byte
	long  bool // the number goes on among the optional data
	err   error
}

func (b *builder) fail(format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf(format, args...)
	}
}

func (b *builder) put(name string, at span, value string) {
	value = strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(value)), " ", "<")
	if len(value) > at.to-at.from {
		b.fail("%s %q: longer than %d characters: shorten it", name, value, at.to-at.from)
		return
	}
	if strings.IndexFunc(value, func(r rune) bool { return !allowed(r) }) >= 0 {
		b.fail("%s %q: only A–Z, 0–9 and spaces have a place in a zone", name, value)
		return
	}
	copy(b.lines[at.line][at.from:], value)
}

// names writes surname and given names, cut where the field ends (part 3,
// section 4.6); at least one letter of the given names is kept.
func (b *builder) names(d Document) {
	surname, err := Latin(d.Surname)
	if err != nil {
		b.fail("surname: %w", err)
		return
	}
	given, err := Latin(d.Given)
	if err != nil {
		b.fail("given names: %w", err)
		return
	}
	if surname == "" {
		b.fail("surname: missing: a person with one name has it here")
		return
	}
	surname, given = strings.ReplaceAll(surname, " ", "<"), strings.ReplaceAll(given, " ", "<")
	width := b.layout.names.to - b.layout.names.from
	field := surname
	if given != "" {
		if most := width - 3; len(surname) > most {
			surname = strings.TrimRight(surname[:most], "<")
		}
		field = surname + "<<" + given
	}
	if len(field) > width {
		field = field[:width]
	}
	copy(b.lines[b.layout.names.line][b.layout.names.from:], field)
}

func (b *builder) number(d *Document) {
	number := strings.ToUpper(strings.ReplaceAll(d.Number, " ", ""))
	if len(number) > 9 && (d.Format == TD1 || d.Format == TD2) {
		b.long = true
		rest := number[9:] + string(CheckDigit(number))
		if d.Optional != "" {
			rest += "<" + d.Optional
		}
		d.Optional, number = rest, number[:9]
	}
	b.put("document number", b.layout.number, number)
}

func (b *builder) dates(d Document) {
	if !dateLike(d.Birth, true) || !dateLike(d.Expiry, true) {
		b.fail("dates: born %q, expires %q: write YYMMDD, with < for what is unknown", d.Birth, d.Expiry)
		return
	}
	b.put("date of birth", b.birth, d.Birth)
	b.put("date of expiry", b.expiry, d.Expiry)
}

// digits writes the check digits, the one of the whole zone last.
func (b *builder) digits() {
	set := func(at span, field string) { b.lines[at.line][at.from] = CheckDigit(field) }
	field := func(s span) string { return string(b.lines[s.line][s.from:s.to]) }
	for _, s := range []span{b.layout.number, b.birth, b.expiry} {
		if s != b.layout.number || !b.long {
			set(s.check(), field(s))
		}
	}
	if !b.personal.empty() && strings.Trim(field(b.optional), "<") != "" {
		set(b.personal, field(b.optional))
	}
	if !b.composite.empty() {
		var all strings.Builder
		for _, s := range b.covered {
			all.WriteString(field(s))
		}
		set(b.composite, all.String())
	}
}
