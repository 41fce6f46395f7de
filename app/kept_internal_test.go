package app

import "testing"

func TestWhatIsKeptIsLetGoOf(t *testing.T) {
	k := newKept()
	makes := func(v *int) func() any { return func() any { return v } }
	one, two := new(int), new(int)
	if k.of("a", makes(one)) != any(one) || k.of("a", makes(two)) != any(one) {
		t.Error("what is kept was made again")
	}
	k.drop("a", two)
	if k.of("a", makes(two)) != any(one) {
		t.Error("the timer of an older value dropped a newer one")
	}
	k.drop("a", one)
	if k.of("a", makes(two)) != any(two) {
		t.Error("a value stays that nobody asked for")
	}
	k.clear()
	if k.of("a", makes(one)) != any(one) || len(k.timers) != 1 {
		t.Error("something is left")
	}
}
