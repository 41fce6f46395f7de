package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cairn/fold"
	"cairn/gate"
)

// GateRecord is what let an action's entries pass: enough to decide again. An entry
// keeps it as one line for the access decision and, for who would travel, a second.
// What the entry's header or the catalogue says already is left out of both.
type GateRecord struct {
	Access AccessRecord
	line   []byte // of Access, encoded once for all entries
}

// AccessRecord is the decision that let the actor run the action.
type AccessRecord struct {
	Action   string
	Request  gate.Request
	Decision gate.Decision
}

// TripRecord is one traveller's safeguard decision with its facts.
type TripRecord struct {
	Trip     gate.Trip
	Decision gate.Decision
}

// storedAccess is an AccessRecord in an entry. That access was allowed and that there
// was no error follows from the entry's being there.
type storedAccess struct {
	Action   string         `json:"act"`
	Roles    []string       `json:"roles,omitempty"`
	Office   *string        `json:"office,omitempty"`  // the actor's, where it is not the entry's
	Country  string         `json:"country,omitempty"` // the actor's
	On       *gate.Resource `json:"on,omitempty"`      // nil: the entry's office
	Reason   string         `json:"reason,omitempty"`
	Rules    []string       `json:"rules"` // that permitted it
	Policies string         `json:"under"` // the short digest of the policies
}

// storedTrip is a TripRecord in an entry that the safeguards allowed.
type storedTrip struct {
	Record      string      `json:"record"`
	Person      string      `json:"person,omitempty"` // where it is not the record
	Stage       string      `json:"stage,omitempty"`  // where it is not that of the entry's kind
	Origin      string      `json:"from,omitempty"`
	Destination string      `json:"to"`
	Transit     []string    `json:"via,omitzero"`
	Pathway     string      `json:"way,omitempty"`
	Voluntary   bool        `json:"voluntary,omitempty"`
	Facts       storedFacts `json:"facts"`
	Rules       []string    `json:"rules"`
	Policies    string      `json:"under,omitempty"` // where it is not that of the access decision
}

// storedFacts are gate.Facts without those that have the zero value. An empty list,
// which says that somebody looked, is not one.
type storedFacts struct {
	Adult                  string   `json:"adult,omitzero"`
	Capacity               string   `json:"capacity,omitzero"`
	Consents               []string `json:"consents,omitzero"`
	RepresentativeConsents []string `json:"rep_consents,omitzero"`
	ConsentLanguage        string   `json:"language,omitzero"`
	OpenFindings           []string `json:"findings,omitzero"`
	CountryOfOrigin        []string `json:"origins,omitzero"`
	Holds                  []string `json:"holds,omitzero"`
	MedicalHolds           []string `json:"medical,omitzero"`
	GuardianPresent        bool     `json:"guardian,omitzero"`
	WithParent             bool     `json:"parent,omitzero"`
	BestInterests          bool     `json:"best,omitzero"`
	Family                 string   `json:"family,omitzero"`
	Appeal                 string   `json:"appeal,omitzero"`
	Fit                    string   `json:"fit,omitzero"`
	EscortProvided         bool     `json:"escort,omitzero"`
	Versions               []string `json:"read,omitzero"`
}

// encode gives the lines for an entry of an office and a kind with a stage.
func (g *GateRecord) encode(office, stage string, trips []TripRecord) ([]byte, error) {
	if g.line == nil {
		line, err := json.Marshal(g.Access.stored(office))
		if err != nil {
			return nil, fmt.Errorf("encode an access decision: %w", err)
		}
		g.line = line
	}
	if len(trips) == 0 {
		return g.line, nil
	}
	stored := make([]storedTrip, len(trips))
	for i, t := range trips {
		stored[i] = t.stored(stage, g.Access.Decision.Policy)
	}
	line, err := json.Marshal(stored)
	if err != nil {
		return nil, fmt.Errorf("encode safeguard decisions: %w", err)
	}
	return slices.Concat(g.line, []byte{'\n'}, line), nil
}

func (a *AccessRecord) stored(office string) storedAccess {
	actor := a.Request.Actor
	out := storedAccess{Action: a.Action, Roles: actor.Roles, Country: actor.Country, Reason: a.Request.Reason,
		Rules: a.Decision.Reasons, Policies: a.Decision.Policy}
	if actor.Office != office {
		out.Office = &actor.Office
	}
	if a.Request.Resource != officeResource(office) {
		out.On = &a.Request.Resource
	}
	return out
}

// officeResource is what is acted on where an action names nothing else.
func officeResource(office string) gate.Resource {
	return gate.Resource{Type: "office", ID: office, Office: office}
}

// record gives the access decision of an entry by its actor.
func (s *storedAccess) record(office, actor, group string) AccessRecord {
	request := gate.Request{Action: s.Action, Group: group, Reason: s.Reason, Resource: officeResource(office),
		Actor: gate.Actor{ID: actor, Office: office, Roles: s.Roles, Country: s.Country}}
	if s.Office != nil {
		request.Actor.Office = *s.Office
	}
	if s.On != nil {
		request.Resource = *s.On
	}
	return AccessRecord{Action: s.Action, Request: request,
		Decision: gate.Decision{Allow: true, Reasons: s.Rules, Policy: s.Policies}}
}

func (t *TripRecord) stored(stage, policies string) storedTrip {
	trip := &t.Trip
	out := storedTrip{Record: trip.Record, Person: trip.Person, Stage: trip.Stage, Origin: trip.Origin,
		Destination: trip.Destination, Transit: trip.Transit, Pathway: trip.Pathway, Voluntary: trip.Voluntary,
		Facts: storedFacts(trip.Facts), Rules: t.Decision.Reasons, Policies: t.Decision.Policy}
	if out.Person == out.Record {
		out.Person = ""
	}
	if out.Stage == stage {
		out.Stage = ""
	}
	if out.Policies == policies {
		out.Policies = ""
	}
	return out
}

func (s *storedTrip) record(stage, policies string) TripRecord {
	return TripRecord{
		Trip: gate.Trip{Record: s.Record, Person: or(s.Person, s.Record), Stage: or(s.Stage, stage), Origin: s.Origin,
			Destination: s.Destination, Transit: s.Transit, Pathway: s.Pathway, Voluntary: s.Voluntary, Facts: gate.Facts(s.Facts)},
		Decision: gate.Decision{Allow: true, Reasons: s.Rules, Policy: or(s.Policies, policies)},
	}
}

func or(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// gateLines parts what an entry keeps of its decisions.
func gateLines(f *fold.Fact) (access, trips []byte, err error) {
	if len(f.Gate) == 0 {
		return nil, nil, errors.New("it has no gate decision")
	}
	access, trips, _ = bytes.Cut(f.Gate, []byte{'\n'})
	return access, trips, nil
}

// decodeTrips reads the safeguard decisions of an entry.
func decodeTrips(line []byte, stage, policies string) ([]TripRecord, error) {
	if len(line) == 0 {
		return nil, nil
	}
	var stored []storedTrip
	if err := json.Unmarshal(line, &stored); err != nil {
		return nil, fmt.Errorf("its safeguard decisions cannot be read: %w", err)
	}
	out := make([]TripRecord, len(stored))
	for i := range stored {
		out[i] = stored[i].record(stage, policies)
	}
	return out, nil
}
