package link

import (
	"testing"

	"pgregory.net/rapid"
)

func TestRepeatedAgainstPlainSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.StringMatching(`[ab]{0,4}`), 0, 12).Draw(t, "ids")
		first, second, found := Repeated(ids)
		seen, want := map[string]int{}, -1
		for i, id := range ids {
			if earlier, ok := seen[id]; ok {
				if want = i; !found || first != earlier || second != i {
					t.Fatalf("Repeated(%q) = %d, %d, %v; %d repeats %d", ids, first, second, found, i, earlier)
				}
				break
			}
			seen[id] = i
		}
		if want < 0 && found {
			t.Fatalf("Repeated(%q) finds %d and %d, but all are distinct", ids, first, second)
		}
	})
}
