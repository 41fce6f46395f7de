package link

import "slices"

// kinship holds the pairs of households that share a member: the pair of records
// that shows it, or severalMembers.
type kinship struct {
	by map[uint64]uint64
}

const severalMembers = ^uint64(0)

// level says whether the households x and y share another member than the
// records i and j; 0 if one household is not known or both are the same.
func (k *kinship) level(x, y, i, j int32) uint8 {
	if x < 0 || y < 0 || x == y {
		return 0
	}
	if by, ok := k.by[pairKey(x, y)]; ok && by != pairKey(i, j) {
		return 1
	}
	return 2
}

// sureBits is the weight from which a pair speaks for others.
const sureBits = 7.0

// findKin finds the pairs of households that surely share a member. The
// candidates must not have been compared by household.
func findKin(d *prepared, s *scorer, pairs []candidate) *kinship {
	k := &kinship{by: make(map[uint64]uint64)}
	for i := range pairs {
		x, y := d.people[pairs[i].a].household, d.people[pairs[i].b].household
		if x < 0 || y < 0 || x == y {
			continue
		}
		if bits, _ := s.bits(&pairs[i]); bits < sureBits {
			continue
		}
		k.add(pairKey(x, y), pairKey(pairs[i].a, pairs[i].b))
	}
	return k
}

func (k *kinship) add(households, by uint64) {
	if _, known := k.by[households]; known {
		by = severalMembers
	}
	k.by[households] = by
}

// apply sets the household level of candidates.
func (k *kinship) apply(d *prepared, pairs []candidate) {
	f := d.plan.kinField
	for i := range pairs {
		c := &pairs[i]
		level := k.level(d.people[c.a].household, d.people[c.b].household, c.a, c.b)
		c.levels = c.levels&^(15<<(4*f)) | uint64(level)<<(4*f)
	}
}

// largestHousehold bounds the households whose members are compared with each
// other because of a shared member; what has more members is no household.
const largestHousehold = 40

// across gives the pairs of records between households that share a member, in a
// fixed order.
func (k *kinship) across(members map[int32][]int32, visit func(i, j int32)) {
	keys := make([]uint64, 0, len(k.by))
	for key := range k.by {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		x, y := members[int32(key>>32)], members[int32(uint32(key))]
		if len(x) > largestHousehold || len(y) > largestHousehold {
			continue
		}
		for _, i := range x {
			for _, j := range y {
				visit(min(i, j), max(i, j))
			}
		}
	}
}

// householdMembers lists the records of each household.
func (d *prepared) householdMembers() map[int32][]int32 {
	members := make(map[int32][]int32)
	for i := range d.people {
		if h := d.people[i].household; h >= 0 {
			members[h] = append(members[h], int32(i))
		}
	}
	return members
}

// householdChance sets how often two records taken at random are in households
// that share a member.
func householdChance(d *prepared, m *Model, k *kinship) {
	sizes := make(map[int32]float64)
	for i := range d.people {
		sizes[d.people[i].household]++
	}
	pairs := 0.5
	for key := range k.by {
		pairs += sizes[int32(key>>32)] * sizes[int32(uint32(key))]
	}
	n := float64(len(d.people))
	levels := m.Fields[d.plan.kinField].Levels
	levels[1].U = clamp(2*pairs/(n*(n-1)+1), 1e-12, 0.5)
	levels[2].U = 1 - levels[1].U
}
