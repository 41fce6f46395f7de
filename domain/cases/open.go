package cases

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/gate"
	"cairn/value"
)

// OpenInput opens cases of households.
type OpenInput struct {
	Households     []string        `json:"households" help:"The households, by id or number."`
	AllWithoutCase bool            `json:"all_without_case" help:"Every household that never had a case."`
	Site           string          `json:"site" help:"With all: only households of this site."`
	Nationality    string          `json:"nationality" help:"With all: only cases with this origin, three letters."`
	Import         string          `json:"import" help:"With all: only households with somebody from this list."`
	Pathway        string          `json:"pathway" help:"What they ask for; resettlement unless told."`
	Wishes         []value.Country `json:"wishes" help:"Countries asked for, the first first; else those of the household."`
	Priority       int64           `json:"priority" help:"Higher goes first; 0 is ordinary."`
	Due            string          `json:"due" help:"Until when somebody acts, YYYY-MM-DD."`
}

// OpenedOut says which cases were opened, and for whom none was.
type OpenedOut struct {
	Cases   int      `json:"cases"`
	People  int      `json:"people"`
	LeftOut int      `json:"left_out"`        // records of people who died or who stand elsewhere with an older record
	Empty   []string `json:"empty,omitempty"` // households of which nobody is left
	Opened  []string `json:"opened"`
}

var openCases = blueprint.Act(blueprint.Action{
	Name: "cases.open", Group: "cases.write", Title: "Open cases",
	Help: "Opens the case of each household. A person who stands in two households belongs to the case of the one with the oldest " +
		"record; a household of which nobody is left gets no case.",
	Example: "cairn cases open --all-without-case true", Appends: []string{"cases.opened"}, Resource: blueprint.ResourceOf(openResource),
}, runOpen)

func openResource(w *blueprint.Work, in *OpenInput) (gate.Resource, error) {
	if in.AllWithoutCase {
		return resourceOf(w, nil)
	}
	households, err := in.households(w)
	if err != nil {
		return gate.Resource{}, err
	}
	var records []string
	if err := w.Reader.In(w.Ctx, "SELECT record FROM people_member WHERE household IN (%s)", households, collect(&records)); err != nil {
		return gate.Resource{}, fmt.Errorf("read whose households they are: %w", err)
	}
	return resourceOf(w, records)
}

func runOpen(w *blueprint.Work, in OpenInput) (OpenedOut, error) {
	if err := in.check(); err != nil {
		return OpenedOut{}, err
	}
	households, err := in.households(w)
	if err != nil {
		return OpenedOut{}, err
	}
	if err := w.Guard(households...); err != nil {
		return OpenedOut{}, err
	}
	w.Progress("members", 0, int64(len(households)))
	people, err := candidates(w, households)
	if err != nil {
		return OpenedOut{}, err
	}
	members, err := decideMembers(w, people)
	if err != nil {
		return OpenedOut{}, err
	}
	wishes, err := wishesOf(w, households)
	if err != nil {
		return OpenedOut{}, err
	}
	earlier, err := earlierCases(w, households)
	if err != nil {
		return OpenedOut{}, err
	}
	return in.draft(w, households, len(people), members, wishes, earlier)
}

func (in *OpenInput) check() error {
	in.Pathway = cmpOr(in.Pathway, "resettlement")
	if !slices.Contains(Pathways(), in.Pathway) {
		return blueprint.RefuseField("pathway", "pathway %q is not known: take one of %s", in.Pathway, strings.Join(Pathways(), ", "))
	}
	if len(in.Households) == 0 && !in.AllWithoutCase {
		return blueprint.RefuseField("households", "name households, or take all without a case")
	}
	for _, c := range in.Wishes {
		if !c.Valid() {
			return blueprint.RefuseField("wishes", "%q is not the three-letter code of a country", c)
		}
	}
	return checkDay("due", in.Due)
}

func checkDay(field, day string) error {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		return blueprint.RefuseField(field, "%q is no day: write it like 2026-05-03", day)
	}
	return nil
}

// households gives the households that are named, or all that never had a case.
func (in *OpenInput) households(w *blueprint.Work) ([]string, error) {
	if in.AllWithoutCase {
		return blueprint.Collect(w, text, `SELECT h.household FROM people_household h
			WHERE NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.household = h.household)
			AND ($1 = '' OR h.site = $2)
			AND ($3 = '' OR h.household IN (SELECT m.household FROM people_record r JOIN people_member m ON m.record = r.record
				WHERE r.import = $4))
			ORDER BY h.household`, in.Site, in.Site, in.Import, in.Import)
	}
	found := map[string]string{}
	for _, column := range []string{"number", "household"} {
		twice := false
		err := w.Reader.In(w.Ctx, "SELECT "+column+", household FROM people_household WHERE "+column+" IN (%s)", in.Households,
			func(rows *sql.Rows) error {
				var name, id string
				err := rows.Scan(&name, &id)
				twice = twice || found[name] != "" && found[name] != id
				found[name] = id
				return err
			})
		if err != nil {
			return nil, fmt.Errorf("look for the households: %w", err)
		}
		if twice {
			return nil, blueprint.RefuseField("households", "a number stands for several households: name them by id")
		}
	}
	var out []string
	for _, name := range in.Households {
		if found[name] == "" {
			return nil, blueprint.Refuse(blueprint.NotFound, "there is no household %q here", name)
		}
		if !slices.Contains(out, found[name]) {
			out = append(out, found[name])
		}
	}
	return out, nil
}

// candidates reads the people of households.
func candidates(w *blueprint.Work, households []string) ([]person, error) {
	var people []person
	err := w.Reader.In(w.Ctx, `SELECT m.record, m.household, r.number, r.nationality, m.head, r.dead FROM people_member m
		JOIN people_record r ON r.record = m.record WHERE m.household IN (%s)`, households, func(rows *sql.Rows) error {
		var p person
		var nationalities string
		var head, dead int64
		err := rows.Scan(&p.record, &p.household, &p.number, &nationalities, &head, &dead)
		first, _, _ := strings.Cut(nationalities, ",")
		p.nationality, p.head, p.dead = value.Country(first), head != 0, dead != 0
		people = append(people, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the people of the households: %w", err)
	}
	slices.SortFunc(people, func(a, b person) int { return strings.Compare(a.record, b.record) })
	return people, nil
}

// decideMembers reads who is the same person, and where those records stand.
func decideMembers(w *blueprint.Work, people []person) (map[string][]person, error) {
	homes, dead := map[string]string{}, map[string]bool{}
	records := make([]string, len(people))
	for i, p := range people {
		records[i], homes[p.record], dead[p.record] = p.record, p.household, p.dead
	}
	of, err := identity.Members(w, records)
	if err != nil {
		return nil, err
	}
	others := map[string]bool{}
	for _, all := range of {
		for _, r := range all {
			if _, had := homes[r]; !had {
				others[r] = true
			}
		}
	}
	err = w.Reader.In(w.Ctx, `SELECT r.record, r.dead, COALESCE(m.household, '') FROM people_record r
		LEFT JOIN people_member m ON m.record = r.record WHERE r.record IN (%s)`, slices.Sorted(maps.Keys(others)),
		func(rows *sql.Rows) error {
			var record, home string
			var died int64
			err := rows.Scan(&record, &died, &home)
			homes[record], dead[record] = home, died != 0
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read where the other records stand: %w", err)
	}
	return membersOf(people, of, homes, dead), nil
}

func wishesOf(w *blueprint.Work, households []string) (map[string][]value.Country, error) {
	out := map[string][]value.Country{}
	err := w.Reader.In(w.Ctx, "SELECT household, country FROM people_wish WHERE household IN (%s) ORDER BY household, rank", households,
		func(rows *sql.Rows) error {
			var household, country string
			err := rows.Scan(&household, &country)
			out[household] = append(out[household], value.Country(country))
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("read the wishes: %w", err)
	}
	return out, nil
}

// earlier is what cases a household had.
type earlier struct {
	count int
	open  bool
}

func earlierCases(w *blueprint.Work, households []string) (map[string]earlier, error) {
	out := map[string]earlier{}
	err := w.Reader.In(w.Ctx, "SELECT household, closed FROM cases_case WHERE household IN (%s)", households, func(rows *sql.Rows) error {
		var household, closed string
		err := rows.Scan(&household, &closed)
		had := out[household]
		out[household] = earlier{count: had.count + 1, open: had.open || closed == ""}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read earlier cases: %w", err)
	}
	return out, nil
}

func (in *OpenInput) draft(w *blueprint.Work, households []string, people int, members map[string][]person,
	wishes map[string][]value.Country, had map[string]earlier) (OpenedOut, error) {
	out := OpenedOut{Opened: []string{}}
	next, due := usually(StageOpened, w.Now())
	considered := 0
	for i, h := range households {
		if had[h].open {
			return OpenedOut{}, blueprint.Refuse(blueprint.Conflict, "household %s has an open case", h)
		}
		who := members[h]
		if len(who) == 0 {
			out.Empty = append(out.Empty, h)
			continue
		}
		number, origin := describe(who)
		if in.Nationality != "" && string(origin) != in.Nationality {
			continue
		}
		considered += len(who)
		if n := had[h].count; n > 0 {
			number = fmt.Sprintf("%s/%d", number, n+1)
		}
		opened := &Opened{Number: number, Household: h, Pathway: in.Pathway, Origin: origin, Wishes: in.Wishes,
			Priority: in.Priority, Next: next, Due: cmpOr(in.Due, due)}
		if len(opened.Wishes) == 0 {
			opened.Wishes = wishes[h]
		}
		for _, m := range who {
			opened.Members = append(opened.Members, m.record)
		}
		id := w.NewID()
		w.Add(id, opened)
		out.Opened = append(out.Opened, id)
		if i%1000 == 0 {
			w.Progress("draft", int64(i), int64(len(households)))
		}
	}
	total := 0
	for _, who := range members {
		total += len(who)
	}
	out.Cases, out.People, out.LeftOut = len(out.Opened), considered, people-total
	return out, nil
}
