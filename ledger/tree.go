package ledger

import (
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Frontier is the right edge of a Merkle tree: enough to append leaves and to
// give the root, in memory that grows with the logarithm of the size.
type Frontier struct {
	size   int64
	hashes []tlog.Hash // complete subtrees from left to right, one for each bit of size
}

// Node is the hash of a complete subtree of 2^Level leaves, the N-th on its level.
type Node struct {
	Level int
	N     int64
	Hash  tlog.Hash
}

// KeptEvery says which levels of the tree are kept: each KeptEvery-th. What lies
// between is computed again from the leaves when a proof is asked for.
const KeptEvery = 8

// Size is the number of leaves.
func (f *Frontier) Size() int64 { return f.size }

// Append adds a leaf and gives the complete subtrees on kept levels that it closed.
func (f *Frontier) Append(leaf tlog.Hash) []Node {
	var kept []Node
	h, n := leaf, f.size
	for level := 1; n&1 == 1; level++ {
		last := len(f.hashes) - 1
		h = tlog.NodeHash(f.hashes[last], h)
		f.hashes = f.hashes[:last]
		n >>= 1
		if level%KeptEvery == 0 {
			kept = append(kept, Node{Level: level, N: n, Hash: h})
		}
	}
	f.hashes = append(f.hashes, h)
	f.size++
	return kept
}

// Root is the tree hash of RFC 6962; that of an empty tree is the hash of nothing.
func (f *Frontier) Root() tlog.Hash {
	if f.size == 0 {
		h, _ := tlog.TreeHash(0, nil)
		return h
	}
	h := f.hashes[len(f.hashes)-1]
	for i := len(f.hashes) - 2; i >= 0; i-- {
		h = tlog.NodeHash(f.hashes[i], h)
	}
	return h
}

// Clone gives a copy that can be appended to without touching f.
func (f *Frontier) Clone() Frontier {
	return Frontier{size: f.size, hashes: append([]tlog.Hash(nil), f.hashes...)}
}

// FrontierOf rebuilds the right edge of a tree of n leaves from stored hashes.
func FrontierOf(n int64, r tlog.HashReader) (Frontier, error) {
	f := Frontier{size: n}
	var indexes []int64
	done := int64(0)
	for level := bits.Len64(uint64(n)) - 1; level >= 0; level-- {
		if n&(1<<level) != 0 {
			indexes = append(indexes, tlog.StoredHashIndex(level, done>>level))
			done += 1 << level
		}
	}
	if len(indexes) == 0 {
		return f, nil
	}
	hashes, err := r.ReadHashes(indexes)
	if err != nil {
		return Frontier{}, fmt.Errorf("read the right edge of a tree of %d entries: %w", n, err)
	}
	f.hashes = hashes
	return f, nil
}

// Source gives what a tree's hashes are computed from.
type Source interface {
	// Leaves gives the leaf hashes at positions lo ≤ p < hi, in order.
	Leaves(lo, hi int64) ([]tlog.Hash, error)
	// Kept gives the hash of a complete subtree on a kept level.
	Kept(level int, n int64) (tlog.Hash, error)
}

// Hashes reads any hash of a tree from its kept levels and its leaves.
type Hashes struct{ Source Source }

// ReadHashes implements tlog.HashReader.
func (h Hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		hash, err := h.subtree(level, n)
		if err != nil {
			return nil, err
		}
		out[i] = hash
	}
	return out, nil
}

func (h Hashes) subtree(level int, n int64) (tlog.Hash, error) {
	below := level - level%KeptEvery
	if below == level && level > 0 {
		return h.Source.Kept(level, n)
	}
	count := int64(1) << (level - below)
	var hashes []tlog.Hash
	if below == 0 {
		leaves, err := h.Source.Leaves(n*count, (n+1)*count)
		if err != nil {
			return tlog.Hash{}, err
		}
		hashes = slices.Clone(leaves)
	} else {
		for i := n * count; i < (n+1)*count; i++ {
			kept, err := h.Source.Kept(below, i)
			if err != nil {
				return tlog.Hash{}, err
			}
			hashes = append(hashes, kept)
		}
	}
	if int64(len(hashes)) != count {
		return tlog.Hash{}, fmt.Errorf("the log holds %d of %d entries needed for a proof", len(hashes), count)
	}
	for len(hashes) > 1 {
		for i := 0; i < len(hashes)/2; i++ {
			hashes[i] = tlog.NodeHash(hashes[2*i], hashes[2*i+1])
		}
		hashes = hashes[:len(hashes)/2]
	}
	return hashes[0], nil
}
