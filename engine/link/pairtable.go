package link

// pairTable remembers a number for pairs; a hash table with open addressing that
// can be emptied and used again.
type pairTable struct {
	keys   []uint64 // key + 1; 0 is free
	values []float32
	filled int
}

func (t *pairTable) at(key uint64) int {
	mask := len(t.keys) - 1
	i := int(key*0x9E3779B97F4A7C15>>32) & mask
	for t.keys[i] != 0 && t.keys[i] != key+1 {
		i = (i + 1) & mask
	}
	return i
}

// reset empties the table and makes room for about n pairs.
func (t *pairTable) reset(n int) {
	size := 64
	for size < 2*n {
		size *= 2
	}
	if size > len(t.keys) {
		t.keys, t.values = make([]uint64, size), make([]float32, size)
	} else {
		clear(t.keys)
	}
	t.filled = 0
}

func (t *pairTable) get(key uint64) (float32, bool) {
	i := t.at(key)
	return t.values[i], t.keys[i] != 0
}

func (t *pairTable) set(key uint64, value float32) {
	if 2*t.filled >= len(t.keys) {
		old := *t
		t.keys, t.values, t.filled = make([]uint64, 2*len(old.keys)), make([]float32, 2*len(old.keys)), 0
		for i, k := range old.keys {
			if k != 0 {
				t.set(k-1, old.values[i])
			}
		}
	}
	i := t.at(key)
	if t.keys[i] == 0 {
		t.keys[i] = key + 1
		t.filled++
	}
	t.values[i] = value
}
