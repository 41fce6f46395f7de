package link

// matchHouseholds finds the pairs of households that surely share a member, and
// sets the household level of all pairs between them.
func (r *run) matchHouseholds(c *comparer, s *scorer, pairs []candidate) {
	f := r.plan.kinField
	c.kin = make(map[uint64]uint64)
	houses := func(cand *candidate) (x, y int32, apart bool) {
		x, y = r.d.household[cand.a], r.d.household[cand.b]
		return x, y, x >= 0 && y >= 0 && x != y
	}
	for i := range pairs {
		x, y, apart := houses(&pairs[i])
		if bits, _ := s.bits(&pairs[i]); !apart || bits < sureBits {
			continue
		}
		key, by := pairKey(x, y), pairKey(pairs[i].a, pairs[i].b)
		if _, known := c.kin[key]; known {
			by = severalMembers
		}
		c.kin[key] = by
	}
	if r.options.Model == nil {
		r.householdChance(c.kin)
	}
	for i := range pairs {
		if x, y, apart := houses(&pairs[i]); apart {
			pairs[i].levels |= uint64(c.kinLevel(x, y, pairs[i].a, pairs[i].b)) << (4 * f)
		}
	}
}

// householdChance sets how often two records taken at random are in households
// that share a member.
func (r *run) householdChance(kin map[uint64]uint64) {
	sizes := make(map[int32]float64)
	for _, h := range r.d.household {
		sizes[h]++
	}
	pairs := 0.5
	for key := range kin {
		pairs += sizes[int32(key>>32)] * sizes[int32(uint32(key))]
	}
	n := float64(len(r.d.people))
	levels := r.result.Model.Fields[r.plan.kinField].Levels
	levels[1].U = clamp(2*pairs/(n*(n-1)+1), 1e-12, 0.5)
	levels[2].U = 1 - levels[1].U
}
