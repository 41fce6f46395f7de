package place

import "math"

// outlook estimates how much of each dimension is still to come. It adds up who came in
// windows of time, the history's first, and takes the mean of as many of the latest
// windows as agree with each other (after Bifet and Gavaldà 2007). How far the mean has
// moved over how long a time says how far it may move in the time that is left, as in a
// random walk. In that range the room decides: places are opened for those who are
// expected. While the mix stays there is no range and the room is not asked.
type outlook struct {
	dims, length int
	// windows that are full, oldest first; open is the one that fills.
	windows []window
	open    window
	// arrived is what came since the history, stated what was said to come in all.
	arrived, stated []float64
}

// window adds up cases: how many, and of each dimension the sum and the sum of squares.
type window struct {
	n            float64
	sum, squares []float64
}

// Windows hold a part of those expected, the history's a part of it, and each at least
// leastWindow cases.
const (
	windowPart  = 100
	historyPart = 10
	leastWindow = 100
	// doubt is how many standard errors a difference may have and still be chance.
	doubt = 4
	// mostAhead limits how much further the mix may move than it did.
	mostAhead = 2
	// spareRoom is the room planned for each one expected: some stays free for want of
	// a household that fits.
	spareRoom = 1.02
)

func newOutlook(dims int, o StreamOptions, history []Case) *outlook {
	out := &outlook{dims: dims, length: max(leastWindow, len(history)/historyPart), open: newWindow(dims)}
	for c := range history {
		out.see(&history[c])
	}
	out.length = max(leastWindow, o.Expected/windowPart)
	out.arrived, out.stated = make([]float64, dims), o.Demand
	return out
}

func newWindow(dims int) window {
	return window{sum: make([]float64, dims), squares: make([]float64, dims)}
}

// see counts a case.
func (o *outlook) see(c *Case) {
	o.open.n++
	for d, n := range c.Size {
		x := float64(n)
		o.open.sum[d] += x
		o.open.squares[d] += x * x
		if o.arrived != nil {
			o.arrived[d] += x
		}
	}
	if int(o.open.n) >= o.length {
		o.windows = append(o.windows, o.open)
		o.open = newWindow(o.dims)
	}
}

// moments are the number, mean and variance of a sample.
type moments struct{ n, mean, variance float64 }

func (w *window) moments(d int) moments {
	n := max(1, w.n)
	mean := w.sum[d] / n
	return moments{n, mean, max(0, w.squares[d]/n-mean*mean)}
}

// apart is how far two means lie apart beyond what chance explains.
func (m moments) apart(other moments) float64 {
	pooled := (m.n*m.variance + other.n*other.variance) / (m.n + other.n)
	return max(0, math.Abs(m.mean-other.mean)-doubt*math.Sqrt(pooled/m.n+pooled/other.n))
}

// lately is the mean over the latest windows that agree.
func (o *outlook) lately(d int) moments {
	sum := newWindow(o.dims)
	add := func(w *window) {
		sum.n += w.n
		sum.sum[d] += w.sum[d]
		sum.squares[d] += w.squares[d]
	}
	add(&o.open)
	for k := len(o.windows) - 1; k >= 0; k-- {
		w := &o.windows[k]
		if sum.n > 0 && sum.moments(d).apart(w.moments(d)) > 0 {
			break
		}
		add(w)
	}
	return sum.moments(d)
}

// coming is how much of a dimension those left are expected to need, where that much
// room is left.
func (o *outlook) coming(d, left int, room float64) float64 {
	if o.stated != nil && o.stated[d] > o.arrived[d] {
		return o.stated[d] - o.arrived[d]
	}
	now, move := o.lately(d), 0.0
	for k := range o.windows {
		ago := float64((len(o.windows) - k) * o.length)
		move = max(move, now.apart(o.windows[k].moments(d))*min(mostAhead, math.Sqrt(float64(left)/ago)))
	}
	low, high := float64(left)*max(0, now.mean-move), float64(left)*(now.mean+move)
	return min(max(room/spareRoom, low), high)
}
