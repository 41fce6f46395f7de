package place

import (
	"cmp"
	"slices"
)

// guest is a unit at a place, with the value that leaves with it less the best reduced
// value that it could have elsewhere.
type guest struct {
	unit int32
	cost float32
}

// admit enters unit u among the exits of place i.
func (c *chains) admit(u, i int) {
	if c.pinned[u] {
		return
	}
	g := guest{int32(u), c.exitCost(u, i)}
	list := c.exits[i][c.class[u]]
	at, _ := slices.BinarySearchFunc(list, g, byCost)
	c.exits[i][c.class[u]] = slices.Insert(list, at, g)
}

// dismiss takes unit u from the exits of place i.
func (c *chains) dismiss(u, i int) {
	if c.pinned[u] {
		return
	}
	list := c.exits[i][c.class[u]]
	if at, ok := slices.BinarySearchFunc(list, guest{int32(u), c.exitCost(u, i)}, byCost); ok {
		c.exits[i][c.class[u]] = slices.Delete(list, at, at+1)
	}
}

func byCost(a, b guest) int {
	return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.unit, b.unit))
}

// list fills the exits of all places.
func (c *chains) list() {
	for i := range c.exits {
		c.exits[i] = make([][]guest, len(c.sizes))
		for _, u := range c.plan.guests[i] {
			if !c.pinned[u] {
				k := c.class[u]
				c.exits[i][k] = append(c.exits[i][k], guest{u, c.exitCost(int(u), i)})
			}
		}
		for _, guests := range c.exits[i] {
			slices.SortFunc(guests, byCost)
		}
	}
	c.lookAgain()
}

// move puts unit u at a place, or nowhere, and notes it in the log.
func (c *chains) move(u, to int) {
	from := nowhere
	if c.plan.at[u] != nowhere {
		from = c.plan.lift(u)
		c.dismiss(u, from)
		c.change(from)
	}
	if to != nowhere {
		c.plan.put(u, to)
		c.admit(u, to)
		c.change(to)
	}
	c.log = append(c.log, step{int32(u), int32(from), int32(to)})
	gain := float64(c.plan.value(u, to)) - float64(c.plan.value(u, from))
	c.won += gain
	c.guard.moved(u, gain)
}

// undoTo takes back the moves of the log after its first n.
func (c *chains) undoTo(n int) {
	for len(c.log) > n {
		last := c.log[len(c.log)-1]
		c.move(int(last.unit), int(last.from))
		c.log = c.log[:len(c.log)-2]
	}
}

// exitCost is the value that leaves place i with unit u, less the best reduced value
// that it could have elsewhere.
func (c *chains) exitCost(u, i int) float32 {
	cost := c.plan.value(u, i)
	for _, o := range c.near.of(u) {
		if int(o.place) != i {
			return cost - max(0, c.near.most[u]-o.regret)
		}
	}
	return cost
}
