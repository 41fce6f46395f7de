package place

import "sync"

// chunks is fixed, so that sums over chunks are added in the same order at any
// number of workers.
const chunks = 64

// parallel calls do for each chunk of 0…n, on at most the given workers.
func parallel(workers, n int, do func(chunk, from, to int)) {
	run := func(first, step int) {
		for k := first; k < chunks; k += step {
			do(k, n*k/chunks, n*(k+1)/chunks)
		}
	}
	workers = min(workers, chunks)
	if workers <= 1 || n < 4*chunks {
		run(0, 1)
		return
	}
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { run(w, workers) })
	}
	wait.Wait()
}
