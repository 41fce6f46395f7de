package hungary1956

import (
	"fmt"
	"sort"
	"time"
)

// group is one visit to a registration desk: a household or one of its persons.
type group struct {
	house   int
	members []int // indices of persons
	date    time.Time
	again   bool // the household, or the person, had been registered before
	numbers []string
}

// Shares of households registered again in another camp, of those across the
// border, and of persons registered again alone.
const (
	householdAgain = 0.03
	acrossBorder   = 0.03
	personAgain    = 0.012
)

// register sends every household to a camp's desk, some of them twice.
func (g *generator) register() {
	r := g.stream(2)
	austrian, yugoslav := austrianLists(), yugoslavLists()
	g.lists = append(austrian, yugoslav...)
	for i := range g.houses {
		h := &g.houses[i]
		near, far := austrian, yugoslav
		if h.yugoslav {
			near, far = far, near
		}
		camp := drawCamp(r, near)
		all := make([]int, h.size)
		for k := range all {
			all[k] = h.first + k
		}
		camp.groups = append(camp.groups, group{house: i, members: all, date: h.arrived})
		if r.chance(householdAgain) {
			g.registerAgain(r, i, otherCamp(r, camp, near, far), all)
		} else if r.chance(personAgain * float64(h.size)) {
			again := camp
			if r.chance(0.5) {
				again = otherCamp(r, camp, near, far)
			}
			g.registerAgain(r, i, again, []int{pick(r, all)})
		}
	}
	for _, l := range g.lists {
		l.assignNumbers()
	}
}

// registerAgain adds a later visit; sometimes part of the family is away.
func (g *generator) registerAgain(r rng, house int, camp *campList, members []int) {
	h := &g.houses[house]
	date := h.arrived.AddDate(0, 0, r.between(2, 35))
	if last := day(1957, 11, 15); date.After(last) {
		date = last
	}
	if len(members) > 2 && r.chance(0.2) {
		members = members[:len(members)-1]
	}
	if len(members) == h.size {
		h.moved++
	}
	camp.groups = append(camp.groups, group{house: house, members: members, date: date, again: true})
	g.sum.Doubles += len(members)
}

func drawCamp(r rng, lists []*campList) *campList {
	sum := 0
	for _, l := range lists {
		sum += l.weight
	}
	n := r.IntN(sum)
	for _, l := range lists {
		if n -= l.weight; n < 0 {
			return l
		}
	}
	return lists[len(lists)-1]
}

func otherCamp(r rng, camp *campList, near, far []*campList) *campList {
	if r.chance(acrossBorder) {
		return drawCamp(r, far)
	}
	for {
		if other := drawCamp(r, near); other != camp {
			return other
		}
	}
}

// assignNumbers puts the visits in the order of days and hands out numbers from 1.
func (l *campList) assignNumbers() {
	sort.SliceStable(l.groups, func(a, b int) bool { return l.groups[a].date.Before(l.groups[b].date) })
	next := 1
	for i := range l.groups {
		for range l.groups[i].members {
			l.groups[i].numbers = append(l.groups[i].numbers, fmt.Sprintf(l.number, next))
			next++
		}
	}
	l.rows = next - 1
}

// writeLists writes every camp's list, and the truth about each row.
func (g *generator) writeLists() error {
	truth, err := g.create(table{name: "truth.csv", kind: KindTruth, encoding: UTF8, delimiter: ',', language: english, dates: time.DateOnly,
		header: []string{"file", "row", "number", "person", "household", "again"}})
	if err != nil {
		return err
	}
	words := newDictionary()
	total := int64(0)
	for _, l := range g.lists {
		total += int64(l.rows)
	}
	g.sum.Registrations = int(total)
	for i, l := range g.lists {
		c := clerk{g: g, list: l, words: words, rng: g.stream(100 + uint64(i)), speller: newSpeller(l.style, l.table.language)}
		if err := c.writeList(truth); err != nil {
			return err
		}
		g.progress("lists", int64(truth.rows), total)
	}
	return g.finish(truth)
}

// clerk writes one camp's list in its language and habits.
type clerk struct {
	g       *generator
	list    *campList
	words   dictionary
	rng     rng
	speller *speller
}

func (c *clerk) writeList(truth *tableWriter) error {
	l := c.list
	l.table.kind = KindRegistrations
	for _, col := range l.columns {
		l.table.header = append(l.table.header, col.header)
	}
	w, err := c.g.create(l.table)
	if err != nil {
		return err
	}
	cells := make([]any, len(l.columns))
	for i := range l.groups {
		visit := &l.groups[i]
		for k, member := range visit.members {
			c.fill(cells, visit, i+1, k)
			if err := truth.row(l.table.name, w.line(), visit.numbers[k], personID(member), householdID(visit.house), yesNo(visit.again)); err != nil {
				return err
			}
			if err := w.row(cells...); err != nil {
				return err
			}
		}
	}
	return c.g.finish(w)
}

func personID(i int) string    { return fmt.Sprintf("P%06d", i+1) }
func householdID(i int) string { return fmt.Sprintf("H%06d", i+1) }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
