package movement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"cairn/blueprint"
)

// ImportInput names a list of services and how to read it. All but the file may be
// left out.
type ImportInput struct {
	Path         string            `json:"path" help:"The file on this machine, CSV or XLSX."`
	Name         string            `json:"name" help:"The file's name, where its content is given."`
	Content      []byte            `json:"content" help:"The file's content, instead of a path."`
	DryRun       bool              `json:"dry_run" help:"Only say what would happen."`
	GoodRowsOnly bool              `json:"good_rows_only" help:"Take the good rows and leave out the others."`
	Zone         string            `json:"zone" help:"The zone of all times that state none, such as Europe/Vienna."`
	Zones        map[string]string `json:"zones" help:"The zones of single stops: {\"Wien\":\"Europe/Vienna\"}."`
	Mapping      string            `json:"mapping" help:"What all columns mean, as a dry run shows it."`
	Columns      map[string]string `json:"columns" help:"What single columns mean: {\"Ab\":\"departs\"}; \"\" leaves one out."`
	Sheet        string            `json:"sheet" help:"The sheet of a workbook; else the first with content."`
	HeaderRow    int               `json:"header_row" help:"The row of the column names, from 1; else it is found."`
	Encoding     string            `json:"encoding" help:"Of a CSV file, such as windows-1250; else it is found."`
	Delimiter    string            `json:"delimiter" help:"Of a CSV file; else it is found."`
	DateOrder    string            `json:"date_order" help:"dmy, mdy or ymd; else it is guessed."`
}

// Refusal says why a row cannot be taken, and what to do.
type Refusal struct {
	Row    int    `json:"row"` // as a spreadsheet program shows it, from 1
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Reason string `json:"reason"`
}

// Imported says what came of a list, or would come of it.
type Imported struct {
	Already  bool      `json:"already,omitempty"` // the same file was taken over before; nothing changed
	DryRun   bool      `json:"dry_run,omitempty"`
	Digest   string    `json:"digest"`
	Name     string    `json:"name"`
	Mapping  string    `json:"mapping,omitempty"`
	Rows     int       `json:"rows"`
	Services int       `json:"services"`
	Seats    int64     `json:"seats"` // of all kinds
	LeftOut  int       `json:"left_out"`
	Refusals []Refusal `json:"refusals,omitempty"`
	Notes    []string  `json:"notes,omitempty"`
}

const maxListBytes = 64 << 20

var importServices = blueprint.Act(blueprint.Action{
	Name: "movement.import_services", Group: "services.write", Title: "Import a timetable",
	Help: "Takes over a list of departures, CSV or XLSX, in any of several languages. Times are local; each needs a zone or an " +
		"offset in the list, or one that you state. Either all rows or none, unless you take the good rows only. The same file " +
		"again changes nothing.",
	Example: "cairn movement import-services --path trains.csv --zone Europe/Vienna --dry-run true",
	Appends: []string{"movement.service_scheduled"},
}, func(w *blueprint.Work, in ImportInput) (Imported, error) {
	name, body, err := in.content()
	if err != nil {
		return Imported{}, err
	}
	sum := sha256.Sum256(body)
	report := Imported{DryRun: in.DryRun, Digest: hex.EncodeToString(sum[:]), Name: name}
	var before int64
	if err := w.QueryRow("SELECT COUNT(*) FROM movement_service WHERE import = $1", report.Digest).Scan(&before); err != nil {
		return Imported{}, fmt.Errorf("look for an earlier import of the file: %w", err)
	}
	if before > 0 {
		report.Already, report.Services = true, int(before)
		return report, nil
	}
	found, err := in.read(body, &report)
	if err != nil {
		return Imported{}, err
	}
	if len(report.Refusals) > 0 && !in.GoodRowsOnly && !in.DryRun {
		return Imported{}, refuseList(&report)
	}
	if !in.DryRun {
		for _, s := range found {
			w.Add(w.NewID(), s)
		}
	}
	return report, nil
})

func refuseList(report *Imported) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d rows of %s cannot be taken, so nothing was: correct them, or take the good rows only", report.LeftOut, report.Name)
	for i, r := range report.Refusals {
		if i == 20 {
			fmt.Fprintf(&b, "\n  and %d more; a dry run lists all", len(report.Refusals)-i)
			break
		}
		fmt.Fprintf(&b, "\n  row %d, %s %q: %s", r.Row, r.Column, r.Value, r.Reason)
	}
	return blueprint.Refuse(blueprint.Invalid, "%s", b.String())
}

func (in *ImportInput) content() (string, []byte, error) {
	if len(in.Content) > 0 {
		return orElse(in.Name, "list"), in.Content, nil
	}
	info, err := os.Stat(in.Path)
	if err != nil || !info.Mode().IsRegular() {
		return "", nil, blueprint.RefuseField("path", "the file %q cannot be read: check its name", in.Path)
	}
	if info.Size() > maxListBytes {
		return "", nil, blueprint.RefuseField("path", "%s has more than %d MiB: part it", in.Path, maxListBytes>>20)
	}
	body, err := os.ReadFile(in.Path)
	if err != nil {
		return "", nil, blueprint.RefuseField("path", "%s cannot be read: %v", in.Path, err)
	}
	return orElse(in.Name, filepath.Base(in.Path)), body, nil
}
