package link

import (
	"context"
	"errors"
	"fmt"
	"runtime"
)

// Solve finds the records that are the same person. It learns the model from
// the register itself, unless Options.Model is given. The result depends on the
// problem, the seed and the work budget only. When ctx ends first, Solve returns
// what it has, labelled as not complete, and no error.
func Solve(ctx context.Context, problem Problem, o Options) (Result, error) {
	p, err := check(problem)
	if err != nil {
		return Result{}, fmt.Errorf("linking records: %w", err)
	}
	if o.Model != nil && len(o.Model.Fields) != p.fields {
		return Result{}, fmt.Errorf("linking records: the model has %d fields and the columns make %d: learn a model with these columns", len(o.Model.Fields), p.fields)
	}
	if !(o.Threshold >= 0 && o.Threshold < 1) {
		return Result{}, fmt.Errorf("linking records: the threshold %g is not a probability below 1", o.Threshold)
	}
	o = o.filled(len(problem.Rows))
	r := run{problem: problem, options: o, plan: p}
	r.result.Clusters = make([]int, len(problem.Rows))
	for i := range r.result.Clusters {
		r.result.Clusters[i] = i
	}
	if err := r.decided(); err != nil {
		return Result{}, fmt.Errorf("linking records: %w", err)
	}
	r.solve(ctx)
	r.result.Persons = namePersons(problem.IDs, r.result.Clusters)
	return r.result, nil
}

func (o Options) filled(records int) Options {
	if o.Threshold == 0 {
		o.Threshold = DefaultThreshold
		if o.Model != nil && o.Model.Threshold != 0 {
			o.Threshold = o.Model.Threshold
		}
	}
	if o.Work <= 0 {
		o.Work = 1_000_000 + 150*int64(records)
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// check refuses what cannot be linked and says where it stands.
func check(problem Problem) (plan, error) {
	p, err := makePlan(problem.Columns)
	if err != nil {
		return p, err
	}
	if len(problem.IDs) != len(problem.Rows) {
		return p, fmt.Errorf("%d ids for %d rows: give each row one id", len(problem.IDs), len(problem.Rows))
	}
	for i, row := range problem.Rows {
		if len(row) != len(problem.Columns) {
			return p, fmt.Errorf("row %d (id %q) has %d cells for %d columns", i+1, problem.IDs[i], len(row), len(problem.Columns))
		}
	}
	if first, second, twice := Repeated(problem.IDs); twice {
		return p, fmt.Errorf("rows %d and %d have the same id %q: ids must be distinct", first+1, second+1, problem.IDs[second])
	}
	places := placesOf(problem, decided(problem))
	for _, list := range [][]Pair{problem.Must, problem.Cannot} {
		for _, pair := range list {
			for _, id := range []string{pair.A, pair.B} {
				if _, ok := places[id]; !ok {
					return p, fmt.Errorf("a decision names the record %q, which is not in the register", id)
				}
			}
		}
	}
	return p, nil
}

type run struct {
	problem      Problem
	options      Options
	plan         plan
	must, cannot [][2]int32
	d            *prepared
	blocks       *blocks
	kin          *kinship
	result       Result
}

var errContradiction = errors.New("decisions contradict each other")

// decided turns decisions into indices, joins what must be joined and refuses
// contradictions.
func (r *run) decided() error {
	ids := placesOf(r.problem, decided(r.problem))
	index := func(list []Pair) [][2]int32 {
		var out [][2]int32
		for _, p := range list {
			out = append(out, [2]int32{ids[p.A], ids[p.B]})
		}
		return out
	}
	r.must, r.cannot = index(r.problem.Must), index(r.problem.Cannot)
	root := make(map[int32]int32)
	var find func(x int32) int32
	find = func(x int32) int32 {
		if up, ok := root[x]; ok && up != x {
			root[x] = find(up)
			return root[x]
		}
		return x
	}
	for _, p := range r.must {
		a, b := find(p[0]), find(p[1])
		root[max(a, b)] = min(a, b)
	}
	for i, p := range r.cannot {
		if find(p[0]) == find(p[1]) {
			return fmt.Errorf("%w: %q and %q are decided not to be the same, but other decisions make them the same: withdraw one", errContradiction, r.problem.Cannot[i].A, r.problem.Cannot[i].B)
		}
	}
	for _, p := range r.must {
		for _, x := range p {
			r.result.Clusters[x] = int(find(x))
		}
	}
	return nil
}

func (r *run) stop(stage string) { r.result.Stage = stage }

func (r *run) progress(stage string, done, total int) {
	if r.options.Progress != nil {
		r.options.Progress(stage, int64(done), int64(total))
	}
}

func (r *run) solve(ctx context.Context) {
	n := len(r.problem.Rows)
	r.progress("prepare", 0, n)
	var err error
	if r.options.Model != nil {
		r.d, err = prepareFor(ctx, r.plan, r.problem, r.options.Model)
	} else {
		r.d, err = prepare(ctx, r.plan, r.problem.Rows, r.problem.AgeYear)
	}
	if err != nil {
		r.result.Model = r.plan.blankModel(r.problem.Columns)
		r.result.Model.Threshold = r.options.Threshold
		r.stop("prepare")
		return
	}
	r.startModel(n)
	m := &r.result.Model
	if r.blocks, err = buildBlocks(ctx, r.d, r.options.Work, m.Blocks); err != nil {
		r.stop("candidates")
		return
	}
	m.Blocks = r.blocks.bounds
	var stored []candidate
	if r.options.Model == nil {
		if stored, err = r.learnModel(ctx); err != nil {
			r.stop("learn")
			return
		}
	}
	r.finish(ctx, stored)
}

// startModel takes the model of the options, or starts one from the records
// alone, before any pair was compared.
func (r *run) startModel(n int) {
	m := &r.result.Model
	if r.options.Model != nil {
		*m = *r.options.Model
	} else {
		*m = r.plan.blankModel(r.problem.Columns)
		r.d.countTerms(m)
		m.AgeYear, m.Scripts = r.d.ageYear, r.d.voice != nil
	}
	m.Threshold = r.options.Threshold
	r.d.loadTerms(m)
	if r.options.Model == nil {
		sampleStrangers(r.d, m, r.options.Seed)
		m.Prior = clamp(0.05/float64(max(n, 2)), 1e-12, 0.1)
		m.KinShare = kinAtStart * m.Prior
	}
}

// finish scores, joins, and writes the pairs worth showing.
func (r *run) finish(ctx context.Context, stored []candidate) {
	pairs, whole := r.scoredPairs(ctx, stored)
	if !whole {
		r.stop("compare")
	}
	r.progress("join", 0, 1)
	err := r.cluster(ctx, pairs)
	if err != nil {
		r.stop("join")
	}
	r.statePairs(pairs)
	r.estimate()
	r.result.Complete = whole && err == nil
}

// estimate computes precision and recall as the model expects them.
func (r *run) estimate() {
	var inside, sure, all float64
	for i := range r.result.Pairs {
		p := &r.result.Pairs[i]
		all += float64(p.Probability)
		if p.Verdict == Same {
			inside++
			sure += float64(p.Probability)
		}
	}
	r.result.Precision, r.result.Recall = 1, 1
	if inside > 0 {
		r.result.Precision = sure / inside
	}
	if all > 0 {
		r.result.Recall = sure / all
	}
}
