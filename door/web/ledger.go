package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"cairn/app"
)

// mostCheckTime bounds a check of the whole record.
const mostCheckTime = time.Hour

// recordCheck is the check of the whole record: one runs at a time, and its end is
// kept for whoever asks.
type recordCheck struct {
	mu          sync.Mutex
	running     bool
	stage       string
	done, total int64
	started     time.Time
	ended       time.Time
	report      *app.Report
	failed      bool
}

// checkState is a copy to show.
type checkState struct {
	Running        bool
	Stage          string
	Done, Total    int64
	Started, Ended string
	Report         *app.Report
	Failed         bool
}

func (k *recordCheck) state() checkState {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := checkState{Running: k.running, Stage: k.stage, Done: k.done, Total: k.total, Report: k.report, Failed: k.failed}
	if !k.started.IsZero() {
		s.Started = k.started.UTC().Format(time.RFC3339)
	}
	if !k.ended.IsZero() {
		s.Ended = k.ended.UTC().Format(time.RFC3339)
	}
	return s
}

// begin says whether a check may start now.
func (k *recordCheck) begin(at time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running {
		return false
	}
	k.running, k.started, k.ended, k.report, k.failed = true, at, time.Time{}, nil, false
	k.stage, k.done, k.total = "", 0, 0
	return true
}

func (k *recordCheck) progress(stage string, done, total int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stage, k.done, k.total = stage, done, total
}

func (k *recordCheck) end(at time.Time, report *app.Report, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running, k.ended, k.report, k.failed = false, at, report, err != nil
}

type ledgerPage struct {
	Checkpoint string
	Size       int64
	Check      checkState
	Verify     bool
}

func showLedger(x *exchange) error {
	if err := x.require("ledger.show", "ledger.read"); err != nil {
		return err
	}
	note, err := x.Office.Store().Checkpoint(x.ctx(), x.code)
	if err != nil {
		return err
	}
	p := ledgerPage{Checkpoint: string(note), Check: x.check.state(), Verify: x.may("ledger.verify", "ledger.verify")}
	if lines := strings.Split(p.Checkpoint, "\n"); len(lines) > 1 {
		if p.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
			return err
		}
	}
	return x.show(http.StatusOK, "ledger", p)
}

// verifyRecord starts a check of the whole record; one that runs goes on.
func verifyRecord(x *exchange) error {
	if err := x.require("ledger.verify", "ledger.verify"); err != nil {
		return err
	}
	if x.check.begin(x.Clock()) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(x.ctx()), mostCheckTime)
		go func() {
			defer cancel()
			report, err := x.Office.Verify(ctx, nil, x.check.progress)
			if err != nil {
				x.Log.Error("the check of the record failed", "error", unquoted(err))
			}
			x.check.end(x.Clock(), report, err)
		}()
	}
	return x.redirect("/ledger")
}
