package place

import (
	"fmt"
	"strings"
)

// report turns a plan of units into a result about cases.
func report(d *dual, p *plan, proof *Proof, status Status, b *budget, o Options) Result {
	in := d.in
	r := Result{Problem: in.p, Status: status, Work: b.used, Seed: o.Seed,
		Assignments: make([]Assignment, len(in.p.Cases))}
	for u, members := range in.members {
		reason, detail := Reason(""), ""
		if p.at[u] == nowhere {
			reason, detail = in.whyNowhere(p, u)
		}
		for _, c := range members {
			a := Assignment{Case: in.p.Cases[c].ID, Reason: reason, Detail: detail}
			if i := int(p.at[u]); i != nowhere {
				a.Place, a.Score = in.p.Places[i].ID, in.p.Score(int(c), i)
				a.Value = in.p.Weight(int(c)) * (a.Score + in.p.PlacingBonus)
			}
			r.Assignments[c] = a
		}
	}
	for k := range r.Assignments {
		r.Value += r.Assignments[k].Value
	}
	r.Bound = d.exactBound(o.Workers)
	if proof != nil {
		if bound, err := boundBy(in.p, proof, &r); err == nil && bound < r.Bound {
			r.Bound, r.Proof = bound, proof
		}
	}
	r.Gap = relativeGap(r.Bound, r.Value)
	r.Prices, r.Use = in.split(d.price, p.load)
	return r
}

// split arranges prices and loads by place and row.
func (in *instance) split(price []float64, load []int64) (Prices, Use) {
	prices := Prices{Places: make([][]float64, in.places), Rows: price[in.places*in.dims:]}
	use := Use{Places: make([][]int, in.places), Rows: make([]int, len(in.rows))}
	for i := range in.places {
		prices.Places[i] = price[i*in.dims : (i+1)*in.dims]
		use.Places[i] = make([]int, in.dims)
		for k := range in.dims {
			use.Places[i][k] = int(load[i*in.dims+k])
		}
	}
	for r := range in.rows {
		use.Rows[r] = int(load[in.places*in.dims+r])
	}
	return prices, use
}

// whyNowhere names the constraint that left unit u without a place.
func (in *instance) whyNowhere(p *plan, u int) (Reason, string) {
	open, positive, room := 0, 0, 0
	for i, v := range in.value[u*in.places : (u+1)*in.places] {
		if v == closedValue {
			continue
		}
		open++
		if v <= 0 {
			continue
		}
		positive++
		if p.fits(u, i) {
			room++
		}
	}
	switch {
	case open == 0:
		return NoCompatiblePlace, in.closedDetail(u)
	case positive == 0:
		return NoGain, fmt.Sprintf("%d compatible places, none with a score above zero", open)
	case room == 0:
		return CapacityExhausted, in.fullDetail(p, u)
	}
	return NotTried, fmt.Sprintf("%d compatible places still have room: give the search more work", room)
}

// closedDetail counts the closed gates of a unit over all places.
func (in *instance) closedDetail(u int) string {
	if in.places == 0 {
		return "no place is offered"
	}
	var parts []string
	if n := len(in.members[u]); n > 1 {
		parts = append(parts, fmt.Sprintf("%d cases tied by %q need one place together", n, in.p.Cases[in.members[u][0]].Tie))
	}
	keeper := &gatekeeper{p: in.p, profiles: map[string][]gate{}}
	count := map[string]int{}
	order := []string{}
	for i := range in.places {
		words := in.closedAt(u, i, keeper)
		if count[words] == 0 {
			order = append(order, words)
		}
		count[words]++
	}
	for _, w := range order {
		parts = append(parts, fmt.Sprintf("%s (%s)", w, plural(count[w], "place")))
	}
	return strings.Join(parts, "; ")
}

// closedAt names, without naming the place, what closes place i to unit u.
func (in *instance) closedAt(u, i int, keeper *gatekeeper) string {
	for _, c := range in.members[u] {
		cs := &in.p.Cases[c]
		g := keeper.at(cs, keeper.profile(cs), i)
		if g == gateOpen && in.p.Score(int(c), i) <= Closed {
			g = gateScore
		}
		switch g {
		case gateOpen:
		case gateSize:
			return "too large for the place: " + in.tooLarge(u, i)
		default:
			return gateDetail(in.p, cs, &in.p.Places[i], g)
		}
	}
	return "too large together: " + in.tooLarge(u, i)
}

// tooLarge names the first limit that the unit exceeds even when empty.
func (in *instance) tooLarge(u, i int) string {
	for k, name := range in.p.Dimensions {
		if s := int64(in.size[u*in.dims+k]); s > in.limit[i*in.dims+k] {
			return fmt.Sprintf("needs %d %s", s, name)
		}
	}
	for _, r := range in.rowsAt[i] {
		if in.amount(u, int(r)) > in.limit[in.places*in.dims+int(r)] {
			return fmt.Sprintf("row %q allows %d", in.p.Rows[r].Name, in.p.Rows[r].Limit)
		}
	}
	return "unknown limit"
}

// fullDetail counts which limits are full at the unit's open places.
func (in *instance) fullDetail(p *plan, u int) string {
	count := map[string]int{}
	order := []string{}
	for i, v := range in.value[u*in.places : (u+1)*in.places] {
		if v == closedValue {
			continue
		}
		what := in.firstFull(p, u, i)
		if count[what] == 0 {
			order = append(order, what)
		}
		count[what]++
	}
	parts := make([]string, len(order))
	for k, what := range order {
		parts[k] = fmt.Sprintf("%s (%s)", what, plural(count[what], "place"))
	}
	return "full at every compatible place: " + strings.Join(parts, "; ")
}

// firstFull names the first limit without room for unit u at place i.
func (in *instance) firstFull(p *plan, u, i int) string {
	for k, name := range in.p.Dimensions {
		r := i*in.dims + k
		if s := int64(in.size[u*in.dims+k]); s > 0 && p.load[r]+s > in.limit[r] {
			return name
		}
	}
	for _, r := range in.rowsAt[i] {
		row := in.places*in.dims + int(r)
		if n := in.amount(u, int(r)); n > 0 && p.load[row]+n > in.limit[row] {
			return fmt.Sprintf("row %q", in.p.Rows[r].Name)
		}
	}
	return "no positive value"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
