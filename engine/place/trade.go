package place

import "slices"

// trader moves cases along cycles in which every one of them comes nearer to a wish
// (top trading cycles with room in several dimensions: Delacrétaz, Kominers and
// Teytelboym 2023), as long as the outcome stays above a floor.
type trader struct {
	w     *wishSearch
	plan  *plan
	floor float64
	value float64
	path  []step
	nodes int
}

// tradeDepth is the most cases in a cycle, tradeNodes the most looks for one.
const (
	tradeDepth = 3
	tradeNodes = 4000
)

// trade improves a plan and returns how many cases moved. A result that does not belong
// to the problem is left as it is.
func (w *wishSearch) trade(r *Result) int {
	in, _, p, err := resume(w.p, *r)
	if err != nil {
		return 0
	}
	t := &trader{w: w, plan: p, floor: w.base.Value * (1 - w.o.Loss), value: r.Value}
	moved := 0
	for u, members := range in.members {
		if w.ctx.Err() != nil {
			break
		}
		if len(members) > 1 || in.fixed[u] || p.at[u] == nowhere {
			continue
		}
		t.path, t.nodes = t.path[:0], 0
		from := p.lift(u)
		if t.follow(u, from, from, t.value-in.exactValue(u, from), tradeDepth) {
			moved += len(t.path)
			continue
		}
		p.put(u, from)
	}
	if moved > 0 {
		t.write(r)
	}
	return moved
}

// follow finds unit u, which is in hand, a place that it prefers to the one it left:
// with room, or where somebody prefers to go on.
func (t *trader) follow(u, from, start int, value float64, depth int) bool {
	in := t.plan.in
	for _, k := range t.better(u, from) {
		here := value + in.exactValue(u, k)
		if t.plan.fits(u, k) {
			if here >= t.floor {
				t.plan.put(u, k)
				t.path, t.value = append(t.path, step{int32(u), int32(from), int32(k)}), here
				return true
			}
			continue
		}
		if depth == 1 {
			continue
		}
		for _, g := range slices.Clone(t.plan.guests[k]) {
			g := int(g)
			if t.nodes++; t.nodes > tradeNodes {
				return false
			}
			if in.fixed[g] || len(in.members[g]) > 1 || t.moved(g) || len(t.better(g, k)) == 0 {
				continue
			}
			t.plan.lift(g)
			if t.plan.fits(u, k) {
				t.plan.put(u, k)
				t.path = append(t.path, step{int32(u), int32(from), int32(k)})
				if t.follow(g, k, start, here-in.exactValue(g, k), depth-1) {
					return true
				}
				t.path = t.path[:len(t.path)-1]
				t.plan.lift(u)
			}
			t.plan.put(g, k)
		}
	}
	return false
}

func (t *trader) moved(u int) bool {
	return slices.ContainsFunc(t.path, func(s step) bool { return int(s.unit) == u })
}

// better lists the open places that unit u ranks above the one it left, best first.
func (t *trader) better(u, from int) []int {
	in, c := t.plan.in, int(t.plan.in.members[u][0])
	var out []int
	if len(in.p.Cases[c].Preferences) == 0 {
		return nil
	}
	now := in.p.Rank(c, from)
	for i := range in.places {
		if in.value[u*in.places+i] != closedValue && in.p.Rank(c, i) < now {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return in.p.Rank(c, a) - in.p.Rank(c, b) })
	return out
}

// write states the plan after the trades.
func (t *trader) write(r *Result) {
	in := t.plan.in
	r.Assignments = slices.Clone(r.Assignments)
	for u, members := range in.members {
		for _, c := range members {
			if i := int(t.plan.at[u]); i != nowhere {
				r.Assignments[c].Place = in.p.Places[i].ID
			}
		}
	}
	_, r.Use = in.split(make([]float64, len(in.limit)), t.plan.load)
	*r = t.w.valued(*r)
}
