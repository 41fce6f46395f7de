package link

import (
	"cmp"
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
	var list []counted
	slots := make([]int32, 1<<12) // numbers in list + 1, by hash
	for i := range pairs {
		c := &pairs[i]
		p := pattern{c.levels, halfBits(c.shared), halfBits(c.own)}
		if 2*len(list) >= len(slots) {
			slots = make([]int32, 4*len(slots))
			for k := range list {
				slots[list[k].find(list, slots)] = int32(k) + 1
			}
		}
		at := p.find(list, slots)
		if slots[at] == 0 {
			list = append(list, counted{pattern: p})
			slots[at] = int32(len(list))
		}
		list[slots[at]-1].count++
	}
	slices.SortFunc(list, func(a, b counted) int {
		return cmp.Or(cmp.Compare(a.levels, b.levels), cmp.Compare(a.shared, b.shared), cmp.Compare(a.own, b.own))
	})
	return list
}

func halfBits(bits float32) int16 { return int16(math.Floor(2*float64(bits) + 0.5)) }

// find gives the slot that holds a pattern, or a free one for it.
func (p pattern) find(list []counted, slots []int32) int {
	mask := len(slots) - 1
	h := (p.levels ^ uint64(uint16(p.shared))<<40 ^ uint64(uint16(p.own))<<20) * 0x9E3779B97F4A7C15
	i := int((h^h>>29)>>16) & mask
	for slots[i] != 0 && list[slots[i]-1].pattern != p {
		i = (i + 1) & mask
	}
	return i
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
		same, kin, sure := expect(newScorer(m), patterns, m)
		last := m.Prior
		m.Prior = clamp(same.pairs/total, 1e-15, 0.5)
		m.KinShare = clamp(kin.pairs/total, 1e-15, 0.5)
		for f := range m.Fields {
			update(&m.Fields[f], before[f], same.levels[f], kin.levels[f])
			limitErrors(&m.Fields[f], sure.levels[f])
		}
		if math.Abs(m.Prior-last) < 1e-4*last {
			break
		}
	}
}

// expect shares the pairs among the classes. sure counts, for birth dates, the
// pairs that are the same person by all other fields.
func expect(s *scorer, patterns []counted, m *Model) (same, kin, sure *tally) {
	same, kin, sure = newTally(len(m.Fields)), newTally(len(m.Fields)), newTally(len(m.Fields))
	birth := slices.IndexFunc(m.Fields, func(f Field) bool { return f.Kind == BirthDate })
	for i := range patterns {
		p := &patterns[i]
		c := candidate{levels: p.levels, shared: float32(p.shared) / 2, own: float32(p.own) / 2}
		pSame, pKin := s.classes(&c)
		same.add(p.levels, pSame*p.count)
		kin.add(p.levels, pKin*p.count)
		if birth < 0 || pSame < 1e-4 {
			continue
		}
		level := p.levels >> (4 * birth) & 15
		if bits, _ := s.bits(&c); level != 0 && bits-s.weight[birth][level] >= sureBits {
			sure.levels[birth][level] += p.count
		}
	}
	return same, kin, sure
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
}

// mostErrors bounds how often the records of one person may contradict each
// other in a field; a class of pairs that do so more often is not "the same
// person", whatever else it is. Birth dates contradict each other at most as
// often as among pairs that are sure without them: two people of one name and
// place would otherwise teach that birth dates say little.
const (
	mostErrors      = 0.25
	mostBirthErrors = 0.10
	usualErrors     = 0.02
)

func limitErrors(f *Field, sure [16]float64) {
	first, most := len(f.Levels)-1, mostErrors
	switch f.Kind {
	case BirthDate:
		first, most = birthOther, birthErrors(sure)
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

// birthErrors is the share of contradictions among sure pairs, mixed with the
// usual one as if that had been seen in as many pairs as the beliefs count for.
func birthErrors(sure [16]float64) float64 {
	wrong, total := pseudo*usualErrors, pseudo
	for l, n := range sure {
		total += n
		if l >= birthOther {
			wrong += n
		}
	}
	return min(wrong/total, mostBirthErrors)
}
