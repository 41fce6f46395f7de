package app

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"cairn/fold"
)

// Whatever is kept, asked for and forgotten: what is remembered is what was kept last,
// with the heads that are asked for, and no more than the limit and one subject's facts.
func TestMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const limit, longest = 40, 6
		m, last := newMemory(limit), map[string]remembered{}
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			subject := fmt.Sprint("s", rapid.IntRange(0, 30).Draw(t, "subject"))
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0:
				m.forget(subject)
				delete(last, subject)
			case 1, 2, 3, 4:
				r := remembered{heads: rapid.StringMatching("[ab]").Draw(t, "heads"),
					facts: make([]fold.Fact, rapid.IntRange(1, longest).Draw(t, "facts"))}
				m.keep(subject, r)
				last[subject] = r
			default:
				heads := rapid.StringMatching("[ab]").Draw(t, "heads")
				got, found := m.of(subject, heads)
				want, known := last[subject]
				if found && (!known || want.heads != heads || len(got.facts) != len(want.facts)) {
					t.Fatalf("%s of %s: %d facts are remembered, %d were kept as %s", subject, heads, len(got.facts), len(want.facts), want.heads)
				}
			}
			held := 0
			for _, half := range []map[string]remembered{m.young, m.old} {
				for _, r := range half {
					held += len(r.facts)
				}
			}
			if held > limit+2*longest {
				t.Fatalf("%d facts are held", held)
			}
		}
	})
	m := newMemory(100)
	m.keep("s", remembered{heads: "h", facts: make([]fold.Fact, 3)})
	if r, found := m.of("s", "h"); !found || len(r.facts) != 3 {
		t.Error("what was just kept is not remembered")
	}
}
