package place

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// room is what the free room of each place means to units of each size: what it is worth,
// where no dimension counts beyond what the unit would fill, and whether it suffices. So a
// search ends early where places are full in what the unit needs and empty in what it does
// not, and looks for room only where there is some.
type room struct {
	// row is the row of each size; low and high bound the sizes that share one.
	row       []int32
	low, high [][]int32
	rows      []roomRow
	// free is the room that the plan leaves in each capacity row, whatever a chain that is
	// being looked for moves.
	free []int64
	// changed lists the places whose load changed, in order; a row reads on where it
	// stopped when it is next asked for.
	changed []int32
}

// roomRow is the room of all places for one row.
type roomRow struct {
	// idle is the worth of each place's free room, top the most of them.
	idle []float32
	top  float32
	// open has a bit for each place where low fits.
	open []uint64
	// read is how many of changed it knows; -1 is none, and no place either.
	read int
}

// mostRows are kept; when there are more sizes, alike ones share a row.
const mostRows = 512

func newRoom(sizes [][]int32, in *instance) room {
	r := room{row: make([]int32, len(sizes)), free: make([]int64, len(in.limit))}
	for shift := 0; shift == 0 || len(r.low) > mostRows; shift++ {
		r.share(sizes, shift)
	}
	r.rows = make([]roomRow, len(r.low))
	for k := range r.rows {
		r.rows[k] = roomRow{idle: make([]float32, in.places), open: make([]uint64, (in.places+63)/64), read: -1}
	}
	return r
}

// share gives sizes that differ by less than 2^shift a row together.
func (r *room) share(sizes [][]int32, shift int) {
	r.low, r.high = nil, nil
	known := map[string]int32{}
	var key []byte
	for k, size := range sizes {
		key = sizeKey(key, size, shift)
		row, ok := known[string(key)]
		if !ok {
			row = int32(len(r.low))
			known[string(key)] = row
			r.low, r.high = append(r.low, slices.Clone(size)), append(r.high, slices.Clone(size))
		}
		r.row[k] = row
		for d, s := range size {
			r.low[row][d], r.high[row][d] = min(r.low[row][d], s), max(r.high[row][d], s)
		}
	}
}

// sizeKey writes a size, without its last bits, over a key by which it is looked up.
func sizeKey(key []byte, size []int32, shift int) []byte {
	key = key[:0]
	for _, s := range size {
		key = binary.LittleEndian.AppendUint32(key, uint32(s>>shift))
	}
	return key
}

// roomFor is the room of all places for units of a size.
func (c *chains) roomFor(size int32) *roomRow {
	k := c.room.row[size]
	row := &c.room.rows[k]
	if row.read == len(c.room.changed) {
		return row
	}
	c.looked += int64(len(row.idle))
	if row.read < 0 || len(c.room.changed)-row.read > len(row.idle) {
		for i := range row.idle {
			c.look(int(k), i)
		}
	} else {
		for _, i := range c.room.changed[row.read:] {
			c.look(int(k), int(i))
		}
	}
	row.read, row.top = len(c.room.changed), 0
	for _, x := range row.idle {
		row.top = max(row.top, x)
	}
	return row
}

// lookAgain has all rows look at all places again.
func (c *chains) lookAgain() {
	r := &c.room
	for row, limit := range c.plan.in.limit {
		r.free[row] = limit - c.plan.load[row]
	}
	r.changed = r.changed[:0]
	for k := range r.rows {
		r.rows[k].read = -1
	}
}

// change notes that the plan moved somebody to or from place i.
func (c *chains) change(i int) {
	in := c.plan.in
	for row := i * in.dims; row < (i+1)*in.dims; row++ {
		c.room.free[row] = in.limit[row] - c.plan.load[row]
	}
	for _, r := range in.rowsAt[i] {
		row := in.places*in.dims + int(r)
		c.room.free[row] = in.limit[row] - c.plan.load[row]
	}
	c.room.changed = append(c.room.changed, int32(i))
}

// look finds what the free room at place i is for a row.
func (c *chains) look(k, i int) {
	in, low, high := c.plan.in, c.room.low[k], c.room.high[k]
	x, fits := float32(0), true
	for d, most := range high {
		row := i*in.dims + d
		free := c.room.free[row]
		x += float32(c.d.price[row] * float64(min(free, int64(most))))
		fits = fits && (low[d] == 0 || int64(low[d]) <= free)
	}
	for _, capped := range in.rowsAt[i] {
		row := in.places*in.dims + int(capped)
		x += float32(c.d.price[row] * float64(min(c.room.free[row], int64(high[in.rows[capped].dim]))))
	}
	row := &c.room.rows[k]
	row.idle[i] = x
	row.open[i/64] &^= 1 << (i % 64)
	if fits {
		row.open[i/64] |= 1 << (i % 64)
	}
}

// settle ends the chain where unit u fits and gains the most: where the chain made room, or
// where there was some. It goes through u's options until they lose too much, or, where
// more are alike than have room, through those that have.
func (c *chains) settle(u, from int, gain, hope float32, room *roomRow) {
	for _, s := range c.trail {
		c.settleAt(u, from, int(s.to), gain)
		if s.from != nowhere {
			c.settleAt(u, from, int(s.from), gain)
		}
	}
	rest := 0
	for _, word := range room.open {
		rest += bits.OnesCount64(word)
	}
	for _, o := range c.near.of(u) {
		c.looked++
		if hope+room.top-o.regret <= c.bar {
			return
		}
		if rest--; rest < 0 {
			break
		}
		// Who fits is charged no more than the free room is worth.
		if hope+room.idle[o.place]-o.regret > c.bar {
			c.settleAt(u, from, int(o.place), gain)
		}
	}
	for w, word := range room.open {
		for ; word != 0; word &= word - 1 {
			c.settleAt(u, from, 64*w+bits.TrailingZeros64(word), gain)
		}
	}
	c.looked += int64(len(room.open) + 2*len(c.trail))
}

func (c *chains) settleAt(u, from, k int, gain float32) {
	c.looked++
	if here := gain + c.plan.value(u, k); here > c.bar && k != from && c.plan.fits(u, k) {
		c.keep(step{int32(u), int32(from), int32(k)}, here)
	}
}
