package names

import "math"

// Weights of words, in bits.
const (
	sameBits    = 12.0
	initialBits = 1.5
	formBits    = 6.0
	strangeBits = -6.0
)

// CompareWords is the weight, in bits, of two words being the same name, between
// -6 and 12. Between scripts a learned model gives it, in one script the letters;
// forms of one name that are spelled apart ("Bill", "William") weigh 6.
func (m *Matcher) CompareWords(a, b *Word) float64 {
	if a.Text == b.Text && a.Script == b.Script {
		switch {
		case a.Text == "":
			return 0
		case a.Role == Initial:
			return 2 * initialBits
		}
		return sameBits
	}
	if a.Role == Initial || b.Role == Initial {
		return initialWeight(a, b)
	}
	weight := m.spelled(a, b)
	if weight < formBits && ShareForm(a.forms, b.forms) {
		return formBits
	}
	return weight
}

func (m *Matcher) spelled(a, b *Word) float64 {
	switch {
	case a.Script == b.Script && a.Script != Latin:
		return sameScript(a, b)
	case a.Script == Latin && b.foreign != nil:
		return m.across(b, a)
	case b.Script == Latin && a.foreign != nil:
		return m.across(a, b)
	case a.letters.n == 0 || b.letters.n == 0:
		return strangeBits
	}
	return letterBits(&a.letters, &b.letters, latinCosts)
}

// initialWeight compares when one of the words is a single letter.
func initialWeight(a, b *Word) float64 {
	if a.letters.n > 0 && b.letters.n > 0 && a.letters.text[0] == b.letters.text[0] {
		return initialBits
	}
	return strangeBits
}

// sameScript compares two words of one script that is not Latin, letter by
// letter. A Chinese or Korean name of some characters is another name when one
// of them differs.
func sameScript(a, b *Word) float64 {
	x, y := ownLetters(a), ownLetters(b)
	if (a.Script == Chinese || a.Script == Korean) && max(x.n, y.n) <= 4 {
		return strangeBits
	}
	return letterBits(&x, &y, plainCosts)
}

// across compares a word of a learned script with a Latin one: the joint
// probability over that of two unrelated words.
func (m *Matcher) across(foreign, latin *Word) float64 {
	return calibrated(m.raw(foreign, latin))
}

// raw is the logarithm, in nats, of the joint probability of two words over that
// of two unrelated words.
func (m *Matcher) raw(foreign, latin *Word) float64 {
	if len(latin.spelled) == 0 || len(foreign.foreign) == 0 {
		return -99
	}
	v := m.voice(foreign.Script)
	apart := latinTaken*v.model.LatinScore(latin.spelled) + foreign.own
	return float64(v.score(foreign.foreign, latin.spelled, apart+leastRaw) - apart)
}

// latinTaken is how much of a Latin word's own score is taken off: less than all,
// as the letter model is only near to the truth. It was chosen on Arabic and
// Hebrew names.
const latinTaken = 0.85

// calibrated makes bits of nats; what is not above leastRaw weighs strangeBits.
func calibrated(nats float64) float64 {
	return min(max(nats*bitsOfNat, strangeBits), sameBits)
}

const (
	bitsOfNat = 0.8 / math.Ln2
	leastRaw  = strangeBits / bitsOfNat
)
