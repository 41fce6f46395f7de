package resettlement

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/fold"
	"cairn/ledger"
	"cairn/value/said"
)

// Where a placement stands.
const (
	Proposed          = "proposed"
	Changed           = "changed"
	Offered           = "offered"
	StateAccepted     = "state_accepted"     // the household has not answered yet
	HouseholdAccepted = "household_accepted" // the state has not answered yet
	Accepted          = "accepted"           // both said yes
	Refused           = "refused"            // by staff
	StateDeclined     = "state_declined"
	Declined          = "declined" // by the household
	Closed            = "closed"   // with its case
)

// Standing are the statuses that hold room at a place.
func Standing() []string {
	return []string{Proposed, Changed, Offered, StateAccepted, HouseholdAccepted, Accepted}
}

func stands(status string) bool { return slices.Contains(Standing(), status) }

// placement is a case's placement as its facts say.
type placement struct {
	place, country, status, plan, reason string
	score                                float64
	at                                   ledger.Time
	share                                Share
	declined                             []refusal
}

// refusal is a place at which the case is not to be proposed again. By a state, it
// stands for all of its country.
type refusal struct{ place, country, by string }

func stepPlacement(s *placement, f fold.Fact) {
	if s.status != "" && !stands(s.status) {
		switch f.Value.(type) {
		case *PlacementProposed, *PlacementChanged:
		default:
			return
		}
	}
	s.at = f.Time
	switch v := f.Value.(type) {
	case *PlacementProposed:
		s.put(v.Place, v.Country, Proposed, v.Reason, v.Share)
		s.plan, s.score = v.Plan, v.Score
	case *PlacementChanged:
		s.put(v.To, v.Country, Changed, v.Reason, v.Share)
		s.score = 0
	case *PlacementRefused:
		s.end(Refused, v.Reason)
	case *OfferMade:
		s.status = Offered
	case *StateAnswered:
		s.answer(v.Accepted, StateAccepted, HouseholdAccepted, StateDeclined, v.Reason)
	case *HouseholdAnswered:
		s.answer(v.Accepted, HouseholdAccepted, StateAccepted, Declined, v.Reason)
	case *cases.Closed:
		// Who settled there goes on taking the room.
		if s.status != "" && v.Outcome != cases.OutcomeSettled {
			s.status, s.reason = Closed, v.Reason
		}
	}
}

func (s *placement) put(place, country, status, reason string, share Share) {
	s.place, s.country, s.status, s.reason, s.share = place, country, status, reason, share
}

func (s *placement) answer(yes bool, own, other, declined, reason string) {
	switch {
	case !yes:
		s.end(declined, reason)
	case s.status == other:
		s.status = Accepted
	case s.status == Offered:
		s.status = own
	}
}

func (s *placement) end(status, reason string) {
	s.status, s.reason = status, reason
	s.declined = append(slices.Clip(s.declined), refusal{s.place, s.country, status})
}

func (s *placement) claims() []fold.Claim {
	if !stands(s.status) {
		return nil
	}
	var out []fold.Claim
	for _, d := range slices.Sorted(maps.Keys(s.share.Sizes)) {
		if n := s.share.Sizes[d]; n > 0 {
			out = append(out, fold.Claim{Name: placeClaim(s.place, d), Amount: n})
		}
	}
	for _, q := range s.share.Quotas {
		out = append(out, fold.Claim{Name: q, Amount: s.share.Sizes[People]})
	}
	return out
}

func placeClaim(place, dimension string) string { return "place:" + place + ":" + dimension }

func quotaClaim(country, period string) string { return "quota:" + country + ":" + period }

// checkOffer decides whether a placement may be offered.
func checkOffer(id, status string) error {
	if status != Proposed && status != Changed {
		return blueprint.Refuse(blueprint.Conflict, "the placement of case %s is %s: only one that is proposed or changed can be offered", id, word(status))
	}
	return nil
}

// checkChange decides whether staff may choose another place for a case.
func checkChange(status, stage, from, to, reason string) error {
	switch {
	case strings.TrimSpace(reason) == "":
		return blueprint.RefuseField("reason", "say why this place is better")
	case !slices.Contains([]string{cases.StageOpened, cases.StageAssessed, cases.StageProposed}, stage):
		return blueprint.Refuse(blueprint.Conflict, "the case is %s: refuse its placement first", stage)
	case stands(status) && status != Proposed && status != Changed:
		return blueprint.Refuse(blueprint.Conflict, "the placement is %s: refuse it first", word(status))
	case stands(status) && from == to:
		return blueprint.RefuseField("place", "the case has this place already")
	}
	return nil
}

// checkRefuse decides whether staff may refuse a placement.
func checkRefuse(status, stage, reason string) error {
	switch {
	case strings.TrimSpace(reason) == "":
		return blueprint.RefuseField("reason", "say why the placement is refused")
	case !stands(status):
		return blueprint.Refuse(blueprint.Conflict, "there is no placement to refuse: it is %s", word(status))
	case stage == cases.StageBooked || stage == cases.StageTravelling || stage == cases.StageArrived:
		return blueprint.Refuse(blueprint.Conflict, "the case is %s: cancel its journey first", stage)
	}
	return nil
}

// checkAnswer decides whether an offer may be answered by one of the two sides.
func checkAnswer(id, status, already string, accepted bool, reason string) error {
	switch {
	case status == already || status == Accepted:
		return blueprint.Refuse(blueprint.Conflict, "the offer to case %s was answered already", id)
	case status != Offered && status != StateAccepted && status != HouseholdAccepted:
		return blueprint.Refuse(blueprint.Conflict, "nothing is offered to case %s: its placement is %s", id, word(status))
	case !accepted && strings.TrimSpace(reason) == "":
		return blueprint.RefuseField("reason", "say why the offer to case %s is declined", id)
	}
	return nil
}

func word(status string) string {
	if status == "" {
		return "not there"
	}
	return strings.ReplaceAll(status, "_", " ")
}

// bounds gives the first and last day of a period: a year, a month, a quarter or
// two days with a stroke between (ISO 8601 interval).
func bounds(period string) (from, to string, err error) {
	wrong := said.Errorf("period %q cannot be read: write 1957, 1957-02, 1957-Q1 or 1957-02-01/1957-05-31", period)
	if first, last, two := strings.Cut(period, "/"); two {
		a, errA := time.Parse(time.DateOnly, first)
		b, errB := time.Parse(time.DateOnly, last)
		if errA != nil || errB != nil || b.Before(a) {
			return "", "", wrong
		}
		return first, last, nil
	}
	year, part, _ := strings.Cut(period, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return "", "", wrong
	}
	month, months := 1, 12
	if quarter, isQuarter := strings.CutPrefix(part, "Q"); isQuarter {
		q, err := strconv.Atoi(quarter)
		if err != nil || q < 1 || q > 4 {
			return "", "", wrong
		}
		month, months = 3*q-2, 3
	} else if part != "" {
		if month, err = strconv.Atoi(part); err != nil || len(part) != 2 || month < 1 || month > 12 {
			return "", "", wrong
		}
		months = 1
	}
	start := time.Date(y, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return start.Format(time.DateOnly), start.AddDate(0, months, -1).Format(time.DateOnly), nil
}

// quota is a country's quota in a period; from and to are days.
type quota struct {
	id, country, period, from, to string
	people                        int64
}

// quotasOf gives the claims of the quotas under which a placement falls: those of
// the place's country at the day on which it can first be used.
func quotasOf(quotas []quota, r *reception, today string) []string {
	day := max(r.From, today)
	var out []string
	for _, q := range quotas {
		if q.country == r.Country && q.from <= day && day <= q.to {
			out = append(out, quotaClaim(q.country, q.period))
		}
	}
	return out
}
