package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"cairn/store"
)

func BenchmarkAppend32Writers(b *testing.B) {
	var databaseKey [32]byte
	s := open(b, store.Config{URL: filepath.Join(b.TempDir(), "cairn.db"), Key: &databaseKey})
	defer s.Close()
	latencies := make([]time.Duration, b.N)
	var wait sync.WaitGroup
	b.ResetTimer()
	for w := range 32 {
		wait.Go(func() {
			for i := w; i < b.N; i += 32 {
				start := time.Now()
				if err := submit(b, s, change(fmt.Sprintf("s%012d", i), "", "x")); err != nil {
					b.Error(err)
				}
				latencies[i] = time.Since(start)
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	slices.Sort(latencies)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
	b.ReportMetric(float64(latencies[len(latencies)*99/100].Milliseconds()), "p99-ms")
}
