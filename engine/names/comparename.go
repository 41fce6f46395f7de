package names

import "math"

// Weights of whole names, in bits. Words of one name are not independent, as
// relatives share most of them: what further agreeing words add falls off, and a
// word that each name has and the other has not outweighs all the rest.
const (
	agreeBits    = 14.0 // that words which agree can reach together
	conflictBits = -9.0 // for a word on each side without counterpart, and more the less alike they are
	omittedBits  = -0.7 // for a word that only one name has
	mostOmitted  = -2.8
	crossedBits  = -8.0 // a father's name on one side agrees with the own name on the other
)

// Compare is the weight, in bits, of two names being the same name: log2 of how
// much likelier the two spellings are for one person than for two people, some of
// them relatives. The order of the words does not matter; titles and particles
// hardly do. The result lies between -20 and 14; above 0 the spellings speak for
// one name. A name without words weighs 0.
func (m *Matcher) Compare(a, b *Prepared) float64 {
	if len(a.Words) == 0 || len(b.Words) == 0 {
		return 0
	}
	c := comparison{m: m, a: a, b: b}
	c.open[0], c.open[1] = open(a), open(b)
	c.exact()
	c.joined(sameBits / 2)
	c.alike()
	c.joined(0)
	return c.weight()
}

// comparison finds which word of one name is which of the other.
type comparison struct {
	m       *Matcher
	a, b    *Prepared
	open    [2]uint16 // words without counterpart
	agreed  float64   // sum of the weights of words with one
	crossed int
	weights [maxWords][maxWords]float64 // of the pairs of words that were not spelled alike
}

// open are the words that tell people apart; all of them if there is no such.
func open(p *Prepared) uint16 {
	var plain, all uint16
	for i := range p.Words {
		all |= 1 << i
		if r := p.Words[i].Role; r != Title && r != Particle {
			plain |= 1 << i
		}
	}
	if plain == 0 {
		return all
	}
	return plain
}

func (c *comparison) pair(i, j int, weight float64) {
	c.open[0] &^= 1 << i
	c.open[1] &^= 1 << j
	c.agreed += weight
	if c.a.chain && c.b.chain && c.a.Words[i].father != c.b.Words[j].father {
		c.crossed++
	}
}

// exact pairs words that are spelled alike.
func (c *comparison) exact() {
	for i := range c.a.Words {
		if c.open[0]>>i&1 == 0 {
			continue
		}
		x := &c.a.Words[i]
		for j := range c.b.Words {
			y := &c.b.Words[j]
			if c.open[1]>>j&1 == 1 && x.Text == y.Text && x.Script == y.Script {
				c.pair(i, j, c.m.CompareWords(x, y))
				break
			}
		}
	}
}

// alike pairs the other words, the most alike first.
func (c *comparison) alike() {
	for i := range c.a.Words {
		for j := range c.b.Words {
			if c.open[0]>>i&1 == 1 && c.open[1]>>j&1 == 1 {
				c.weights[i][j] = c.m.CompareWords(&c.a.Words[i], &c.b.Words[j])
			}
		}
	}
	for {
		best, x, y := 0.0, -1, -1
		for i := range c.a.Words {
			for j := range c.b.Words {
				if c.open[0]>>i&1 == 1 && c.open[1]>>j&1 == 1 && c.weights[i][j] > best {
					best, x, y = c.weights[i][j], i, j
				}
			}
		}
		if x < 0 {
			return
		}
		c.pair(x, y, best)
	}
}

// weight sums up. Words left on both sides conflict, words left on one were
// omitted by the other.
func (c *comparison) weight() float64 {
	total := agreeBits * (1 - math.Exp2(-c.agreed/sameBits))
	total += crossedBits * float64(min(c.crossed, 2))
	for c.open[0] != 0 && c.open[1] != 0 {
		best, x, y := strangeBits, -1, -1
		for i := range c.a.Words {
			for j := range c.b.Words {
				if c.open[0]>>i&1 == 0 || c.open[1]>>j&1 == 0 {
					continue
				}
				if w := c.weights[i][j]; x < 0 || w > best {
					best, x, y = w, i, j
				}
			}
		}
		c.open[0] &^= 1 << x
		c.open[1] &^= 1 << y
		if c.a.Words[x].Role == Number || c.b.Words[y].Role == Number {
			continue
		}
		total += conflictBits + min(best, 0)
	}
	omitted := 0.0
	for side, p := range []*Prepared{c.a, c.b} {
		for i := range p.Words {
			if c.open[side]>>i&1 == 1 {
				omitted += omittedBits
			}
		}
	}
	return max(total+max(omitted, mostOmitted), -20)
}
