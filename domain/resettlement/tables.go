package resettlement

import (
	"fmt"
	"strconv"
	"strings"

	"cairn/fold"
)

var (
	placeTable = &fold.Table{Name: "resettlement_place", Columns: []string{"place", "name", "country", "locality",
		"languages", "services", "conditions", "starts", "ends", "open", "import"}}
	capacityTable = &fold.Table{Name: "resettlement_capacity", Columns: []string{"place", "dimension", "amount"}}
	quotaTable    = &fold.Table{Name: "resettlement_quota", Columns: []string{"quota", "country", "period", "people"}}
	planTable     = &fold.Table{Name: "resettlement_plan", Columns: []string{"plan", "value", "bound", "gap", "placed",
		"unplaced", "people", "status", "decided", "at"}}
	placementTable = &fold.Table{Name: "resettlement_placement", Columns: []string{"case_id", "place", "country", "status",
		"plan", "score", "reason", "at", "standing", "people", "school", "medical", "large"}}
	declinedTable = &fold.Table{Name: "resettlement_declined", Columns: []string{"case_id", "place", "country", "by_whom"}}
)

// offer is a place as its facts say.
type offer struct {
	PlaceOpened
	withdrawn bool
}

func stepPlace(s *offer, f fold.Fact) {
	switch v := f.Value.(type) {
	case *PlaceOpened:
		withdrawn, later := s.withdrawn, s.Capacity
		*s = offer{PlaceOpened: *v, withdrawn: withdrawn}
		s.Capacity = merged(v.Capacity, later)
	case *CapacityChanged:
		s.Capacity = merged(s.Capacity, v.Capacity)
	case *PlaceWithdrawn:
		s.withdrawn = true
	}
}

func merged(a, b map[string]int64) map[string]int64 {
	out := make(map[string]int64, len(a)+len(b))
	for _, m := range []map[string]int64{a, b} {
		for d, n := range m {
			out[d] = n
		}
	}
	return out
}

// limit is the room in a dimension: what is stated, else that of people.
func limit(capacity map[string]int64, dimension string) int64 {
	if n, stated := capacity[dimension]; stated {
		return n
	}
	return capacity[People]
}

var placeProjection = fold.New("resettlement.place", SubjectPlace, []*fold.Table{placeTable, capacityTable},
	[]string{"resettlement.place_opened", "resettlement.capacity_changed", "resettlement.place_withdrawn"}, stepPlace,
	func(subject string, s *offer) fold.Output {
		if s.Country == "" {
			return fold.Output{} // the entry that opens the place has not arrived yet
		}
		out := fold.Output{Rows: []fold.Row{{Table: placeTable, Values: []any{subject, s.Name, s.Country, s.Locality,
			join(s.Languages), join(s.Services), join(s.Conditions), s.From, s.To, number(!s.withdrawn), s.Import}}}}
		for _, d := range Dimensions() {
			n := limit(s.Capacity, d)
			out.Rows = append(out.Rows, fold.Row{Table: capacityTable, Values: []any{subject, d, n}})
			out.Limits = append(out.Limits, fold.Limit{Name: placeClaim(subject, d), Amount: n})
		}
		if s.Import != "" {
			out.Claims = []fold.Claim{{Name: fmt.Sprintf("offer:%s:%d", s.Import, s.Row), Amount: 1}}
		}
		return out
	})

var quotaProjection = fold.New("resettlement.quota", SubjectQuota, []*fold.Table{quotaTable},
	[]string{"resettlement.quota_set"}, func(s *QuotaSet, f fold.Fact) { *s = *f.Value.(*QuotaSet) },
	func(subject string, s *QuotaSet) fold.Output {
		return fold.Output{
			Rows:   []fold.Row{{Table: quotaTable, Values: []any{subject, s.Country, s.Period, s.People}}},
			Claims: []fold.Claim{{Name: "quota-of:" + s.Country + ":" + s.Period, Amount: 1}},
			Limits: []fold.Limit{{Name: quotaClaim(s.Country, s.Period), Amount: s.People}},
		}
	})

// plan is a plan as its facts say.
type plan struct {
	PlanProposed
	at      string
	decided bool
}

func stepPlan(s *plan, f fold.Fact) {
	switch v := f.Value.(type) {
	case *PlanProposed:
		s.PlanProposed, s.at = *v, f.Time.String()
	case *PlanDecided:
		s.decided = true
	}
}

var planProjection = fold.New("resettlement.plan", SubjectPlan, []*fold.Table{planTable},
	[]string{"resettlement.plan_proposed", "resettlement.plan_studied", "resettlement.plan_decided"}, stepPlan,
	func(subject string, s *plan) fold.Output {
		return fold.Output{Rows: []fold.Row{{Table: planTable, Values: []any{subject, decimal(s.Value), decimal(s.Bound),
			decimal(s.Gap), int64(s.Placed), int64(s.Unplaced), int64(s.People), s.Status, number(s.decided), s.at}}}}
	})

var placementProjection = fold.New("resettlement.placement", "case", []*fold.Table{placementTable, declinedTable},
	[]string{"resettlement.placement_proposed", "resettlement.placement_changed", "resettlement.placement_refused",
		"resettlement.offer_made", "resettlement.state_answered", "resettlement.household_answered", "cases.closed"}, stepPlacement,
	func(subject string, s *placement) fold.Output {
		if s.place == "" {
			return fold.Output{}
		}
		out := fold.Output{Claims: s.claims()}
		row := []any{subject, s.place, s.country, s.status, s.plan, decimal(s.score), s.reason, s.at.String(), number(stands(s.status))}
		for _, d := range Dimensions() {
			row = append(row, s.share.Sizes[d])
		}
		out.Rows = []fold.Row{{Table: placementTable, Values: row}}
		for _, r := range s.declined {
			out.Rows = append(out.Rows, fold.Row{Table: declinedTable, Values: []any{subject, r.place, r.country, r.by}})
		}
		return out
	})

// decimal writes a number so that it is read back exactly.
func decimal(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// join keeps a list in one column, one entry a line.
func join(parts []string) string { return strings.Join(parts, "\n") }

func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
