package place

import (
	"testing"

	"pgregory.net/rapid"
)

// The table finds the highest sum of coefficients of items that fit, as trying all sets
// does.
func TestJointTableFindsTheHighestSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dims := rapid.IntRange(1, 4).Draw(t, "dimensions")
		room := rapid.SliceOfN(rapid.IntRange(0, 9), dims, dims).Draw(t, "room")
		var items []jointItem
		var coefficients []int
		for range rapid.IntRange(0, 6).Draw(t, "items") {
			items = append(items, jointItem{size: rapid.SliceOfN(rapid.Int32Range(0, 4), dims, dims).Draw(t, "size")})
			coefficients = append(coefficients, rapid.IntRange(1, 5).Draw(t, "coefficient"))
		}
		table := newJointTable(room, items)
		for n, it := range items {
			table.enter(it.size, coefficients[n])
		}
		part := make([]int, dims)
		for d := range part {
			part[d] = rapid.IntRange(-1, room[d]).Draw(t, "part")
		}
		if got, want := table.reach(part), highestSum(part, items, coefficients); got != want {
			t.Fatalf("reaches %d in %v, want %d", got, part, want)
		}
	})
}

// highestSum tries all sets; −1 when the room is below 0.
func highestSum(room []int, items []jointItem, coefficients []int) int {
	best := -1
	for set := range 1 << len(items) {
		sum, fits := 0, true
		for d, left := range room {
			for n, it := range items {
				if set>>n&1 == 1 {
					left -= int(it.size[d])
				}
			}
			fits = fits && left >= 0
		}
		for n, c := range coefficients {
			sum += c * (set >> n & 1)
		}
		if fits {
			best = max(best, sum)
		}
	}
	return best
}
