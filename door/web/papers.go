package web

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"cairn/blueprint"
	"cairn/domain/movement"
)

// papersMay says which papers of a service somebody may open.
type papersMay struct{ Documents, Report, Drill, Crew bool }

func (x *exchange) papersMay() papersMay {
	return papersMay{Documents: x.mayNow("movement.papers", "manifests.read"), Report: x.may("movement.paxlst", "manifests.send"),
		Drill: x.may("movement.drill", "movement.propose"), Crew: x.may("movement.confirm", "movement.board")}
}

type manifestPage struct {
	movement.Manifest
	Papers map[string][]movement.Paper // by record; nil for those who may not see documents
	May    papersMay
}

// showManifest lists who is expected, with documents for those who check them.
func showManifest(x *exchange) error {
	service := x.r.PathValue("service")
	p := manifestPage{May: x.papersMay()}
	if !p.May.Documents {
		var err error
		if p.Manifest, err = see[movement.Manifest](x, "movement.manifest", &movement.ServiceViewInput{Service: service}); err != nil {
			return err
		}
		return x.show(http.StatusOK, "manifest", p)
	}
	checked, err := x.checked(service, false)
	if err != nil {
		return err
	}
	p.ServiceRow, p.Papers = checked.ServiceRow, map[string][]movement.Paper{}
	for _, one := range checked.Passengers {
		p.Passengers = append(p.Passengers, one.Passenger)
		p.Papers[one.Record] = one.Papers
	}
	return x.show(http.StatusOK, "manifest", p)
}

func (x *exchange) checked(service string, csv bool) (movement.CheckedManifest, error) {
	if err := x.papersOpened(service); err != nil {
		return movement.CheckedManifest{}, err
	}
	return see[movement.CheckedManifest](x, "movement.papers", &movement.PapersInput{Service: service, CSV: csv})
}

func saveManifest(x *exchange) error {
	checked, err := x.checked(x.r.PathValue("service"), true)
	if err != nil {
		return err
	}
	return x.save(fileName("manifest", checked.ServiceRow)+".csv", "text/csv; charset=utf-8", checked.CSV)
}

// fileName names a file by a service: manifest-467-1957-01-06.
func fileName(what string, s movement.ServiceRow) string {
	number := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s.Number)
	return what + "-" + number + "-" + s.Depart[:10]
}

// save answers with a file to keep.
func (x *exchange) save(name, kind, text string) error {
	h := x.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return x.send(http.StatusOK, []byte(text))
}

type specialPage struct {
	movement.SpecialNeeds
	Counts []movement.Tally
	Spoken []movement.Tally
}

func showSpecial(x *exchange) error {
	service := x.r.PathValue("service")
	if err := x.papersOpened(service); err != nil {
		return err
	}
	csv := x.r.FormValue("csv") != ""
	needs, err := see[movement.SpecialNeeds](x, "movement.special_needs", &movement.PapersInput{Service: service, CSV: csv})
	if err != nil {
		return err
	}
	if csv {
		return x.save(fileName("needs", needs.ServiceRow)+".csv", "text/csv; charset=utf-8", needs.CSV)
	}
	return x.show(http.StatusOK, "special", specialPage{needs, movement.Tallies(needs.Totals), movement.Tallies(needs.Languages)})
}

type tagsPage struct {
	movement.Tags
	Pieces int
}

func showTags(x *exchange) error {
	pieces, err := strconv.Atoi(x.r.FormValue("pieces"))
	if err != nil {
		pieces = 1
	}
	tags, err := see[movement.Tags](x, "movement.tags", &movement.TagsInput{Service: x.r.PathValue("service"), Pieces: min(max(pieces, 1), 9)})
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "tags", tagsPage{tags, pieces})
}

type reportPage struct {
	movement.ServiceView
	Typed    movement.PAXLSTInput
	Doubtful int // passengers without a document that was checked
	Problem  *problem
}

func showReport(x *exchange) error { return x.report(http.StatusOK, reportPage{}) }

func (x *exchange) report(status int, p reportPage) error {
	if err := x.require("movement.paxlst", "manifests.send"); err != nil {
		return err
	}
	service := x.r.PathValue("service")
	var err error
	if p.ServiceView, err = see[movement.ServiceView](x, "movement.service", &movement.ServiceViewInput{Service: service}); err != nil {
		return err
	}
	checked, err := x.checked(service, false)
	if err != nil {
		return err
	}
	if p.Doubtful = checked.Doubtful; p.Typed.Country == "" {
		p.Typed.Country = p.ToCountry
	}
	return x.show(status, "report", p)
}

// saveReport gives the message to an authority as a file.
func saveReport(x *exchange) error {
	field := func(name string) string { return strings.TrimSpace(x.r.PostFormValue(name)) }
	in := &movement.PAXLSTInput{Service: x.r.PathValue("service"), Country: field("country"), Sender: field("sender"), Recipient: field("recipient"),
		From: field("from"), To: field("to"), Contact: field("contact"), Phone: field("phone"), Email: field("email")}
	if err := x.papersOpened(in.Service); err != nil {
		return err
	}
	out, err := see[movement.PAXLST](x, "movement.paxlst", in)
	if problem := x.formProblem(err); problem != nil {
		return x.report(http.StatusUnprocessableEntity, reportPage{Typed: *in, Problem: problem})
	}
	if blueprint.FaultOf(err) == blueprint.Denied {
		return x.report(http.StatusForbidden, reportPage{Typed: *in, Problem: newProblem("", x.language.sayError(err))})
	}
	if err != nil {
		return err
	}
	return x.save(out.Name, "application/edifact", out.Text)
}

type arrivalsPage struct {
	movement.Arrivals
	Asked   movement.ArrivalsInput
	Fixed   bool // the country is that of the account
	Counts  []movement.Tally
	Spoken  []movement.Tally
	Problem *problem
}

// showArrivals lists who arrives in a country or town. It says nothing before it is
// asked: the country has to be chosen.
func showArrivals(x *exchange) error {
	p := arrivalsPage{Asked: movement.ArrivalsInput{Country: x.r.FormValue("country"), Town: strings.TrimSpace(x.r.FormValue("town")),
		From: x.r.FormValue("from"), To: x.r.FormValue("to"), CSV: x.r.FormValue("csv") != ""}}
	if x.who.Country != "" {
		p.Fixed, p.Asked.Country = true, x.who.Country
	}
	if p.Asked.Country == "" {
		if err := x.require("movement.arrivals", "arrivals.read"); err != nil && !x.mayForAReason("movement.arrivals", "arrivals.read") {
			return err
		}
		return x.show(http.StatusOK, "arrivals", p)
	}
	err := x.arrivalsOpened(p.Asked.Country, p.Asked.Town)
	if err == nil {
		p.Arrivals, err = see[movement.Arrivals](x, "movement.arrivals", &p.Asked)
	}
	if problem := x.formProblem(err); problem != nil {
		p.Problem = problem
		return x.show(http.StatusUnprocessableEntity, "arrivals", p)
	}
	if err != nil {
		return err
	}
	if p.Asked.CSV {
		return x.save("arrivals-"+p.Arrivals.Country+"-"+p.Arrivals.From+".csv", "text/csv; charset=utf-8", p.CSV)
	}
	p.Counts, p.Spoken = movement.Tallies(p.Totals), movement.Tallies(p.Languages)
	return x.show(http.StatusOK, "arrivals", p)
}
