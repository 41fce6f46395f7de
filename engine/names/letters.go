package names

import "math/bits"

// latinLetters is a word as the comparison of letters reads it.
type latinLetters struct {
	n    uint8
	set  uint32
	text [24]byte // 0 is a, 25 is z, 26 any other
}

func lettersOf(latin string) latinLetters {
	var l latinLetters
	for i := 0; i < len(latin) && int(l.n) < len(l.text); i++ {
		switch c := latin[i]; {
		case c >= 'a' && c <= 'z':
			l.add(c - 'a')
		case c >= '0' && c <= '9' && i > 0:
			l.add(digitLetters[c-'0'] - 'a') // "Ig0r"
		default:
			l.add(26)
		}
	}
	return l
}

const digitLetters = "oizeasgtbg"

// ownLetters are the letters of a word in its own script, numbered within a
// block of 256, which sets the letters of all alphabets apart.
func ownLetters(w *Word) latinLetters {
	var l latinLetters
	for _, r := range w.Text {
		if int(l.n) < len(l.text) {
			l.add(byte(r))
		}
	}
	return l
}

func (l *latinLetters) add(c byte) {
	l.text[l.n] = c
	l.set |= 1 << (c & 31)
	l.n++
}

// allowance is the share of a word's letters that may differ before the letters
// speak against one name: one letter in three.
const allowance = 0.33

// letterBits weighs how well the letters of two words agree.
func letterBits(a, b *latinLetters, costs *editCosts) float64 {
	longer := int(max(a.n, b.n))
	if longer == 0 || bits.OnesCount32(a.set^b.set) > longer {
		return strangeBits
	}
	cost := editCost(a, b, costs)
	weight := sameBits * (1 - float64(cost)/(4*allowance*float64(longer)))
	if weight < 0 {
		weight *= 0.5
	}
	return max(weight, strangeBits)
}

// editCosts are the costs, in quarters of a letter, of editing one word into
// another. Indices above 26 wrap.
type editCosts struct {
	replace [32][32]uint8
	drop    [32]uint8 // a letter that is not a repetition of the one before
	repeat  uint8     // one that is
}

// plainCosts hold for scripts whose letters are not known to sound alike.
var plainCosts = func() *editCosts {
	c := &editCosts{repeat: 2}
	for i := range c.replace {
		for j := range c.replace[i] {
			c.replace[i][j] = 4
		}
		c.drop[i] = 4
	}
	return c
}()

// latinCosts make what languages write for each other cheap: vowels, letters of
// one class of sounds, a silent h.
var latinCosts = func() *editCosts {
	c := &editCosts{repeat: 1}
	*c = *plainCosts
	c.repeat = 1
	for i := range byte(26) {
		for j := range byte(26) {
			switch {
			case i == j:
				c.replace[i][j] = 0
			case vowel(i) && vowel(j):
				c.replace[i][j] = 2
			case soundClass[i] != 0 && soundClass[i] == soundClass[j]:
				c.replace[i][j] = 3
			}
		}
	}
	for _, p := range []string{"yi", "yj", "ij", "wv", "kc", "kq", "cq", "sz", "ou", "ei", "vf", "wu"} {
		c.replace[p[0]-'a'][p[1]-'a'], c.replace[p[1]-'a'][p[0]-'a'] = 1, 1
	}
	for _, v := range "aeiouy" {
		c.drop[v-'a'] = 3
	}
	c.drop['h'-'a'] = 2
	return c
}()

func vowel(c byte) bool { return c == 0 || c == 4 || c == 8 || c == 14 || c == 20 || c == 24 }

// editCost is the least cost, in quarters of a letter, of inserting, dropping,
// replacing and swapping letters.
func editCost(a, b *latinLetters, costs *editCosts) int {
	var before, last, row [25]uint8
	n := int(b.n)
	for j := 1; j <= n; j++ {
		last[j] = last[j-1] + costs.dropped(b, j-1)
	}
	for i := 1; i <= int(a.n); i++ {
		x := a.text[i-1]
		gap := costs.dropped(a, i-1)
		row[0] = last[0] + gap
		for j := 1; j <= n; j++ {
			y := b.text[j-1]
			cost := last[j-1]
			if x != y {
				cost += costs.replace[x&31][y&31]
				if i+j == 2 {
					cost += firstLetter
				}
			}
			cost = min(cost, last[j]+gap, row[j-1]+costs.dropped(b, j-1))
			if i > 1 && j > 1 && x == b.text[j-2] && a.text[i-2] == y {
				cost = min(cost, before[j-2]+3)
			}
			row[j] = cost
		}
		before, last = last, row
	}
	return int(last[n])
}

func (c *editCosts) dropped(l *latinLetters, i int) uint8 {
	cost := c.drop[l.text[i]&31]
	switch {
	case i == 0:
		return cost + firstLetter
	case l.text[i] == l.text[i-1]:
		return c.repeat
	}
	return cost
}

// firstLetter is what an edit of the first letter costs beside: few spellings of
// one name begin differently.
const firstLetter = 2
