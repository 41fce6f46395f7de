package movement

import (
	"fmt"

	"cairn/blueprint"
	"cairn/blueprint/lists"
)

// ImportInput names a list of services and how to read it.
type ImportInput struct {
	lists.Input
	Zone  string            `json:"zone" help:"The zone of all times that state none, such as Europe/Vienna."`
	Zones map[string]string `json:"zones" help:"The zones of single stops: {\"Wien\":\"Europe/Vienna\"}."`
}

// Imported says what came of a list, or would come of it.
type Imported struct {
	lists.Report
	Services int   `json:"services"`
	Seats    int64 `json:"seats"` // of all kinds
}

var importServices = blueprint.Act(blueprint.Action{
	Name: "movement.import_services", Group: "services.write", Title: "Import a timetable",
	Help: "Takes over a list of departures, CSV or XLSX, in any of several languages. Times are local; each needs a zone or an " +
		"offset in the list, or one that you state. Either all rows or none, unless you take the good rows only. The same file " +
		"again changes nothing.",
	Example: "cairn movement import-services --path trains.csv --zone Europe/Vienna --dry-run true",
	Appends: []string{"movement.service_scheduled"},
}, func(w *blueprint.Work, in ImportInput) (Imported, error) {
	file, err := in.File()
	if err != nil {
		return Imported{}, err
	}
	var before int
	if err := w.QueryRow("SELECT COUNT(*) FROM movement_service WHERE import = $1", file.Digest).Scan(&before); err != nil {
		return Imported{}, fmt.Errorf("look for an earlier import of the file: %w", err)
	}
	if before > 0 {
		return Imported{Report: lists.Report{Already: true, DryRun: in.DryRun, Digest: file.Digest, Name: file.Name}, Services: before}, nil
	}
	l, err := in.timetable(file)
	if err != nil {
		return Imported{}, err
	}
	found, err := l.once(w, l.convert())
	if err != nil {
		return Imported{}, err
	}
	l.imported.Report = l.Report
	if in.DryRun {
		return l.imported, nil
	}
	if err := l.Report.Err(); err != nil && !in.GoodRowsOnly {
		return Imported{}, err
	}
	for _, s := range found {
		w.Add(w.NewID(), s)
	}
	return l.imported, nil
})
