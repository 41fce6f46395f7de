package people

import (
	"strings"

	"cairn/blueprint"
	"cairn/value"
	"cairn/value/said"
)

// RegisterInput registers one person by the fields, or a household by its members.
type RegisterInput struct {
	Name          string       `json:"name" help:"One person's name, in any script."`
	Given         string       `json:"given" help:"Given name, where the parts are known."`
	Family        string       `json:"family" help:"Family name, where the parts are known."`
	Birth         string       `json:"birth" help:"Date of birth; parts may be unknown: 3.5.1956, 1956-05, 1956."`
	Age           *int         `json:"age" help:"Age in years, where no date of birth is known."`
	Sex           string       `json:"sex" help:"F, M, X or U, or a word."`
	Nationalities []string     `json:"nationalities" help:"Countries by code or name."`
	BirthPlace    string       `json:"birth_place" help:"Place of birth."`
	Languages     []string     `json:"languages" help:"Languages by tag or name."`
	Documents     []PaperInput `json:"documents" help:"Papers that were shown."`
	Phones        []string     `json:"phones" help:"Telephone numbers."`
	Needs         []string     `json:"needs" help:"wheelchair, stretcher, pregnant … or free words."`
	Occupation    string       `json:"occupation" help:"Occupation."`
	Remarks       string       `json:"remarks" help:"Anything else."`
	Sensitive     bool         `json:"sensitive" help:"Close the file to all but protection officers."`

	Members []Person `json:"members" help:"The whole household, instead of one person; the head first."`
	Site    string   `json:"site" help:"Where they stay."`
	Arrived string   `json:"arrived" help:"Day of arrival."`
	Wishes  []string `json:"wishes" help:"Countries that they ask for, the first first."`
	Number  string   `json:"household_number" help:"The household's number elsewhere; else the head's own is used."`
}

func (in *RegisterInput) people() []Person {
	if len(in.Members) > 0 {
		return in.Members
	}
	return []Person{{Name: in.Name, Given: in.Given, Family: in.Family, Birth: in.Birth, Age: in.Age, Sex: in.Sex,
		Nationalities: in.Nationalities, BirthPlace: in.BirthPlace, Languages: in.Languages, Documents: in.Documents,
		Phones: in.Phones, Needs: in.Needs, Occupation: in.Occupation, Remarks: in.Remarks, Sensitive: in.Sensitive}}
}

// Registered says what was registered, in the order of the input.
type Registered struct {
	Household string         `json:"household"`
	Records   []string       `json:"records"`
	Numbers   []value.Number `json:"numbers"`
}

var register = blueprint.Act(blueprint.Action{
	Name: "people.register", Group: "registration.write", Title: "Register people",
	Help: "Registers one person or a whole household and gives each a number for the slip. " +
		"Look at people.likely_doubles first: somebody may be registered already.",
	Example: `cairn people register --name "Kovács, János" --birth 3.5.1956 --sex M --nationalities HUN --site Traiskirchen`,
	Appends: []string{"people.record_registered", "people.household_formed"},
}, func(w *blueprint.Work, in RegisterInput) (Registered, error) {
	words := newVocabulary(nil)
	wishes, err := eachWord(in.Wishes, "wishes", said.Say("country"), words.country)
	if err != nil {
		return Registered{}, err
	}
	people := in.people()
	facts := make([]*RecordRegistered, len(people))
	members := make([]Member, len(people))
	for i := range people {
		p := &people[i]
		p.Site, p.Arrived = otherwise(p.Site, in.Site), otherwise(p.Arrived, in.Arrived)
		if facts[i], err = p.registered(words, today(w)); err != nil {
			return Registered{}, err
		}
		indexDocuments(w, facts[i].Documents)
		relation, _ := words.relation(p.Relation)
		members[i] = Member{Record: w.NewID(), Relation: relation, Head: p.Head}
	}
	oneHead(members)
	return addHousehold(w, facts, members, &HouseholdFormed{Number: in.Number, Members: members, Site: in.Site, Wishes: wishes})
})

// addHousehold numbers and drafts new records and their household.
func addHousehold(w *blueprint.Work, facts []*RecordRegistered, members []Member, formed *HouseholdFormed) (Registered, error) {
	out := Registered{Household: w.NewID()}
	for _, m := range members {
		out.Records = append(out.Records, m.Record)
	}
	numbers, err := numberRecords(w, out.Records)
	if err != nil {
		return Registered{}, err
	}
	for i, m := range members {
		facts[i].Number = numbers[m.Record]
		out.Numbers = append(out.Numbers, facts[i].Number)
		if m.Head && formed.Number == "" {
			formed.Number = string(facts[i].Number)
		}
		w.Add(m.Record, facts[i])
	}
	w.Add(out.Household, formed)
	return out, nil
}

func otherwise(text, instead string) string {
	if strings.TrimSpace(text) == "" {
		return instead
	}
	return text
}

// BirthInput records a child that was born here.
type BirthInput struct {
	Mother string `json:"mother" required:"true" help:"The mother's record; the child joins her household."`
	Father string `json:"father" help:"The father's record, if he is registered."`
	Child  Person `json:"child" required:"true" help:"The child: name, birth, sex …"`
}

var recordBirth = blueprint.Act(blueprint.Action{
	Name: "people.record_birth", Group: "registration.write", Title: "Record a birth",
	Help:     "Registers a newborn and adds the child to the mother's household.",
	Example:  `cairn people record-birth --mother ID --child '{"name":"Nagy, Anna","birth":"2026-02-01","sex":"F"}'`,
	Appends:  []string{"people.record_registered", "people.member_joined"},
	Resource: resourceOf(func(in *BirthInput) []string { return []string{in.Mother} }),
}, func(w *blueprint.Work, in BirthInput) (Registered, error) {
	parents := []string{in.Mother}
	if in.Father != "" {
		parents = append(parents, in.Father)
	}
	for _, parent := range parents {
		if _, err := w.Exists(parent, SubjectRecord); err != nil {
			return Registered{}, err
		}
	}
	homes, err := householdsOf(w, parents[:1])
	if err != nil {
		return Registered{}, err
	}
	home := homes[in.Mother]
	if home == "" {
		return Registered{}, blueprint.Refuse(blueprint.Conflict, "the mother is in no household: let her join one first")
	}
	fact, err := in.Child.registered(newVocabulary(nil), today(w))
	if err != nil {
		return Registered{}, err
	}
	indexDocuments(w, fact.Documents)
	child := w.NewID()
	numbers, err := numberRecords(w, []string{child})
	if err != nil {
		return Registered{}, err
	}
	fact.Number, fact.Parents = numbers[child], parents
	relation, err := childRelation(w, home, in.Mother)
	if err != nil {
		return Registered{}, err
	}
	w.Add(child, fact)
	w.Add(home, &MemberJoined{Member: Member{Record: child, Relation: relation}, Reason: "born"})
	return Registered{Household: home, Records: []string{child}, Numbers: []value.Number{fact.Number}}, nil
})
