package link

import (
	"cmp"
	"context"
	"slices"
)

// EventKind says what became of a person.
type EventKind string

// The kinds of events.
const (
	Created EventKind = "created" // a person of new records only
	Joined  EventKind = "joined"  // new records were added to a person
	Merged  EventKind = "merged"  // records of other persons were added to a person
	Split   EventKind = "split"   // records of a person became a person of their own
	Ended   EventKind = "ended"   // no record of the person is left, or all went to others
)

// Event is what an update did to one person.
type Event struct {
	Kind    EventKind `json:"kind"`
	Person  string    `json:"person"`
	From    []string  `json:"from,omitempty"`    // other persons, for Merged and Split
	Records []string  `json:"records,omitempty"` // that came or were parted
}

// rejoin clusters again the components that hold a touched record.
func (x *Index) rejoin(ctx context.Context, t *touched) []Event {
	list := make([]int32, 0, len(t.records))
	for i := range t.records {
		if !x.gone[i] {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	k := linkage{c: x.c, s: x.s, threshold: logit(x.run.result.Model.Threshold), forbidden: x.cannot}
	done := map[int32]bool{}
	var clusters [][]int32
	old := map[int32]string{} // persons of all records in question
	for i := range t.removed {
		old[i] = x.person[i]
	}
	for _, i := range list {
		if done[i] {
			continue
		}
		c := x.componentOf(i, done)
		for _, r := range c.records {
			old[r] = x.person[r]
		}
		// An update is small and is finished even when the context ends.
		joined, _ := k.run(context.WithoutCancel(ctx), &c)
		clusters = append(clusters, joined...)
	}
	x.setClusters(clusters, t)
	return x.namePersons(clusters, old, t)
}

// componentOf collects the records that edges and decisions tie to record i.
func (x *Index) componentOf(i int32, done map[int32]bool) component {
	c := component{records: []int32{i}}
	done[i] = true
	reach := func(j int32) {
		if !done[j] {
			done[j] = true
			c.records = append(c.records, j)
		}
	}
	for at := 0; at < len(c.records); at++ {
		r := c.records[at]
		x.edges(r, func(e edge) {
			reach(e.a + e.b - r)
			if r == e.a {
				c.edges = append(c.edges, e)
			}
		})
		for _, j := range x.must[r] {
			reach(j)
			if r < j {
				c.must = append(c.must, [2]int32{r, j})
			}
		}
	}
	slices.Sort(c.records)
	slices.SortFunc(c.edges, func(p, q edge) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
	c.edges = slices.CompactFunc(c.edges, func(p, q edge) bool { return p.a == q.a && p.b == q.b })
	return c
}

func (x *Index) setClusters(clusters [][]int32, t *touched) {
	for i := range t.removed {
		delete(x.mates, x.of[i])
	}
	for _, members := range clusters {
		for _, i := range members {
			delete(x.mates, x.of[i])
		}
	}
	for _, members := range clusters {
		for _, i := range members {
			x.of[i] = members[0]
		}
		if len(members) > 1 {
			x.mates[members[0]] = members
		}
	}
}

// claim is a cluster that could go on as an earlier person.
type claim struct {
	cluster, records int
	person           string
}

// namePersons gives each cluster the id of the person of whom it has most
// records, each id once, and tells what changed.
func (x *Index) namePersons(clusters [][]int32, old map[int32]string, t *touched) []Event {
	var claims []claim
	for c, members := range clusters {
		count := map[string]int{}
		for _, i := range members {
			if p := old[i]; p != "" {
				count[p]++
			}
		}
		for p, n := range count {
			claims = append(claims, claim{c, n, p})
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.records, a.records), cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.person, b.person))
	})
	names, taken := make([]string, len(clusters)), map[string]bool{}
	for _, c := range claims {
		if names[c.cluster] == "" && !taken[c.person] {
			names[c.cluster], taken[c.person] = c.person, true
		}
	}
	known := map[string]bool{}
	for _, p := range old {
		known[p] = true
	}
	var events []Event
	for c, members := range clusters {
		if names[c] == "" {
			names[c] = x.freshName(members, known, taken)
			taken[names[c]] = true
		}
		for _, i := range members {
			x.person[i] = names[c]
		}
		events = append(events, x.eventsOf(names[c], members, old, known)...)
	}
	return append(events, ended(old, taken)...)
}

// freshName makes an id that no person has or had in this change.
func (x *Index) freshName(members []int32, known, taken map[string]bool) string {
	for suffix := ""; ; suffix += "'" {
		for _, i := range members {
			name := x.ids[i] + suffix
			// A person keeps the id of a record that was parted from it or removed.
			if !known[name] && !taken[name] && !x.names[name] {
				return name
			}
		}
	}
}

// nameOthers lists the persons that are named after another record than one that
// they have; a fresh person must not take such a name.
func (x *Index) nameOthers() {
	x.names = make(map[string]bool)
	for i, p := range x.person {
		if p != x.ids[i] {
			x.names[p] = true
		}
	}
}

func (x *Index) eventsOf(name string, members []int32, old map[int32]string, known map[string]bool) []Event {
	var fresh, moved, from []string
	for _, i := range members {
		switch p := old[i]; {
		case p == "":
			fresh = append(fresh, x.ids[i])
		case p != name:
			moved = append(moved, x.ids[i])
			if !slices.Contains(from, p) {
				from = append(from, p)
			}
		}
	}
	x.names[name] = true
	var events []Event
	switch {
	case len(moved) > 0 && known[name]:
		events = append(events, Event{Merged, name, from, moved})
	case len(moved) > 0:
		events = append(events, Event{Split, name, from, moved})
	case len(fresh) > 0 && !known[name]:
		return []Event{{Created, name, nil, fresh}}
	}
	if len(fresh) > 0 {
		events = append(events, Event{Joined, name, nil, fresh})
	}
	return events
}

func ended(old map[int32]string, taken map[string]bool) []Event {
	var events []Event
	seen := map[string]bool{"": true}
	for _, p := range old {
		if !taken[p] && !seen[p] {
			seen[p] = true
			events = append(events, Event{Kind: Ended, Person: p})
		}
	}
	slices.SortFunc(events, func(a, b Event) int { return cmp.Compare(a.Person, b.Person) })
	return events
}

// Result gives the register as it stands and its result: removed records are left
// out, new ones stand at the end. Estimates and counts of an earlier run are not
// in it.
func (x *Index) Result() (Problem, Result) {
	x.lock.Lock()
	defer x.lock.Unlock()
	p := Problem{Columns: x.run.problem.Columns, AgeYear: x.run.problem.AgeYear, Must: x.pairsOf(x.must), Cannot: x.pairsOf(x.cannot)}
	r := Result{Model: x.run.result.Model, Complete: true}
	at := make([]int, len(x.ids))
	for i, id := range x.ids {
		if x.gone[i] {
			continue
		}
		at[i] = len(p.IDs)
		p.IDs, p.Rows = append(p.IDs, id), append(p.Rows, x.rows[i])
		r.Clusters, r.Persons = append(r.Clusters, at[x.of[i]]), append(r.Persons, x.person[i])
	}
	for i := range x.ids {
		if x.gone[i] {
			continue
		}
		var list []edge
		x.edges(int32(i), func(e edge) {
			if e.a == int32(i) {
				list = append(list, e)
			}
		})
		slices.SortFunc(list, func(p, q edge) int { return cmp.Compare(p.b, q.b) })
		for _, e := range slices.CompactFunc(list, func(p, q edge) bool { return p.b == q.b }) {
			s := detail(x.c, x.s, e.a, e.b, r.Model.Threshold, make([]FieldScore, x.s.fields))
			s.A, s.B = at[e.a], at[e.b]
			s.settle(r.Clusters)
			r.Pairs = append(r.Pairs, s)
		}
	}
	return p, r
}

// settle makes the verdict of a pair that of its clusters.
func (p *ScoredPair) settle(clusters []int) {
	switch {
	case clusters[p.A] == clusters[p.B]:
		p.Verdict = Same
	case p.Verdict == Same:
		p.Verdict = Review
	}
}
