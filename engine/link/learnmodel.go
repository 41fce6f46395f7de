package link

import "context"

// learnedPairs is about the number of pairs within blocks from which a model is
// learned; of a larger register a sample of records spread over it is taken.
const learnedPairs = 5_000_000

// learnModel learns from the candidate pairs of all records, or of a sample. It
// gives the pairs, compared without households, if they are all there are.
func (r *run) learnModel(ctx context.Context) ([]candidate, error) {
	m, n := &r.result.Model, len(r.d.people)
	stride := int(max(1, r.blocks.pairs/learnedPairs))
	taken := 1 / float64(stride)
	take := func(k int) bool { return k%stride == stride/2 }
	pairs, compared, _ := comparePairs(ctx, r.d, r.blocks, newScorer(m), r.options, take, noFloor)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.result.Compared = compared
	if len(pairs) == 0 {
		return nil, nil
	}
	r.progress("learn", 0, 2)
	learn(m, aggregate(pairs), n, taken)
	if found := learnVariants(r.d, pairs, newScorer(m)); len(found) > 0 {
		m.Variants = found
		for _, v := range found {
			r.d.addVariant(v)
		}
		applyVariants(r.d, pairs, newScorer(m))
		r.progress("learn", 1, 2)
		learn(m, aggregate(pairs), n, taken)
	}
	if r.plan.kinField >= 0 {
		if err := r.learnHouseholds(ctx, pairs, stride); err != nil {
			return nil, err
		}
	}
	if stride > 1 {
		return nil, nil
	}
	return pairs, nil
}

// learnHouseholds learns once more with what the rest of two households says.
// The pairs come out as they went in.
func (r *run) learnHouseholds(ctx context.Context, pairs []candidate, stride int) error {
	m, s := &r.result.Model, newScorer(&r.result.Model)
	sure := pairs
	if stride > 1 {
		sure, _, _ = comparePairs(ctx, r.d, r.blocks, s, r.options, all, sureBits)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	kin := findKin(r.d, s, sure)
	householdChance(r.d, m, kin)
	kin.apply(r.d, pairs)
	learn(m, aggregate(pairs), len(r.d.people), 1/float64(stride))
	f := r.plan.kinField
	for i := range pairs {
		pairs[i].levels &^= 15 << (4 * f)
	}
	return nil
}
