package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
	"unsafe"
)

// bench runs the command in a folder of its own.
type bench struct {
	settings
	folder string
}

func (s settings) inFolder(work func(bench) error) error {
	folder, err := os.MkdirTemp("", "bench-link-")
	if err != nil {
		return err
	}
	if s.keep {
		fmt.Println("files are kept in", folder)
	} else {
		defer os.RemoveAll(folder)
	}
	if s.cairn == "" {
		s.cairn = filepath.Join(folder, "cairn")
		build := exec.Command("go", "build", "-o", s.cairn, "cairn/cmd/cairn")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("building cairn (run this inside the checkout, or give -cairn): %w", err)
		}
	}
	return work(bench{s, folder})
}

// measured is what one run of the command came to.
type measured struct {
	cpu, wall                         time.Duration
	megabytes                         float64
	records                           int
	precision, recall, f1, bcubed     float64
	expectedPrecision, expectedRecall float64
	output                            string
}

func (b bench) run(x set, file string, threshold float64) (measured, error) {
	args := append([]string{"link", file, "-q", "--out", filepath.Join(b.folder, "out.csv")}, x.truth...)
	if threshold > 0 {
		args = append(args, "--threshold", fmt.Sprint(threshold))
	}
	m, err := b.command(append(args, b.arguments...))
	if err != nil {
		return m, fmt.Errorf("set %s: %w\n%s", x.name, err, m.output)
	}
	return m, m.parse()
}

func (b bench) command(args []string) (measured, error) {
	c := exec.Command(b.cairn, args...)
	start := time.Now()
	out, err := c.CombinedOutput()
	m := measured{output: string(out), wall: time.Since(start)}
	if c.ProcessState != nil {
		m.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
		if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
			m.megabytes = float64(u.Maxrss) / 1024
		}
	}
	return m, err
}

var (
	recordsLine  = regexp.MustCompile(`(\d+) records, `)
	pairsLine    = regexp.MustCompile(`the truth, pairs: +precision ([0-9.]+), recall ([0-9.]+), F1 ([0-9.]+)`)
	bcubedLine   = regexp.MustCompile(`the truth, B-cubed: +precision [0-9.]+, recall [0-9.]+, F1 ([0-9.]+)`)
	expectedLine = regexp.MustCompile(`expected by the model: precision ([0-9.]+)[^,]*, recall ([0-9.]+)`)
)

func (m *measured) parse() error {
	number := func(r *regexp.Regexp, group int) float64 {
		found := r.FindStringSubmatch(m.output)
		if found == nil {
			return -1
		}
		x, err := strconv.ParseFloat(found[group], 64)
		if err != nil {
			return -1
		}
		return x
	}
	m.records = int(number(recordsLine, 1))
	m.precision, m.recall, m.f1 = number(pairsLine, 1), number(pairsLine, 2), number(pairsLine, 3)
	m.bcubed = number(bcubedLine, 1)
	m.expectedPrecision, m.expectedRecall = number(expectedLine, 1), number(expectedLine, 2)
	if m.records < 0 || m.f1 < 0 || m.bcubed < 0 {
		return fmt.Errorf("the command printed no scores:\n%s", m.output)
	}
	return nil
}

// cpu is the time that this process has used on all processors.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// threadTime is the time that this thread has used; unlike the time of day it
// does not count what other programs used meanwhile.
func threadTime() time.Duration {
	const clockThread = 3 // CLOCK_THREAD_CPUTIME_ID
	var t syscall.Timespec
	if _, _, failed := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockThread, uintptr(unsafe.Pointer(&t)), 0); failed != 0 {
		return 0
	}
	return time.Duration(t.Nano())
}
