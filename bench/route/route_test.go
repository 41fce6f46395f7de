package route

import (
	"reflect"
	"syscall"
	"testing"
	"time"

	engine "cairn/engine/route"
)

// cpu is the process's CPU time so far.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func run(b *testing.B, size Size) { solveAndCheck(b, Generate(size)) }

func solveAndCheck(b *testing.B, p engine.Problem) {
	for b.Loop() {
		begin := cpu(b)
		r, err := engine.Solve(b.Context(), p, engine.Options{Seed: 1, Workers: 2})
		if err != nil {
			b.Fatal(err)
		}
		solved := cpu(b)
		if err := engine.Verify(p, r); err != nil {
			b.Fatal(err)
		}
		_, unserved := r.Served()
		b.ReportMetric(100*r.Gap(), "gap%")
		b.ReportMetric((solved - begin).Seconds(), "cpu-s")
		b.ReportMetric((cpu(b) - solved).Seconds(), "verify-cpu-s")
		b.ReportMetric(float64(unserved), "unserved")
		update(b, r)
	}
}

// update cancels one service in a hundred and counts who else had to move.
func update(b *testing.B, r engine.Result) {
	c := Cancellation(r.Problem)
	begin := cpu(b)
	after, err := engine.Update(b.Context(), r, c)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric((cpu(b) - begin).Seconds(), "update-cpu-s")
	if err := engine.Verify(after.Problem, after); err != nil {
		b.Fatal(err)
	}
	lost := 0
	for _, n := range after.Changed.Notices {
		if n.News == engine.NewsStranded {
			lost++
		}
	}
	b.ReportMetric(float64(len(after.Changed.Notices)), "told")
	b.ReportMetric(float64(lost), "update-unserved")
}

func BenchmarkSmall(b *testing.B) { run(b, Small()) }

func BenchmarkLarge(b *testing.B) { run(b, Large()) }

func BenchmarkOperation(b *testing.B) { run(b, Operation()) }

func BenchmarkMillion(b *testing.B) { run(b, Million()) }

// TestGenerateIsRepeatable keeps figures comparable from run to run.
func TestGenerateIsRepeatable(t *testing.T) {
	a, b := Generate(Small()), Generate(Small())
	people := 0
	for i := range a.Parties {
		people += a.Parties[i].People
		if a.Parties[i].ID != b.Parties[i].ID || a.Parties[i].Due != b.Parties[i].Due {
			t.Fatalf("party %d differs between two runs", i)
		}
	}
	if err := a.Check(); err != nil {
		t.Fatal(err)
	}
	if want := Small(); len(a.Parties) != want.Parties || len(a.Services) != want.Services || people < want.People*97/100 || people > want.People*103/100 {
		t.Fatalf("%d parties, %d services, %d people, want %+v", len(a.Parties), len(a.Services), people, want)
	}
}

func BenchmarkSeason(b *testing.B) { solveAndCheck(b, Season(1, 18_000)) }

// TestSameAtAnyNumberOfCores solves a small operation with one worker and with three.
func TestSameAtAnyNumberOfCores(t *testing.T) {
	p := Generate(Size{Seed: 3, People: 1_500, Parties: 580, Camps: 5, Hubs: 8, Towns: 12, Services: 900, Days: 100,
		Tightness: 0.06, VisaClasses: 3, WheelchairsPerMille: 8})
	one, err := engine.Solve(t.Context(), p, engine.Options{Seed: 2, Work: 20_000_000, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	three, err := engine.Solve(t.Context(), p, engine.Options{Seed: 2, Work: 20_000_000, Workers: 3})
	if err != nil || !reflect.DeepEqual(one, three) {
		t.Fatalf("three workers give another plan (%v): cost %v and %v, bound %v and %v", err, one.Cost, three.Cost, one.Bound, three.Bound)
	}
	if err := engine.Verify(p, one); err != nil {
		t.Fatal(err)
	}
	if _, unserved := one.Served(); unserved > 0 || one.Gap() > 0.05 {
		t.Errorf("%d unserved, gap %.3f", unserved, one.Gap())
	}
}

// TestSeasonIsWellFormed checks the instance of few lines.
func TestSeasonIsWellFormed(t *testing.T) {
	p := Season(1, 600)
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	if p.Services[0].Depart > p.Services[len(p.Services)-1].Depart || len(p.Parties) < 150 {
		t.Errorf("%d parties, %d services", len(p.Parties), len(p.Services))
	}
}

// A search ends at a gap that is good enough, with less work.
func TestASearchEndsWhereItIsGoodEnough(t *testing.T) {
	p := Season(1, 4000)
	whole, err := engine.Solve(t.Context(), p, engine.Options{Seed: 1, Work: 20_000_000})
	if err != nil {
		t.Fatal(err)
	}
	enough := 1.3 * whole.Gap()
	r, err := engine.Solve(t.Context(), p, engine.Options{Seed: 1, Work: 20_000_000, Enough: enough})
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Verify(p, r); err != nil {
		t.Error(err)
	}
	gap := r.Gap()
	if gap > enough || r.Work >= whole.Work {
		t.Errorf("a gap of %.3f after %d looks: want at most %v in under %d", gap, r.Work, enough, whole.Work)
	}
	for _, x := range []float64{-0.1, 1} {
		if _, err := engine.Solve(t.Context(), p, engine.Options{Enough: x}); err == nil {
			t.Errorf("a gap of %v is taken for good enough", x)
		}
	}
}
