package record

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"cairn/app"
	"cairn/blueprint/lists"
	"cairn/domain/people"
)

var (
	size   = flag.Int("people", 2000, "how many people the record holds")
	folder = flag.String("dir", "", "keep the record in this folder")
)

// cpu is the processor time that the process has used, in seconds.
func cpu() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(u.Utime) + seconds(u.Stime)
}

// rate reports n of something by processor second and by second.
func rate(b *testing.B, start float64, n int64, what string) {
	b.Helper()
	b.ReportMetric(float64(n)/(cpu()-start), what+"/cpu-s")
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), what+"/s")
}

func percentile(b *testing.B, times []time.Duration, name string) {
	b.Helper()
	slices.Sort(times)
	ms := func(share int) float64 { return float64(times[(len(times)-1)*share/100].Microseconds()) / 1000 }
	b.ReportMetric(ms(50), name+"p50-ms")
	b.ReportMetric(ms(95), name+"p95-ms")
}

func openEmpty(b *testing.B) *app.Office {
	b.Helper()
	o, err := Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { o.Close() })
	return o
}

var kept = sync.OnceValues(func() (*app.Office, error) {
	o, err := Open(context.Background(), *folder)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	return o, Fill(context.Background(), o, *size, func(done int) {
		if done%100000 == 0 {
			fmt.Printf("%d people after %.0f s, %.0f CPU s\n", done, time.Since(start).Seconds(), cpu())
		}
	})
})

// filled gives the record of -people people: that of -dir, or one for this benchmark.
func filled(b *testing.B) *app.Office {
	b.Helper()
	if *folder != "" {
		o, err := kept()
		if err != nil {
			b.Fatal(err)
		}
		return o
	}
	o := openEmpty(b)
	if err := Fill(b.Context(), o, *size, func(int) {}); err != nil {
		b.Fatal(err)
	}
	return o
}

// BenchmarkAppend has 16 clerks register people one by one.
func BenchmarkAppend(b *testing.B) {
	o := openEmpty(b)
	const clerks, each = 16, 50
	start := cpu()
	var times []time.Duration
	var mu sync.Mutex
	for n := 0; b.Loop(); n++ {
		var wait sync.WaitGroup
		for c := range clerks {
			wait.Go(func() {
				for i := range each {
					p := Invent((n*clerks+c)*each + i)
					in := &people.RegisterInput{Given: p.Given, Family: p.Family, Birth: fmt.Sprint(p.Year), Nationalities: []string{"HUN"}, Site: p.Site}
					began := time.Now()
					if _, err := o.Do(context.Background(), clerk, "people.register", in, app.Options{}); err != nil {
						b.Error(err)
					}
					mu.Lock()
					times = append(times, time.Since(began))
					mu.Unlock()
				}
			})
		}
		wait.Wait()
	}
	rate(b, start, int64(len(times)), "actions")
	percentile(b, times, "")
}

// BenchmarkImport takes over lists of 5,000 people in households of three.
func BenchmarkImport(b *testing.B) {
	o := openEmpty(b)
	start, n := cpu(), 0
	for ; b.Loop(); n++ {
		in := &people.ImportInput{Input: lists.Input{Name: "bench.csv", Content: []byte(csv(n*5000, 5000))}}
		out, err := o.Do(b.Context(), clerk, "people.import", in, app.Options{})
		if err != nil || out.Out.(people.Imported).People != 5000 {
			b.Fatal(out, err)
		}
	}
	rate(b, start, int64(5000*n), "people")
}

func csv(from, n int) string {
	var list strings.Builder
	list.WriteString("No,Household,Surname,Given name,Sex,Date of birth,Nationality,Relationship,Languages,Occupation,Document number\n")
	for i := from; i < from+n; i++ {
		p := Invent(i)
		fmt.Fprintf(&list, "%d,H%d,%s,%s,%s,%d-%02d-%02d,Hungarian,son,\"Hungarian, German\",miner,AB %07d\n",
			i, i/3, p.Family, p.Given, p.Sex, p.Year, p.Month, p.Day, i)
	}
	return list.String()
}

// BenchmarkVerify checks the whole record.
func BenchmarkVerify(b *testing.B) {
	o := filled(b)
	b.ResetTimer()
	start, entries := cpu(), int64(0)
	for b.Loop() {
		report, err := o.Verify(b.Context(), nil, nil)
		if err != nil || len(report.Faults) > 0 {
			b.Fatal(report.Faults, err)
		}
		entries += report.Entries
	}
	rate(b, start, entries, "entries")
}

// BenchmarkRebuild makes all tables and claims anew.
func BenchmarkRebuild(b *testing.B) {
	o := filled(b)
	b.ResetTimer()
	start, entries := cpu(), int64(0)
	for b.Loop() {
		n, err := o.Rebuild(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		entries += n
	}
	rate(b, start, entries, "entries")
}

// BenchmarkFile opens files all over the record, each once.
func BenchmarkFile(b *testing.B) {
	o := filled(b)
	ids, err := records(b.Context(), o, max(1, *size/500))
	if err != nil {
		b.Fatal(err)
	}
	for _, id := range ids {
		if _, err := o.Do(b.Context(), clerk, "people.open_file", &people.OpenInput{Record: id, Reason: "a measurement"}, app.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	for _, id := range ids {
		if _, err := o.Do(b.Context(), clerk, "people.open_file", &people.OpenInput{Record: id, Reason: "measuring"}, app.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	var times []time.Duration
	for b.Loop() {
		for _, id := range ids {
			began := time.Now()
			out, err := o.See(b.Context(), clerk, "people.file", &people.FileInput{Record: id}, app.Options{})
			if err != nil || len(out.(people.File).Timeline) != EntriesEach {
				b.Fatal(out, err)
			}
			times = append(times, time.Since(began))
		}
	}
	percentile(b, times, "")
}

// BenchmarkSearch looks for rare names, the most common ones, beginnings and sounds.
func BenchmarkSearch(b *testing.B) {
	o := filled(b)
	rare := make([]string, 0, 100)
	for i := range 100 {
		p := Invent(i * max(1, *size/100))
		rare = append(rare, p.Family+" "+p.Given)
	}
	for name, queries := range map[string][]string{
		"names": rare, "common": {"Nagy", "Kovács", "nagy jános", "Kovacs Maria", "Tóth Erzsébet"},
		"beginnings": {"N", "na", "kov", "j m", "Szil"}, "sounds": {"Kowatsch", "Nady", "Sabo Yanosh"},
	} {
		b.Run(name, func(b *testing.B) {
			var times []time.Duration
			start := cpu()
			for b.Loop() {
				for _, q := range queries {
					began := time.Now()
					if _, err := o.See(b.Context(), clerk, "people.search", &people.SearchInput{Q: q}, app.Options{}); err != nil {
						b.Fatal(err)
					}
					times = append(times, time.Since(began))
				}
			}
			rate(b, start, int64(len(times)), "searches")
			percentile(b, times, "")
		})
	}
}
