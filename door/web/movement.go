package web

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"cairn/domain/movement"
)

type movementPage struct {
	movement.BoardView
	From, Mode string
	Taken      bool
	Modes      []string
	Arrivals   bool // may see who arrives
	MayImport  bool // a timetable
	Line       timeline
	pager
}

func showMovement(x *exchange) error {
	in := &movement.BoardViewInput{From: x.r.FormValue("from"), Mode: x.r.FormValue("mode"), Taken: x.r.FormValue("taken") != "",
		After: x.r.FormValue("after"), Limit: 40}
	board, err := see[movement.BoardView](x, "movement.timetable", in)
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "movement", movementPage{board, in.From, in.Mode, in.Taken,
		[]string{movement.Train, movement.Bus, movement.Ship, movement.Flight}, x.may("movement.arrivals", "arrivals.read"), x.may("movement.import_services", "services.write"), drawTimeline(board.Days),
		x.after(board.More)})
}

type servicePage struct {
	movement.ServiceView
	Passengers []movement.Passenger
	Board      bool // may say who boards and arrives
	May        papersMay
	Step       string
	Record     string
	Reason     string
	Problem    *problem
}

func showService(x *exchange) error { return x.service(http.StatusOK, servicePage{}) }

func (x *exchange) service(status int, p servicePage) error {
	in := &movement.ServiceViewInput{Service: x.r.PathValue("service")}
	var err error
	if p.ServiceView, err = see[movement.ServiceView](x, "movement.service", in); err != nil {
		return err
	}
	manifest, err := see[movement.Manifest](x, "movement.manifest", in)
	if err != nil {
		return err
	}
	p.Passengers = manifest.Passengers
	p.Board, p.May = x.may("movement.board", "movement.board"), x.papersMay()
	return x.show(status, "service", p)
}

// moveService records what happened at a service, step by step.
func moveService(x *exchange) error {
	id, step := x.r.PathValue("service"), x.r.PostFormValue("step")
	record, reason := x.r.PostFormValue("record"), strings.TrimSpace(x.r.PostFormValue("reason"))
	var action string
	var in any
	switch step {
	case "board":
		action, in = "movement.board", &movement.BoardInput{Service: id, All: true}
	case "noshow":
		action, in = "movement.board", &movement.BoardInput{Service: id, NoShows: []movement.Absent{{Record: record, Reason: reason}}}
	case "depart":
		action, in = "movement.depart", &movement.DepartInput{Service: id, NoShowReason: reason}
	case "arrive":
		arrive := &movement.ArriveInput{Service: id}
		if record != "" {
			arrive.Records = []string{record}
		}
		action, in = "movement.arrive", arrive
	default:
		return errNoPage
	}
	_, err := do[movement.Moved](x, action, in)
	if problem := x.formProblem(err); problem != nil {
		return x.service(http.StatusUnprocessableEntity, servicePage{Step: step, Record: record, Reason: reason, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice("movement-" + step)
	return x.redirect("/movement/" + id)
}

type letterPage struct {
	movement.Letter
	Untranslated bool          // the console does not speak the household's language
	Crew         template.HTML // the same in the language of the staff, where it is another
}

// showLetter shows a travel letter in the household's language, where the console
// speaks it.
func showLetter(x *exchange) error {
	letter, err := see[movement.Letter](x, "movement.letter", &movement.CaseInput{Case: x.r.PathValue("case")})
	if err != nil {
		return err
	}
	p := letterPage{Letter: letter}
	base, _, _ := strings.Cut(letter.Language, "-")
	theirs, ours := x.languages.byTag(base), x.language
	switch {
	case theirs == nil:
		p.Untranslated = true
	case theirs != ours:
		if p.Crew, err = x.crewCopy(ours); err != nil {
			return err
		}
		x.language = theirs
	}
	return x.show(http.StatusOK, "letter", p)
}

// crewCopy is the letter in the language of the staff, for those who look after the
// travellers on the way.
func (x *exchange) crewCopy(ours *locale) (template.HTML, error) {
	letter, err := see[movement.Letter](x, "movement.letter", &movement.CaseInput{Case: x.r.PathValue("case"), Language: ours.Tag})
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := ours.pages["letter"].ExecuteTemplate(&b, "letter", letter); err != nil {
		return "", fmt.Errorf("write the crew's copy: %w", err)
	}
	return template.HTML(`<div class="crew" lang="` + ours.Tag + `" dir="` + ours.Dir + `">` + b.String() + `</div>`), nil // html/template has escaped it
}

type missingPage struct {
	movement.MissingView
	Unaccounted  bool
	Follow       bool
	Chosen       string // the record whose form is shown again
	Reason, Next string
	Owner        string
	Open         bool
	Names        map[string]string // of staff, for those who may see them
	Problem      *problem
	pager
}

func showMissing(x *exchange) error { return x.missing(http.StatusOK, missingPage{}) }

func (x *exchange) missing(status int, p missingPage) error {
	in := &movement.MissingInput{Unaccounted: x.r.FormValue("all") == "", After: x.r.FormValue("after"), Limit: 40}
	var err error
	if p.MissingView, err = see[movement.MissingView](x, "movement.missing", in); err != nil {
		return err
	}
	if p.Names, err = x.names(); err != nil {
		return err
	}
	p.Unaccounted, p.Follow, p.pager = in.Unaccounted, x.may("movement.follow_up", "movement.board"), x.after(p.More)
	return x.show(status, "missing", p)
}

// followUp says what became known of somebody who has not arrived.
func followUp(x *exchange) error {
	in := &movement.FollowUpInput{Journey: x.r.PostFormValue("journey"), Records: []string{x.r.PostFormValue("record")},
		Reason: strings.TrimSpace(x.r.PostFormValue("reason")), Next: strings.TrimSpace(x.r.PostFormValue("next")),
		Owner: strings.TrimSpace(x.r.PostFormValue("owner")), Open: x.r.PostFormValue("open") != ""}
	_, err := do[movement.Moved](x, "movement.follow_up", in)
	if problem := x.formProblem(err); problem != nil {
		return x.missing(http.StatusUnprocessableEntity, missingPage{Chosen: in.Records[0], Reason: in.Reason, Next: in.Next, Owner: in.Owner, Open: in.Open, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice("missing-followed")
	return x.redirect("/missing")
}
