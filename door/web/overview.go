package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"cairn/domain/cases"
	"cairn/domain/identity"
	"cairn/domain/movement"
	"cairn/domain/people"
)

// share is one bar of a list.
type share struct {
	Word  string
	Count int64
}

// figure is a number at the top, with where to do something about it.
type figure struct {
	Text  string // id of a sentence
	Path  string // "" for those who may not go there
	Count int64
	Warn  bool
}

type overviewPage struct {
	Figures    []figure
	People     people.Counts
	Identity   identity.Counts
	Movement   movement.Counts
	Waiting    []cases.Waiting
	Stages     []share // open cases, in order of the stages
	MostAt     int64   // the greatest of them
	Overdue    int64
	Sites      []share
	MostPeople int64 // the greatest of them
	Map        flowMap
}

// mostSites bounds how many sites the first page lists.
const mostSites = 12

func showOverview(x *exchange) error {
	var p overviewPage
	var err error
	if p.People, err = see[people.Counts](x, "people.counts", &people.CountsInput{}); err != nil {
		return err
	}
	if p.Identity, err = see[identity.Counts](x, "identity.counts", &identity.CountsInput{}); err != nil {
		return err
	}
	if p.Movement, err = see[movement.Counts](x, "movement.counts", &movement.CountsInput{}); err != nil {
		return err
	}
	if p.Waiting, err = see[[]cases.Waiting](x, "cases.waiting", &cases.WaitingInput{}); err != nil {
		return err
	}
	flows, err := see[[]movement.Flow](x, "movement.flows", &movement.FlowsInput{Crossing: true, Booked: true})
	if err != nil {
		return err
	}
	p.stages()
	for site, n := range p.People.Sites {
		p.Sites = append(p.Sites, share{site, n})
	}
	slices.SortFunc(p.Sites, largestFirst)
	p.Sites = p.Sites[:min(len(p.Sites), mostSites)]
	if len(p.Sites) > 0 {
		p.MostPeople = p.Sites[0].Count
	}
	p.Map = drawFlows(flows, func(code string) string { return countryName(code, x.language.Tag) })
	p.Figures = x.figures(&p)
	return x.show(http.StatusOK, "overview", p)
}

func (x *exchange) figures(p *overviewPage) []figure {
	mine := map[string]bool{}
	for _, item := range x.navigation() {
		mine[item.Path] = true
	}
	link := func(section, path string) string {
		if mine[section] {
			return path
		}
		return ""
	}
	return []figure{
		{Text: "overview-records", Count: p.People.People, Path: link("/people", "/people")},
		{Text: "overview-households", Count: p.People.Households},
		{Text: "overview-undecided", Count: p.Identity.Undecided, Path: link("/doubles", "/doubles")},
		{Text: "overview-accepted", Count: p.Movement.Waiting, Path: link("/placement", "/placement/cases?status=accepted")},
		{Text: "overview-arrived", Count: p.Movement.People["arrived"]},
		{Text: "overview-unaccounted", Count: p.Movement.Unaccounted, Path: link("/missing", "/missing"), Warn: p.Movement.Unaccounted > 0},
	}
}

func largestFirst(a, b share) int {
	return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Word, b.Word))
}

func (p *overviewPage) stages() {
	count := map[string]int64{}
	for _, w := range p.Waiting {
		count[w.Stage] += w.Cases
		p.Overdue += w.Overdue
	}
	for _, stage := range cases.Stages() {
		if count[stage] > 0 {
			p.Stages = append(p.Stages, share{stage, count[stage]})
		}
	}
	for n := range maps.Values(count) {
		p.MostAt = max(p.MostAt, n)
	}
}
