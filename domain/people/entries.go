package people

import "cairn/value"

// The types of subject of this domain.
const (
	SubjectRecord    = "record"
	SubjectHousehold = "household"
	SubjectOpening   = "opening"
	SubjectImporting = "importing"
)

// Document is one paper that a person showed.
type Document struct {
	Type   string        `json:"type,omitempty"`
	Number string        `json:"number"`
	Issuer value.Country `json:"issuer,omitempty"`
	// Zone is its machine-readable zone as it was read, line by line, even where it
	// cannot be understood: what a machine misread, a person can compare.
	Zone string `json:"zone,omitempty"`
	// Index is the keyed digest by which the number is found (DocumentIndex).
	Index string `json:"index,omitempty"`
}

// RecordRegistered begins a record: what was said at the desk or stood in a list.
type RecordRegistered struct {
	Number        value.Number     `json:"number"`
	Name          value.Name       `json:"name"`
	Birth         value.Date       `json:"birth,omitzero"`
	Sex           value.Sex        `json:"sex,omitempty"`
	Gender        value.Gender     `json:"gender,omitempty"`
	Nationalities []value.Country  `json:"nationalities,omitempty"`
	BirthPlace    string           `json:"birth_place,omitempty"`
	Languages     []value.Language `json:"languages,omitempty"`
	Documents     []Document       `json:"documents,omitempty"`
	Phones        []string         `json:"phones,omitempty"`
	Needs         []string         `json:"needs,omitempty"` // words of NeedWords, or as written
	Occupation    string           `json:"occupation,omitempty"`
	Site          string           `json:"site,omitempty"`
	Arrived       value.Date       `json:"arrived,omitzero"`
	Remarks       string           `json:"remarks,omitempty"`
	Sensitive     bool             `json:"sensitive,omitempty"` // open to few: survivors, witnesses
	Parents       []string         `json:"parents,omitempty"`   // records, for a child born here
	Import        string           `json:"import,omitempty"`    // the importing it came with
	Row           int              `json:"row,omitempty"`       // its row in that file, from 1
	Listed        string           `json:"listed,omitempty"`    // its number in that file
}

// Kind implements blueprint.Fact.
func (*RecordRegistered) Kind() string { return "people.record_registered" }

// RecordCorrected replaces the fields that it names; the others stand.
type RecordCorrected struct {
	Name          *value.Name       `json:"name,omitempty"`
	Birth         *value.Date       `json:"birth,omitempty"`
	Sex           *value.Sex        `json:"sex,omitempty"`
	Gender        *value.Gender     `json:"gender,omitempty"`
	Nationalities *[]value.Country  `json:"nationalities,omitempty"`
	BirthPlace    *string           `json:"birth_place,omitempty"`
	Languages     *[]value.Language `json:"languages,omitempty"`
	Documents     *[]Document       `json:"documents,omitempty"`
	Phones        *[]string         `json:"phones,omitempty"`
	Needs         *[]string         `json:"needs,omitempty"`
	Occupation    *string           `json:"occupation,omitempty"`
	Site          *string           `json:"site,omitempty"`
	Arrived       *value.Date       `json:"arrived,omitempty"`
	Remarks       *string           `json:"remarks,omitempty"`
	Sensitive     *bool             `json:"sensitive,omitempty"`
	Reason        string            `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*RecordCorrected) Kind() string { return "people.record_corrected" }

// DeathRecorded says that the person died. The record stays.
type DeathRecorded struct {
	Died  value.Date `json:"died,omitzero"`
	Place string     `json:"place,omitempty"`
	Basis string     `json:"basis"` // what it rests on: a certificate, a statement
}

// Kind implements blueprint.Fact.
func (*DeathRecorded) Kind() string { return "people.death_recorded" }

// ConsentGiven says that the person, or a representative, agreed to one purpose
// and one destination after it was explained. There is no consent to anywhere.
type ConsentGiven struct {
	Purpose          string         `json:"purpose"`
	Destination      value.Country  `json:"destination"`
	Language         value.Language `json:"language"` // of the explanation
	Informed         bool           `json:"informed"`
	ByRepresentative bool           `json:"by_representative,omitempty"`
	Interpreter      string         `json:"interpreter,omitempty"`
}

// Kind implements blueprint.Fact.
func (*ConsentGiven) Kind() string { return "people.consent_given" }

// ConsentWithdrawn ends one consent. It needs no reason.
type ConsentWithdrawn struct {
	Purpose     string        `json:"purpose"`
	Destination value.Country `json:"destination"`
	Reason      string        `json:"reason,omitempty"`
}

// Kind implements blueprint.Fact.
func (*ConsentWithdrawn) Kind() string { return "people.consent_withdrawn" }

// Member is a record's place in a household.
type Member struct {
	Record   string `json:"record"`
	Relation string `json:"relation,omitempty"` // to the head, one of the Relation words
	Head     bool   `json:"head,omitempty"`
}

// HouseholdFormed begins a household.
type HouseholdFormed struct {
	Number  string          `json:"number"` // of the list, or the head's own
	Members []Member        `json:"members"`
	Site    string          `json:"site,omitempty"`
	Wishes  []value.Country `json:"wishes,omitempty"` // countries asked for, the first first
	Reason  string          `json:"reason,omitempty"` // when it was split from another
}

// Kind implements blueprint.Fact.
func (*HouseholdFormed) Kind() string { return "people.household_formed" }

// MemberJoined adds a record to a household.
type MemberJoined struct {
	Member
	Reason string `json:"reason,omitempty"`
}

// Kind implements blueprint.Fact.
func (*MemberJoined) Kind() string { return "people.member_joined" }

// MemberLeft takes a record out of a household.
type MemberLeft struct {
	Record string `json:"record"`
	Reason string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*MemberLeft) Kind() string { return "people.member_left" }

// FileOpened says that somebody read a person's file.
type FileOpened struct {
	Record string `json:"record"`
	Reason string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*FileOpened) Kind() string { return "people.file_opened" }

// ListImported says how a list was understood and what came of it, without names.
type ListImported struct {
	Digest     string   `json:"digest"` // SHA-256 of the file, hexadecimal
	Name       string   `json:"name"`   // of the file
	Mapping    string   `json:"mapping"`
	DateOrders []string `json:"date_orders,omitempty"`
	Site       string   `json:"site,omitempty"`
	Rows       int      `json:"rows"`
	People     int      `json:"people"`
	Households int      `json:"households"`
	Consents   int      `json:"consents"`
	LeftOut    int      `json:"left_out"` // rows that were refused or wait for one
}

// Kind implements blueprint.Fact.
func (*ListImported) Kind() string { return "people.list_imported" }
