package place

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Stream places cases one by one, each at once and for good. It keeps a bid price for
// every capacity: what the room is expected to be worth to those still to come. A case
// goes where its value less the bid for the room that it takes is highest, or nowhere
// when no place outbids the price. Prices come from a sample of the future and are
// worked out again, a little with each arrival, from the room that is left and from who
// came lately (Talluri and van Ryzin 1998; Agrawal, Wang and Ye 2014); how much those
// still to come will need is estimated too, so that the mix may change on the way.
//
// A Stream is not safe for concurrent use.
type Stream struct {
	in     *instance
	d      *dual
	keeper *gatekeeper
	o      StreamOptions
	// bid is the price of each limit, load what has been taken of it.
	bid, load []float64
	seen      int
	// slot is the case of the sample that the next arrival replaces.
	slot    int
	work    *repricing
	outlook *outlook
}

// StreamOptions say what is to come.
type StreamOptions struct {
	// Expected is how many cases will come, at least 1. When more come, the last
	// prices go on.
	Expected int
	// Demand states how much of each dimension will come in all, where that is known,
	// for example the people of a quota. nil leaves it to be estimated.
	Demand []float64
	// Balance charges a place that fills faster than time passes: the share of a
	// case's value that it costs to be one tenth of the capacity ahead. 0 charges
	// nothing.
	Balance float64
	// Options steer the first price search.
	Options Options
}

// repricing is a price search in slices.
type repricing struct {
	descent *descent
	sweep   sweep
	unit    int // the next of the sample to ask
	passes  int
}

// A price search in the stream makes repricePasses passes; it is done within the time
// that a repriceShare of those expected take to come, and asks no more than mostAsked of
// the sample with one arrival, which keeps an arrival under a millisecond.
const (
	repricePasses = 24
	repriceShare  = 1.0 / 24
	mostAsked     = 2500
	// samplePerSite limits the sample, for each place.
	samplePerSite = 80
)

// OpenStream prepares to place cases at the problem's places. The problem's cases, with
// their scores, are the history or the forecast that stands for the future, in the order
// in which they came where that is known; they are not placed. Ties and accepted places
// among them are not looked at.
func OpenStream(ctx context.Context, problem Problem, o StreamOptions) (*Stream, error) {
	if err := problem.Check(); err != nil {
		return nil, err
	}
	if err := o.check(&problem); err != nil {
		return nil, err
	}
	sample, err := sampleOf(&problem)
	if err != nil {
		return nil, err
	}
	for c := range sample.Cases {
		sample.Cases[c].Tie, sample.Cases[c].Fixed = "", ""
	}
	in, err := compile(&sample, o.Options.Workers)
	if err != nil {
		return nil, err
	}
	s := &Stream{in: in, d: newDual(in), o: o, keeper: &gatekeeper{p: in.p, profiles: map[string][]gate{}},
		load: make([]float64, len(in.limit)), outlook: newOutlook(in.dims, o, problem.Cases)}
	first := &priceSearch{ctx: ctx, d: s.d, workers: o.Options.Workers, progress: o.Options.Progress,
		budget: newBudget(in, o.Options)}
	first.descend(in.everybody(), s.shares(o.Expected), maxSteps/3, 0.05)
	s.bid = slices.Clone(s.d.price)
	return s, nil
}

func (o *StreamOptions) check(p *Problem) error {
	if o.Expected < 1 {
		return badInput("a stream of %d cases is expected: state at least 1", o.Expected)
	}
	if o.Demand != nil && len(o.Demand) != len(p.Dimensions) {
		return badInput("demand is stated for %d of %d dimensions", len(o.Demand), len(p.Dimensions))
	}
	for d, x := range o.Demand {
		if !isFinite(x) || x < 0 {
			return badInput("the demand for %s is stated as %v, must be at least 0", p.Dimensions[d], x)
		}
	}
	return nil
}

// sampleOf copies the problem with at most samplePerSite cases for each place, taken
// evenly.
func sampleOf(p *Problem) (Problem, error) {
	keep, n := min(len(p.Cases), max(2000, samplePerSite*len(p.Places))), len(p.Cases)
	cases, places := make([]int, keep), make([]int, len(p.Places))
	for k := range cases {
		cases[k] = k * n / keep
	}
	for i := range places {
		places[i] = i
	}
	out := *p
	out.Cases = pick(p.Cases, cases)
	return out, out.Scores.choose(len(places), cases, places, Change{})
}

// Place decides about one case, by its score at each place in the problem's order; nil
// scores ask the default score. The decision takes the room. An error wraps ErrProblem
// and takes nothing.
func (s *Stream) Place(c Case, scores []float64) (Assignment, error) {
	out := Assignment{Case: c.ID}
	values, err := s.valuesOf(&c, scores)
	if err != nil {
		return out, err
	}
	best, most, open, room := nowhere, 0.0, 0, 0
	for i, v := range values {
		if math.IsInf(v, -1) {
			continue
		}
		open++
		if !s.fits(&c, i) {
			continue
		}
		room++
		if x := v - s.charge(&c, i) - s.ahead(i)*math.Abs(v); x > most && v > 0 {
			best, most = i, x
		}
	}
	if best == nowhere {
		out.Reason, out.Detail = s.why(&c, open, room)
	} else {
		weight := s.weight(&c)
		out.Place, out.Value = s.in.p.Places[best].ID, values[best]
		out.Score = values[best]/weight - s.in.p.PlacingBonus
		s.take(&c, best)
	}
	s.seen++
	s.outlook.see(&c)
	s.learn(c, values)
	return out, nil
}

func (s *Stream) why(c *Case, open, room int) (Reason, string) {
	switch {
	case open == 0:
		one := Problem{Dimensions: s.in.p.Dimensions, Places: s.in.p.Places, Cases: []Case{*c}}
		in := &instance{p: &one, dims: s.in.dims, places: s.in.places, members: [][]int32{{0}}, limit: s.in.limit,
			rowsAt: make([][]int32, s.in.places)}
		for _, n := range c.Size {
			in.size = append(in.size, int32(n))
		}
		return NoCompatiblePlace, in.closedDetail(0)
	case room == 0:
		return CapacityExhausted, fmt.Sprintf("full at every one of %s open to the case", plural(open, "place"))
	}
	return Reserved, fmt.Sprintf("%s with room: each is expected to be worth more to cases still to come", plural(room, "place"))
}

// valuesOf checks a case and gives its value at each place, closedValue where closed.
func (s *Stream) valuesOf(c *Case, scores []float64) ([]float64, error) {
	p := s.in.p
	if err := p.checkVector(fmt.Sprintf("size of case %q", c.ID), c.Size); err != nil {
		return nil, err
	}
	if c.Tie != "" {
		return nil, badInput("case %q is tied by %q: hand tied cases over as one", c.ID, c.Tie)
	}
	weight := s.weight(c)
	if !isFinite(weight) || weight <= 0 {
		return nil, badInput("case %q counts for %v: give it people or a positive weight", c.ID, weight)
	}
	if scores != nil && len(scores) != len(p.Places) {
		return nil, badInput("case %q brings %d scores for %d places", c.ID, len(scores), len(p.Places))
	}
	profile := s.keeper.profile(c)
	out := make([]float64, len(p.Places))
	for i := range out {
		score := 0.0
		if scores != nil {
			score = scores[i]
		} else {
			score = DefaultScore(c, &p.Places[i])
		}
		if score > Closed && !(math.Abs(score) <= maxScore) || math.IsNaN(score) {
			return nil, badInput("score of case %q at place %q is %v, must be Closed or a number of size at most 1e12", c.ID, p.Places[i].ID, score)
		}
		out[i] = weight * (score + p.PlacingBonus)
		if score <= Closed || s.keeper.at(c, profile, i) != gateOpen {
			out[i] = math.Inf(-1)
		}
	}
	return out, nil
}

func (s *Stream) weight(c *Case) float64 {
	one := Problem{Dimensions: s.in.p.Dimensions, Cases: []Case{*c}}
	return one.Weight(0)
}

// fits says whether the case has room at place i.
func (s *Stream) fits(c *Case, i int) bool {
	in := s.in
	for k, n := range c.Size {
		if r := i*in.dims + k; n > 0 && s.load[r]+float64(n) > float64(in.limit[r]) {
			return false
		}
	}
	for _, x := range in.rowsAt[i] {
		r, n := in.places*in.dims+int(x), c.Size[in.rows[x].dim]
		if n > 0 && rowCounts(&in.p.Rows[x], c) && s.load[r]+float64(n) > float64(in.limit[r]) {
			return false
		}
	}
	return true
}

// charge is the bid for the room that the case takes at place i.
func (s *Stream) charge(c *Case, i int) float64 {
	in, sum := s.in, 0.0
	for k, n := range c.Size {
		sum += float64(n) * s.bid[i*in.dims+k]
	}
	for _, x := range in.rowsAt[i] {
		if price := s.bid[in.places*in.dims+int(x)]; price > 0 && rowCounts(&in.p.Rows[x], c) {
			sum += float64(c.Size[in.rows[x].dim]) * price
		}
	}
	return sum
}

// ahead is the balance charge of place i, as a share of a case's value.
func (s *Stream) ahead(i int) float64 {
	if s.o.Balance == 0 {
		return 0
	}
	most := 0.0
	for k := range s.in.dims {
		if r := i*s.in.dims + k; s.in.limit[r] > 0 {
			most = max(most, s.load[r]/float64(s.in.limit[r]))
		}
	}
	return s.o.Balance * 10 * max(0, most-float64(s.seen)/float64(s.o.Expected))
}

func (s *Stream) take(c *Case, i int) {
	for k, n := range c.Size {
		s.load[i*s.in.dims+k] += float64(n)
	}
	for _, x := range s.in.rowsAt[i] {
		if rowCounts(&s.in.p.Rows[x], c) {
			s.load[s.in.places*s.in.dims+int(x)] += float64(c.Size[s.in.rows[x].dim])
		}
	}
}

// Prices are the bids as they stand.
func (s *Stream) Prices() Prices {
	prices, _ := s.in.split(slices.Clone(s.bid), make([]int64, len(s.in.limit)))
	return prices
}
