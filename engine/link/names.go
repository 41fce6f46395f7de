package link

import (
	"slices"
	"strings"
)

const maxNameTokens = 8

// nameWords splits a name into folded words, apart from particles; titles are
// dropped. "Mc Donald", "O'Brien" and "Abd al-Rahman" become one word each.
func nameWords(cell string) []string {
	folded := foldText(cell)
	var words []string
	join := ""
	for _, w := range strings.Fields(folded) {
		if w[0] >= '0' && w[0] <= '9' || titles()[w] && len(folded) > len(w) {
			continue
		}
		switch {
		case w == "mc" || w == "mac" || w == "o" && join == "" || w == "abd" || w == "abdul":
			join += w
			continue
		case (w == "al" || w == "el") && join != "":
			join += w
			continue
		case particles()[w]:
			continue
		}
		words = append(words, join+w)
		join = ""
	}
	if join != "" {
		words = append(words, join)
	}
	if len(words) > maxNameTokens {
		words = words[:maxNameTokens]
	}
	return words
}

// person reads names and birth of a row. Columns for given and family names say
// which word is which; a full name gives what is missing and the other names.
func (d *prepared) person(row []string) person {
	var given, family, full []string
	for _, c := range d.plan.given {
		given = appendNew(given, nameWords(row[c]))
	}
	for _, c := range d.plan.family {
		family = appendNew(family, nameWords(row[c]))
	}
	for _, c := range d.plan.full {
		full = appendNew(full, fullWords(row[c]))
	}
	given = dropTitles(given)
	family = dropTitles(family)
	full = dropTitles(full)
	given, family, others := assignRoles(given, family, full)
	p := person{given: -1, family: d.tokensOf(family), others: d.tokensOf(others)}
	if len(given) > 0 {
		p.given = d.token(given[0])
	}
	if d.plan.birthField >= 0 {
		p.birth = d.birthOf(row)
	}
	return p
}

// fullWords puts the given name first when the name is written "Family, Given",
// or when only the last word is a given name of the table.
func fullWords(cell string) []string {
	if before, after, ok := strings.Cut(cell, ","); ok {
		family, given := nameWords(before), nameWords(after)
		if len(family) == 1 && len(given) > 0 && !titles()[given[0]] {
			return append(given, family...)
		}
		return append(family, given...)
	}
	words := nameWords(cell)
	if n := len(words); n > 1 {
		groups := nameGroups()
		if groups[words[0]] == nil && groups[words[n-1]] != nil {
			return append(slices.Clone(words[1:]), words[0])
		}
	}
	return words
}

func dropTitles(words []string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return titles()[w] })
}

func assignRoles(given, family, full []string) (g, f, others []string) {
	for _, w := range full {
		if !slices.Contains(given, w) && !slices.Contains(family, w) {
			others = append(others, w)
		}
	}
	if len(given) == 0 && len(others) > 0 && (len(family) > 0 || len(others) > 1) {
		given, others = others[:1], others[1:]
	}
	if len(family) == 0 && len(others) > 0 {
		family, others = others[len(others)-1:], others[:len(others)-1]
	}
	if len(given) > 1 {
		others = appendNew(slices.Clone(given[1:]), others)
		given = given[:1]
	}
	return given, family[:min(len(family), 3)], others[:min(len(others), 4)]
}

func appendNew(list, more []string) []string {
	for _, w := range more {
		if !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

func (d *prepared) tokensOf(words []string) []int32 {
	if len(words) == 0 {
		return nil
	}
	ids := make([]int32, len(words))
	for i, w := range words {
		ids[i] = d.token(w)
	}
	return ids
}

func (d *prepared) token(word string) int32 {
	if id, ok := d.tokenIDs[word]; ok {
		return id
	}
	t := token{text: word, sound: soundKey(word), groups: nameGroups()[word]}
	t.block = t.sound
	if len(t.groups) > 0 {
		t.block = "=" + string(rune('0'+t.groups[0]))
	}
	id := int32(len(d.tokens))
	d.tokens = append(d.tokens, t)
	d.tokenIDs[word] = id
	return id
}
