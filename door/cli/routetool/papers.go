package routetool

import (
	"fmt"
	"strings"
	"time"

	"cairn/engine/route"
)

// withPapers applies the files of transit rules and of escorts.
func (c *Command) withPapers(p route.Problem, parties *table) (route.Problem, error) {
	if c.Transit != "" {
		rules, err := readTransit(c.Transit)
		if err != nil {
			return p, err
		}
		holders := make([][]route.Holder, len(parties.rows))
		for i, r := range parties.rows {
			holders[i] = papers(r.text("papers"))
		}
		if err := p.Classify(rules, holders); err != nil {
			return p, err
		}
	}
	if c.Escorts == "" {
		return p, nil
	}
	escorts, err := readEscorts(c.Escorts, p.Kinds)
	if err != nil {
		return p, err
	}
	return route.Escorted(p, escorts)
}

// papers reads "SYR passport;XXA laissez-passer".
func papers(text string) []route.Holder {
	var list []route.Holder
	for one := range strings.SplitSeq(text, ";") {
		nationality, document, _ := strings.Cut(strings.TrimSpace(one), " ")
		if nationality != "" {
			list = append(list, route.Holder{Nationality: strings.ToUpper(nationality), Document: strings.ToLower(strings.TrimSpace(document))})
		}
	}
	return list
}

func readTransit(path string) ([]route.TransitRule, error) {
	t, err := readTable(path)
	if err != nil {
		return nil, err
	}
	var list []route.TransitRule
	for _, r := range t.rows {
		rule := route.TransitRule{Country: country(r.need("country")), Nationality: strings.ToUpper(r.text("nationality")), Document: strings.ToLower(r.text("document"))}
		switch strings.ToLower(r.text("allows")) {
		case "yes":
			rule.Allows = true
		case "", "no":
		default:
			r.fail("allows", "is neither yes nor no: correct it")
		}
		list = append(list, rule)
	}
	return list, t.err
}

func readEscorts(path string, kinds []route.Kind) ([]route.Escort, error) {
	t, err := readTable(path)
	if err != nil {
		return nil, err
	}
	var list []route.Escort
	for _, r := range t.rows {
		people := r.number("people", -1)
		list = append(list, route.Escort{Party: route.PartyID(r.need("party")), People: int(people), Seats: r.seats(kinds, people),
			Home: route.StopID(r.text("home")), Rest: route.Minute(60 * r.number("rest", 8)), Within: route.Minute(60 * r.number("within", 14*24))})
	}
	return list, t.err
}

func (r *row) optionalMoney(column string) route.Money {
	if r.text(column) == "" {
		return 0
	}
	return r.money(column)
}

// groupFares reads "10:80;20:65.50".
func (r *row) groupFares(column string) []route.GroupFare {
	var list []route.GroupFare
	for one := range strings.SplitSeq(r.text(column), ";") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		var fare route.GroupFare
		size, price, _ := strings.Cut(one, ":")
		amount, err := parseMoney(strings.TrimSpace(price))
		if _, scanned := fmt.Sscanf(size, "%d", &fare.Seats); err != nil || scanned != nil {
			r.fail(column, "is not a list such as 10:80;20:65.50: correct it")
			return nil
		}
		fare.CostPerSeat = amount
		list = append(list, fare)
	}
	return list
}

// minuteOfDay reads HH:MM, midnight when it is empty.
func (r *row) minuteOfDay(column string) route.Minute {
	text := r.text(column)
	if text == "" {
		return 0
	}
	at, err := time.Parse("15:04", text)
	if err != nil {
		r.fail(column, "is not a time of day such as 01:30: correct it")
		return 0
	}
	return route.Minute(at.Hour()*60 + at.Minute())
}
