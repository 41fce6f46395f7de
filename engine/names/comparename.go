package names

// Compare is the weight, in bits, of two names being the same name: log2 of how
// much likelier the two spellings are for one person than for two strangers. The
// order of the words does not matter; titles and particles hardly do. The
// result lies between -20 and 40; above 0 the spellings speak for one name.
func (m *Matcher) Compare(a, b *Prepared) float64 {
	if len(a.Words) == 0 || len(b.Words) == 0 {
		return 0
	}
	return m.matchWords(a, b)
}

func (m *Matcher) matchWords(a, b *Prepared) float64 {
	if len(a.Words) > len(b.Words) {
		a, b = b, a
	}
	var used uint16
	total := 0.0
	for i := range a.Words {
		best, at := strangeBits, -1
		for j := range b.Words {
			if used>>j&1 == 1 {
				continue
			}
			if s := m.CompareWords(&a.Words[i], &b.Words[j]); s > best {
				best, at = s, j
			}
		}
		if at >= 0 {
			used |= 1 << at
		}
		total += best
	}
	return min(max(total, -20), 40)
}
