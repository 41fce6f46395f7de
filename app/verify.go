package app

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

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
// entries say. Kept checkpoints are signed notes of this office.
func (o *Office) Verify(ctx context.Context, kept [][]byte, progress func(stage string, done, total int64)) (*Report, error) {
	report := &Report{Logs: map[string]string{}}
	err := o.store.Read(ctx, func(r *store.Reader) error {
		v := &verification{office: o, ctx: ctx, reader: r, report: report, progress: progress, decided: map[string]access{},
			gates: map[string]*gate.Gate{o.gate.Digest().Short(): o.gate}}
		if progress == nil {
			v.progress = func(string, int64, int64) {}
		}
		if err := v.log(kept); err != nil {
			return err
		}
		if err := v.subjects(); err != nil {
			return err
		}
		return v.proofs()
	})
	return report, err
}

type verification struct {
	office   *Office
	ctx      context.Context
	reader   *store.Reader
	report   *Report
	progress func(stage string, done, total int64)
	seen     int64                              // entries met while reading by subject
	decided  map[string]access                  // access decisions taken again, by their text
	stored   map[*fold.Table]map[string][][]any // rows of the batch's subjects
	gates    map[string]*gate.Gate              // by short digest: the program's, and those whose text the log holds
}

// log reads the office's log in order, without any key.
func (v *verification) log(kept [][]byte) error {
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
	for l, err := range v.reader.Log(v.ctx, office.Code(), 0) {
		if err != nil {
			return err
		}
		check.Add(l.Entry)
		v.report.Entries++
		if v.report.Entries%4096 == 0 {
			v.progress("log", v.report.Entries, 0)
		}
	}
	signed, err := v.reader.Checkpoint(v.ctx, office.Code())
	if err != nil {
		return err
	}
	if signed == nil && v.report.Entries == 0 && len(expected) == 0 {
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

// subjects opens every subject, takes its gate decisions again, folds it, and
// compares rows and claims with what the store holds.
func (v *verification) subjects() error {
	totals, limits := map[string]int64{}, map[string]int64{}
	for batch, err := range v.reader.Batches(v.ctx) {
		if err != nil {
			return err
		}
		if err := v.batch(batch, totals, limits); err != nil {
			return err
		}
		v.progress("entries", v.seen, v.report.Entries)
	}
	if v.seen != v.report.Entries {
		v.report.fault("the log holds %d entries, the subjects %d", v.report.Entries, v.seen)
	}
	return v.claims(totals, limits)
}

// batch checks some hundred subjects, whose heads and rows are read together.
func (v *verification) batch(batch []store.Loaded, totals, limits map[string]int64) error {
	var subjects []string
	bounds := []int{}
	for i, l := range batch {
		if i == 0 || batch[i-1].Entry.Subject != l.Entry.Subject {
			subjects, bounds = append(subjects, l.Entry.Subject), append(bounds, i)
		}
	}
	heads, err := v.reader.Heads(v.ctx, subjects)
	if err != nil {
		return err
	}
	if err := v.readRows(heads); err != nil {
		return err
	}
	bounds = append(bounds, len(batch))
	for i, subject := range subjects {
		v.subject(heads[subject], batch[bounds[i]:bounds[i+1]], totals, limits)
	}
	return nil
}

// readRows reads the rows that the batch's subjects have in the tables of their types.
func (v *verification) readRows(heads map[string]store.Head) error {
	byType := map[string][]string{}
	for subject, h := range heads {
		byType[h.Type] = append(byType[h.Type], subject)
	}
	v.stored = map[*fold.Table]map[string][][]any{}
	for typ, subjects := range byType {
		for _, p := range v.office.projections[typ] {
			for _, t := range p.Tables {
				rows, err := v.reader.RowsOf(v.ctx, t, subjects)
				if err != nil {
					return err
				}
				if v.stored[t] == nil {
					v.stored[t] = map[string][][]any{}
				}
				maps.Copy(v.stored[t], rows)
			}
		}
	}
	return nil
}

func (v *verification) subject(head store.Head, loaded []store.Loaded, totals, limits map[string]int64) {
	id := head.Subject
	v.seen += int64(len(loaded))
	facts, err := v.office.Open(loaded)
	if err != nil {
		v.report.fault("subject %s: %v", id, err)
		return
	}
	v.report.Opened += int64(len(facts))
	v.report.Erased += int64(len(loaded) - len(facts))
	if head.Entries != int64(len(loaded)) {
		v.report.fault("subject %s has %d entries, its head says %d", id, len(loaded), head.Entries)
	}
	if len(facts) < len(loaded) {
		for _, t := range v.office.tablesOf(head.Type) {
			v.rows(t, id, nil)
		}
		return
	}
	for _, f := range facts {
		v.adopt(f)
	}
	for _, f := range facts {
		if err := v.decision(f); err != nil {
			v.report.fault("entry %d of %s (%s): %v", f.Position, f.Office, f.Kind, err)
		}
	}
	for _, p := range v.office.projections[head.Type] {
		out := p.Fold(id, facts)
		for _, c := range out.Claims {
			totals[c.Name] += c.Amount
		}
		for _, l := range out.Limits {
			limits[l.Name] = l.Amount
		}
		for _, t := range p.Tables {
			v.rows(t, id, rowsOf(out, t))
		}
	}
}

// proofs runs the domains' own checks, such as the bound of a plan.
func (v *verification) proofs() error {
	for _, d := range v.office.Domains {
		for _, check := range d.Checks {
			v.progress(check.Name, 0, 0)
			w := v.office.work(v.ctx, v.reader, gate.Actor{ID: "verification", Office: v.office.Code()}, Options{})
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

// rows compares a subject's rows in a table with those of the fold.
func (v *verification) rows(t *fold.Table, subject string, want []fold.Row) {
	got := v.stored[t][subject]
	v.report.Rows += int64(len(got))
	wanted := make([][]any, len(want))
	for i, r := range want {
		wanted[i] = r.Values
	}
	if !sameRows(got, wanted) {
		v.report.fault("table %s does not say what the entries of %s say: run 'cairn rebuild'", t.Name, subject)
	}
}

func sameRows(a, b [][]any) bool {
	if len(a) != len(b) {
		return false
	}
	text := func(rows [][]any) []string {
		out := make([]string, len(rows))
		for i, r := range rows {
			out[i] = fmt.Sprint(normal(r)...)
		}
		slices.Sort(out)
		return out
	}
	return reflect.DeepEqual(text(a), text(b))
}

// normal writes a row's values so that both databases and the fold agree.
func normal(row []any) []any {
	out := make([]any, 0, 2*len(row))
	for _, value := range row {
		switch t := value.(type) {
		case []byte:
			value = string(t)
		case float64:
			value = fmt.Sprintf("%g", t)
		}
		out = append(out, fmt.Sprintf("%v", value), "\x00")
	}
	return out
}

func (v *verification) claims(totals, limits map[string]int64) error {
	stored, err := v.reader.ClaimTotals(v.ctx)
	if err != nil {
		return err
	}
	for name, total := range totals {
		v.report.Claims++
		limit, stated := limits[name]
		if !stated {
			limit = 1
		}
		if total > limit {
			v.report.fault("claim %s: %d taken of %d", name, total, limit)
		}
		if stored[name] != total {
			v.report.fault("claim %s: the entries add up to %d, the store says %d", name, total, stored[name])
		}
		delete(stored, name)
	}
	for name, total := range stored {
		if total != 0 {
			v.report.fault("claim %s: the store says %d, no entry does", name, total)
		}
	}
	return nil
}
