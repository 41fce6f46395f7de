package place

import "math"

// dual holds the prices of all capacity rows and what they add up to for each
// class of cases at each place.
type dual struct {
	in    *instance
	price []float64
	// charge is class × dimension × place: the price of one more of a
	// dimension at a place, for a case of the class.
	charge [][][]float32
}

func newDual(in *instance) *dual {
	d := &dual{in: in, price: make([]float64, len(in.limit))}
	d.charge = make([][][]float32, max(1, len(in.classes)))
	for c := range d.charge {
		d.charge[c] = make([][]float32, in.dims)
		for k := range d.charge[c] {
			d.charge[c][k] = make([]float32, in.places)
		}
	}
	return d
}

// set takes new prices.
func (d *dual) set(price []float64) {
	in := d.in
	copy(d.price, price)
	for c := range d.charge {
		for i := range in.places {
			for k := range in.dims {
				d.charge[c][k][i] = float32(price[i*in.dims+k])
			}
		}
		for r, row := range in.rows {
			if x := price[in.places*in.dims+r]; x > 0 && in.classes[c][r] {
				for _, i := range row.places {
					d.charge[c][row.dim][i] += float32(x)
				}
			}
		}
	}
}

// reduced fills out with the unit's value at each place less what it would be
// charged there.
func (d *dual) reduced(u int, out []float32) {
	in := d.in
	copy(out, in.value[u*in.places:(u+1)*in.places])
	if !in.mixed[u] {
		charge := d.charge[in.class[in.members[u][0]]]
		for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
			subtract(out, float32(s), charge[k])
		}
		return
	}
	for _, c := range in.members[u] {
		for k, s := range in.p.Cases[c].Size {
			subtract(out, float32(s), d.charge[in.class[c]][k])
		}
	}
}

// reducedAt is the unit's value at place i less what it would be charged there.
func (d *dual) reducedAt(u, i int) float32 {
	return d.in.value[u*d.in.places+i] - d.chargeAt(u, i)
}

// chargeAt is what unit u would be charged at place i.
func (d *dual) chargeAt(u, i int) float32 {
	in, sum := d.in, float32(0)
	if !in.mixed[u] {
		charge := d.charge[in.class[in.members[u][0]]]
		for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
			if s != 0 {
				sum += float32(s) * charge[k][i]
			}
		}
		return sum
	}
	for _, c := range in.members[u] {
		for k, s := range in.p.Cases[c].Size {
			sum += float32(s) * d.charge[in.class[c]][k][i]
		}
	}
	return sum
}

func subtract(out []float32, s float32, charge []float32) {
	if s == 0 {
		return
	}
	charge = charge[:len(out)]
	for i := range out {
		out[i] -= s * charge[i]
	}
}

// favourite is the place with the highest reduced value, or -1 when none is
// above 0. buf has one entry for each place.
func (d *dual) favourite(u int, buf []float32) (int, float32) {
	in := d.in
	best, at := float32(0), -1
	if in.mixed[u] {
		d.reduced(u, buf)
		for i, x := range buf {
			if x > best {
				best, at = x, i
			}
		}
		return at, best
	}
	values := in.value[u*in.places : (u+1)*in.places]
	var amount [3]float32
	var charge [3][]float32
	n := 0
	for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
		if s == 0 {
			continue
		}
		row := d.charge[in.class[in.members[u][0]]][k][:len(values)]
		if n == len(charge) { // more dimensions than are summed at once
			values = append(buf[:0], values...)
			subtract(values, float32(s), row)
			continue
		}
		amount[n], charge[n] = float32(s), row
		n++
	}
	return highest(values, amount[:n], charge[:n])
}

// highest finds the place with the highest value above 0 less its charges.
func highest(values []float32, amount []float32, charge [][]float32) (int, float32) {
	best, at := float32(0), -1
	switch len(amount) {
	case 0:
		for i, v := range values {
			if v > best {
				best, at = v, i
			}
		}
	case 1:
		s0, c0 := amount[0], charge[0][:len(values)]
		for i, v := range values {
			if x := v - s0*c0[i]; x > best {
				best, at = x, i
			}
		}
	case 2:
		s0, c0, s1, c1 := amount[0], charge[0][:len(values)], amount[1], charge[1][:len(values)]
		for i, v := range values {
			if x := v - s0*c0[i] - s1*c1[i]; x > best {
				best, at = x, i
			}
		}
	default:
		s0, c0, s1, c1 := amount[0], charge[0][:len(values)], amount[1], charge[1][:len(values)]
		s2, c2 := amount[2], charge[2][:len(values)]
		for i, v := range values {
			if x := v - s0*c0[i] - s1*c1[i] - s2*c2[i]; x > best {
				best, at = x, i
			}
		}
	}
	return at, best
}

// sweep is the outcome of asking every unit for its favourite.
type sweep struct {
	// sum of the favourites' reduced values
	sum float64
	// load of each capacity row when everybody goes to the favourite, or is shared
	// out among favourites that are alike
	load []float64
}

// ask lets each unit of a crowd choose its favourite at the current prices. Where places
// that are alike tie, the unit is shared out among them by the room that they have for
// it: any mixture of favourites is a subgradient, and this one does not make the first
// of them seem overrun and the others empty.
func (d *dual) ask(c crowd, workers int, alike [][]int) sweep {
	in := d.in
	sums := make([]float64, chunks)
	loads := make([][]float64, chunks)
	parallel(workers, len(c.units), func(chunk, from, to int) {
		load := make([]float64, len(in.limit))
		buf := make([]float32, in.places)
		var tied []int
		var room []float64
		sum := 0.0
		for n, u := range c.units[from:to] {
			at, best := d.favourite(int(u), buf)
			if at < 0 {
				continue
			}
			times := c.times[from+n]
			sum += times * float64(best)
			if alike == nil || len(alike[at]) == 1 {
				in.addShare(load, int(u), at, times)
				continue
			}
			tied = tied[:0]
			for _, i := range alike[at] {
				if d.reducedAt(int(u), i) >= best-tieWidth {
					tied = append(tied, i)
				}
			}
			room = in.shareOut(load, int(u), at, times, tied, room)
		}
		sums[chunk], loads[chunk] = sum, load
	})
	return gather(len(in.limit), sums, loads)
}

// gather adds up what the chunks found, in their order.
func gather(rows int, sums []float64, loads [][]float64) sweep {
	total := sweep{load: make([]float64, rows)}
	for k := range chunks {
		total.sum += sums[k]
		for r, n := range loads[k] {
			total.load[r] += n
		}
	}
	return total
}

// tieWidth is how close two reduced values count as equal.
const tieWidth = 1e-4

// shareOut adds a unit, times over, to the loads of tied places by the room that each has
// for it; room is for its own use.
func (in *instance) shareOut(load []float64, u, at int, times float64, tied []int, room []float64) []float64 {
	whole := 0.0
	room = room[:0]
	for _, i := range tied {
		room = append(room, in.roomFor(u, i))
		whole += room[len(room)-1]
	}
	if whole == 0 {
		in.addShare(load, u, at, times)
		return room
	}
	for k, i := range tied {
		in.addShare(load, u, i, times*room[k]/whole)
	}
	return room
}

// roomFor is how often the unit fits into the empty place.
func (in *instance) roomFor(u, i int) float64 {
	room := math.Inf(1)
	for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
		if s > 0 {
			room = min(room, float64(in.limit[i*in.dims+k])/float64(s))
		}
	}
	if math.IsInf(room, 1) {
		return 1
	}
	return room
}

// addShare adds a part of a unit to the loads of a place.
func (in *instance) addShare(load []float64, u, i int, part float64) {
	at := load[i*in.dims : (i+1)*in.dims]
	for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
		at[k] += part * float64(s)
	}
	for _, r := range in.rowsAt[i] {
		load[in.places*in.dims+int(r)] += part * float64(in.amount(u, int(r)))
	}
}

func (in *instance) addLoad(load []int64, u, i int, sign int64) {
	at := load[i*in.dims : (i+1)*in.dims]
	for k, s := range in.size[u*in.dims : (u+1)*in.dims] {
		at[k] += sign * int64(s)
	}
	for _, r := range in.rowsAt[i] {
		load[in.places*in.dims+int(r)] += sign * in.amount(u, int(r))
	}
}

// exactBound recomputes the bound in float64 from the problem's own scores.
func (d *dual) exactBound(workers int) float64 {
	in := d.in
	sums := make([]float64, chunks)
	parallel(workers, len(in.members), func(chunk, from, to int) {
		for u := from; u < to; u++ {
			best := 0.0
			for i := range in.places {
				if in.value[u*in.places+i] != closedValue {
					best = max(best, d.exactReduced(u, i))
				}
			}
			sums[chunk] += best
		}
	})
	bound := 0.0
	for r, x := range d.price {
		bound += x * float64(in.limit[r])
	}
	for _, s := range sums {
		bound += s
	}
	return bound
}

func (d *dual) exactReduced(u, i int) float64 {
	return d.in.exactValue(u, i) - d.in.charged(u, i, d.price)
}

// charged is what unit u pays for its room at place i.
func (in *instance) charged(u, i int, price []float64) float64 {
	x := 0.0
	for k := range in.dims {
		x += float64(in.size[u*in.dims+k]) * price[i*in.dims+k]
	}
	for _, r := range in.rowsAt[i] {
		if price := price[in.places*in.dims+int(r)]; price > 0 {
			x += float64(in.amount(u, int(r))) * price
		}
	}
	return x
}

// relativeGap is (bound − value) / bound, and 0 where rounding would make it less.
func relativeGap(bound, value float64) float64 {
	if bound == 0 || math.IsNaN(bound) {
		return 0
	}
	return max(0, (bound-value)/bound)
}
