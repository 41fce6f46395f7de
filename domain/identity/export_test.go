package identity

import "cairn/engine/link"

// HeldIndex is the index in what an office keeps as its register.
func HeldIndex(kept any) *link.Index {
	r, ok := kept.(*keptRegister)
	if !ok || r.held == nil {
		return nil
	}
	return r.held.index
}
