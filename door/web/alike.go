package web

import (
	"slices"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/domain/people"
	"cairn/value/said"
)

const (
	// showsAlike is the probability from which a clerk is shown somebody before saving. What is
	// less likely is still suspected afterwards, for a reviewer.
	showsAlike = 0.2
	// mostAlike is how many are shown for one person.
	mostAlike = 5
)

// alikePerson is somebody registered who may be the one that a clerk is registering.
type alikePerson struct {
	Record, Number, Name, Birth, Site string
	Probability                       float64
	Evidence                          []identity.FieldEvidence
	Why                               said.Sentence // where there is no evidence: the register is not in memory
}

// findAlike looks for everybody who may be registered already.
func (x *exchange) findAlike(p *registerPage) error {
	for i := range p.Rows {
		m := &p.Rows[i]
		if m.blank() {
			continue
		}
		found, err := x.alike(m)
		if problem := x.formProblem(err); problem != nil {
			m.Problem = problem
			continue
		}
		if err != nil {
			return err
		}
		m.Doubles = found
		p.Found = p.Found || len(found) > 0
	}
	return nil
}

func (x *exchange) alike(m *memberRow) ([]alikePerson, error) {
	out, err := see[identity.LookedUp](x, "identity.look_up", &identity.LookUpInput{Name: m.Name, Birth: m.Birth, Sex: m.Sex,
		Documents: words(m.Paper), Limit: mostAlike})
	if err != nil {
		return nil, err
	}
	if !out.Ready {
		return x.alikeByName(m)
	}
	var list []alikePerson
	for _, l := range out.Rows {
		if l.Probability >= showsAlike {
			list = append(list, alikePerson{Record: l.Record, Number: l.Number, Name: l.Name, Birth: l.Birth, Site: l.Site,
				Probability: l.Probability, Evidence: strongest(l.Evidence)})
		}
	}
	return list, nil
}

// strongest gives the evidence that matters, the strongest first.
func strongest(fields []identity.FieldEvidence) []identity.FieldEvidence {
	list := slices.DeleteFunc(slices.Clone(fields), func(f identity.FieldEvidence) bool { return f.Weight > -1 && f.Weight < 1 })
	slices.SortStableFunc(list, func(a, b identity.FieldEvidence) int {
		return int(1000 * (max(b.Weight, -b.Weight) - max(a.Weight, -a.Weight)))
	})
	return list
}

// alikeByName looks at names and dates alone.
func (x *exchange) alikeByName(m *memberRow) ([]alikePerson, error) {
	doubles, err := see[[]people.Double](x, "people.likely_doubles", &people.DoublesInput{Name: m.Name, Birth: m.Birth, Limit: mostAlike})
	var list []alikePerson
	for _, d := range doubles {
		if d.Likeness >= 0.5 {
			list = append(list, alikePerson{Record: d.Record, Number: string(d.Number), Name: d.Name, Birth: d.Birth, Site: d.Site, Why: d.Why})
		}
	}
	return list, err
}

// suspect has records that were just registered looked at for doubles, by those who may. It
// fails nothing: a search of the whole register finds what this leaves.
func (x *exchange) suspect(records []string) {
	if !x.may("identity.find_doubles", "identity.link") {
		return
	}
	if _, err := do[identity.Found](x, "identity.find_doubles", &identity.FindInput{Records: records}); err != nil {
		x.Log.Warn("new records were not looked at for doubles", "fault", blueprint.FaultOf(err))
	}
}
