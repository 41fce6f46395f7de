package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/domain/resettlement"
)

type placementPage struct {
	resettlement.Board
	Statuses  []share
	MayAsk    bool                       // what a change would bring, and for a plan
	MayImport bool                       // a list of places
	Asked     *resettlement.ProposeInput // for the plan that was asked for
	Ways      []string                   // to group households
	Problem   *problem
	pager
}

func showPlacement(x *exchange) error {
	return x.placement(http.StatusOK, nil, &resettlement.ProposeInput{})
}

func (x *exchange) placement(status int, wrong *problem, asked *resettlement.ProposeInput) error {
	board, err := see[resettlement.Board](x, "resettlement.board", &resettlement.BoardInput{After: x.r.FormValue("after"), Limit: 30})
	if err != nil {
		return err
	}
	p := placementPage{Board: board, pager: x.after(board.More), Statuses: statusShares(board.Statuses), Problem: wrong,
		Asked: asked, Ways: resettlement.Groupings()}
	p.MayAsk, p.MayImport = x.may("resettlement.propose", "resettlement.propose"), x.may("resettlement.import_places", "places.write")
	return x.show(status, "placement", p)
}

// statusShares are counts of placements in the order in which a placement goes through
// its statuses.
func statusShares(counts map[string]int64) []share {
	var out []share
	for _, status := range []string{resettlement.Proposed, resettlement.Changed, resettlement.Offered, resettlement.StateAccepted,
		resettlement.HouseholdAccepted, resettlement.Accepted, resettlement.Refused, resettlement.StateDeclined, resettlement.Declined,
		resettlement.Closed} {
		if n := counts[status]; n > 0 {
			out = append(out, share{status, n})
		}
	}
	return out
}

// after makes the link of a list that goes on after a mark; back leads to its start.
func (x *exchange) after(mark string) pager {
	var p pager
	if x.r.FormValue("after") != "" {
		p.Previous = x.linkWith("after", "")
	}
	if mark != "" {
		p.Next = x.linkWith("after", mark)
	}
	return p
}

type placementsPage struct {
	resettlement.Placements
	Status, Number string
	pager
}

func showPlacements(x *exchange) error {
	in := &resettlement.PlacementsInput{Status: x.r.FormValue("status"), Number: strings.TrimSpace(x.r.FormValue("number")),
		Place: x.r.FormValue("place"), After: x.r.FormValue("after"), Limit: 40}
	found, err := see[resettlement.Placements](x, "resettlement.placements", in)
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "placements", placementsPage{found, in.Status, in.Number, x.after(found.More)})
}

func showPlace(x *exchange) error {
	place, err := see[resettlement.PlaceView](x, "resettlement.place", &resettlement.PlaceInputID{Place: x.r.PathValue("place")})
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "place", place)
}

type casePage struct {
	cases.File
	Explained *explained              // nil where no plan dealt with the case
	Places    []resettlement.PlaceRow // that are open, for whoever may change the placement
	Place     string                  // as chosen in the form
	Reason    string
	Seen      *resettlement.ObserveInput // as filled into the form; nil where it is not shown again
	MaySee    bool                       // record what became of the household
	Outcomes  []string
	Letter    bool
	Names     map[string]string
	Problem   *problem
}

func showCase(x *exchange) error { return x.showCase(http.StatusOK, casePage{}) }

func (x *exchange) showCase(status int, p casePage) error {
	id := x.r.PathValue("case")
	var err error
	if p.File, err = see[cases.File](x, "cases.file", &cases.CaseInput{Case: id}); err != nil {
		return err
	}
	why, err := see[resettlement.Explanation](x, "resettlement.explain", &resettlement.ExplainInput{Case: p.Case})
	switch blueprint.FaultOf(err) {
	case blueprint.NotFound, blueprint.Conflict, blueprint.Denied:
	default:
		if err != nil {
			return err
		}
		x.language.nameCountries(why.Places)
		nameIn(&why, p.Case, p.Number)
		p.Explained = x.language.explanation(&why)
	}
	if x.may("resettlement.change", "resettlement.write") {
		board, err := see[resettlement.Board](x, "resettlement.board", &resettlement.BoardInput{Limit: 500})
		if err != nil {
			return err
		}
		for _, place := range board.Places {
			if place.Open {
				p.Places = append(p.Places, place)
			}
		}
	}
	p.MaySee = x.may("resettlement.observe_outcomes", "cases.write") && accepted(&p.File)
	p.Outcomes = resettlement.Outcomes()
	p.Letter = x.may("movement.letter", "movement.read")
	if p.Names, err = x.names(); err != nil {
		return err
	}
	return x.show(status, "case", p)
}

// accepted says whether the household has gone the way to its place, so that something
// can have become of it.
func accepted(f *cases.File) bool {
	return slices.Contains([]string{cases.StageAccepted, cases.StageBooked, cases.StageTravelling, cases.StageArrived}, f.Stage) ||
		f.Outcome == cases.OutcomeSettled
}

// nameCountries puts the names of countries where places end in their codes.
func (l *locale) nameCountries(places map[string]string) {
	for id, name := range places {
		if at := strings.LastIndex(name, ", "); at >= 0 {
			places[id] = name[:at] + l.comma() + countryName(name[at+2:], l.Tag)
		}
	}
}

// quotaRow is a quota as the engine calls it.
var quotaRow = regexp.MustCompile(`(?:row )?"?quota:([A-Z]{3}):([^ "]+)"?`)

// named puts names where the engine says ids.
type named struct{ *strings.Replacer }

func (n named) Replace(text string) string {
	return quotaRow.ReplaceAllString(n.Replacer.Replace(text), "quota $1 $2")
}

// nameIn puts the case's number and the places' names where an explanation has ids.
func nameIn(e *resettlement.Explanation, id, number string) {
	pairs := []string{id, number}
	for place, name := range e.Places {
		pairs = append(pairs, place, name)
	}
	names := named{strings.NewReplacer(pairs...)}
	e.Summary = names.Replace(e.Summary)
	for i := range e.Alternatives {
		e.Alternatives[i].Full = names.Replace(e.Alternatives[i].Full)
	}
	for i := range e.Explanation.Closed {
		e.Explanation.Closed[i].Why = names.Replace(e.Explanation.Closed[i].Why)
	}
}

func changePlacement(x *exchange) error {
	in := &resettlement.ChangeInput{Case: x.r.PathValue("case"), Place: x.r.PostFormValue("place"),
		Reason: strings.TrimSpace(x.r.PostFormValue("reason"))}
	_, err := do[resettlement.Decided](x, "resettlement.change", in)
	if problem := x.formProblem(err); problem != nil {
		return x.showCase(http.StatusUnprocessableEntity, casePage{Place: in.Place, Reason: in.Reason, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice("notice-placement")
	return x.redirect("/cases/" + in.Case)
}
