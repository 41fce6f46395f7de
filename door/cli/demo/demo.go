package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"cairn/door/cli/officecli"
	hungary1956 "cairn/examples/hungary-1956"
	"cairn/store"
)

// Command is `cairn demo`.
type Command struct {
	People   int    `default:"18000" help:"How many people; 180288 is history's own number."`
	Seed     uint64 `default:"1956" help:"The same seed gives the same example."`
	DB       string `name:"db" placeholder:"URL" help:"An empty PostgreSQL database (postgres://…) instead of a file."`
	Dir      string `placeholder:"FOLDER" help:"Keep the example's files and the record in this folder; otherwise it is removed."`
	Exit     bool   `help:"Stop after the table, without serving the console."`
	JSON     bool   `name:"json" help:"Print the closing table as one JSON document."`
	Listen   string `default:"127.0.0.1:8744" placeholder:"HOST:PORT" help:"Where the console is served afterwards, on this machine only."`
	progress func(stage string, done, total int64)
	store    *store.Config // of tests, in place of DB and folder
}

// Progress sets where progress is shown.
func (c *Command) Progress(show func(stage string, done, total int64)) { c.progress = show }

// Help says what happens.
func (Command) Help() string {
	return `Writes the example's files, founds an office, takes over the camps' lists, finds who was
registered twice, opens cases, matches them to places, asks states and households, plans
journeys, and has people board, depart and arrive.
Staff and households are simulated and labelled as such; the record is then verified.

Example:
  cairn demo --people 2000          # then serves the console and prints its address
  cairn demo --exit --people 2000   # stops after the table`
}

// Run runs the demonstration and prints the closing table.
func (c *Command) Run(out, errOut io.Writer) error {
	folder := c.Dir
	if folder == "" {
		var err error
		if folder, err = os.MkdirTemp("", "cairn-demo-"); err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer os.RemoveAll(folder)
	}
	usual := collectLess()
	s, err := c.simulate(context.Background(), folder)
	usual()
	if err != nil {
		return err
	}
	defer s.office.Close()
	says := out // what is not the table
	if c.JSON {
		err, says = s.report.printJSON(out), errOut
	} else {
		err = s.report.print(out)
	}
	if err = errors.Join(err, s.report.sound()); err != nil || c.Exit {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return officecli.Loopback(ctx, s.office, c.Listen, func(address string) { s.invite(says, address) }, errOut)
}

// The simulation leaves much garbage behind and keeps little: it lets garbage grow to
// lazily percent of what it keeps, but all of it to mostMemory bytes.
const (
	lazily     = 300
	mostMemory = 1500 << 20
)

// collectLess sets that, and gives what sets it back for serving.
func collectLess() (usual func()) {
	percent, limit := debug.SetGCPercent(lazily), debug.SetMemoryLimit(mostMemory)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// simulate goes the whole road in a folder. The office is open afterwards.
func (c *Command) simulate(ctx context.Context, folder string) (*simulation, error) {
	s := &simulation{ctx: ctx, people: c.People, clock: &clock{}, files: filepath.Join(folder, "files"), report: newReport(), show: oneByOne(c.progress)}
	if err := os.MkdirAll(s.files, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder for the example's files: %w", err)
	}
	return s, s.run(c, folder)
}

// oneByOne lets several who work side by side report their progress; nil shows nothing.
func oneByOne(show func(stage string, done, total int64)) func(stage string, done, total int64) {
	if show == nil {
		return func(string, int64, int64) {}
	}
	var mu sync.Mutex
	return func(stage string, done, total int64) {
		mu.Lock()
		defer mu.Unlock()
		show(stage, done, total)
	}
}

// invite prints where the console is and who may log in.
func (s *simulation) invite(out io.Writer, address string) {
	fmt.Fprintf(out, "\nThe console is at %s (stop it with Ctrl-C). Everybody in it is invented.\nPassword of all log-ins: %s\n", address, s.password)
	for _, role := range roles {
		fmt.Fprintf(out, "  demo.%s\n", role)
	}
}

// step is one part of the road, with the day on which it happens.
type step struct {
	name string
	day  time.Time
	do   func() error
}

func (s *simulation) run(c *Command, folder string) error {
	s.clock.set(day(1956, time.November, 4))
	var summary hungary1956.Summary
	err := s.timed("write the example's files", func() error {
		var err error
		summary, err = hungary1956.Generate(s.files, hungary1956.Options{People: c.People, Seed: c.Seed, Progress: s.show})
		return err
	})
	if err != nil {
		return err
	}
	if s.events, err = readEvents(s.files); err != nil {
		return err
	}
	if err := s.timed("found the office", func() error { return s.found(c, folder) }); err != nil {
		return err
	}
	for _, step := range s.steps(summary.Files) {
		s.clock.set(step.day)
		if err := s.timed(step.name, step.do); err != nil {
			s.office.Close()
			return err
		}
	}
	return nil
}

func (s *simulation) steps(files []hungary1956.FileInfo) []step {
	late := day(1956, time.November, 10)
	return []step{
		{"take over the lists", late, func() error { return s.register(files) }},
		{"find who is who", late, s.resolve},
		{"record risks and holds", late, s.protect},
		{"open cases", late, s.openCases},
		{"match places, ask states and households", late, func() error { return s.offer(files) }},
		{"examine, protect children, withdraw", late, func() error {
			for _, do := range []func() error{s.examine, s.bestInterests, s.withdrawConsents} {
				if err := do(); err != nil {
					return err
				}
			}
			return nil
		}},
		{"take over the timetables", late, func() error { return s.schedule(files) }},
		{"plan journeys", late, s.plan},
		{"board, depart, arrive", late, s.travel},
		{"verify the record", late, s.verify},
		{"score against the truth", late, s.score},
	}
}

func (s *simulation) timed(name string, do func() error) error {
	start := time.Now()
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s.report.steps = append(s.report.steps, stepTime{name, time.Since(start)})
	return nil
}

func (s *simulation) verify() error {
	found, err := s.office.Verify(s.ctx, nil, s.show)
	if err != nil {
		return err
	}
	s.report.verified = found
	return nil
}
