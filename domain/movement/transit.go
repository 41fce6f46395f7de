package movement

import (
	"database/sql"
	"fmt"
	"slices"

	"cairn/blueprint"
	"cairn/engine/route"
)

// TransitRule says that a country does not let some travellers change there without a
// visa that they do not have. What is left out means any.
type TransitRule struct {
	Country     string `json:"country" help:"The country, by name or three letters."`
	Nationality string `json:"nationality" help:"As in the zone of a document: SYR, XXA stateless, XXB refugee …"`
	Document    string `json:"document" help:"The kind of document, as at the desk: passport, 1951 travel document …"`
	Allows      bool   `json:"allows" help:"Turns the rule round: these may change there whatever other rules say."`
}

// transitRules reads the rules that somebody states.
func transitRules(in []TransitRule) ([]route.TransitRule, error) {
	var out []route.TransitRule
	for _, r := range in {
		code, err := countryOf(r.Country)
		if err != nil {
			return nil, blueprint.RefuseField("transit", "%v", err)
		}
		out = append(out, route.TransitRule{Country: route.Country(code), Nationality: r.Nationality, Document: r.Document, Allows: r.Allows})
	}
	return out, nil
}

// refuse adds to what parties avoid the countries that refuse one of their members.
// Whoever has several nationalities or documents shows those that help most.
func (l *limits) refuse(w *blueprint.Work, found []*party, rules []route.TransitRule) error {
	if len(rules) == 0 {
		return nil
	}
	nationalities, documents := map[string][]string{}, map[string][]string{}
	records := memberRecords(found)
	into := func(list map[string][]string, split func(string) []string) func(*sql.Rows) error {
		return func(rows *sql.Rows) error {
			var record, text string
			err := rows.Scan(&record, &text)
			list[record] = append(list[record], split(text)...)
			return err
		}
	}
	err := w.Reader.In(w.Ctx, "SELECT record, nationality FROM people_record WHERE record IN (%s)", records, into(nationalities, words))
	if err == nil {
		err = w.Reader.In(w.Ctx, "SELECT record, type FROM people_document WHERE record IN (%s) ORDER BY record, type", records,
			into(documents, func(text string) []string { return []string{text} }))
	}
	if err != nil {
		return fmt.Errorf("read nationalities and documents: %w", err)
	}
	for _, q := range found {
		for _, m := range q.members {
			for _, c := range refusedTransit(rules, nationalities[m.record], documents[m.record]) {
				if !slices.Contains(l.avoid[q.id], string(c)) {
					l.avoid[q.id] = append(l.avoid[q.id], string(c))
				}
			}
		}
		slices.Sort(l.avoid[q.id])
	}
	return nil
}

// refusedTransit lists the countries that refuse a traveller with whatever is shown.
func refusedTransit(rules []route.TransitRule, nationalities, documents []string) []route.Country {
	if len(nationalities) == 0 {
		nationalities = []string{""}
	}
	if len(documents) == 0 {
		documents = []string{""}
	}
	var out []route.Country
	for i, nationality := range nationalities {
		for k, document := range documents {
			refused := route.RefusedTransit(rules, []route.Holder{{Nationality: nationality, Document: document}})
			if i+k == 0 {
				out = refused
			}
			out = slices.DeleteFunc(out, func(c route.Country) bool { return !slices.Contains(refused, c) })
		}
	}
	return out
}
