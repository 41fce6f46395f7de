package link

import "math"

// candidate is a compared pair: four bits of level for each field, and the bits
// that rarity adds in fields that kin share and in those that they do not.
type candidate struct {
	a, b        int32
	levels      uint64
	shared, own float32
}

// scorer turns evidence into bits.
type scorer struct {
	fields   int
	base     [maxFields]float64 // log2 of the chance that strangers agree
	shared   [maxFields]bool
	used     [maxFields][16]bool    // whether a level has a meaning
	weight   [maxFields][16]float64 // log2(m/u)
	kin      [maxFields][16]float64 // log2(kin/u)
	prior    float64                // log2 of the odds
	kinPrior float64
}

func newScorer(m *Model) *scorer {
	s := &scorer{fields: len(m.Fields)}
	for f := range m.Fields {
		s.shared[f] = m.Fields[f].Shared
		if len(m.Fields[f].Levels) > 1 {
			s.base[f] = math.Log2(m.Fields[f].Levels[1].U)
		}
		for l := 1; l < len(m.Fields[f].Levels); l++ {
			v := m.Fields[f].Levels[l]
			if v.Words == "" {
				continue
			}
			s.used[f][l] = true
			s.weight[f][l] = math.Log2(v.M / v.U)
			s.kin[f][l] = math.Log2(v.Kin / v.U)
		}
	}
	s.prior = logit(m.Prior)
	s.kinPrior = math.Log2(m.KinShare)
	return s
}

// rarity is the number of bits that a value adds whose share has so many bits.
func (s *scorer) rarity(f int, bits float32) float64 {
	if bits == 0 {
		return 0
	}
	return s.base[f] + float64(bits)
}

func (s *scorer) pack(a, b int32, e *evidence) candidate {
	c := candidate{a: a, b: b}
	for f := 0; f < s.fields; f++ {
		c.levels |= uint64(e.levels[f]) << (4 * f)
		if e.bits[f] == 0 {
			continue
		}
		if bits := float32(s.rarity(f, e.bits[f])); s.shared[f] {
			c.shared += bits
		} else {
			c.own += bits
		}
	}
	return c
}

// bits gives the weight of a candidate in favour of "the same person", prior and
// kin correction included, and the correction alone.
func (s *scorer) bits(c *candidate) (weight, correction float64) {
	weight = s.prior + float64(c.shared) + float64(c.own)
	kin := s.kinPrior + float64(c.shared)
	for f, levels := 0, c.levels; levels != 0; f, levels = f+1, levels>>4 {
		l := levels & 15
		weight += s.weight[f][l]
		kin += s.kin[f][l]
	}
	if kin > leastKin {
		correction = -log2of1plus(kin)
	}
	return weight + correction, correction
}

// Between leastKin and mostKin the logarithm of one and a power of two is read from a
// table, as pairs by the million ask for it; outside it is 0, or the exponent itself.
const (
	leastKin = -20
	mostKin  = 20
	kinSteps = 64 // in each bit
)

var kinTable = func() (t [(mostKin-leastKin)*kinSteps + 2]float64) {
	for i := range t {
		t[i] = math.Log2(1 + math.Exp2(leastKin+float64(i)/kinSteps))
	}
	return t
}()

// log2of1plus is log2(1 + 2^x), to a hundred-thousandth of a bit.
func log2of1plus(x float64) float64 {
	switch {
	case !(x > leastKin):
		return 0
	case x >= mostKin:
		return x
	}
	at := (x - leastKin) * kinSteps
	i := int(at)
	return kinTable[i] + (at-float64(i))*(kinTable[i+1]-kinTable[i])
}

// score compares two records and gives their weight.
func (s *scorer) score(c *comparer, i, j int32, e *evidence) (candidate, float64) {
	c.compare(i, j, e)
	packed := s.pack(i, j, e)
	bits, _ := s.bits(&packed)
	return packed, bits
}
