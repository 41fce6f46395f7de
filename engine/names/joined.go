package names

// joined pairs words that one name writes together: "Jong Un" and "Jongun",
// "RamiMakhlouf", "김정은" and "Kim Jong Un", and initials written as one: "JC";
// what weighs no more than least stays apart.
func (c *comparison) joined(least float64) {
	if c.open[0] != 0 && c.open[1] != 0 {
		c.joinSide(0, least)
		c.joinSide(1, least)
	}
}

func (c *comparison) joinSide(side int, least float64) {
	one, many := c.a, c.b
	if side == 1 {
		one, many = c.b, c.a
	}
	for i := range one.Words {
		if c.open[side]>>i&1 == 0 {
			continue
		}
		for first := range many.Words {
			for last := first + 1; last < min(len(many.Words), first+4); last++ {
				if c.open[side]>>i&1 == 1 && c.openRun(1-side, first, last) {
					c.join(side, i, first, last, least)
				}
			}
		}
	}
}

// openRun says that the words first to last have no counterpart yet; particles
// within may be taken along.
func (c *comparison) openRun(side, first, last int) bool {
	run := uint16(1)<<(last+1) - uint16(1)<<first
	p := c.b
	if side == 0 {
		p = c.a
	}
	for i := first; i <= last; i++ {
		if r := p.Words[i].Role; c.open[side]>>i&1 == 0 && r != Particle {
			return false
		}
	}
	return c.open[side]&run != 0
}

func (c *comparison) join(side, i, first, last int, least float64) {
	one, many := c.a, c.b
	if side == 1 {
		one, many = c.b, c.a
	}
	weight := c.m.joinedWeight(&one.Words[i], many.Words[first:last+1])
	if weight <= least {
		return
	}
	c.open[side] &^= 1 << i
	c.open[1-side] &^= uint16(1)<<(last+1) - uint16(1)<<first
	c.agreed += weight
}

// joinedWeight compares a word with several written together, in order and, in
// East Asian names, with the first of them last.
func (m *Matcher) joinedWeight(one *Word, parts []Word) float64 {
	letters := 0
	for i := range parts {
		if parts[i].Script != parts[0].Script {
			return 0
		}
		letters += int(parts[i].letters.n)
	}
	if initials(one, parts) {
		return initialBits * float64(len(parts))
	}
	if d := letters - int(one.letters.n); one.foreign == nil && (d > 2 || d < -2) {
		return 0
	}
	weight := m.CompareWords(one, m.concatenate(parts, 0))
	if (one.Script == Chinese || one.Script == Korean) && parts[0].Script == Latin {
		for turn := 1; turn < len(parts); turn++ {
			weight = max(weight, m.CompareWords(one, m.concatenate(parts, turn)))
		}
	}
	return weight
}

func (m *Matcher) concatenate(parts []Word, turn int) *Word {
	var runes []rune
	for i := range parts {
		runes = append(runes, []rune(parts[(i+turn)%len(parts)].Text)...)
	}
	w := m.word(runes)
	return &w
}

func initials(one *Word, parts []Word) bool {
	if int(one.letters.n) != len(parts) || len(parts) > 3 {
		return false
	}
	for i := range parts {
		if parts[i].letters.n == 0 || parts[i].letters.text[0] != one.letters.text[i] {
			return false
		}
	}
	return true
}
