package web

import (
	"net/http"
	"slices"
	"strings"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/domain/people"
	"cairn/domain/rights"
)

// ordinaryReason is recorded when somebody opens a file whose role needs no other.
const ordinaryReason = "opened in the console for daily work"

// mostOpened bounds how many opened files a session remembers.
const mostOpened = 300

type filePage struct {
	people.File
	Home   *people.HouseholdView
	Rights *rights.PersonRights // for those who may see what protects the person
	Others []identity.Card      // other records of the same person, for those who may see them
	Names  map[string]string    // of staff
	Change bool
}

type reasonPage struct {
	Record, Reason string
	Refusals       []blueprint.PersonRefusal
	Problem        *problem
}

// reason is what was stated when the file, or the papers, of this page were opened.
func (x *exchange) reason() string {
	if record := x.r.PathValue("record"); record != "" {
		return statedOnly(x.sessions.GetString(x.ctx(), keyReasons+record))
	}
	if key := x.papersKey(); key != "" {
		return statedOnly(x.sessions.GetString(x.ctx(), key))
	}
	return ""
}

// opened records, once in a session, that a file is opened, and why.
func (x *exchange) opened(record, reason string) error {
	_, err := x.Office.Do(x.ctx(), x.who.Actor, "people.open_file",
		&people.OpenInput{Record: record, Reason: reason}, app.Options{Reason: statedOnly(reason)})
	if err != nil {
		return err
	}
	keys := x.sessions.Keys(x.ctx())
	if len(keys) > mostOpened {
		for _, key := range keys {
			if strings.HasPrefix(key, keyReasons) {
				x.sessions.Remove(x.ctx(), key)
			}
		}
	}
	x.sessions.Put(x.ctx(), keyReasons+record, reason)
	return nil
}

// statedOnly gives the gate a reason only if somebody stated it.
func statedOnly(reason string) string {
	if reason == ordinaryReason {
		return ""
	}
	return reason
}

func showFile(x *exchange) error {
	record := x.r.PathValue("record")
	if !x.sessions.Exists(x.ctx(), keyReasons+record) {
		err := x.opened(record, ordinaryReason)
		if needsReason(err) {
			return x.show(http.StatusForbidden, "reason", reasonPage{Record: record, Refusals: refusalsOf(err)})
		}
		if err != nil {
			return err
		}
	}
	file, err := see[people.File](x, "people.file", &people.FileInput{Record: record})
	if err != nil {
		return err
	}
	p := filePage{File: file, Change: x.may("people.correct", "registration.write")}
	if p.Names, err = x.names(); err != nil {
		return err
	}
	if file.Household != "" {
		home, err := see[people.HouseholdView](x, "people.household", &people.HouseholdInput{Household: file.Household})
		if err == nil {
			p.Home = &home
		} else if blueprint.FaultOf(err) != blueprint.Denied { // somebody in it may have a closed file
			return err
		}
	}
	if x.may("rights.person", "rights.read") {
		protects, err := see[rights.PersonRights](x, "rights.person", &rights.PersonInput{Record: record})
		if err == nil {
			p.Rights = &protects
		} else if blueprint.FaultOf(err) != blueprint.Denied {
			return err
		}
	}
	if p.Others, err = x.otherRecords(record); err != nil {
		return err
	}
	return x.show(http.StatusOK, "file", p)
}

// otherRecords are those that decisions made one person with a record.
func (x *exchange) otherRecords(record string) ([]identity.Card, error) {
	if !x.may("identity.person", "identity.read") {
		return nil, nil
	}
	person, err := see[identity.PersonView](x, "identity.person", &identity.PersonInput{Record: record})
	if blueprint.FaultOf(err) == blueprint.Denied {
		return nil, nil
	}
	return slices.DeleteFunc(person.Members, func(c identity.Card) bool { return c.Record == record }), err
}

// openFile takes the reason that the gate demanded.
func openFile(x *exchange) error {
	record, reason := x.r.PathValue("record"), x.statedReason()
	problem, err := x.reasonProblem(x.opened(record, reason))
	if err != nil {
		return err
	}
	if problem != nil {
		return x.show(http.StatusUnprocessableEntity, "reason", reasonPage{Record: record, Reason: reason, Problem: problem})
	}
	return x.redirect("/people/" + record)
}

// statedReason is what somebody wrote on a form that asks why something is opened.
func (x *exchange) statedReason() string {
	return statedOnly(strings.TrimSpace(x.r.PostFormValue("reason")))
}

// reasonProblem is what such a form says where opening failed for what was written on it;
// any other error stays one.
func (x *exchange) reasonProblem(err error) (*problem, error) {
	if problem := x.formProblem(err); problem != nil {
		return problem, nil
	}
	if !needsReason(err) {
		return nil, err
	}
	text, err := x.language.text("reason-needed")
	return newProblem("reason", text), err
}

func showSlip(x *exchange) error {
	slip, err := see[people.Slip](x, "people.slip", &people.FileInput{Record: x.r.PathValue("record")})
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "slip", slipsPage{Slips: []people.Slip{slip}})
}

// slipsPage is slips to print, one below the other.
type slipsPage struct {
	Slips  []people.Slip
	New    bool     // just registered
	Closed []string // numbers of files that are closed to whoever looks
}
