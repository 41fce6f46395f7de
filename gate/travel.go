package gate

import (
	"fmt"

	"github.com/cedar-policy/cedar-go/types"

	"cairn/reference"
)

// Stages at which the safeguards are asked.
const (
	StageProposal  = "proposal"
	StageBooking   = "booking"
	StageBoarding  = "boarding"
	StageDeparture = "departure"
)

// Trip asks whether one person may make one journey. Countries are ISO 3166-1
// alpha-3 codes, in capitals.
type Trip struct {
	Record      string `json:"record"`
	Person      string `json:"person"`
	Stage       string `json:"stage"`
	Origin      string `json:"origin"`
	Destination string `json:"destination"`
	// Transit is nil while no route is known, empty for a direct one.
	Transit []string `json:"transit"`
	Pathway string   `json:"pathway"`
	// Voluntary is false for a journey that the person did not choose.
	Voluntary bool  `json:"voluntary"`
	Facts     Facts `json:"facts"`
}

// Facts are what the record says about a traveller. The zero value of every
// field is the reading that protects more, so a fact that was not looked up
// never opens the gate.
type Facts struct {
	// Adult is "yes", "no" or "unknown".
	Adult string `json:"adult"`
	// Capacity, to decide for oneself, is "yes", "no" or "unknown".
	Capacity string `json:"capacity"`
	// Consents are the destinations with informed consent of the person, not
	// withdrawn; RepresentativeConsents those of a legal representative.
	Consents               []string `json:"consents"`
	RepresentativeConsents []string `json:"representative_consents"`
	// ConsentLanguage is the BCP 47 tag of the language of the explanation.
	ConsentLanguage string `json:"consent_language"`
	// OpenFindings are countries where a risk is open or affirmed for any record
	// of the person. Nil: not looked up; empty: none.
	OpenFindings []string `json:"open_findings"`
	// CountryOfOrigin lists all there are; codes like XXA count as unknown.
	CountryOfOrigin []string `json:"country_of_origin"`
	// Holds and MedicalHolds are those in force. Nil: not looked up; empty: none.
	Holds        []string `json:"holds"`
	MedicalHolds []string `json:"medical_holds"`
	// GuardianPresent, WithParent and BestInterests protect a child; the last is
	// a decision for this destination.
	GuardianPresent bool `json:"guardian_present"`
	WithParent      bool `json:"with_parent"`
	BestInterests   bool `json:"best_interests"`
	// Family is "together", "split_with_consent" or "split".
	Family string `json:"family"`
	// Appeal is that of a suspensive appeal: "none", "pending" or "waived".
	Appeal string `json:"appeal"`
	// Fit is "fit", "escort_required", "unfit" or "unknown".
	Fit            string `json:"fit"`
	EscortProvided bool   `json:"escort_provided"`
	// Versions are the heads of the subjects that were read for these facts.
	Versions []string `json:"versions"`
}

// MayTravel decides on a journey at its stage. An unknown stage or country code
// is a denial: a code that is misspelt would match no finding. The rules see what is
// known of somebody and never who it is, so what was decided on the same facts lately is
// not decided again; the answer is not to be changed.
func (g *Gate) MayTravel(t Trip) Decision {
	if t.Record == "" {
		return g.refuse("a journey names the record of its traveller")
	}
	return g.trips.decide(t.key(), func() Decision { return g.mayTravel(t) })
}

func (g *Gate) mayTravel(t Trip) Decision {
	stage, ok := g.stages[t.Stage]
	if !ok {
		return g.refuse("the stage %q is not in the schema", t.Stage)
	}
	w, err := t.world(g)
	if err != nil {
		return g.refuse("%v", err)
	}
	return g.decide(g.safeguard, w, stage, types.Record{})
}

// key tells trips apart that the rules could tell apart.
func (t *Trip) key() key {
	f := &t.Facts
	k := newKey(t.Stage, t.Origin, t.Destination, t.Pathway, f.Adult, f.Capacity, f.ConsentLanguage, f.Family, f.Appeal, f.Fit)
	k.list(t.Transit)
	k.list(f.Consents)
	k.list(f.RepresentativeConsents)
	k.list(f.OpenFindings)
	k.list(f.CountryOfOrigin)
	k.list(f.Holds)
	k.list(f.MedicalHolds)
	k.flags(t.Voluntary, f.GuardianPresent, f.WithParent, f.BestInterests, f.EscortProvided, len(f.Versions) > 0)
	return k
}

// anybody stands for the traveller, read for what was read of the record: rules could
// otherwise be written for one person.
const anybody, read = "somebody", "read"

func (t Trip) world(g *Gate) (*world, error) {
	journey, err := t.journey()
	if err != nil {
		return nil, err
	}
	traveller, err := t.Facts.attributes()
	if err != nil {
		return nil, err
	}
	return &world{
		principal: types.Entity{UID: types.NewEntityUID(travellerType, anybody), Attributes: types.NewRecord(traveller)},
		resource:  types.Entity{UID: types.NewEntityUID(journeyType, types.String(t.Destination)), Attributes: types.NewRecord(journey)},
		actions:   g.actions,
	}, nil
}

func (t Trip) journey() (types.RecordMap, error) {
	for _, code := range append([]string{t.Destination}, t.Transit...) {
		if c, ok := reference.CountryByCode(code); !ok || c.Alpha3 != code || c.Kind != reference.KindISO {
			return nil, fmt.Errorf("%q is not the alpha-3 code of a country to travel to or through", code)
		}
	}
	m := types.RecordMap{
		"origin": types.String(t.Origin), "destination": types.String(t.Destination),
		"pathway": types.String(t.Pathway), "voluntary": types.Boolean(t.Voluntary),
	}
	if t.Transit != nil {
		m["transit"] = set(t.Transit)
	}
	return m, nil
}

func (f Facts) attributes() (types.RecordMap, error) {
	findings, err := territories(f.OpenFindings, "a risk finding")
	if err != nil {
		return nil, err
	}
	for _, code := range findings {
		if c, _ := reference.CountryByCode(code); c.Kind == reference.KindICAO {
			return nil, fmt.Errorf("a risk finding names %s, which is not a country", code)
		}
	}
	origins, err := territories(f.CountryOfOrigin, "a country of origin")
	if err != nil {
		return nil, err
	}
	m := types.RecordMap{
		"adult":                  types.String(f.Adult),
		"capacity":               types.String(f.Capacity),
		"consents":               set(f.Consents),
		"representativeConsents": set(f.RepresentativeConsents),
		"consentLanguage":        types.String(f.ConsentLanguage),
		"origins":                set(countriesOnly(origins)),
		"guardian":               types.Boolean(f.GuardianPresent),
		"withParent":             types.Boolean(f.WithParent),
		"bestInterests":          types.Boolean(f.BestInterests),
		"family":                 types.String(f.Family),
		"appeal":                 types.String(f.Appeal),
		"fitness":                types.String(f.Fit),
		"escort":                 types.Boolean(f.EscortProvided),
		"versions":               set(f.read()),
	}
	if f.OpenFindings != nil {
		m["openFindings"] = set(findings)
	}
	if f.Holds != nil {
		m["holds"] = set(f.Holds)
	}
	if f.MedicalHolds != nil {
		m["medicalHolds"] = set(f.MedicalHolds)
	}
	return m, nil
}

// read says whether any head was read.
func (f Facts) read() []string {
	if len(f.Versions) == 0 {
		return nil
	}
	return []string{read}
}

// territories checks codes and adds the states on the territory of one that no
// longer exists: who fled Yugoslavia is not forced into Serbia.
func territories(codes []string, what string) ([]string, error) {
	var all []string
	for _, code := range codes {
		c, ok := reference.CountryByCode(code)
		if !ok || c.Alpha3 != code {
			return nil, fmt.Errorf("%s names %q, which is not an alpha-3 code", what, code)
		}
		all = append(append(all, code), c.Successors()...)
	}
	return all, nil
}

func countriesOnly(codes []string) []string {
	var kept []string
	for _, code := range codes {
		if c, _ := reference.CountryByCode(code); c.Kind != reference.KindICAO {
			kept = append(kept, code)
		}
	}
	return kept
}

func set(words []string) types.Set {
	values := make([]types.Value, len(words))
	for i, w := range words {
		values[i] = types.String(w)
	}
	return types.NewSet(values...)
}
