package hungary1956

import (
	"fmt"
	"time"
)

func offerNumber(iso string, i int) string { return fmt.Sprintf("%s-%04d", iso, i+1) }

// write writes every file, lists first.
func (g *generator) write() error {
	for _, part := range []func() error{g.writeLists, g.writeOffers, g.writeServices, g.writeEvents, g.writeHistory} {
		if err := part(); err != nil {
			return err
		}
	}
	g.progress("files", int64(len(g.sum.Files)), int64(len(g.sum.Files)))
	return nil
}

// writeHistory writes history's own figures, unscaled.
func (g *generator) writeHistory() error {
	w, err := g.create(table{name: "history.csv", kind: KindHistory, encoding: UTF8, delimiter: ',', language: english, dates: time.DateOnly,
		header: []string{"kind", "key", "value", "date", "status", "note"}})
	if err != nil {
		return err
	}
	for _, f := range historyFacts() {
		if err := w.row(f.kind, f.key, f.value, f.date, string(f.status), f.note); err != nil {
			return err
		}
	}
	return g.finish(w)
}
