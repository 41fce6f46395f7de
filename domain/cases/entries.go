package cases

import "cairn/value"

// Opened begins a case.
type Opened struct {
	Number    string          `json:"number"`
	Household string          `json:"household"`
	Members   []string        `json:"members"` // records, one for each person
	Pathway   string          `json:"pathway"`
	Origin    value.Country   `json:"origin,omitempty"` // alpha-3; "" where nobody said
	Wishes    []value.Country `json:"wishes,omitempty"` // the first first
	Priority  int64           `json:"priority,omitempty"`
	Next      string          `json:"next"`
	Due       string          `json:"due,omitempty"` // YYYY-MM-DD
}

// Kind implements blueprint.Fact.
func (*Opened) Kind() string { return "cases.opened" }

// StageReached moves a case to a stage.
type StageReached struct {
	Stage  string `json:"stage"`
	Next   string `json:"next"`          // who acts next
	Due    string `json:"due,omitempty"` // YYYY-MM-DD
	Reason string `json:"reason,omitempty"`
}

// Kind implements blueprint.Fact.
func (*StageReached) Kind() string { return "cases.stage_reached" }

// Moves is embedded in a fact of a later domain that also takes its case to a stage,
// so that one entry says both.
type Moves struct {
	Stage *StageReached `json:"stage,omitempty"`
}

// CaseStage is the stage to which a fact takes its case; nil for none.
func (m Moves) CaseStage() *StageReached { return m.Stage }

// mover is a fact that embeds Moves.
type mover interface{ CaseStage() *StageReached }

// Closed ends a case.
type Closed struct {
	Outcome string `json:"outcome"` // one of the Outcome words
	Reason  string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*Closed) Kind() string { return "cases.closed" }
