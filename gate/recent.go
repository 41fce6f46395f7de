package gate

import (
	"encoding/binary"
	"strconv"
	"sync"
)

// keptDecisions bounds how many decisions are remembered.
const keptDecisions = 1 << 13

// recent remembers decisions by what they answer. The zero value is empty.
type recent struct {
	mu   sync.RWMutex
	kept map[string]Decision
}

// decide gives what was decided lately, or decides and remembers it.
func (r *recent) decide(k key, anew func() Decision) Decision {
	r.mu.RLock()
	d, known := r.kept[string(k)]
	r.mu.RUnlock()
	if known {
		return d
	}
	d = anew()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil || len(r.kept) >= keptDecisions {
		r.kept = map[string]Decision{}
	}
	r.kept[string(k)] = d
	return d
}

// key is texts, lists and flags in a row, each with its length: no two rows of the same
// form are the same bytes.
type key []byte

func newKey(texts ...string) key {
	k := make(key, 0, 192)
	for _, text := range texts {
		k.text(text)
	}
	return k
}

func (k *key) text(text string) {
	*k = append(binary.AppendUvarint(*k, uint64(len(text))), text...)
}

// list tells nil, which nobody looked up, from an empty list.
func (k *key) list(texts []string) {
	if texts == nil {
		*k = append(*k, 0)
		return
	}
	*k = binary.AppendUvarint(*k, uint64(len(texts))+1)
	for _, text := range texts {
		k.text(text)
	}
}

func (k *key) flags(flags ...bool) {
	for _, flag := range flags {
		*k = strconv.AppendBool(*k, flag)
	}
}
