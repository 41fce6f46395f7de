package place

import "testing"

// A chain may take from a group what it has above its floor, and no more.
func TestGuardKeepsFloors(t *testing.T) {
	p := many(4, 3, 2)
	p.Scores.Table = []float32{0.9, 0.5, 0.1, 0.9, 0.5, 0.1, 0.9, 0.5, 0.1, 0.9, 0.5, 0.1}
	for c := range p.Cases {
		p.Cases[c].Weight = 1
	}
	for i := range p.Places {
		p.Places[i].Capacity = []int{99, 99}
	}
	in, err := compile(&p, 1)
	if err != nil {
		t.Fatal(err)
	}
	plan := newPlan(in)
	for u := range in.members {
		plan.put(u, 0)
	}
	g := &floorGuard{of: []int{0, 0, 1, -1}, slack: []float64{0.5, -0.2}}
	for name, test := range map[string]struct {
		chain []step
		want  bool
	}{
		"within the slack":       {[]step{{0, 0, 1}}, true},
		"beyond the slack":       {[]step{{0, 0, 2}}, false},
		"made up for by another": {[]step{{0, 0, 2}, {1, 1, 0}}, true},
		"below already, worse":   {[]step{{2, 0, 1}}, false},
		"below already, better":  {[]step{{2, 1, 0}}, true},
		"of no group":            {[]step{{3, 0, 2}}, true},
	} {
		if got := g.allows(plan, test.chain); got != test.want {
			t.Errorf("%s: allowed %v, want %v", name, got, test.want)
		}
	}
	if got := g.short(); got != 0.2 {
		t.Errorf("the floors are missed by %v, want 0.2", got)
	}
	if g.moved(2, 0.3); g.short() != 0 {
		t.Errorf("slack %v after a gain", g.slack)
	}
	var none *floorGuard
	if none.moved(0, 1); none.short() != 0 || !none.allows(plan, nil) {
		t.Error("without a guard something is refused")
	}
}
