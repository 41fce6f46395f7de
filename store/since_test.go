package store_test

import (
	"testing"

	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

func TestWhatCameSinceAMomentIsKnown(t *testing.T) { storetest.Run(t, sinceAMoment) }

func sinceAMoment(t *testing.T, config store.Config) {
	s := open(t, config)
	defer s.Close()
	first := change("a", "", "one")
	for _, c := range []store.Change{first, change("b", "", "one")} {
		if err := submit(t, s, c); err != nil {
			t.Fatal(err)
		}
	}
	read := func(sizes map[string]int64, most int) (now map[string]int64, subjects map[string]int64) {
		t.Helper()
		err := s.Read(t.Context(), func(r *store.Reader) error {
			heads, err := r.Since(t.Context(), sizes, most)
			if err != nil {
				return err
			}
			subjects = map[string]int64{}
			for _, h := range heads {
				subjects[h.Subject] = h.Entries
			}
			now, err = r.Sizes(t.Context())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return now, subjects
	}
	before, all := read(nil, 10)
	if len(all) != 2 || len(before) != 1 {
		t.Fatalf("%v at %v", all, before)
	}
	if _, none := read(before, 10); len(none) != 0 {
		t.Fatalf("%v came since now", none)
	}
	if err := submit(t, s, change("a", string(ledger.IDOf(first.Leaves[0])), "two")); err != nil {
		t.Fatal(err)
	}
	if err := submit(t, s, change("c", "", "one")); err != nil {
		t.Fatal(err)
	}
	if _, came := read(before, 10); len(came) != 2 || came["a"] != 2 || came["c"] != 1 {
		t.Errorf("%v came", came)
	}
	if _, many := read(nil, 1); len(many) != 2 {
		t.Errorf("%v: it is not said that there are more than one", many)
	}
}
