package app

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
	"cairn/ledger"
	"cairn/store"
)

// Report is what a verification found. A record is sound when Faults is empty.
type Report struct {
	Entries   int64             `json:"entries"`   // read and hashed
	Opened    int64             `json:"opened"`    // sealed or plain bodies decoded
	Erased    int64             `json:"erased"`    // entries whose key was destroyed
	Decisions int64             `json:"decisions"` // gate decisions taken again
	Claims    int64             `json:"claims"`    // claims added up again
	Rows      int64             `json:"rows"`      // rows of tables compared with the fold
	Proofs    int64             `json:"proofs"`    // plans and other results proven again
	Logs      map[string]string `json:"logs"`      // the checkpoint text of each log
	Faults    []string          `json:"faults"`
}

const maxFaults = 100

func (r *Report) fault(format string, args ...any) {
	if len(r.Faults) < maxFaults {
		r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
	}
}

// Verify checks the whole record: the tree and signatures, checkpoints kept
// elsewhere, seals, gate decisions, claims, and that the tables say what the
// entries say. Kept checkpoints are signed notes of this office. Each entry is read
// once, by as many goroutines as there are processors; 32 bytes of it stay in memory
// until the tree is added up.
func (o *Office) Verify(ctx context.Context, kept [][]byte, progress func(stage string, done, total int64)) (*Report, error) {
	v := &verification{office: o, report: &Report{Logs: map[string]string{}}, progress: progress,
		totals: map[string]int64{}, limits: map[string]int64{}, rules: rulebook{office: o, gates: map[string]*gate.Gate{o.gate.Digest().Short(): o.gate}}}
	if progress == nil {
		v.progress = func(string, int64, int64) {}
	}
	err := o.store.ReadTogether(ctx, sweepers()+1, func(readers []*store.Reader) error {
		return v.run(ctx, readers, kept)
	})
	slices.Sort(v.report.Faults)
	return v.report, err
}

type verification struct {
	office   *Office
	progress func(stage string, done, total int64)
	rules    rulebook
	size     int64 // entries that the log should hold

	mu     sync.Mutex // guards what follows while subjects are read
	report *Report
	leaves []tlog.Hash      // of the office's log, by position; zero where no entry was met
	beyond []placed         // leaves at positions that such a log does not have
	totals map[string]int64 // of claims, by name
	limits map[string]int64
}

func (v *verification) run(ctx context.Context, readers []*store.Reader, kept [][]byte) error {
	r := readers[0]
	var err error
	if v.size, err = r.CountEntries(ctx); err != nil {
		return err
	}
	v.leaves = make([]tlog.Hash, v.size)
	if err := sweepWith(ctx, readers, v.portion); err != nil {
		return err
	}
	if v.report.Entries != v.size {
		v.report.fault("the log holds %d entries, the subjects %d", v.size, v.report.Entries)
	}
	if err := v.log(ctx, r, kept); err != nil {
		return err
	}
	if err := v.claims(ctx, r); err != nil {
		return err
	}
	return v.proofs(ctx, r)
}

// log adds up the tree of the office's log, without any key, and compares it with
// the checkpoints.
func (v *verification) log(ctx context.Context, r *store.Reader, kept [][]byte) error {
	office := v.office
	verifier, err := ledger.Verifier(office.Code(), office.keys.Public().Verify)
	if err != nil {
		return err
	}
	var expected []ledger.Checkpoint
	for _, note := range kept {
		cp, err := ledger.OpenCheckpoint(note, verifier)
		if err != nil {
			v.report.fault("a checkpoint that was kept elsewhere: %v", err)
			continue
		}
		expected = append(expected, cp)
	}
	check := ledger.NewCheck(office.Code(), expected...)
	for position, leaf := range v.leaves {
		if leaf != (tlog.Hash{}) { // else the next one's position shows the gap
			check.AddLeaf(office.Code(), int64(position), leaf)
		}
	}
	for _, p := range v.beyond {
		check.AddLeaf(office.Code(), p.position, p.leaf)
	}
	signed, err := r.Checkpoint(ctx, office.Code())
	if err != nil {
		return err
	}
	if signed == nil && v.size == 0 && len(expected) == 0 {
		return nil
	}
	latest, err := ledger.OpenCheckpoint(signed, verifier)
	if err != nil {
		v.report.fault("the log's own checkpoint: %v", err)
		return nil
	}
	v.report.Logs[office.Code()] = latest.Text()
	if err := check.Against(latest); err != nil {
		v.report.fault("%v", err)
	}
	return nil
}

// forgetful is an office that reads everything again.
type forgetful struct{ *remembering }

type remembering = Office

func (forgetful) Recall(store.Head) ([]fold.Fact, []byte, bool) { return nil, nil, false }

// proofs runs the domains' own checks, such as the bound of a plan.
func (v *verification) proofs(ctx context.Context, r *store.Reader) error {
	for _, d := range v.office.Domains {
		for _, check := range d.Checks {
			v.progress(check.Name, 0, 0)
			w := blueprint.NewWork(ctx, r, forgetful{v.office}, gate.Actor{ID: "verification", Office: v.office.Code()}, v.office.now(), v.office.NewID)
			checked, faults, err := check.Run(w)
			if err != nil {
				return fmt.Errorf("check %s: %w", check.Name, err)
			}
			v.report.Proofs += int64(checked)
			for _, f := range faults {
				v.report.fault("%s: %s", check.Name, f)
			}
		}
	}
	return nil
}
