package movement

import (
	"bytes"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/format/mrz"
	"cairn/format/paxlst"
	"cairn/value"
	"cairn/value/said"
)

// PAXLSTInput says which service is reported to whom.
type PAXLSTInput struct {
	Service   string `json:"service" required:"true" help:"The service."`
	Country   string `json:"country" required:"true" help:"The country whose authority gets the list: where the service starts or ends."`
	Sender    string `json:"sender" required:"true" help:"Our identification, as agreed with the authority."`
	Recipient string `json:"recipient" required:"true" help:"The authority's identification."`
	From      string `json:"from" required:"true" help:"The place of departure: a IATA or UN/LOCODE code such as VIE or ATVIE."`
	To        string `json:"to" required:"true" help:"The place of arrival."`
	Contact   string `json:"contact" help:"Whom the authority can ask: a name."`
	Phone     string `json:"phone" help:"Their telephone number."`
	Email     string `json:"email" help:"Their address."`
	Most      int    `json:"most" help:"The most people in one message; all unless told."`
}

// PAXLST is a report of passengers. Text holds one interchange, or several where the
// list was cut. Warnings name, by number, whose document is not in order: all stand in
// the report nevertheless.
type PAXLST struct {
	Name     string   `json:"name"` // of the file
	Text     string   `json:"text"`
	People   int      `json:"people"`
	Warnings []string `json:"warnings"`
}

var viewPAXLST = blueprint.See(blueprint.View{
	Name: "movement.paxlst", Group: "manifests.send", Title: "Report to a border authority",
	Help: "Gives the passengers of a service as a UN/EDIFACT PAXLST message (D.12B). Nothing about a person is reported to their country " +
		"of origin, unless they return there. Say first why you open the documents: movement.open_papers.",
	Example: "cairn movement paxlst --service ID --country CAN --sender CAIRN --recipient CAAPIS --from VIE --to YOW",
}, func(w *blueprint.Work, in PAXLSTInput) (PAXLST, error) {
	m, err := checkedManifest(w, in.Service)
	if err != nil {
		return PAXLST{}, err
	}
	to, known := country(in.Country)
	if !known || to != m.FromCountry && to != m.ToCountry {
		return PAXLST{}, blueprint.RefuseField("country", "the list goes to the authority of %s or %s, where the service starts or ends", m.FromCountry, m.ToCountry)
	}
	m.Passengers = slices.DeleteFunc(m.Passengers, func(p CheckedPassenger) bool { return p.Status == NoShow || p.Status == Cancelled })
	if err := keptFromOrigin(w, m.Passengers, to); err != nil {
		return PAXLST{}, err
	}
	return in.report(w, m)
})

// keptFromOrigin refuses to tell a country about people who left it and do not return.
func keptFromOrigin(w *blueprint.Work, passengers []CheckedPassenger, to string) error {
	var ids []string
	for _, p := range passengers {
		ids = append(ids, p.Journey)
	}
	origins := map[string]string{}
	err := w.Reader.In(w.Ctx, "SELECT journey, origin FROM movement_journey WHERE journey IN (%s)", distinct(ids), func(rows *sql.Rows) error {
		var journey, origin string
		err := rows.Scan(&journey, &origin)
		origins[journey] = origin
		return err
	})
	if err != nil {
		return fmt.Errorf("read where the passengers come from: %w", err)
	}
	var numbers []string
	for _, p := range passengers {
		from := origins[p.Journey] == to || slices.Contains(strings.Split(p.Nationality, ","), to)
		if from && p.Country != to {
			numbers = append(numbers, p.Number)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	var more said.Sentence
	if len(numbers) > 5 {
		more = said.Say(" and %d more", len(numbers)-5)
		numbers = numbers[:5]
	}
	return blueprint.Refuse(blueprint.Denied, "%s is the country of origin of %s%s, who do not return there: no data about them goes to it. "+
		"Book them on a service that does not call there", to, strings.Join(numbers, ", "), more)
}

func (in PAXLSTInput) report(w *blueprint.Work, m CheckedManifest) (PAXLST, error) {
	out := PAXLST{Warnings: []string{}, Name: fmt.Sprintf("paxlst-%s-%s.edi", fileWord(orElse(m.Number, m.Service)), m.Depart[:10])}
	message := paxlst.Message{Sender: paxlst.Station{ID: in.Sender}, Recipient: paxlst.Station{ID: in.Recipient}, Prepared: w.Now(),
		Control: w.Now().Format("060102150405"), Reference: m.Service, List: paxlst.Passengers,
		Reporter:  paxlst.Contact{Name: in.Contact, Phone: in.Phone, Email: in.Email},
		Transport: paxlst.Transport{Number: strings.ReplaceAll(orElse(m.Number, "NONE"), " ", ""), Mode: reportedModes[m.Mode]}}
	for _, c := range []struct {
		kind        paxlst.CallKind
		place, when string
	}{{paxlst.Departs, in.From, orElse(m.LocalDepart, m.Depart)}, {paxlst.Arrives, in.To, orElse(m.LocalArrive, m.Arrive)}} {
		at, err := time.Parse(time.RFC3339, c.when) // the message has the clock of the place, without its zone
		if err != nil {
			return out, fmt.Errorf("read the time of a call: %w", err)
		}
		message.Calls = append(message.Calls, paxlst.Call{Kind: c.kind, Place: strings.ToUpper(strings.TrimSpace(c.place)), At: at})
	}
	for i := range m.Passengers {
		p, warning := m.Passengers[i].reported(in)
		message.People = append(message.People, p)
		if warning != "" {
			out.Warnings = append(out.Warnings, m.Passengers[i].Number+": "+warning)
		}
	}
	out.People = len(message.People)
	var text bytes.Buffer
	for _, part := range paxlst.Cut(message, in.Most) {
		if err := paxlst.Write(&text, part); err != nil {
			return out, blueprint.Refuse(blueprint.Invalid, "%v", err)
		}
	}
	out.Text = text.String()
	return out, nil
}

// reportedModes are the codes of modes in a message (UN/ECE recommendation 19).
var reportedModes = map[string]string{Ship: "1", Train: "2", Bus: "3", Flight: "4"}

// reported is a passenger as the message has them, with what is not in order.
func (p *CheckedPassenger) reported(in PAXLSTInput) (paxlst.Person, string) {
	d := p.paper()
	out := paxlst.Person{Surname: d.Surname, Given: d.Given, Embarks: in.From, Disembarks: in.To, Reference: p.Number,
		Nationality: orElse(d.Nationality, firstOf(p.Nationality)), Verified: d.State == PaperChecked}
	if out.Surname == "" {
		out.Surname, out.Given = spelledName(p.Surname, p.Given, p.Name)
	}
	if sex, err := value.ParseSexCode(p.Sex); err == nil {
		out.Sex = sex.Code()
	}
	if born, err := value.ParseDate(p.Birth, value.DMY); err == nil && born.Complete() {
		out.Birth = fmt.Sprintf("%04d%02d%02d", born.Year, born.Month, born.Day)
	}
	warning := ""
	switch d.State {
	case "":
		warning = "no document is on record"
	case PaperUnreadable:
		warning = "the zone cannot be read: " + d.Detail.String()
	case PaperDoubtful:
		warning = strings.Join(append(slices.Clone(d.Faults), d.Detail.String()), " ")
	case PaperStated:
		warning = "only the number of the document is on record"
	}
	if d.Number != "" {
		kind := "P"
		if d.Kind != "" {
			kind = d.Kind[:1]
		}
		out.Documents = append(out.Documents, paxlst.Document{Kind: kind, Number: d.Number, Issuer: d.Issuer, Expiry: strings.ReplaceAll(d.Expiry, "-", "")})
	}
	return out, strings.TrimSpace(warning)
}

// spelledName is a name in Latin letters, as parts or, where these are not known, as
// a surname alone. Scripts that Doc 9303 has no table for are spelled as our searches
// spell them.
func spelledName(family, given, full string) (surname, first string) {
	spell := func(text string) string {
		if latin, err := mrz.Latin(text); err == nil {
			return latin
		}
		latin, err := mrz.Latin(value.Fold(text))
		if err != nil {
			return ""
		}
		return latin
	}
	if surname = spell(family); surname != "" {
		return surname, spell(given)
	}
	return orElse(spell(full), "UNKNOWN"), ""
}

func firstOf(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return first
}

// fileWord is text that can stand in the name of a file.
func fileWord(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, text)
}
