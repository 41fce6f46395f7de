package people

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/format/headers"
	"cairn/value"
	"cairn/value/said"
)

// ImportInput names a list of people and how to read it. A row that is left out
// takes its whole household with it.
type ImportInput struct {
	lists.Input
	Words       map[string]string `json:"words" help:"What words of this list mean: {\"hongroise\":\"HUN\"}."`
	Site        string            `json:"site" help:"Where people stay, unless a column says it."`
	Arrived     string            `json:"arrived" help:"The day of the list, from which stated ages count where no day of arrival stands."`
	Nationality string            `json:"nationality" help:"Of those for whom no column says it."`
	Consent     *ListConsent      `json:"consent" help:"Record the consent column; without this it is not used."`
}

// Imported says what came of a list, or would come of it.
type Imported struct {
	lists.Report
	Importing  string   `json:"importing,omitempty"`
	DateOrders []string `json:"date_orders,omitempty"`
	People     int      `json:"people"`
	Households int      `json:"households"`
	Consents   int      `json:"consents"`
	Unread     []Unread `json:"unread,omitempty"`
}

// ListError refuses a list of which rows are wrong; Report holds all of them.
type ListError struct{ Report Imported }

func (e *ListError) Error() string { return e.Report.Err().Error() }

// Unwrap makes the fault known.
func (e *ListError) Unwrap() error { return e.Report.Err() }

var importList = blueprint.Act(blueprint.Action{
	Name: "people.import", Group: "registration.import", Title: "Import a list",
	Help: "Takes over a list of people, CSV or XLSX, in any of several languages. Either all rows or none, unless you take " +
		"the good rows only. The same file again changes nothing. Try it with a dry run first.",
	Example: "cairn people import --path traiskirchen.csv --dry-run true",
	Appends: []string{"people.record_registered", "people.consent_given", "people.household_formed", "people.list_imported"},
}, runImport)

func runImport(w *blueprint.Work, in ImportInput) (Imported, error) {
	file, err := in.File()
	if err != nil {
		return Imported{}, err
	}
	settings, err := in.settingsOf(w)
	if err != nil {
		return Imported{}, err
	}
	terms, err := in.terms()
	if err != nil {
		return Imported{}, err
	}
	if before, err := importedBefore(w, file.Digest); err != nil || before != "" {
		return Imported{Importing: before, Report: lists.Report{Already: true, Digest: file.Digest, Name: file.Name}}, err
	}
	w.Progress("read", 0, 0)
	l, err := readList(&in, file)
	if err != nil {
		return Imported{}, err
	}
	w.Progress("convert", 0, int64(len(l.Rows)))
	rows := l.convert(settings)
	g := &gathering{report: Imported{Report: l.Report, DateOrders: l.dateOrders()}}
	g.gather(rows)
	g.noteUnused(l)
	if terms == nil {
		if _, has := l.Mapping.Column(headers.Consent); has {
			g.report.Note("the column of consent was not used: state its terms with the field consent")
		}
	} else {
		g.countConsents(terms, settings.today)
	}
	if len(g.report.Refusals) > 0 && !in.GoodRowsOnly && !in.DryRun {
		return Imported{}, &ListError{Report: g.report}
	}
	if in.DryRun || g.report.People == 0 {
		return g.report, nil
	}
	return g.draft(w, in.Site, terms, settings.today)
}

// noteUnused names columns that nobody takes, since a wish or a need may stand there.
func (g *gathering) noteUnused(l *list) {
	var unused []string
	for _, c := range l.Mapping.Columns {
		if c.Field == "" && c.Header != "" {
			unused = append(unused, strconv.Quote(c.Header))
		}
	}
	if len(unused) > 0 {
		g.report.Note("columns that were not used: %s; say with columns what they mean", strings.Join(unused, ", "))
	}
}

func importedBefore(w *blueprint.Work, digest string) (string, error) {
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
		var id string
		err := rows.Scan(&id)
		return id, err
	}, "SELECT importing FROM people_importing WHERE digest = $1 ORDER BY at", digest)
	if err != nil {
		return "", fmt.Errorf("look for an earlier import of the file: %w", err)
	}
	if len(found) == 0 {
		return "", nil
	}
	return found[0], nil
}

// gathering puts rows into households and adds up the report.
type gathering struct {
	report     Imported
	households []*gathered
}

type gathered struct {
	number string
	rows   []*listed
}

// largeHousehold is the size from which somebody should look whether the right
// column was taken for the household.
const largeHousehold = 30

func (g *gathering) gather(rows []listed) {
	byNumber := map[string]*gathered{}
	unread := map[Unread]int{}
	for i := range rows {
		r := &rows[i]
		g.report.Refusals = append(g.report.Refusals, r.refused...)
		for _, u := range r.unread {
			unread[u]++
		}
		h := byNumber[r.house]
		if h == nil || r.house == "" {
			h = &gathered{number: r.house}
			byNumber[r.house] = h
			g.households = append(g.households, h)
		}
		h.rows = append(h.rows, r)
	}
	for u, n := range unread {
		u.Rows = n
		g.report.Unread = append(g.report.Unread, u)
	}
	slices.SortFunc(g.report.Unread, func(a, b Unread) int {
		return cmp.Or(b.Rows-a.Rows, strings.Compare(a.Column, b.Column), strings.Compare(a.Value, b.Value))
	})
	g.keepWhole()
	slices.SortStableFunc(g.report.Refusals, func(a, b lists.Refusal) int { return a.Row - b.Row })
	g.report.Households = len(g.households)
}

// keepWhole leaves out households of which a row was refused, so that a list never
// parts a family.
func (g *gathering) keepWhole() {
	g.households = slices.DeleteFunc(g.households, func(h *gathered) bool {
		bad := slices.IndexFunc(h.rows, func(r *listed) bool { return len(r.refused) > 0 })
		if bad < 0 {
			g.report.People += len(h.rows)
			if len(h.rows) > largeHousehold {
				g.report.Note("household %q has %d people: check that the right column was taken for it", h.number, len(h.rows))
			}
			return false
		}
		g.report.LeftOut += len(h.rows)
		for _, r := range h.rows {
			if len(r.refused) == 0 {
				g.report.Refusals = append(g.report.Refusals, lists.Refusal{Row: r.row,
					Reason: said.Say("waits for row %d of the same household", h.rows[bad].row)})
			}
		}
		return true
	})
}

func (g *gathering) countConsents(terms *ConsentGiven, day value.Date) {
	for _, h := range g.households {
		for _, r := range h.rows {
			g.report.Consents += len(r.consents(terms, day))
		}
	}
}

// draft gives ids and numbers and drafts everything.
func (g *gathering) draft(w *blueprint.Work, site string, terms *ConsentGiven, day value.Date) (Imported, error) {
	g.report.Importing = w.NewID()
	ids := make([]string, g.report.People)
	for i := range ids {
		ids[i] = w.NewID()
	}
	numbers, err := numberRecords(w, ids)
	if err != nil {
		return Imported{}, err
	}
	next := 0
	for _, h := range g.households {
		formed := &HouseholdFormed{Number: h.number, Site: site}
		for _, r := range h.rows {
			id := ids[next]
			next++
			r.fact.Number, r.fact.Import = numbers[id], g.report.Importing
			indexDocuments(w, r.fact.Documents)
			w.Add(id, r.fact)
			if terms != nil {
				for _, c := range r.consents(terms, day) {
					w.Add(id, c)
				}
			}
			formed.Members = append(formed.Members, Member{Record: id, Relation: r.relation})
			if len(formed.Wishes) == 0 {
				formed.Wishes = firstOfEach(r.wishes)
			}
		}
		oneHead(formed.Members)
		formed.Number = otherwise(formed.Number, string(h.rows[0].fact.Number))
		formed.Site = otherwise(h.rows[0].fact.Site, site)
		w.Add(w.NewID(), formed)
		if next%1000 < len(h.rows) {
			w.Progress("draft", int64(next), int64(len(ids)))
		}
	}
	r := &g.report
	w.Add(r.Importing, &ListImported{Digest: r.Digest, Name: r.Name, Mapping: r.Mapping, DateOrders: r.DateOrders, Site: site,
		Rows: r.Rows, People: r.People, Households: r.Households, Consents: r.Consents, LeftOut: r.LeftOut})
	return g.report, nil
}

func firstOfEach(countries []value.Country) []value.Country {
	var out []value.Country
	for _, c := range countries {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
