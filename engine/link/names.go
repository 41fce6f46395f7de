package link

import "strings"

const maxNameTokens = 8

// nameWords appends the words of a name, particles and titles left out.
// "Mc Donald", "O'Brien" and "Abd al-Rahman" become one word each.
func (d *prepared) nameWords(list []int32, cell string) []int32 {
	folded := foldName(cell)
	first, join := len(list), ""
	for w := range strings.FieldsSeq(folded) {
		if len(list)-first >= maxNameTokens {
			return list
		}
		if w[0] >= '0' && w[0] <= '9' {
			continue
		}
		switch {
		case w == "mc" || w == "mac" || w == "o" && join == "" || w == "abd" || w == "abdul" || w == "عبد":
			join += w
			continue
		case (w == "al" || w == "el") && join != "":
			join += w
			continue
		case particles()[w]:
			continue
		}
		if join != "" {
			w = join + w
		}
		if id := d.token(w); !d.tokens[id].title {
			list = append(list, id)
		}
		join = ""
	}
	if join != "" {
		list = append(list, d.token(join))
	}
	return list
}

// cellWords remembers the words of cells that repeat, such as given names.
func (d *prepared) cellWords(list []int32, cell string) []int32 {
	if cell == "" {
		return list
	}
	if ids, ok := d.cells[cell]; ok {
		return append(list, ids...)
	}
	first := len(list)
	list = d.nameWords(list, cell)
	if len(d.cells) < rememberedCells {
		d.cells[cell] = append([]int32(nil), list[first:]...)
	}
	return list
}

const rememberedCells = 1 << 16

// fullWords puts the given name first when the name is written "Family, Given",
// or when only the last word is a given name of the table.
func (d *prepared) fullWords(list []int32, cell string) []int32 {
	first := len(list)
	if before, after, ok := strings.Cut(cell, ","); ok {
		list = d.nameWords(list, before)
		middle := len(list)
		list = d.nameWords(list, after)
		if middle-first == 1 && len(list) > middle {
			copy(list[first:], append(append([]int32(nil), list[middle:]...), list[first:middle]...))
		}
		return list
	}
	list = d.nameWords(list, cell)
	if words := list[first:]; len(words) > 1 {
		if d.tokens[words[0]].groups == nil && d.tokens[words[len(words)-1]].groups != nil {
			family := words[0]
			copy(words, words[1:])
			words[len(words)-1] = family
		}
	}
	return list
}

// nameLists holds the words of one record while its roles are settled.
type nameLists struct{ given, family, full, others []int32 }

// readNames settles which word of a row is what. Columns for given and family
// names say it; a full name gives what is missing and the other names.
func (d *prepared) readNames(p *person, row []string) {
	l := &d.lists
	l.given, l.family, l.full, l.others = l.given[:0], l.family[:0], l.full[:0], l.others[:0]
	for _, c := range d.plan.given {
		l.given = d.cellWords(l.given, row[c])
	}
	for _, c := range d.plan.family {
		l.family = d.cellWords(l.family, row[c])
	}
	for _, c := range d.plan.full {
		l.full = d.fullWords(l.full, row[c])
	}
	l.given, l.family, l.full = distinct(l.given), distinct(l.family), distinct(l.full)
	l.assign()
	p.given = -1
	if len(l.given) > 0 {
		p.given = l.given[0]
	}
	p.families = uint8(copy(p.family[:], l.family))
	p.extras = uint8(copy(p.others[:], l.others))
}

func (l *nameLists) assign() {
	for _, w := range l.full {
		if !contains(l.given, w) && !contains(l.family, w) {
			l.others = append(l.others, w)
		}
	}
	if len(l.given) == 0 && len(l.others) > 0 && (len(l.family) > 0 || len(l.others) > 1) {
		l.given = append(l.given, l.others[0])
		l.others = l.others[1:]
	}
	if n := len(l.others); len(l.family) == 0 && n > 0 {
		l.family = append(l.family, l.others[n-1])
		l.others = l.others[:n-1]
	}
	if len(l.given) > 1 {
		more := append([]int32(nil), l.given[1:]...)
		l.others = distinct(append(more, l.others...))
	}
}

func contains(list []int32, x int32) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// distinct drops repeated words in place and keeps the order.
func distinct(list []int32) []int32 {
	out := list[:0]
	for _, x := range list {
		if !contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
