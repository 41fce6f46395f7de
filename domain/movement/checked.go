package movement

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/people"
	"cairn/format/sheet"
)

// CheckedPassenger is a passenger with the documents that are on record.
type CheckedPassenger struct {
	Passenger
	Surname   string   `json:"surname,omitempty"` // as on record, where the parts of the name are known
	Given     string   `json:"given,omitempty"`
	Languages []string `json:"languages,omitempty"`
	// Papers is never nil: who has no document on record is listed as such.
	Papers []Paper `json:"papers"`
}

// CheckedManifest is a manifest with documents. Doubtful counts passengers of whom no
// document is on record, or none that was checked without a fault.
type CheckedManifest struct {
	ServiceRow
	Passengers []CheckedPassenger `json:"passengers"`
	Doubtful   int                `json:"doubtful"`
	CSV        string             `json:"csv,omitempty"`
}

// PapersInput names a service.
type PapersInput struct {
	Service string `json:"service" required:"true" help:"The service."`
	CSV     bool   `json:"csv" help:"Also as the text of a CSV file, harmless to spreadsheet programs."`
}

var viewPapers = blueprint.See(blueprint.View{
	Name: "movement.papers", Group: "manifests.read", Title: "Manifest with documents",
	Help: "Lists the passengers of a service in boarding order with the documents on record. Each machine-readable zone is read and " +
		"compared with the record (ICAO Doc 9303); what cannot be read is listed as such. Say first why you open it: movement.open_papers.",
	Example: "cairn movement papers --service ID --csv true",
}, func(w *blueprint.Work, in PapersInput) (CheckedManifest, error) {
	out, err := checkedManifest(w, in.Service)
	if err != nil || !in.CSV {
		return out, err
	}
	out.CSV, err = csvText(manifestHeader, slices.Collect(func(yield func([]string) bool) {
		for i := range out.Passengers {
			if !yield(out.Passengers[i].cells()) {
				return
			}
		}
	}))
	return out, err
})

// checkedManifest reads the passengers of a service with their documents, for whoever
// has said why they open them.
func checkedManifest(w *blueprint.Work, service string) (CheckedManifest, error) {
	if err := opened(w, service, "", "", "movement.open_papers with service "+service); err != nil {
		return CheckedManifest{}, err
	}
	plain, err := readManifest(w, service)
	if err != nil {
		return CheckedManifest{}, err
	}
	out := CheckedManifest{ServiceRow: plain.ServiceRow, Passengers: []CheckedPassenger{}}
	departure, err := time.Parse(time.RFC3339, plain.Depart)
	if err != nil {
		return out, fmt.Errorf("read the departure: %w", err)
	}
	records := make([]string, len(plain.Passengers))
	for i, p := range plain.Passengers {
		records[i] = p.Record
	}
	current, err := people.Current(w, records)
	if err != nil {
		return out, err
	}
	for _, p := range plain.Passengers {
		holder := current[p.Record]
		c := CheckedPassenger{Passenger: p, Surname: holder.Name.Family, Given: holder.Name.Given, Papers: []Paper{}}
		for _, l := range holder.Languages {
			c.Languages = append(c.Languages, string(l))
		}
		for _, d := range holder.Documents {
			c.Papers = append(c.Papers, checkPaper(d, holder, departure))
		}
		if c.paper().State != PaperChecked {
			out.Doubtful++
		}
		out.Passengers = append(out.Passengers, c)
	}
	return out, nil
}

// paper is the document to travel on: one that was checked, or else the first.
func (p *CheckedPassenger) paper() Paper {
	for _, state := range []string{PaperChecked, PaperDoubtful} {
		for _, d := range p.Papers {
			if d.State == state && !strings.HasPrefix(d.Kind, "V") {
				return d
			}
		}
	}
	if len(p.Papers) > 0 {
		return p.Papers[0]
	}
	return Paper{}
}

var manifestHeader = []string{"order", "number", "name", "birth", "sex", "nationality", "document", "document_number", "issuer", "expiry",
	"document_state", "document_faults", "seat", "needs", "languages", "to", "status"}

// cells are a passenger's line of a CSV file: of several documents, each has its part
// of the cells, so that none is dropped.
func (p *CheckedPassenger) cells() []string {
	part := func(of func(Paper) string) string {
		texts := make([]string, len(p.Papers))
		for i, d := range p.Papers {
			texts[i] = of(d)
		}
		return strings.Join(texts, "; ")
	}
	state := part(func(d Paper) string { return d.State })
	if len(p.Papers) == 0 {
		state = "none on record"
	}
	return []string{strconv.Itoa(p.Order), p.Number, p.Name, p.Birth, p.Sex, p.Nationality,
		part(func(d Paper) string { return orElse(d.Type, d.Kind) }), part(func(d Paper) string { return d.Number }),
		part(func(d Paper) string { return d.Issuer }), part(func(d Paper) string { return d.Expiry }), state,
		part(func(d Paper) string { return strings.Join(d.Faults, " ") }), p.Seat, strings.Join(p.Needs, " "),
		strings.Join(p.Languages, " "), p.Country, p.Status}
}

// csvText is a table as the text of a CSV file that spreadsheet programs take for
// UTF-8 and in which no cell can run.
func csvText(header []string, rows [][]string) (string, error) {
	var b bytes.Buffer
	if err := sheet.WriteCSV(&b, sheet.CSVOptions{ByteOrderMark: true}, header, slices.Values(rows)); err != nil {
		return "", err
	}
	return b.String(), nil
}
