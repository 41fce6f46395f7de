package offices

import "cairn/gate"

// OfficeOpened begins an office's log.
type OfficeOpened struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Public string `json:"public"` // the office's public keys, as one line
}

// Kind implements blueprint.Fact.
func (*OfficeOpened) Kind() string { return "offices.office_opened" }

// PolicyAdopted puts the gate's text in force.
type PolicyAdopted struct {
	Digest    string `json:"digest"`
	Access    string `json:"access"`
	Safeguard string `json:"safeguard"`
	Schema    string `json:"schema"`
}

// Kind implements blueprint.Fact.
func (*PolicyAdopted) Kind() string { return "offices.policy_adopted" }

// PolicyText is the text that the entry put in force, for taking decisions again.
func (p *PolicyAdopted) PolicyText() gate.Text {
	return gate.Text{Access: p.Access, Safeguard: p.Safeguard, Schema: p.Schema}
}

// StaffAppointed gives somebody a log-in and roles.
type StaffAppointed struct {
	Login    string   `json:"login"`
	Name     string   `json:"name"`
	Roles    []string `json:"roles"`
	Country  string   `json:"country,omitempty"` // alpha-3, for those who act for a state
	Password string   `json:"password"`          // Argon2id hash; "" cannot log in
}

// Kind implements blueprint.Fact.
func (*StaffAppointed) Kind() string { return "offices.staff_appointed" }

// RolesChanged replaces somebody's roles.
type RolesChanged struct {
	Roles  []string `json:"roles"`
	Reason string   `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*RolesChanged) Kind() string { return "offices.roles_changed" }

// PasswordChanged replaces somebody's password hash.
type PasswordChanged struct {
	Password string `json:"password"`
}

// Kind implements blueprint.Fact.
func (*PasswordChanged) Kind() string { return "offices.password_changed" }

// StaffDismissed ends somebody's access.
type StaffDismissed struct {
	Reason string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*StaffDismissed) Kind() string { return "offices.staff_dismissed" }
