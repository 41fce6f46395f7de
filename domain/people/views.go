package people

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/gate"
	"cairn/value"
	"cairn/value/said"
)

// Row is one record in a list. Of a sensitive record only the number is shown:
// its file says the rest to those who may open it.
type Row struct {
	Record      string       `json:"record"`
	Number      value.Number `json:"number"`
	Name        string       `json:"name,omitempty"`
	Birth       string       `json:"birth,omitempty"`
	Sex         string       `json:"sex,omitempty"`
	Nationality []string     `json:"nationality,omitempty"`
	Site        string       `json:"site,omitempty"`
	Household   string       `json:"household,omitempty"`
	Listed      string       `json:"listed,omitempty"`
	Dead        bool         `json:"dead,omitempty"`
	Sensitive   bool         `json:"sensitive,omitempty"`
}

const rowColumns = `r.record, r.number, r.name, r.birth, r.sex, r.nationality, r.site, r.listed, r.dead, r.sensitive,
	COALESCE(m.household, '')`

const rowTables = " FROM people_record r LEFT JOIN people_member m ON m.record = r.record"

func scanRow(rows *sql.Rows, more ...any) (Row, error) {
	var r Row
	var nationality string
	var dead, sensitive int64
	fields := []any{&r.Record, &r.Number, &r.Name, &r.Birth, &r.Sex, &nationality, &r.Site, &r.Listed, &dead, &sensitive, &r.Household}
	err := rows.Scan(append(fields, more...)...)
	r.Nationality, r.Dead, r.Sensitive = split[string](nationality), dead != 0, sensitive != 0
	if r.Sensitive {
		r = Row{Record: r.Record, Number: r.Number, Sensitive: true}
	}
	return r, err
}

// query collects conditions with their arguments in order.
type query struct {
	conditions []string
	args       []any
}

// add appends a condition in which ? stands for each argument.
func (q *query) add(condition string, args ...any) {
	q.conditions = append(q.conditions, q.text(condition, args...))
}

// text numbers the arguments of a part of the query and keeps them.
func (q *query) text(part string, args ...any) string {
	for _, a := range args {
		q.args = append(q.args, a)
		part = strings.Replace(part, "?", fmt.Sprintf("$%d", len(q.args)), 1)
	}
	return part
}

func (q *query) equal(column, text string) {
	if text != "" {
		q.add(column+" = ?", text)
	}
}

func (q *query) where() string {
	if len(q.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(q.conditions, " AND ")
}

// DoublesInput describes somebody who may be registered already.
type DoublesInput struct {
	Record string `json:"record" help:"A record, to look for others like it."`
	Name   string `json:"name" help:"The name, when there is no record yet."`
	Birth  string `json:"birth" help:"Date of birth."`
	Limit  int    `json:"limit" help:"How many, 10 unless told."`
}

// Double is somebody like the one who is asked about.
type Double struct {
	Row
	Likeness float64       `json:"likeness"` // 0 to 1, to order by; the link engine decides with proof
	Why      said.Sentence `json:"why"`
}

var likelyDoubles = blueprint.See(blueprint.View{
	Name: "people.likely_doubles", Group: "registration.read", Title: "Likely doubles",
	Help:    "Who is registered already under a name that is written or sounds alike, before somebody is registered again.",
	Example: "cairn people likely-doubles --name 'Kowatsch Janos' --birth 1956",
	Resource: resourceOf(func(in *DoublesInput) []string {
		if in.Record == "" {
			return nil
		}
		return []string{in.Record}
	}),
}, func(w *blueprint.Work, in DoublesInput) ([]Double, error) {
	name, birth := in.Name, in.Birth
	if in.Record != "" {
		err := w.QueryRow("SELECT name, birth FROM people_record WHERE record = $1", in.Record).Scan(&name, &birth)
		if err != nil {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no record %q here", in.Record)
		}
	}
	born, err := value.ParseDate(birth, value.DMY)
	if err != nil {
		return nil, blueprint.RefuseField("birth", "%v", err)
	}
	keys := value.QueryKeys(name)
	if len(keys) == 0 {
		return nil, blueprint.RefuseField("name", "give a name or a record")
	}
	limit := in.Limit
	if limit <= 0 {
		limit = 10
	}
	return doublesOf(w, in.Record, keys, born, min(limit, 100))
})

// candidates bounds how many records with shared keys are compared.
const candidates = 400

func doublesOf(w *blueprint.Work, self string, keys []string, born value.Date, limit int) ([]Double, error) {
	q := &query{}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(keys)), ",")
	args := make([]any, len(keys))
	for i, k := range keys {
		args[i] = k
	}
	q.add("key IN ("+marks+")", args...)
	text := "SELECT " + rowColumns + ", c.shared FROM (SELECT record, COUNT(*) AS shared FROM people_key" + q.where() +
		fmt.Sprintf(" GROUP BY record ORDER BY shared DESC, record LIMIT %d) c", candidates) +
		" JOIN people_record r ON r.record = c.record LEFT JOIN people_member m ON m.record = r.record"
	out, err := blueprint.Collect(w, func(rows *sql.Rows) (Double, error) {
		var shared int
		r, err := scanRow(rows, &shared)
		d := Double{Row: r}
		d.Likeness, d.Why = likeness(shared, len(keys), born, r.Birth)
		return d, err
	}, text, q.args...)
	if err != nil {
		return nil, fmt.Errorf("look for likely doubles: %w", err)
	}
	out = slices.DeleteFunc(out, func(d Double) bool { return d.Record == self || d.Sensitive || d.Likeness < 0.3 })
	slices.SortFunc(out, func(a, b Double) int {
		if a.Likeness != b.Likeness {
			return int(min(1, max(-1, (b.Likeness-a.Likeness)*1e6)))
		}
		return strings.Compare(a.Record, b.Record)
	})
	return out[:min(len(out), limit)], nil
}

// likeness joins the share of keys with what the dates of birth say.
func likeness(shared, all int, born value.Date, other string) (float64, said.Sentence) {
	names := float64(shared) / float64(all)
	var theirs value.Date
	if born.IsZero() || theirs.UnmarshalText([]byte(other)) != nil || theirs.IsZero() {
		return 0.8 * names, said.Say("the name is alike")
	}
	switch {
	case born == theirs && born.Complete():
		return 0.4 + 0.6*names, said.Say("the name is alike and the date of birth the same")
	case born.Year == theirs.Year && born.Month == theirs.Day && born.Day == theirs.Month:
		return 0.3 + 0.6*names, said.Say("the name is alike, day and month of birth are exchanged")
	case born.Latest().Compare(theirs.Earliest()) >= 0 && theirs.Latest().Compare(born.Earliest()) >= 0:
		return 0.2 + 0.6*names, said.Say("the name is alike and the dates of birth agree as far as they are known")
	case born.Year-theirs.Year <= 1 && theirs.Year-born.Year <= 1:
		return 0.6 * names, said.Say("the name is alike and the years of birth are near")
	}
	return 0.35 * names, said.Say("the name is alike, the dates of birth differ")
}

// CountsInput has no fields.
type CountsInput struct{}

// Counts says how many people there are, in all and by site, nationality and sex.
type Counts struct {
	People      int64            `json:"people"`
	Dead        int64            `json:"dead"`
	Households  int64            `json:"households"`
	Sites       map[string]int64 `json:"sites"`
	Nationality map[string]int64 `json:"nationality"`
	Sex         map[string]int64 `json:"sex"`
}

var counts = blueprint.See(blueprint.View{
	Name: "people.counts", Group: "views.overview", Title: "How many people",
	Help:    "How many records and households there are, by site, nationality and sex. Records are not yet persons: see identity.",
	Example: "cairn people counts",
}, func(w *blueprint.Work, _ CountsInput) (Counts, error) {
	var c Counts
	err := w.QueryRow("SELECT COUNT(*), COALESCE(SUM(dead), 0) FROM people_record").Scan(&c.People, &c.Dead)
	if err != nil {
		return c, fmt.Errorf("count people: %w", err)
	}
	if err := w.QueryRow("SELECT COUNT(*) FROM people_household WHERE size > 0").Scan(&c.Households); err != nil {
		return c, fmt.Errorf("count households: %w", err)
	}
	for column, into := range map[string]*map[string]int64{"site": &c.Sites, "nationality": &c.Nationality, "sex": &c.Sex} {
		if *into, err = countBy(w, column); err != nil {
			return c, err
		}
	}
	return c, nil
})

func countBy(w *blueprint.Work, column string) (map[string]int64, error) {
	out := map[string]int64{}
	_, err := blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) {
		var word string
		var n int64
		err := rows.Scan(&word, &n)
		out[word] = n
		return struct{}{}, err
	}, "SELECT "+column+", COUNT(*) FROM people_record WHERE dead = 0 GROUP BY "+column)
	if err != nil {
		return nil, fmt.Errorf("count people by %s: %w", column, err)
	}
	return out, nil
}

// ImportsInput has no fields.
type ImportsInput struct{}

// Importing is one list that was taken over.
type Importing struct {
	Importing  string `json:"importing"`
	Digest     string `json:"digest"`
	Name       string `json:"name"`
	Site       string `json:"site,omitempty"`
	People     int64  `json:"people"`
	Households int64  `json:"households"`
	Consents   int64  `json:"consents"`
	LeftOut    int64  `json:"left_out"`
	Actor      string `json:"actor"`
	At         string `json:"at"`
}

var listImports = blueprint.See(blueprint.View{
	Name: "people.imports", Group: "registration.read", Title: "Imported lists",
	Help: "Lists that were taken over, the newest first.", Example: "cairn people imports",
}, func(w *blueprint.Work, _ ImportsInput) ([]Importing, error) {
	return blueprint.Collect(w, func(rows *sql.Rows) (Importing, error) {
		var i Importing
		err := rows.Scan(&i.Importing, &i.Digest, &i.Name, &i.Site, &i.People, &i.Households, &i.Consents, &i.LeftOut, &i.Actor, &i.At)
		return i, err
	}, `SELECT importing, digest, name, site, people, households, consents, left_out, actor, at
		FROM people_importing ORDER BY at DESC, importing`)
})

// householdResource asks about everybody in a household.
func householdResource(w *blueprint.Work, in *HouseholdInput) (gate.Resource, error) {
	members, err := blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var r string
		err := rows.Scan(&r)
		return r, err
	}, "SELECT record FROM people_member WHERE household = $1 ORDER BY record", in.Household)
	if err != nil {
		return gate.Resource{}, err
	}
	r, err := Resource(w, members...)
	r.Type, r.ID = SubjectHousehold, in.Household
	r.Self = slices.Contains(members, w.Actor.ID)
	return r, err
}
