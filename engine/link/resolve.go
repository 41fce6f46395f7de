package link

import (
	"cmp"
	"context"
	"slices"
)

// scoredPairs gives the pairs from ReviewFloor upwards under the model, ordered by
// record: the candidates, and all pairs between households that share a member.
// stored, if not nil, are all candidates compared already without households.
func (r *run) scoredPairs(ctx context.Context, stored []candidate) (pairs []candidate, whole bool) {
	s, floor := newScorer(&r.result.Model), logit(ReviewFloor)
	whole = true
	if stored == nil {
		pairs, r.result.Compared, whole = comparePairs(ctx, r.d, r.blocks, s, r.options, all, floor)
	} else {
		for i := range stored {
			if bits, _ := s.bits(&stored[i]); bits >= floor {
				pairs = append(pairs, stored[i])
			}
		}
	}
	if r.plan.kinField >= 0 {
		r.kin = findKin(r.d, s, pairs)
		r.kin.apply(r.d, pairs)
		pairs = r.throughKin(s, pairs, floor)
	}
	slices.SortFunc(pairs, func(x, y candidate) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	pairs = slices.CompactFunc(pairs, func(x, y candidate) bool { return x.a == y.a && x.b == y.b })
	return pairs, whole
}

// throughKin drops pairs that households speak against and adds those for which
// another member of the household speaks.
func (r *run) throughKin(s *scorer, pairs []candidate, floor float64) []candidate {
	pairs = slices.DeleteFunc(pairs, func(c candidate) bool {
		bits, _ := s.bits(&c)
		return bits < floor
	})
	c := newComparer(r.d, r.kin)
	var e evidence
	r.kin.across(r.d.householdMembers(), func(i, j int32) {
		if packed, bits := s.score(c, i, j, &e); bits >= floor {
			pairs = append(pairs, packed)
		}
	})
	return pairs
}

// cluster joins the records and gives an error only when the context ended.
func (r *run) cluster(ctx context.Context, pairs []candidate) error {
	s := newScorer(&r.result.Model)
	edges := make([]edge, len(pairs))
	for i := range pairs {
		bits, _ := s.bits(&pairs[i])
		edges[i] = edge{pairs[i].a, pairs[i].b, float32(bits)}
	}
	list := components(len(r.d.people), edges, r.must)
	forbidden := forbid(r.cannot)
	parts, whole := chunks(ctx, "join", len(list), r.options, all, func() func(from, to int) [][]int32 {
		k := linkage{c: newComparer(r.d, r.kin), s: s, threshold: logit(r.result.Model.Threshold), forbidden: forbidden}
		return func(from, to int) (joined [][]int32) {
			for i := from; i < to && ctx.Err() == nil; i++ {
				clusters, err := k.run(ctx, &list[i])
				if err != nil {
					return joined
				}
				joined = append(joined, clusters...)
			}
			return joined
		}
	})
	for _, joined := range parts {
		for _, members := range joined {
			for _, i := range members {
				r.result.Clusters[i] = int(members[0])
			}
		}
	}
	if !whole || ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}

// statePairs writes the pairs worth showing in full.
func (r *run) statePairs(pairs []candidate) {
	s, threshold := newScorer(&r.result.Model), r.result.Model.Threshold
	r.result.Pairs = make([]ScoredPair, len(pairs))
	fields := make([]FieldScore, len(pairs)*s.fields)
	// The context is not asked: what was found is stated in any case.
	chunks(context.Background(), "state", len(pairs), r.options, all, func() func(from, to int) struct{} {
		c := newComparer(r.d, r.kin)
		return func(from, to int) struct{} {
			for i := from; i < to; i++ {
				room := fields[i*s.fields : (i+1)*s.fields : (i+1)*s.fields]
				p := detail(c, s, pairs[i].a, pairs[i].b, threshold, room)
				p.settle(r.result.Clusters)
				r.result.Pairs[i] = p
			}
			return struct{}{}
		}
	})
}
