package identity

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/domain/people"
	"cairn/engine/link"
	"cairn/format/headers"
	"cairn/value"
)

// LookUpInput describes somebody who may be registered already, as far as they say.
type LookUpInput struct {
	Name       string   `json:"name" required:"true" help:"The name, in any script."`
	Birth      string   `json:"birth" help:"Date of birth."`
	Sex        string   `json:"sex" help:"Sex."`
	BirthPlace string   `json:"birth_place" help:"Where they were born."`
	Occupation string   `json:"occupation" help:"What they work as."`
	Documents  []string `json:"documents" help:"Numbers of documents; they are not kept."`
	Limit      int      `json:"limit" help:"How many, 10 unless told, at most 100."`
}

// Likely is somebody registered who may be the one that is asked about.
type Likely struct {
	Card
	Probability float64         `json:"probability"`
	Weight      float64         `json:"weight"` // bits
	Evidence    []FieldEvidence `json:"evidence"`
}

// LookedUp is who may be the one that is asked about, the likeliest first.
type LookedUp struct {
	// Ready is false while the register is being read, and where it is too large to be kept
	// in memory: people.likely_doubles looks at names and dates alone then.
	Ready bool     `json:"ready"`
	Rows  []Likely `json:"rows"`
}

var lookUp = blueprint.See(blueprint.View{
	Name: "identity.look_up", Group: "registration.read", Title: "Look somebody up",
	Help: "Who is registered already and may be the same person, by all that is known, before somebody is registered again. " +
		"Names are compared in any script; nothing that is asked is kept. Sensitive files are not shown.",
	Example: "cairn identity look-up --name 'Kowatsch Janos' --birth 1956",
}, func(w *blueprint.Work, in LookUpInput) (LookedUp, error) {
	out := LookedUp{Rows: []Likely{}}
	row, err := in.row()
	if err != nil {
		return out, err
	}
	held, err := registerOf(w, patience)
	if err != nil || held == nil {
		return out, err
	}
	out.Ready = true
	if err := documentCell(w, held, row, in.Documents); err != nil {
		return out, err
	}
	if in.Limit <= 0 {
		in.Limit = 10
	}
	most := min(in.Limit, 100)
	found, err := held.index.Find(row, most+few)
	if err != nil {
		return out, fmt.Errorf("look up: %w", err)
	}
	return out, out.show(w, held.model, found, most)
})

// few is how many are looked up beyond those asked for, in place of sensitive ones.
const few = 20

func (in *LookUpInput) row() ([]string, error) {
	name, err := value.ParseName(in.Name)
	if err != nil {
		return nil, blueprint.RefuseField("name", "%v", err)
	}
	born, err := value.ParseDate(in.Birth, value.DMY)
	if err != nil {
		return nil, blueprint.RefuseField("birth", "date of birth: %v", err)
	}
	sex, err := headers.ParseSex(in.Sex)
	if err != nil {
		return nil, blueprint.RefuseField("sex", "%v", err)
	}
	date, year := birthCells(born.String())
	return []string{name.String(), date, year, string(sex), in.BirthPlace, in.Occupation, "", ""}, nil
}

// documentCell fills in the document by which a record is known, or else the first.
func documentCell(w *blueprint.Work, held *resolved, row, numbers []string) error {
	var indexes []string
	for _, n := range numbers {
		indexes = append(indexes, people.DocumentIndex(w, n))
	}
	if len(indexes) == 0 {
		return nil
	}
	row[cellDocument] = indexes[0]
	err := w.Reader.In(w.Ctx, "SELECT record FROM people_document WHERE number_index IN (%s)", indexes, func(rows *sql.Rows) error {
		var record string
		err := rows.Scan(&record)
		if theirs, found := held.index.Row(record); found && theirs[cellDocument] != "" {
			row[cellDocument] = theirs[cellDocument]
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("find documents: %w", err)
	}
	return nil
}

func (out *LookedUp) show(w *blueprint.Work, model *link.Model, found []link.Match, most int) error {
	var records []string
	for _, m := range found {
		records = append(records, m.ID)
	}
	shown, err := cards(w, records, false)
	if err != nil {
		return err
	}
	for i := range found {
		m := &found[i]
		card, here := shown[m.ID] // not here: erased, or not yet in this snapshot
		if !here || card.Sensitive || len(out.Rows) == most {
			continue
		}
		out.Rows = append(out.Rows, Likely{Card: card, Probability: rounded6(m.Pair.Probability), Weight: rounded(m.Pair.Weight),
			Evidence: evidence(model, &m.Pair)})
	}
	return nil
}
