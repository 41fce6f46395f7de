package link

// compareNames compares given and family names together, so that no word counts
// twice: straight, then crossed as when the two were swapped, then with the
// other names.
func (c *comparer) compareNames(a, b *person, e *evidence) {
	given, family := c.d.plan.givenField, c.d.plan.familyField
	straight, word := c.familyLevel(a, b)
	if a.given >= 0 && b.given >= 0 {
		e.levels[given] = c.nameLevel(a.given, b.given)
		e.set(given, nameSame, c.d.tokens[a.given].givenBits, a.given)
	}
	e.levels[family] = straight
	if straight == nameSame {
		e.set(family, nameSame, c.d.tokens[word].familyBits, word)
	}
	if weak(e.levels[given]) && weak(straight) && c.crossed(a, b, e) {
		return
	}
	if a.given >= 0 && b.given >= 0 && e.levels[given] >= nameInitial {
		t := c.elsewhere(a.given, b.otherNames())
		if t < 0 {
			t = c.elsewhere(b.given, a.otherNames())
		}
		c.found(given, t, e)
	}
	if straight >= nameInitial {
		t := c.anyElsewhere(a.familyNames(), b.otherNames())
		if t < 0 {
			t = c.anyElsewhere(b.familyNames(), a.otherNames())
		}
		c.found(family, t, e)
	}
}

// weak says that a level neither shows nor spells one name.
func weak(level uint8) bool { return level == 0 || level >= nameInitial }

// set notes the shared value if the field is at the level.
func (e *evidence) set(f int, level uint8, bits float32, term int32) {
	if e.levels[f] == level {
		e.bits[f], e.terms[f] = bits, term
	}
}

func (c *comparer) found(f int, t int32, e *evidence) {
	if t >= 0 {
		e.levels[f] = nameElsewhere
		e.set(f, nameElsewhere, c.d.tokens[t].anyBits(), t)
	}
}

// crossed compares the given name of one with the family name of the other. A
// swap costs nothing: the records of strangers are swapped as often as those of
// one person, so the levels are those that the names have once put right.
func (c *comparer) crossed(a, b *person, e *evidence) bool {
	x, wordX := c.across(a.given, b.familyNames())
	y, wordY := c.across(b.given, a.familyNames())
	if weak(x) && weak(y) {
		return false
	}
	var xIsGiven bool
	if !weak(x) && !weak(y) {
		one, two := &c.d.tokens[wordX], &c.d.tokens[wordY]
		xIsGiven = one.givenBits+two.familyBits < two.givenBits+one.familyBits
	} else {
		word := &c.d.tokens[max(wordX, 0)]
		if weak(x) {
			word = &c.d.tokens[max(wordY, 0)]
		}
		xIsGiven = (word.givenBits < word.familyBits) != weak(x)
	}
	if xIsGiven {
		x, y, wordX, wordY = y, x, wordY, wordX
	}
	given, family := c.d.plan.givenField, c.d.plan.familyField
	e.bits[given] = 0
	e.levels[family], e.levels[given] = x, y
	if x == nameSame {
		e.set(family, x, c.d.tokens[wordX].familyBits, wordX)
	}
	if y == nameSame {
		e.set(given, y, c.d.tokens[wordY].givenBits, wordY)
	}
	return true
}

// across is the best level between a given name and family names.
func (c *comparer) across(given int32, family []int32) (level uint8, word int32) {
	if given < 0 || len(family) == 0 {
		return 0, -1
	}
	level, word = nameDifferent, -1
	for _, f := range family {
		if l := c.nameLevel(given, f); l < level {
			level, word = l, f
		}
	}
	return level, word
}

// elsewhere looks for a word in a list of the other record, and gives the word
// as the other record has it, or -1.
func (c *comparer) elsewhere(t int32, list []int32) int32 {
	for _, u := range list {
		if c.nameLevel(t, u) <= nameMisprint {
			return u
		}
	}
	return -1
}

func (c *comparer) anyElsewhere(words, list []int32) int32 {
	for _, w := range words {
		if t := c.elsewhere(w, list); t >= 0 {
			return t
		}
	}
	return -1
}

// familyLevel is the best level between two lists of family names.
func (c *comparer) familyLevel(a, b *person) (level uint8, word int32) {
	if a.families == 0 || b.families == 0 {
		return 0, -1
	}
	level, word = nameDifferent, -1
	for _, x := range a.familyNames() {
		for _, y := range b.familyNames() {
			if l := c.nameLevel(x, y); l < level {
				level, word = l, x
			}
		}
	}
	return level, word
}

func (c *comparer) compareOthers(a, b *person, e *evidence) {
	f := c.d.plan.otherField
	if a.extras == 0 || b.extras == 0 {
		return
	}
	e.levels[f] = 2
	for _, x := range a.otherNames() {
		for _, y := range b.otherNames() {
			if x != y && c.nameLevel(x, y) > nameInitial {
				continue
			}
			e.levels[f] = 1
			bits := c.d.tokens[x].anyBits()
			if x == y && bits > e.bits[f] {
				e.bits[f], e.terms[f] = bits, x
			}
		}
	}
}
