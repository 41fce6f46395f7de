package joint

// Shape is the size of a block: letters of the foreign word, letters of the
// Latin word.
type Shape struct{ Foreign, Latin int }

const (
	maxForeign   = 2 // letters of a block on either side
	maxLatin     = 6
	latinLetters = 62   // of the Latin alphabet, so that a letter fits six bits
	mostForeign  = 4000 // of the foreign alphabet, so that a letter fits twelve bits
)

// block is a foreign and a Latin letter sequence that stand for each other,
// packed: six Latin letters of six bits (the first lowest), then two foreign
// letters of twelve bits. No letter has number 0, so lengths need no bits.
type block uint64

func packLatin(letters []uint16) (b block) {
	for i, l := range letters {
		b |= block(l&63) << (6 * i)
	}
	return b
}

func packForeign(letters []uint16) (b block) {
	for i, l := range letters {
		b |= block(l&4095) << (6*maxLatin + 12*i)
	}
	return b
}

func (b block) latin() []uint16 {
	var out []uint16
	for rest := b & (1<<(6*maxLatin) - 1); rest != 0; rest >>= 6 {
		out = append(out, uint16(rest&63))
	}
	return out
}

func (b block) foreign() []uint16 {
	var out []uint16
	for rest := b >> (6 * maxLatin); rest != 0; rest >>= 12 {
		out = append(out, uint16(rest&4095))
	}
	return out
}

func (b block) shape() Shape { return Shape{len(b.foreign()), len(b.latin())} }

// inventory numbers blocks by an open-addressing table.
type inventory struct {
	blocks []block
	table  []int32 // number + 1
	mask   uint64
}

func newInventory(blocks []block) *inventory {
	v := &inventory{table: make([]int32, 1024), mask: 1023}
	for _, b := range blocks {
		v.add(b)
	}
	return v
}

func (v *inventory) slot(b block) uint64 {
	i := uint64(b) * 0x9E3779B97F4A7C15 >> 20 & v.mask
	for v.table[i] != 0 && v.blocks[v.table[i]-1] != b {
		i = (i + 1) & v.mask
	}
	return i
}

// find is the number of a block, or -1.
func (v *inventory) find(b block) int32 { return v.table[v.slot(b)] - 1 }

func (v *inventory) add(b block) int32 {
	i := v.slot(b)
	if v.table[i] != 0 {
		return v.table[i] - 1
	}
	v.blocks = append(v.blocks, b)
	v.table[i] = int32(len(v.blocks))
	if 2*len(v.blocks) > len(v.table) {
		v.grow()
	}
	return int32(len(v.blocks) - 1)
}

func (v *inventory) grow() {
	v.table = make([]int32, 2*len(v.table))
	v.mask = uint64(len(v.table) - 1)
	for k, b := range v.blocks {
		v.table[v.slot(b)] = int32(k + 1)
	}
}
