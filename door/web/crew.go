package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/movement"
)

// crewPolicy is policy for the one page that has a script: it keeps the list and what
// was noted on the device, and sends notes to this console.
const crewPolicy = policy + "; script-src 'self'; connect-src 'self'; worker-src 'self'"

// keepHeader says for how many seconds a device may keep a page.
const keepHeader = "Cairn-Keep"

// lateness is how long a service may be late before its list is wiped.
const lateness = 6 * time.Hour

type crewPage struct {
	movement.CrewList
	Who        string // the id of who is logged in: notes are sent by who took them
	Submission string
	Keep       bool // the device may keep the page
	Asked      string
	Found      bool // somebody has the number that was asked for
	Results    []crewResult
	Ticked     map[string]bool // what was sent with something wrong in it
	Reasons    map[string]string
	Problem    *problem
}

// crewResult is a note of which the crew must know something.
type crewResult struct {
	crewAnswer
	Name, Number string
}

// showCrew shows the crew's list to whoever said why they open it.
func showCrew(x *exchange) error {
	service := x.r.PathValue("service")
	if err := x.require("movement.confirm", "movement.board"); err != nil {
		return err
	}
	if x.reason() == "" {
		p := x.opening(localPath(x.r.URL.RequestURI()))
		p.Crew = true
		return x.show(http.StatusOK, "opening", p)
	}
	return x.crew(http.StatusOK, service, crewPage{Asked: strings.TrimSpace(x.r.FormValue("number"))})
}

func (x *exchange) crew(status int, service string, p crewPage) error {
	var err error
	if p.CrewList, err = see[movement.CrewList](x, "movement.crew", &movement.ServiceViewInput{Service: service}); err != nil {
		return err
	}
	for i := range p.Results {
		p.Results[i].name(p.CrewList)
	}
	if p.Asked != "" {
		if party, found := partyOf(p.CrewList, p.Asked); found {
			p.Parties, p.Found = []movement.CrewParty{party}, true
		}
	}
	p.Who, p.Submission = x.who.ID, newID()
	h := x.w.Header()
	h.Set("Content-Security-Policy", crewPolicy)
	if keep := keepFor(x.Clock(), x.openedFor(keyPapers+service), p.ServiceRow); keep > 0 && p.Asked == "" && status == http.StatusOK && x.r.Method == http.MethodGet {
		p.Keep = true
		h.Set(keepHeader, strconv.Itoa(int(keep.Seconds())))
	}
	return x.show(status, "crew", p)
}

// keepFor is how long a device may keep the list of a service: to the end of the day on
// which it arrives, and no longer than the opening counts.
func keepFor(now time.Time, opened time.Duration, s movement.ServiceRow) time.Duration {
	arrives, err := time.Parse(time.RFC3339, s.LocalArrive)
	if err != nil {
		if arrives, err = time.Parse(time.RFC3339, s.Arrive); err != nil {
			return 0
		}
	}
	year, month, day := arrives.Date()
	ends := time.Date(year, month, day+1, 0, 0, 0, 0, arrives.Location()).Add(lateness)
	return max(0, min(movement.OpenFor-opened, ends.Sub(now)))
}

// partyOf finds the party of a number: that of a case, of a person, or of a piece of
// luggage, as they stand on letters, slips and tags.
func partyOf(list movement.CrewList, number string) (movement.CrewParty, bool) {
	number, _, _ = strings.Cut(strings.ToUpper(strings.TrimSpace(number)), "/")
	for _, party := range list.Parties {
		if strings.ToUpper(party.Number) == number {
			return party, true
		}
		for _, one := range party.People {
			if strings.ToUpper(one.Number) == number {
				return party, true
			}
		}
	}
	return movement.CrewParty{}, false
}

func (r *crewResult) name(list movement.CrewList) {
	for _, party := range list.Parties {
		for _, one := range party.People {
			if one.Record == r.Record {
				r.Name, r.Number = one.Name, one.Number
			}
		}
	}
}

// crewAnswer is what became of one note, in words.
type crewAnswer struct {
	Record  string `json:"record"`
	Journey string `json:"journey"`
	Did     string `json:"did"`
	Outcome string `json:"outcome"`
	Now     string `json:"now"`
	Stands  string `json:"stands"` // Now in words
	Text    string `json:"text"`   // what the crew must know; "" where all is well
}

// confirmed records notes and gives what became of each.
func (x *exchange) confirmed(in *movement.ConfirmInput) ([]crewAnswer, error) {
	_, err := do[movement.ConfirmOut](x, "movement.confirm", in)
	var part *partly
	if err != nil && !errors.As(err, &part) {
		return nil, err
	}
	c, err := see[movement.Confirmation](x, "movement.confirmation", &movement.ConfirmationInput{Submission: in.Submission})
	if err != nil {
		return nil, err
	}
	out := make([]crewAnswer, len(c.Notes))
	for i, n := range c.Notes {
		out[i] = crewAnswer{n.Record, n.Journey, n.Did, n.Outcome, n.Now, x.language.word("traveller", n.Now), x.language.say(n.Says)}
		for _, r := range n.Refusals {
			out[i].Text += " · " + x.language.rule("says", r.Rule, r.Says) + " " + x.language.rule("opens", r.Rule, r.Opens)
		}
	}
	return out, nil
}

// rule is what a rule says, in the reader's language or else as the rule has it.
func (l *locale) rule(kind, rule, text string) string {
	if ours := l.word(kind, rule); ours != rule {
		return ours
	}
	return text
}

// confirmCrew takes the form of a browser that runs no script.
func confirmCrew(x *exchange) error {
	service := x.r.PathValue("service")
	in := &movement.ConfirmInput{Service: service, Submission: x.r.PostFormValue("submission")}
	p := crewPage{Ticked: map[string]bool{}, Reasons: map[string]string{}}
	for _, did := range []string{movement.NotedAboard, movement.NotedAbsent, movement.NotedArrived} {
		for _, value := range x.r.PostForm[did] {
			journey, record, _ := strings.Cut(value, " ")
			reason := strings.TrimSpace(x.r.PostFormValue("reason-" + record))
			in.Notes = append(in.Notes, movement.NoteInput{Journey: journey, Record: record, Did: did, Reason: reason})
			p.Ticked[did+" "+value], p.Reasons[record] = true, reason
		}
	}
	answers, err := x.confirmed(in)
	if p.Problem = x.formProblem(err); p.Problem != nil {
		return x.crew(http.StatusUnprocessableEntity, service, p)
	}
	if err != nil {
		return err
	}
	for _, a := range answers {
		if a.Text != "" {
			p.Results = append(p.Results, crewResult{crewAnswer: a})
		}
	}
	if len(p.Results) > 0 {
		p.Ticked = nil
		return x.crew(http.StatusOK, service, p)
	}
	x.notice("crew-recorded")
	return x.redirect("/movement/" + service + "/crew")
}

// crewNotes is what a device sends.
type crewNotes struct {
	Who        string               `json:"who"` // who took the notes
	Submission string               `json:"submission"`
	Sent       string               `json:"sent"`
	Notes      []movement.NoteInput `json:"notes"`
}

// crewReply is what it gets: an answer for each note, or what is wrong with all.
type crewReply struct {
	Answers []crewAnswer `json:"answers,omitempty"`
	Text    string       `json:"text,omitempty"`
}

// takeNotes takes what a device kept while it had no connection.
func takeNotes(x *exchange) error {
	var sent crewNotes
	if err := json.NewDecoder(x.r.Body).Decode(&sent); err != nil {
		return x.reply(http.StatusBadRequest, crewReply{Text: "the notes cannot be read"})
	}
	if sent.Who != x.who.ID {
		text, err := x.language.text("crew-other")
		if err != nil {
			return err
		}
		return x.reply(http.StatusPreconditionFailed, crewReply{Text: text})
	}
	answers, err := x.confirmed(&movement.ConfirmInput{Service: x.r.PathValue("service"), Submission: sent.Submission, Sent: sent.Sent, Notes: sent.Notes})
	switch fault := blueprint.FaultOf(err); {
	case err == nil:
		return x.reply(http.StatusOK, crewReply{Answers: answers})
	case fault == blueprint.Internal || fault == blueprint.Busy:
		return err
	default:
		return x.reply(statuses[fault], crewReply{Text: x.language.sayError(err)})
	}
}

func (x *exchange) reply(status int, reply crewReply) error {
	body, err := json.Marshal(reply)
	if err != nil {
		return err
	}
	x.w.Header().Set("Content-Type", "application/json")
	return x.send(status, body)
}

// worker serves the script that answers for the console while a device has no
// connection. It stands at the root, since it answers for pages below it.
func (c *console) worker(w http.ResponseWriter, r *http.Request) {
	a := c.assets["worker.js"]
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'")
	h.Set("Cache-Control", "no-cache")
	x := &exchange{console: c, w: w, r: r}
	_ = x.send(http.StatusOK, a.body)
}
