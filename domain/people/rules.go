package people

import (
	"slices"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/ledger"
	"cairn/value"
)

// record is a record as its facts say.
type record struct {
	RecordRegistered
	registered ledger.Time
	office     string
	dead       bool
	died       value.Date
	consents   []consent
}

// consent is the last word on one purpose and destination.
type consent struct {
	ConsentGiven
	given     ledger.Time
	withdrawn ledger.Time // 0: in force
}

func stepRecord(s *record, f fold.Fact) {
	switch v := f.Value.(type) {
	case *RecordRegistered:
		s.RecordRegistered, s.registered, s.office = *v, f.Time, f.Office
	case *RecordCorrected:
		s.correct(v)
	case *DeathRecorded:
		s.dead, s.died = true, v.Died
	case *ConsentGiven:
		if v.Informed {
			s.consents = append(s.without(v.Purpose, v.Destination), consent{ConsentGiven: *v, given: f.Time})
		}
	case *ConsentWithdrawn:
		for i := range s.consents {
			c := &s.consents[i]
			if c.Purpose == v.Purpose && c.Destination == v.Destination && c.withdrawn == 0 {
				c.withdrawn = f.Time
			}
		}
	}
}

func (s *record) without(purpose string, destination value.Country) []consent {
	return slices.DeleteFunc(slices.Clone(s.consents), func(c consent) bool {
		return c.Purpose == purpose && c.Destination == destination
	})
}

func (s *record) correct(v *RecordCorrected) {
	replace(&s.Name, v.Name)
	replace(&s.Birth, v.Birth)
	replace(&s.Sex, v.Sex)
	replace(&s.Gender, v.Gender)
	replace(&s.Nationalities, v.Nationalities)
	replace(&s.BirthPlace, v.BirthPlace)
	replace(&s.Languages, v.Languages)
	replace(&s.Documents, v.Documents)
	replace(&s.Phones, v.Phones)
	replace(&s.Needs, v.Needs)
	replace(&s.Occupation, v.Occupation)
	replace(&s.Site, v.Site)
	replace(&s.Arrived, v.Arrived)
	replace(&s.Remarks, v.Remarks)
	replace(&s.Sensitive, v.Sensitive)
}

func replace[T any](at *T, with *T) {
	if with != nil {
		*at = *with
	}
}

// household is a household as its facts say.
type household struct {
	number  string
	site    string
	members []Member
	wishes  []value.Country
}

func stepHousehold(s *household, f fold.Fact) {
	switch v := f.Value.(type) {
	case *HouseholdFormed:
		s.number, s.site, s.wishes = v.Number, v.Site, v.Wishes
		s.members = append(slices.Clone(v.Members), s.members...)
	case *MemberJoined:
		if !s.has(v.Record) {
			s.members = append(slices.Clone(s.members), v.Member)
		}
	case *MemberLeft:
		s.members = slices.DeleteFunc(slices.Clone(s.members), func(m Member) bool { return m.Record == v.Record })
	}
}

func (s *household) has(record string) bool {
	return slices.ContainsFunc(s.members, func(m Member) bool { return m.Record == record })
}

// leave decides that records leave: they must be members. Taking everybody out is
// refused where the household would be left empty for no gain.
func (s *household) leave(records []string) error {
	if len(records) == 0 {
		return blueprint.RefuseField("records", "name the records that leave")
	}
	for _, r := range records {
		if !s.has(r) {
			return blueprint.Refuse(blueprint.Conflict, "record %s is not in this household: look at the household again", r)
		}
	}
	return nil
}

// oneHead makes exactly one member the head: the first that is marked, else the
// first adult-looking relation, else the first.
func oneHead(members []Member) {
	head := slices.IndexFunc(members, func(m Member) bool { return m.Head || m.Relation == RelationHead })
	if head < 0 {
		head = 0
	}
	for i := range members {
		members[i].Head = i == head
		if i == head && members[i].Relation != RelationUnaccompanied {
			members[i].Relation = RelationHead
		} else if i != head && members[i].Relation == RelationHead {
			members[i].Relation = RelationOther
		}
	}
}

// Purposes of consent.
const (
	PurposeResettlement  = "resettlement"
	PurposeReunification = "family_reunification"
	PurposeLabour        = "labour_migration"
	PurposeReturn        = "return"
	PurposeEvacuation    = "evacuation"
	PurposeDataTransfer  = "data_transfer"
)

// Purposes lists what a person can consent to.
func Purposes() []string {
	return []string{PurposeResettlement, PurposeReunification, PurposeLabour, PurposeReturn, PurposeEvacuation, PurposeDataTransfer}
}

// checkConsent refuses what is no informed consent to one place.
func checkConsent(c *ConsentGiven) error {
	switch {
	case !slices.Contains(Purposes(), c.Purpose):
		return blueprint.RefuseField("purpose", "purpose %q is not known: take one of %v", c.Purpose, Purposes())
	case c.Destination == "*" || c.Destination == "":
		return blueprint.RefuseField("destinations", "consent is to a named country, never to any country: name it by its three letters")
	case !c.Destination.Valid() || c.Destination.HasNoState():
		return blueprint.RefuseField("destinations", "%q is no country to go to: write its three letters, such as CAN", c.Destination)
	case !c.Language.Valid():
		return blueprint.RefuseField("language", "say in which language it was explained, such as hu")
	case !c.Informed:
		return blueprint.RefuseField("informed", "consent counts only when it was explained first: explain, then record it as informed")
	}
	return nil
}
