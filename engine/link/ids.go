package link

import (
	"hash/maphash"
	"slices"
)

// Repeated finds two equal ids: the places of the first that repeats an earlier
// one, and of that earlier one. It needs 8 bytes for each id.
func Repeated(ids []string) (first, second int, found bool) {
	seed := maphash.MakeSeed()
	hashes := make([]uint64, len(ids))
	for i, id := range ids {
		hashes[i] = maphash.String(seed, id)
	}
	slices.Sort(hashes)
	twice := make(map[uint64]bool)
	for i := 1; i < len(hashes); i++ {
		if hashes[i] == hashes[i-1] {
			twice[hashes[i]] = true
		}
	}
	if len(twice) == 0 {
		return 0, 0, false
	}
	places := make(map[string]int)
	for i, id := range ids {
		if !twice[maphash.String(seed, id)] {
			continue
		}
		if earlier, ok := places[id]; ok {
			return earlier, i, true
		}
		places[id] = i
	}
	return 0, 0, false
}

// decided holds the ids that decisions name.
func decided(problem Problem) map[string]bool {
	named := make(map[string]bool)
	for _, list := range [][]Pair{problem.Must, problem.Cannot} {
		for _, p := range list {
			named[p.A], named[p.B] = true, true
		}
	}
	return named
}

// placesOf finds where records stand: the named ones, or all for nil.
func placesOf(problem Problem, named map[string]bool) map[string]int32 {
	if named != nil && len(named) == 0 {
		return nil
	}
	room := len(named)
	if named == nil {
		room = len(problem.IDs)
	}
	places := make(map[string]int32, room)
	for i, id := range problem.IDs {
		if named == nil || named[id] {
			places[id] = int32(i)
		}
	}
	return places
}
