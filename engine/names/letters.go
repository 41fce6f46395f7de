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
		c := latin[i] - 'a'
		if c > 25 {
			c = 26
		}
		l.add(c)
	}
	return l
}

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

// latinBits weighs how well the letters agree.
func latinBits(a, b *latinLetters) float64 {
	longer := int(max(a.n, b.n))
	if longer == 0 || bits.OnesCount32(a.set^b.set) > longer {
		return strangeBits
	}
	distance := editDistance(a, b)
	return max(sameBits-(sameBits-strangeBits)*2.2*float64(distance)/float64(longer), strangeBits)
}

// editDistance is the number of letters to insert, delete, replace or swap.
func editDistance(a, b *latinLetters) int {
	var before, last, row [25]uint8
	n := int(b.n)
	for j := range n + 1 {
		last[j] = uint8(j)
	}
	for i := 1; i <= int(a.n); i++ {
		row[0] = uint8(i)
		for j := 1; j <= n; j++ {
			cost := last[j-1]
			if a.text[i-1] != b.text[j-1] {
				cost++
			}
			cost = min(cost, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a.text[i-1] == b.text[j-2] && a.text[i-2] == b.text[j-1] {
				cost = min(cost, before[j-2]+1)
			}
			row[j] = cost
		}
		before, last = last, row
	}
	return int(last[n])
}
