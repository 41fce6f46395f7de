package ledger

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Faults that a check of a log can find. Each is wrapped with where it was found.
var (
	ErrGap       = errors.New("an entry is missing, out of order or inserted")
	ErrRoot      = errors.New("the log does not hash to its checkpoint")
	ErrTruncated = errors.New("the log is shorter than a checkpoint kept elsewhere")
	ErrForked    = errors.New("the log's history is not the one of a checkpoint kept elsewhere")
)

// Check reads one office's log from its start and compares it with checkpoints.
// It needs no key, holds a few hashes, and is not safe for concurrent use.
type Check struct {
	office   string
	tree     Frontier
	expected map[int64]Checkpoint
	fault    error
}

// NewCheck starts a check of an office's log. Checkpoints kept elsewhere that the
// log must contain are given at the start.
func NewCheck(office string, kept ...Checkpoint) *Check {
	c := &Check{office: office, expected: map[int64]Checkpoint{}}
	for _, k := range kept {
		c.expected[k.Size] = k
	}
	return c
}

// Add takes the next entry. The first fault is kept; later entries cannot mend it.
func (c *Check) Add(e *Entry) { c.AddLeaf(e.Office, e.Position, e.Leaf()) }

// AddLeaf is Add for an entry whose leaf hash was computed elsewhere.
func (c *Check) AddLeaf(office string, position int64, leaf tlog.Hash) {
	if c.fault != nil {
		return
	}
	if office != c.office || position != c.tree.Size() {
		c.fault = fmt.Errorf("log of %s: %w: position %d of office %s where %d was due",
			c.office, ErrGap, position, office, c.tree.Size())
		return
	}
	c.tree.Append(leaf)
	kept, found := c.expected[c.tree.Size()]
	if found && kept.Root != c.tree.Root() {
		c.fault = fmt.Errorf("log of %s at %d entries: %w", c.office, kept.Size, ErrForked)
	}
}

// Size is the number of entries read so far.
func (c *Check) Size() int64 { return c.tree.Size() }

// Against compares what was read with the log's own latest checkpoint and with
// those kept elsewhere.
func (c *Check) Against(latest Checkpoint) error {
	if c.fault != nil {
		return c.fault
	}
	for size := range c.expected {
		if size > c.tree.Size() {
			return fmt.Errorf("log of %s holds %d entries, a kept checkpoint says %d: %w",
				c.office, c.tree.Size(), size, ErrTruncated)
		}
	}
	if latest.Office != c.office || latest.Size != c.tree.Size() || latest.Root != c.tree.Root() {
		return fmt.Errorf("log of %s: %w: it holds %d entries, the checkpoint says %d",
			c.office, ErrRoot, c.tree.Size(), latest.Size)
	}
	return nil
}
