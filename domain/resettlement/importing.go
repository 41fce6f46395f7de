package resettlement

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value"
	"cairn/value/said"
)

// ImportInput names a list of places and how to read it.
type ImportInput struct{ lists.Input }

// Imported says what came of a list, or would come of it.
type Imported struct {
	lists.Report
	Places int            `json:"places"`
	People int64          `json:"people"`           // room in all
	Asides map[string]int `json:"asides,omitempty"` // conditions that plans do not keep to, by rows
}

var importPlaces = blueprint.Act(blueprint.Action{
	Name: "resettlement.import_places", Group: "places.write", Title: "Import a list of places",
	Help: "Takes over offers of places, CSV or XLSX, in any of several languages. Either all rows or none, unless you take the " +
		"good rows only. The same file again changes nothing.",
	Example: "cairn resettlement import-places --path places.csv --dry-run true", Appends: []string{"resettlement.place_opened"},
}, func(w *blueprint.Work, in ImportInput) (Imported, error) {
	file, err := in.File()
	if err != nil {
		return Imported{}, err
	}
	var before int
	if err := w.QueryRow("SELECT COUNT(*) FROM resettlement_place WHERE import = $1", file.Digest).Scan(&before); err != nil {
		return Imported{}, fmt.Errorf("look for an earlier import of the file: %w", err)
	}
	if before > 0 {
		return Imported{Report: lists.Report{Already: true, DryRun: in.DryRun, Digest: file.Digest, Name: file.Name}, Places: before}, nil
	}
	l, err := in.offers(file)
	if err != nil {
		return Imported{}, err
	}
	opened := l.convert()
	l.imported.Report = l.Report
	if in.DryRun {
		return l.imported, nil
	}
	if err := l.Report.Err(); err != nil && !in.GoodRowsOnly {
		return Imported{}, err
	}
	for _, p := range opened {
		w.Add(w.NewID(), p)
	}
	return l.imported, nil
})

// offerList is an opened list of places.
type offerList struct {
	*lists.List
	imported Imported
}

func (in *ImportInput) offers(file lists.File) (*offerList, error) {
	list, err := in.Read(file)
	if err != nil {
		return nil, err
	}
	err = list.Understand(headers.PlaceFields(), said.Say("a list of places"), headers.Country, headers.Locality, headers.CapacityPeople)
	return &offerList{List: list, imported: Imported{Asides: map[string]int{}}}, err
}

func (l *offerList) convert() []*PlaceOpened {
	var days []string
	for _, field := range []string{headers.PeriodStart, headers.PeriodEnd} {
		if column, ok := l.Mapping.Column(field); ok {
			days = append(days, l.Column(column)...)
		}
	}
	l.SettleDates(days)
	var out []*PlaceOpened
	for _, row := range l.Rows {
		before := len(l.Report.Refusals)
		p := l.place(row)
		if len(l.Report.Refusals) > before {
			l.Report.LeftOut++
			continue
		}
		l.imported.Places++
		l.imported.People += p.Capacity[People]
		out = append(out, p)
	}
	return out
}

func (l *offerList) place(row sheet.Row) *PlaceOpened {
	p := &PlaceOpened{Name: l.Cell(row, headers.PlaceID), Locality: l.Cell(row, headers.Locality), Capacity: map[string]int64{},
		Services: l.Values(row, headers.Services), Import: l.Report.Digest, Row: row.Number}
	wrong := func(field string, reason said.Sentence) { l.RefuseCell(row, field, reason) }
	var known bool
	if p.Country, known = country(l.Cell(row, headers.Country)); !known {
		wrong(headers.Country, said.Say("is not a country that is known: write its name or its three letters"))
	}
	if p.Locality == "" {
		wrong(headers.Locality, said.Say("name the town or district"))
	}
	for _, c := range []struct{ field, dimension string }{{headers.CapacityPeople, People}, {headers.SchoolPlaces, School},
		{headers.MedicalPlaces, Medical}, {headers.LargeDwellings, Large}} {
		n, stated, err := amount(l.Cell(row, c.field))
		switch {
		case err != nil:
			wrong(c.field, said.Say("is not a whole number of at least 0"))
		case stated:
			p.Capacity[c.dimension] = n
		}
	}
	if _, stated := p.Capacity[People]; !stated && l.Cell(row, headers.CapacityPeople) == "" {
		wrong(headers.CapacityPeople, said.Say("state for how many people there is room"))
	}
	for _, text := range l.Values(row, headers.PlaceLanguages) {
		if tag, known := language(text); known {
			p.Languages = append(p.Languages, tag)
		} else {
			wrong(headers.PlaceLanguages, said.Say("language %q is not known: write its name or code", text))
		}
	}
	for _, text := range l.Values(row, headers.Conditions) {
		code, known := condition(text)
		if !known {
			l.imported.Asides[text]++
		}
		p.Conditions = append(p.Conditions, code)
	}
	p.From, p.To = l.day(row, headers.PeriodStart, wrong), l.day(row, headers.PeriodEnd, wrong)
	if p.From != "" && p.To != "" && p.To < p.From {
		wrong(headers.PeriodEnd, said.Say("lies before the first day"))
	}
	return p
}

func (l *offerList) day(row sheet.Row, field string, wrong func(field string, reason said.Sentence)) string {
	text := l.Cell(row, field)
	if text == "" {
		return ""
	}
	d, err := value.ParseDate(text, l.Order)
	if err != nil || !d.Complete() || d.Approx {
		wrong(field, said.Say("is no day: write it like 1957-02-01"))
		return ""
	}
	return d.String()
}

// amount reads a whole number; an empty cell states none.
func amount(text string) (n int64, stated bool, err error) {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "").Replace(text)
	if text == "" {
		return 0, false, nil
	}
	n, err = strconv.ParseInt(text, 10, 64)
	if err == nil && (n < 0 || n > 1e7) {
		err = errors.New("out of range")
	}
	return n, true, err
}
