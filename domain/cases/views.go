package cases

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/fold"
	"cairn/gate"
	"cairn/value/said"
)

// Row is one case in a list, without names.
type Row struct {
	Case      string `json:"case"`
	Number    string `json:"number"`
	Household string `json:"household"`
	Pathway   string `json:"pathway"`
	Origin    string `json:"origin,omitempty"`
	Stage     string `json:"stage"`
	Next      string `json:"next,omitempty"`
	Due       string `json:"due,omitempty"`
	Opened    string `json:"opened"`
	People    int64  `json:"people"`
	Closed    string `json:"closed,omitempty"`
	Priority  int64  `json:"priority,omitempty"`
	Outcome   string `json:"outcome,omitempty"`
}

const rowColumns = "c.case_id, c.number, c.household, c.pathway, c.origin, c.stage, c.next, c.due, c.opened, c.people, c.closed, c.priority, c.outcome"

func scanRow(rows *sql.Rows) (Row, error) {
	var r Row
	err := rows.Scan(&r.Case, &r.Number, &r.Household, &r.Pathway, &r.Origin, &r.Stage, &r.Next, &r.Due, &r.Opened,
		&r.People, &r.Closed, &r.Priority, &r.Outcome)
	return r, err
}

// ListInput selects cases. Everything may be left out.
type ListInput struct {
	Stage   string `json:"stage" help:"Only cases at this stage."`
	Next    string `json:"next" help:"Only cases for which this role acts next."`
	Pathway string `json:"pathway" help:"Only cases of this pathway."`
	Number  string `json:"number" help:"Only cases whose number begins so."`
	Overdue bool   `json:"overdue" help:"Only cases that are overdue."`
	After   string `json:"after" help:"Go on after this case."`
	Limit   int    `json:"limit" help:"How many; 50 unless told, 500 at most."`
}

// List is a page of cases; More is the last case where there are more.
type List struct {
	Cases []Row  `json:"cases"`
	Total int64  `json:"total"`
	More  string `json:"more,omitempty"`
}

const defaultPage, largestPage = 50, 500

func page(limit int) int {
	if limit <= 0 {
		return defaultPage
	}
	return min(limit, largestPage)
}

var listCases = blueprint.See(blueprint.View{
	Name: "cases.list", Group: "cases.read", Title: "Cases",
	Help: "Cases by stage and by who acts next, in the order in which they were opened.", Example: "cairn cases list --stage assessed",
}, func(w *blueprint.Work, in ListInput) (List, error) {
	overdueBefore := ""
	if in.Overdue {
		overdueBefore = w.Today()
	}
	const where = ` FROM cases_case c WHERE ($1 = '' OR c.stage = $2) AND ($3 = '' OR c.next = $4) AND ($5 = '' OR c.pathway = $6)
		AND ($7 = '' OR (c.due <> '' AND c.due < $8)) AND ($9 = '' OR (c.number >= $10 AND c.number < $11))`
	number := strings.ToUpper(strings.TrimSpace(in.Number))
	args := []any{in.Stage, in.Stage, in.Next, in.Next, in.Pathway, in.Pathway, overdueBefore, overdueBefore,
		number, number, number + "\U0010FFFF"}
	var out List
	if err := w.QueryRow("SELECT COUNT(*)"+where, args...).Scan(&out.Total); err != nil {
		return out, fmt.Errorf("count the cases: %w", err)
	}
	limit := page(in.Limit)
	rows, err := blueprint.Collect(w, scanRow, "SELECT "+rowColumns+where+" AND c.case_id > $12 ORDER BY c.case_id LIMIT $13",
		append(args, in.After, int64(limit+1))...)
	if err != nil {
		return out, fmt.Errorf("list the cases: %w", err)
	}
	if len(rows) > limit {
		rows, out.More = rows[:limit], rows[limit-1].Case
	}
	out.Cases = rows
	return out, nil
})

// CaseInput names a case.
type CaseInput struct {
	Case string `json:"case" required:"true" help:"The case, by id or number."`
}

// Member is somebody of a case.
type Member struct {
	Record string `json:"record"`
	Number string `json:"number"`
	Name   string `json:"name"`
	Birth  string `json:"birth,omitempty"`
	Sex    string `json:"sex,omitempty"`
	Needs  string `json:"needs,omitempty"`
	Dead   bool   `json:"dead,omitempty"`
}

// Event is one entry of a case, in plain words.
type Event struct {
	At      string        `json:"at"`
	Actor   string        `json:"actor,omitempty"`
	Kind    string        `json:"kind"`
	Summary said.Sentence `json:"summary"`
}

// File is a case with its members, wishes and history.
type File struct {
	Row
	Wishes    []string   `json:"wishes,omitempty"`
	Members   []Member   `json:"members"`
	Conflicts []Conflict `json:"conflicts,omitempty"`
	History   []Event    `json:"history"`
}

// caseID gives the case that a text names; of a number with several cases the newest.
func caseID(w *blueprint.Work, name string) (string, error) {
	var id string
	err := w.QueryRow("SELECT case_id FROM cases_case WHERE case_id = $1 OR number = $2 ORDER BY case_id DESC LIMIT 1",
		name, strings.ToUpper(strings.TrimSpace(name))).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", blueprint.Refuse(blueprint.NotFound, "there is no case %q here: look for it with cases.list", name)
	}
	return id, err
}

func caseResource(w *blueprint.Work, in *CaseInput) (gate.Resource, error) {
	id, err := caseID(w, in.Case)
	if err != nil {
		return gate.Resource{}, err
	}
	return Resource(w, id)
}

var caseFile = blueprint.See(blueprint.View{
	Name: "cases.file", Group: "cases.read", Title: "A case",
	Help: "A case with its members, what they wish for, and every entry about it.", Example: "cairn cases file --case BUD-34F7KM-X2",
	Resource: blueprint.ResourceOf(caseResource),
}, func(w *blueprint.Work, in CaseInput) (File, error) {
	id, err := caseID(w, in.Case)
	if err != nil {
		return File{}, err
	}
	f, facts, err := fileOf(w, id)
	if err != nil {
		return f, err
	}
	for _, fact := range facts {
		f.History = append(f.History, Event{At: fact.Time.String(), Actor: fact.Actor, Kind: fact.Kind, Summary: summary(fact)})
	}
	f.Conflicts, err = conflictsOf(w, id)
	return f, err
})

func fileOf(w *blueprint.Work, id string) (File, []fold.Fact, error) {
	facts, err := w.Exists(id, SubjectCase)
	if err != nil {
		return File{}, nil, err
	}
	rows, err := blueprint.Collect(w, scanRow, "SELECT "+rowColumns+" FROM cases_case c WHERE c.case_id = $1", id)
	if err != nil || len(rows) == 0 {
		return File{}, nil, fmt.Errorf("read the case %s: %w", id, errors.Join(err, blueprint.Refuse(blueprint.NotFound, "the case has no row")))
	}
	f := File{Row: rows[0], Members: []Member{}, History: []Event{}}
	f.Wishes, err = blueprint.Collect(w, text, "SELECT country FROM cases_wish WHERE case_id = $1 ORDER BY rank", id)
	if err != nil {
		return f, nil, fmt.Errorf("read the wishes: %w", err)
	}
	f.Members, err = blueprint.Collect(w, func(rows *sql.Rows) (Member, error) {
		var m Member
		var dead int64
		err := rows.Scan(&m.Record, &m.Number, &m.Name, &m.Birth, &m.Sex, &m.Needs, &dead)
		m.Dead = dead != 0
		return m, err
	}, `SELECT r.record, r.number, r.name, r.birth, r.sex, r.needs, r.dead FROM cases_member m
		JOIN people_record r ON r.record = m.record WHERE m.case_id = $1 ORDER BY r.record`, id)
	return f, facts, err
}

// summary says in a line what an entry did; entries of later domains give their
// kind, since their own views decide who reads more.
func summary(f fold.Fact) said.Sentence {
	switch v := f.Value.(type) {
	case *Opened:
		return said.Say("opened as %s for %d people: %s", v.Number, len(v.Members), plain(v.Pathway))
	case *StageReached:
		if v.Reason == "" {
			return said.Say("reached the stage %s", v.Stage)
		}
		return said.Say("reached the stage %s: %s", v.Stage, v.Reason)
	case *Closed:
		return said.Say("closed, %s: %s", plain(v.Outcome), v.Reason)
	}
	_, verb, _ := strings.Cut(f.Kind, ".")
	if to := reachedBy(f); to != nil {
		return said.Say("%s, reached the stage %s", plain(verb), to.Stage)
	}
	return said.Say("%s", plain(verb))
}

// plain is a stored word as people read it.
func plain(word string) string { return strings.ReplaceAll(word, "_", " ") }

// WaitingInput has no fields.
type WaitingInput struct{}

// Waiting counts open cases by who acts next and stage.
type Waiting struct {
	Next     string `json:"next"`
	Stage    string `json:"stage"`
	Cases    int64  `json:"cases"`
	People   int64  `json:"people"`
	Overdue  int64  `json:"overdue"`
	Earliest string `json:"earliest,omitempty"` // the first due day
}

var waiting = blueprint.See(blueprint.View{
	Name: "cases.waiting", Group: "views.overview", Title: "What waits for whom",
	Help: "How many cases wait for whom at which stage, and how many are overdue.", Example: "cairn cases waiting",
}, func(w *blueprint.Work, _ WaitingInput) ([]Waiting, error) {
	return blueprint.Collect(w, func(rows *sql.Rows) (Waiting, error) {
		var x Waiting
		err := rows.Scan(&x.Next, &x.Stage, &x.Cases, &x.People, &x.Overdue, &x.Earliest)
		return x, err
	}, `SELECT next, stage, COUNT(*), SUM(people), SUM(CASE WHEN due <> '' AND due < $1 THEN 1 ELSE 0 END),
		COALESCE(MIN(CASE WHEN due = '' THEN NULL ELSE due END), '') FROM cases_case WHERE closed = '' GROUP BY next, stage ORDER BY next, stage`, w.Today())
})

// OwnInput asks for the applicant's own case.
type OwnInput struct {
	Record string `json:"record" help:"The applicant's own record; else that of who asks."`
}

// Own is what an applicant sees of the case: no staff, no reasons about others.
type Own struct {
	Number  string   `json:"number"`
	Pathway string   `json:"pathway"`
	Stage   string   `json:"stage"`
	Next    string   `json:"next,omitempty"`
	Due     string   `json:"due,omitempty"`
	Wishes  []string `json:"wishes,omitempty"`
	Members []string `json:"members"` // names
	History []Event  `json:"history"`
}

var ownCase = blueprint.See(blueprint.View{
	Name: "cases.own", Group: "own.read", Title: "My case",
	Help: "Where the applicant's own case stands, who acts next and until when.", Example: "cairn cases own",
	Resource: blueprint.ResourceOf(ownResource),
}, func(w *blueprint.Work, in OwnInput) ([]Own, error) {
	persons, err := identity.Members(w, []string{cmpOr(in.Record, w.Actor.ID)})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, records := range persons {
		if err := w.Reader.In(w.Ctx, "SELECT DISTINCT case_id FROM cases_member WHERE record IN (%s) ORDER BY case_id", records, collect(&ids)); err != nil {
			return nil, fmt.Errorf("look for the applicant's case: %w", err)
		}
	}
	out := []Own{}
	for _, id := range ids {
		f, facts, err := fileOf(w, id)
		if err != nil {
			return nil, err
		}
		own := Own{Number: f.Number, Pathway: f.Pathway, Stage: f.Stage, Next: f.Next, Due: f.Due, Wishes: f.Wishes, History: []Event{}}
		for _, m := range f.Members {
			own.Members = append(own.Members, m.Name)
		}
		for _, fact := range facts {
			if reachedBy(fact) != nil || fact.Kind == "cases.opened" {
				own.History = append(own.History, Event{At: fact.Time.String(), Kind: fact.Kind, Summary: plainly(fact)})
			}
		}
		out = append(out, own)
	}
	return out, nil
})

func plainly(f fold.Fact) said.Sentence {
	if to := reachedBy(f); to != nil {
		return said.Say("reached the stage %s", to.Stage)
	}
	return said.Say("opened")
}

func ownResource(w *blueprint.Work, in *OwnInput) (gate.Resource, error) {
	return identity.Resource(w, cmpOr(in.Record, w.Actor.ID))
}
