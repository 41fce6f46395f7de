package joint

// block is at most one foreign letter and at most one Latin letter that stand for
// each other: the number of the foreign letter, then five bits of the Latin one; 0
// is no letter. What a letter stands for beyond that ("sh") are further blocks
// without a foreign letter, which the n-gram ties to it.
type block uint16

const (
	latinBits    = 5
	latinLetters = 1<<latinBits - 1      // of the Latin alphabet at most
	mostForeign  = 1<<(16-latinBits) - 1 // of the foreign alphabet at most
	mostBlocks   = 1<<16 - 2             // so that the marks of begin and end have numbers
	latinMask    = block(1<<latinBits) - 1
)

func blockOf(foreign, latin uint16) block { return block(foreign<<latinBits | latin) }

func (b block) latin() uint16   { return uint16(b & latinMask) }
func (b block) foreign() uint16 { return uint16(b >> latinBits) }

// inventory numbers blocks.
type inventory struct {
	blocks  []block
	numbers []int32  // of each possible block, -1 when it is not in the inventory
	latin   []uint32 // for each foreign letter, or none, the Latin letters it has blocks with, one bit each
}

// newInventory makes an empty inventory for an alphabet of so many letters.
func newInventory(foreignLetters int) *inventory {
	v := &inventory{numbers: make([]int32, (foreignLetters+1)<<latinBits), latin: make([]uint32, foreignLetters+1)}
	for i := range v.numbers {
		v.numbers[i] = -1
	}
	return v
}

// find is the number of a block, or -1.
func (v *inventory) find(foreign, latin uint16) int32 { return v.numbers[blockOf(foreign, latin)] }

func (v *inventory) add(b block) int32 {
	if n := v.numbers[b]; n >= 0 {
		return n
	}
	n := int32(len(v.blocks))
	v.blocks = append(v.blocks, b)
	v.numbers[b] = n
	v.latin[b.foreign()] |= 1 << b.latin()
	return n
}
