package link

import "slices"

// live gives the records with a key that are not removed and not the last,
// unfinished one, as far as most of them; more says that there are more.
func (x *Index) live(key uint64, most int) (list []int32, more bool) {
	old, later := x.keys.of(key)
	for _, part := range [][]int32{old, later} {
		for _, r := range part {
			if x.gone[r] {
				continue
			}
			if len(list) == most {
				return list, true
			}
			list = append(list, r)
		}
	}
	return list, false
}

// candidates gives the records to compare with record i, whose keys are given or
// read from it: those that share with it two blocks, or one that is small. A
// record that is not yet among the keys counts as a member of its blocks.
func (x *Index) candidates(i int32, keys []uint64) []int32 {
	bounds := x.run.result.Model.Blocks
	if keys == nil {
		keys = x.keysOf(i)
	}
	inside := int(i) < len(x.gone)
	x.turn++
	once, done := x.turn<<1, x.turn<<1|1
	var out []int32
	for _, key := range keys {
		list, more := x.live(key, bounds.Largest)
		size := len(list)
		if !inside {
			size++
		}
		if more || size > bounds.Largest {
			continue
		}
		for _, j := range list {
			switch s := &x.seen[j]; {
			case j == i || *s == done:
			case size <= bounds.Single || *s == once:
				*s = done
				out = append(out, j)
			default:
				*s = once
			}
		}
	}
	return out
}

// keysOf gives the distinct keys of a record, cut as the table holds them.
func (x *Index) keysOf(i int32) []uint64 {
	var w keyWriter
	w.record(x.run.d, int(i))
	for k := range w.keys {
		w.keys[k] = w.keys[k] >> keptBits << keptBits
	}
	slices.Sort(w.keys)
	return slices.Compact(w.keys)
}

// edges visits the pairs of a record that clustering looks at, with their weight
// under what is known of households.
func (x *Index) edges(i int32, visit func(edge)) {
	met := map[int32]bool{}
	for _, e := range x.near[i] {
		key, apart := x.households(e.a, e.b)
		if apart {
			if _, kin := x.run.kin.by[key]; kin && x.areHouseholds(key) {
				continue // see below
			}
			e.bits = float32(x.withKin(e.a, e.b))
		}
		if float64(e.bits) >= x.floor {
			visit(e)
		}
	}
	if x.house == nil || x.run.d.people[i].household < 0 {
		return
	}
	for _, g := range x.kinHouses(x.run.d.people[i].household) {
		for _, j := range x.house[g] {
			a, b := min(i, j), max(i, j)
			if bits := x.withKin(a, b); bits >= x.floor && !met[j] {
				met[j] = true
				visit(edge{a, b, float32(bits)})
			}
		}
	}
}

func (x *Index) withKin(a, b int32) float64 {
	var e evidence
	_, bits := x.s.score(x.c, a, b, &e)
	return bits
}

// areHouseholds says that both of a pair are small enough to be households.
func (x *Index) areHouseholds(key uint64) bool {
	return len(x.house[int32(key>>32)]) <= largestHousehold && len(x.house[int32(uint32(key))]) <= largestHousehold
}

// kinHouses lists the households that share a member with h.
func (x *Index) kinHouses(h int32) []int32 {
	var list []int32
	for _, i := range x.house[h] {
		for _, e := range x.near[i] {
			other := e.a + e.b - i
			key, apart := x.households(i, other)
			if _, kin := x.run.kin.by[key]; apart && kin && x.areHouseholds(key) {
				list = append(list, x.run.d.people[other].household)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
