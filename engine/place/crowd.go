package place

import (
	"math"
	"slices"
)

// crowd is units that are asked for their favourites. Those that are alike answer alike
// at any prices, so one of them is asked for all: times says how many it stands for.
type crowd struct {
	units []int32
	times []float64
}

// everybody is all units.
func (in *instance) everybody() crowd {
	units := make([]int32, len(in.members))
	for u := range units {
		units[u] = int32(u)
	}
	return in.crowd(units)
}

// crowd gathers units that are alike, in the order of the first of each.
func (in *instance) crowd(units []int32) crowd {
	c := crowd{units: make([]int32, 0, len(units)), times: make([]float64, 0, len(units))}
	at := make([]int32, len(in.alike)) // where each kind stands in the crowd, plus one
	for _, u := range units {
		k := in.alike[u]
		if at[k] == 0 {
			c.units, c.times = append(c.units, u), append(c.times, 0)
			at[k] = int32(len(c.units))
		}
		c.times[at[k]-1]++
	}
	return c
}

// each is how many units there are for each that is asked.
func (c *crowd) each() float64 {
	sum := 0.0
	for _, n := range c.times {
		sum += n
	}
	return sum / max(1, float64(len(c.units)))
}

// findAlike numbers each unit by the first unit that is like it: of the same size, in the
// same rows, worth the same at every place. marks are hashes of the values.
func (in *instance) findAlike(marks []uint64) {
	in.alike = make([]int32, len(in.members))
	known := make(map[uint64][]int32, len(marks))
	for u := range in.alike {
		in.alike[u] = int32(u)
		if in.mixed[u] {
			continue
		}
		same := slices.IndexFunc(known[marks[u]], func(v int32) bool { return in.areAlike(u, int(v)) })
		if same >= 0 {
			in.alike[u] = known[marks[u]][same]
			continue
		}
		known[marks[u]] = append(known[marks[u]], int32(u))
	}
}

func (in *instance) areAlike(u, v int) bool {
	return in.class[in.members[u][0]] == in.class[in.members[v][0]] &&
		slices.Equal(in.size[u*in.dims:(u+1)*in.dims], in.size[v*in.dims:(v+1)*in.dims]) &&
		slices.Equal(in.value[u*in.places:(u+1)*in.places], in.value[v*in.places:(v+1)*in.places])
}

// mark hashes a unit's values, after FNV-1a by words.
func mark(values []float32) uint64 {
	h := uint64(14695981039346656037)
	for _, x := range values {
		h = (h ^ uint64(math.Float32bits(x))) * 1099511628211
	}
	return h
}
