package web

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/movement"
)

// Keys of what a session holds of opened papers: why, and when.
const (
	keyPapers   = "papers:"   // + service
	keyArrivals = "arrivals:" // + country/town
	keyOpenedAt = "at/"       // + one of these
)

// papersKey names the papers that this page is about, or is "".
func (x *exchange) papersKey() string {
	if service := x.r.PathValue("service"); service != "" {
		return keyPapers + service
	}
	if strings.HasPrefix(x.r.URL.Path, "/arrivals") {
		return keyArrivals + x.arrivalsIn(x.r.FormValue("country")) + "/" + strings.TrimSpace(x.r.FormValue("town"))
	}
	return ""
}

// arrivalsIn is the country whose arrivals are asked for: a receiving state sees its own.
func (x *exchange) arrivalsIn(asked string) string { return cmp.Or(x.who.Country, asked) }

// papersOpened records, once in a session, that the papers of a service are opened.
func (x *exchange) papersOpened(service string) error {
	if x.sessions.Exists(x.ctx(), keyPapers+service) {
		return nil
	}
	return x.openService(service, ordinaryReason)
}

func (x *exchange) openService(service, reason string) error {
	return x.recordOpening(keyPapers+service, reason, "movement.open_papers", &movement.OpenPapersInput{Service: service, Reason: reason})
}

// arrivalsOpened records, once in a session, that a list of arrivals is opened.
func (x *exchange) arrivalsOpened(country, town string) error {
	if x.sessions.Exists(x.ctx(), keyArrivals+country+"/"+town) {
		return nil
	}
	return x.openTown(country, town, ordinaryReason)
}

func (x *exchange) openTown(country, town, reason string) error {
	return x.recordOpening(keyArrivals+country+"/"+town, reason, "movement.open_arrivals",
		&movement.OpenArrivalsInput{Country: country, Town: town, Reason: reason})
}

// recordOpening does an action that says what is opened and why, and remembers both.
func (x *exchange) recordOpening(key, reason, action string, in any) error {
	if _, err := x.Office.Do(x.ctx(), x.who.Actor, action, in, app.Options{Reason: statedOnly(reason)}); err != nil {
		return err
	}
	x.sessions.Put(x.ctx(), key, reason)
	x.sessions.Put(x.ctx(), keyOpenedAt+key, x.Clock().Unix())
	return nil
}

// openedFor is how long ago papers were opened in this session.
func (x *exchange) openedFor(key string) time.Duration {
	return x.Clock().Sub(time.Unix(x.sessions.GetInt64(x.ctx(), keyOpenedAt+key), 0))
}

type openingPage struct {
	Action, Next string // where the form goes, and where it leads
	Reason       string
	Crew         bool // the list may be kept on the device
	Country      string
	Town         string
	Refusals     []blueprint.PersonRefusal
	Problem      *problem
}

// askWhy answers with a form for the reason where papers would open to one.
func (x *exchange) askWhy(err error) error {
	if x.papersKey() == "" || x.r.Method != http.MethodGet || !needsReason(err) {
		return err
	}
	p := x.opening(localPath(x.r.URL.RequestURI()))
	p.Refusals = refusalsOf(err)
	return x.show(http.StatusForbidden, "opening", p)
}

// opening is the form that asks why papers are opened, before a page of theirs.
func (x *exchange) opening(next string) openingPage {
	if service := x.r.PathValue("service"); service != "" {
		return openingPage{Action: "/movement/" + service + "/open", Next: next}
	}
	return openingPage{Action: "/arrivals/open", Next: next, Country: x.r.FormValue("country"), Town: strings.TrimSpace(x.r.FormValue("town"))}
}

// openPapers takes the reason for which papers are opened.
func openPapers(x *exchange) error {
	next, reason := localPath(x.r.PostFormValue("next")), x.statedReason()
	p := x.opening(next)
	var err error
	if service := x.r.PathValue("service"); service != "" {
		err = x.openService(service, reason)
	} else {
		err = x.openTown(x.arrivalsIn(p.Country), p.Town, reason)
	}
	if p.Problem, err = x.reasonProblem(err); err != nil {
		return err
	}
	if p.Problem != nil {
		p.Crew, p.Reason = x.r.PostFormValue("crew") != "", reason
		return x.show(http.StatusUnprocessableEntity, "opening", p)
	}
	return x.redirect(next)
}
