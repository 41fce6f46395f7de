package link

import (
	"math"
	"math/rand/v2"
	"slices"
)

// pattern is one agreement pattern with rarity in half bits.
type pattern struct {
	levels      uint64
	shared, own int16
}

type counted struct {
	pattern
	count float64
}

// aggregate counts equal patterns, in a fixed order.
func aggregate(pairs []candidate) []counted {
	counts := make(map[pattern]int)
	for i := range pairs {
		c := &pairs[i]
		counts[pattern{c.levels, int16(math.Round(2 * float64(c.shared))), int16(math.Round(2 * float64(c.own)))}]++
	}
	list := make([]counted, 0, len(counts))
	for p, n := range counts {
		list = append(list, counted{p, float64(n)})
	}
	slices.SortFunc(list, func(a, b counted) int {
		switch {
		case a.levels != b.levels:
			if a.levels < b.levels {
				return -1
			}
			return 1
		case a.shared != b.shared:
			return int(a.shared) - int(b.shared)
		}
		return int(a.own) - int(b.own)
	})
	return list
}

const randomPairs = 200_000

// sampleStrangers estimates u, the levels of pairs taken at random. Agreement on
// one value has the exact chance that its shares give.
func sampleStrangers(d *prepared, m *Model, seed uint64) {
	n := len(d.people)
	random := rand.New(rand.NewPCG(seed, 0x6c696e6b))
	counts := make([][16]float64, len(m.Fields))
	c := newComparer(d, nil)
	var e evidence
	for range min(randomPairs, 20*n) {
		i, j := random.IntN(n), random.IntN(n)
		if i == j {
			continue
		}
		c.compare(int32(i), int32(j), &e)
		for f := range m.Fields {
			counts[f][e.levels[f]]++
		}
	}
	for f := range m.Fields {
		setStrangers(&m.Fields[f], counts[f])
	}
}

func setStrangers(f *Field, counts [16]float64) {
	total := 0.0
	for l := 1; l < len(f.Levels); l++ {
		total += counts[l]
	}
	exact := 0.0
	if f.Kind != FullName && f.Kind != Household {
		exact = min(sameChance(f), 0.9)
	}
	rest := total
	if exact > 0 {
		rest = total - counts[1]
	}
	for l := 1; l < len(f.Levels); l++ {
		switch {
		case f.Levels[l].Words == "":
			continue
		case l == 1 && exact > 0:
			f.Levels[l].U = exact
		default:
			f.Levels[l].U = (counts[l] + 0.5) / (rest + 0.5*float64(len(f.Levels)-1)) * (1 - exact)
		}
		if !f.Shared {
			f.Levels[l].Kin = f.Levels[l].U
		}
	}
}

const (
	rounds     = 25
	pseudo     = 50.0 // pairs that the beliefs before seeing data count for
	smallest   = 1e-5
	kinAtStart = 4
)

// learn runs expectation-maximisation over patterns of candidate pairs. Pairs
// that are no candidates count as strangers, so the prior is that of all pairs,
// whether most records or few are doubles.
// taken is the share of all candidate pairs that the patterns count.
func learn(m *Model, patterns []counted, records int, taken float64) {
	total := float64(records) * float64(records-1) / 2 * taken
	before := make([][]Level, len(m.Fields))
	for f := range m.Fields {
		before[f] = clone(m.Fields[f].Levels)
	}
	if m.Prior == 0 {
		m.Prior = 0.05 * float64(records) * taken / total
		m.KinShare = kinAtStart * m.Prior
	}
	for range rounds {
		s := newScorer(m)
		same, kin := newTally(len(m.Fields)), newTally(len(m.Fields))
		for i := range patterns {
			p := &patterns[i]
			c := candidate{levels: p.levels, shared: float32(p.shared) / 2, own: float32(p.own) / 2}
			pSame, pKin := s.classes(&c)
			same.add(p.levels, pSame*p.count)
			kin.add(p.levels, pKin*p.count)
		}
		last := m.Prior
		m.Prior = clamp(same.pairs/total, 1e-15, 0.5)
		m.KinShare = clamp(kin.pairs/total, 1e-15, 0.5)
		for f := range m.Fields {
			update(&m.Fields[f], before[f], same.levels[f], kin.levels[f])
		}
		if math.Abs(m.Prior-last) < 1e-4*last {
			break
		}
	}
}

func clamp(x, low, high float64) float64 { return min(max(x, low), high) }

type tally struct {
	pairs  float64
	levels [][16]float64
}

func newTally(fields int) *tally { return &tally{levels: make([][16]float64, fields)} }

func (t *tally) add(levels uint64, weight float64) {
	t.pairs += weight
	for f := 0; levels != 0; f, levels = f+1, levels>>4 {
		t.levels[f][levels&15] += weight
	}
}

// classes gives the probabilities that a pair is the same person, and kin.
func (s *scorer) classes(c *candidate) (same, kin float64) {
	ws, wk := s.prior+float64(c.shared)+float64(c.own), s.kinPrior+float64(c.shared)
	for f, levels := 0, c.levels; levels != 0; f, levels = f+1, levels>>4 {
		ws += s.weight[f][levels&15]
		wk += s.kin[f][levels&15]
	}
	a, b := math.Exp2(ws), math.Exp2(wk)
	return a / (1 + a + b), b / (1 + a + b)
}

func update(f *Field, before []Level, same, kin [16]float64) {
	sumSame, sumKin := pseudo, pseudo
	for l := 1; l < len(f.Levels); l++ {
		sumSame += same[l]
		sumKin += kin[l]
	}
	for l := 1; l < len(f.Levels); l++ {
		if f.Levels[l].Words == "" {
			continue
		}
		f.Levels[l].M = max((same[l]+pseudo*before[l].M)/sumSame, smallest)
		if f.Shared {
			f.Levels[l].Kin = max((kin[l]+pseudo*before[l].Kin)/sumKin, smallest)
		}
	}
	limitErrors(f)
}

// mostErrors bounds how often the records of one person may contradict each
// other in a field; a class of pairs that do so more often is not "the same
// person", whatever else it is.
const (
	mostErrors      = 0.25
	mostBirthErrors = 0.10
)

func limitErrors(f *Field) {
	first, most := len(f.Levels)-1, mostErrors
	switch f.Kind {
	case BirthDate:
		first, most = birthOther, mostBirthErrors
	case FullName, Household, Occupation:
		return
	}
	wrong := 0.0
	for l := first; l < len(f.Levels); l++ {
		wrong += f.Levels[l].M
	}
	if wrong <= most {
		return
	}
	for l := 1; l < len(f.Levels); l++ {
		if l >= first {
			f.Levels[l].M *= most / wrong
		} else {
			f.Levels[l].M *= (1 - most) / (1 - wrong)
		}
	}
}
