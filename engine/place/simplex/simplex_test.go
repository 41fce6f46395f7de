package simplex_test

import (
	"fmt"
	"math"
	"testing"

	"cairn/engine/place/simplex"
	"pgregory.net/rapid"
)

// model is a program written out: choices among columns, and rows over all of them.
type model struct {
	choice []int // the choice of each column
	cost   []float64
	rows   [][]float64
	rhs    []float64
	banned []bool
}

func drawModel(t *rapid.T) model {
	var m model
	choices, caps := rapid.IntRange(1, 8).Draw(t, "choices"), rapid.IntRange(1, 4).Draw(t, "rows")
	for c := range choices {
		for range rapid.IntRange(1, 4).Draw(t, "columns") {
			m.choice = append(m.choice, c)
			m.cost = append(m.cost, rapid.Float64Range(0.1, 5).Draw(t, "cost"))
			m.banned = append(m.banned, rapid.IntRange(0, 9).Draw(t, "banned") == 0)
		}
	}
	for range caps {
		row := make([]float64, len(m.cost))
		for j := range row {
			row[j] = float64(rapid.IntRange(0, 3).Draw(t, "coefficient"))
		}
		m.rows = append(m.rows, row)
		m.rhs = append(m.rhs, float64(rapid.IntRange(0, 6).Draw(t, "rhs")))
	}
	return m
}

// build starts the program with the first rows; the answer adds the others.
func (m model) build(later int) (*simplex.Program, func()) {
	choices := m.choice[len(m.choice)-1] + 1
	p := simplex.New(choices, m.rhs[:later])
	for j, c := range m.choice {
		var rows []int32
		var coefficients []float64
		for r, row := range m.rows[:later] {
			if row[j] > 0 {
				rows, coefficients = append(rows, int32(r)), append(coefficients, row[j])
			}
		}
		p.AddColumn(m.cost[j], c, rows, coefficients)
	}
	p.Start()
	return p, func() {
		for r, row := range m.rows[later:] {
			var columns []int32
			var coefficients []float64
			for j, v := range row {
				if v > 0 {
					columns, coefficients = append(columns, int32(j)), append(coefficients, v)
				}
			}
			p.AddRow(columns, coefficients, m.rhs[later+r])
		}
	}
}

// check finds what keeps the basis from being optimal: a solution and prices that hold
// and agree prove each other.
func (m model) check(p *simplex.Program) error {
	choices := m.choice[len(m.choice)-1] + 1
	used, value, dual := make([]float64, choices+len(m.rows)), 0.0, 0.0
	for j, c := range m.choice {
		x := p.Value(j)
		if x < -1e-6 || m.banned[j] && x > 1e-6 {
			return fmt.Errorf("column %d is %v", j, x)
		}
		value += x * m.cost[j]
		used[c] += x
		worth := m.cost[j] - max(0, p.Worth(c))
		for r, row := range m.rows {
			used[choices+r] += row[j] * x
			worth -= row[j] * p.Price(r)
		}
		if !m.banned[j] && worth > 1e-6 {
			return fmt.Errorf("column %d would gain %v", j, worth)
		}
	}
	for r, u := range used {
		limit := 1.0
		if r >= choices {
			limit = m.rhs[r-choices]
		}
		if u > limit+1e-6 {
			return fmt.Errorf("row %d takes %v of %v", r, u, limit)
		}
		if r < choices {
			dual += max(0, p.Worth(r))
		} else {
			dual += limit * p.Price(r-choices)
		}
	}
	if math.Abs(value-dual) > 1e-6 || math.Abs(value-p.Objective()) > 1e-6 {
		return fmt.Errorf("value %v, prices prove %v, stated %v", value, dual, p.Objective())
	}
	return nil
}

func TestSolutionAndPricesProveEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		p, addRest := m.build(rapid.IntRange(0, len(m.rows)).Draw(t, "rows at first"))
		p.Solve(1000)
		addRest()
		if !p.Solve(1000) {
			t.Fatal("not solved")
		}
		copied := p.Clone()
		for j, b := range m.banned {
			if b {
				copied.Ban(j)
			}
		}
		if !copied.Solve(1000) {
			t.Fatal("not solved after bans")
		}
		if err := m.check(copied); err != nil {
			t.Fatal(err)
		}
		clear(m.banned)
		if err := m.check(p); err != nil {
			t.Fatal("the copy changed the original: ", err)
		}
	})
}

// Rows without a price can go; the rest still solves to the same value, and rows can
// come back.
func TestDropIdle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		clear(m.banned)
		p, addRest := m.build(0)
		addRest()
		if !p.Solve(1000) {
			t.Fatal("not solved")
		}
		want, before := p.Objective(), p.Rows()
		from := rapid.IntRange(0, len(m.rows)).Draw(t, "rows that stay")
		now := p.DropIdle(from)
		left := 0
		for r, n := range now {
			if n >= 0 {
				left++
			} else if r < from {
				t.Fatalf("row %d is gone", r)
			}
		}
		if left != p.Rows() || len(now) != before {
			t.Fatalf("%d rows, %d kept of %d", p.Rows(), left, len(now))
		}
		if !p.Solve(1000) || math.Abs(p.Objective()-want) > 1e-6 {
			t.Fatalf("value %v, was %v", p.Objective(), want)
		}
		gone := model{choice: m.choice, cost: m.cost, banned: m.banned}
		for r, n := range now {
			if n >= 0 {
				gone.rows, gone.rhs = append(gone.rows, m.rows[r]), append(gone.rhs, m.rhs[r])
			}
		}
		if err := gone.check(p); err != nil {
			t.Fatal(err)
		}
		addRest()
		if !p.Solve(1000) || math.Abs(p.Objective()-want) > 1e-6 {
			t.Fatalf("value %v with the rows back, was %v", p.Objective(), want)
		}
	})
}

func TestPivotsAreLimited(t *testing.T) {
	p := simplex.New(2, []float64{3})
	a := p.AddColumn(5, 0, []int32{0}, []float64{2})
	b := p.AddColumn(4, 1, []int32{0}, []float64{2})
	p.Start()
	if p.Solve(0) {
		t.Error("solved without a pivot")
	}
	if !p.Solve(10) || math.Abs(p.Objective()-7) > 1e-9 || p.Banned(a) || p.Idle(0) || p.Reduced(b) > 1e-9 {
		t.Errorf("value %v after %d pivots", p.Objective(), p.Pivots)
	}
}

// What ends at a floor is still a bound, and either the optimum or no more than the floor.
func TestFloorLeavesABound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		clear(m.banned)
		p, _ := m.build(len(m.rows))
		early := p.Clone()
		early.Floor = p.Objective() * rapid.Float64Range(0, 1.1).Draw(t, "floor")
		if !p.Solve(1000) || !early.Solve(1000) {
			t.Fatal("not solved")
		}
		optimum, bound := p.Objective(), early.Objective()
		if bound < optimum-1e-6 || bound > early.Floor+1e-6 && bound > optimum+1e-6 {
			t.Fatalf("bound %v at the floor %v, the optimum is %v", bound, early.Floor, optimum)
		}
		for j := range m.cost {
			if early.Reduced(j) > 1e-6 {
				t.Fatalf("column %d would gain %v", j, early.Reduced(j))
			}
		}
	})
}

// A choice that is demanded uses one whole, or the ray shows why nothing holds.
func TestDemand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		p, _ := m.build(len(m.rows))
		p.Solve(1000)
		free := p.Objective()
		for j, b := range m.banned {
			if b {
				p.Ban(j)
			}
		}
		p.Demand(0)
		if !p.Solve(1000) {
			if !p.Infeasible() || p.Fall() <= 0 {
				t.Fatal("neither solved nor shown to be impossible")
			}
			worth := 0.0 // of what the ray pays, each column of a choice takes the same or more
			for r := range m.rows {
				if p.Ray(r) < -1e-9 {
					t.Fatalf("ray %v of row %d", p.Ray(r), r)
				}
				worth += p.Ray(r) * m.rhs[r]
			}
			least := math.Inf(1)
			for j, c := range m.choice {
				if c != 0 || m.banned[j] {
					continue
				}
				takes := 0.0
				for r, row := range m.rows {
					takes += row[j] * p.Ray(r)
				}
				least = min(least, takes)
			}
			if worth >= least {
				t.Fatalf("the ray has %v to give and choice 0 takes %v", worth, least)
			}
			return
		}
		sum := 0.0
		for j, c := range m.choice {
			if c == 0 {
				sum += p.Value(j)
			}
		}
		if math.Abs(sum-1) > 1e-6 || p.Objective() > free+1e-6 {
			t.Fatalf("choice 0 uses %v; value %v, was %v", sum, p.Objective(), free)
		}
	})
}
