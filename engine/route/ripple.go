package route

import (
	"context"
	"slices"
)

// rippleWork bounds the looks that an update spends on making room.
const rippleWork = 300_000_000

// ripple makes room for those who found no seats, by moving others who can
// travel otherwise, as many as the change allows. It reports whether the context
// lasted.
func (u *update) ripple(ctx context.Context, m *improver) bool {
	if u.change.Ripple <= 0 {
		return true
	}
	m.allow = func() bool { return u.within(m.undo) }
	begin := m.scan.looks
	for _, i := range m.unserved() {
		if ctx.Err() != nil {
			return false
		}
		if m.scan.looks-begin >= rippleWork {
			break
		}
		m.attempt(i)
		if len(m.journeys[i]) == 0 {
			m.insist(i, rippleWork-(m.scan.looks-begin))
		}
	}
	m.allow = nil
	return true
}

// within reports whether the travellers of an attempt may stay as they are now:
// nobody loses a journey that was good, and not too many are moved. It keeps
// count of those moved.
func (u *update) within(attempt []moved) bool {
	more := 0
	for _, x := range attempt {
		home := u.home[x.traveller]
		if home == nil {
			continue
		}
		now := u.plan.journeys[x.traveller]
		if len(now) == 0 {
			return false
		}
		away, was := !slices.Equal(now, home), !slices.Equal(x.journey, home)
		switch {
		case away && !was:
			more++
		case was && !away:
			more--
		}
	}
	if u.moved+more > u.change.Ripple {
		return false
	}
	u.moved += more
	return true
}
