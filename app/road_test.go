package app_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/domain"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// road is an office in which every domain has done every kind of thing it can do.
type road struct {
	*testing.T
	*app.Office
	keys *keys.Office
	now  time.Time
	said map[string]string // names for ids, used in inputs as <name>
}

func openRoad(t *testing.T, config store.Config) *road {
	t.Helper()
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	r := &road{T: t, keys: k, now: time.Date(1957, 1, 1, 9, 0, 0, 0, time.UTC), said: map[string]string{}}
	r.Office = apptest.Open(t, app.Config{Store: config, Keys: k, Domains: domain.All(), Clock: func() time.Time { return r.now }})
	return r
}

// as gives somebody in a role; a digit at the end makes it somebody else.
func as(role string) gate.Actor {
	a := gate.Actor{ID: role, Office: "bud", Roles: []string{strings.TrimRight(role, "23")}}
	if role == "receiving_state" {
		a.Country = "CAN"
	}
	return a
}

// act runs an action on JSON in which <name> stands for what was named before.
func (r *road) act(role, action, input string) map[string]any {
	r.Helper()
	out, err := r.Do(r.Context(), as(role), action, r.input(action, input), app.Options{Reason: "a test"})
	if err != nil {
		r.Fatalf("%s %s: %v", action, input, err)
	}
	return tree(r.T, out)
}

func (r *road) input(name, input string) any {
	r.Helper()
	for id, text := range r.said {
		input = strings.ReplaceAll(input, "<"+id+">", text)
	}
	action, found := r.Action(name)
	in := any(nil)
	if found {
		in = action.NewInput()
	} else if view, found := r.View(name); found {
		in = view.NewInput()
	} else {
		r.Fatalf("there is no %s", name)
	}
	if err := json.Unmarshal([]byte(input), in); err != nil {
		r.Fatalf("%s %s: %v", name, input, err)
	}
	return in
}

func tree(t *testing.T, value any) map[string]any {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// name keeps the text at a path such as "out.records.0".
func (r *road) name(id string, value any, path string) {
	r.Helper()
	at := value
	for step := range strings.SplitSeq(path, ".") {
		switch v := at.(type) {
		case map[string]any:
			at = v[step]
		case []any:
			if i, err := strconv.Atoi(step); err == nil && i < len(v) {
				at = v[i]
			} else {
				at = nil
			}
		}
	}
	text, ok := at.(string)
	if !ok || text == "" {
		r.Fatalf("%s: there is nothing at %s in %v", id, path, value)
	}
	r.said[id] = text
}

// walk does everything once: what it leaves out, TestRoadUsesEveryKind names.
func (r *road) walk() {
	r.Helper()
	r.staff()
	r.registerPeople()
	r.judge()
	r.protect()
	r.placePeople()
	r.movePeople()
	r.end()
}

func (r *road) staff() {
	policy, err := json.Marshal(r.Gate().Text())
	if err != nil {
		r.Fatal(err)
	}
	r.act("administrator", "offices.open_office", `{"code":"bud","name":"Budapest","policy":`+string(policy)+`}`)
	r.name("ana", r.act("administrator", "offices.appoint_staff", `{"login":"ana","name":"Ана","roles":["registrar"]}`), "out.staff")
	r.act("administrator", "offices.change_roles", `{"staff":"<ana>","roles":["caseworker"]}`)
	r.act("administrator", "offices.change_password", `{"staff":"<ana>","password":"`+cheapHash(r.T)+`"}`)
	r.act("administrator", "offices.dismiss_staff", `{"staff":"<ana>","reason":"contract ended"}`)
	r.act("administrator", "offices.record_backup", `{"expires":"1957-02-01"}`)
}

func cheapHash(t *testing.T) string {
	t.Helper()
	hash, err := keys.HashPassword("a lamp in every window", rand.Reader, keys.CheapPassword())
	if err != nil {
		t.Fatal(err)
	}
	return hash
}

func (r *road) registerPeople() {
	family := func(id string, names ...string) {
		var members []string
		for i, name := range names {
			members = append(members, fmt.Sprintf(`{"name":%q,"birth":"19%d-03-02","sex":"F","nationalities":["HUN"],"languages":["hu"],"birth_place":"Győr","documents":[{"type":"passport","number":"P%d %d"}],"phones":["+36 1 %d"]}`, name, 20+i, len(r.said), 1000+i, 100000+len(r.said)))
		}
		out := r.act("registrar", "people.register", `{"site":"Traiskirchen","members":[`+strings.Join(members, ",")+`]}`)
		for i := range names {
			r.name(fmt.Sprint(id, i), out, fmt.Sprint("out.records.", i))
		}
		r.name(id, out, "out.household")
	}
	family("kovacs", "Kovács, Anna", "Kovács, Ilona")
	family("nagy", "Nagy, Éva", "Nagy, Mária")
	family("toth", "Tóth, Zsófia")
	family("double", "Toth, Zsofia")
	family("third", "Tóth, Zsófi")
	family("szabo", "Szabó, Klára")
	family("balogh", "Balogh, Terézia")
	family("erased", "Quillfeather, Zsuzsanna")
	list := "Familienname;Vorname;Geburtsdatum;Geschlecht;Staatsangehörigkeit;Familie Nr.;Zustimmung;Zielland\nVarga;Judit;20.11.1940;w;Ungarn;1;ja;Kanada\n"
	r.act("registrar", "people.import", fmt.Sprintf(`{"name":"list.csv","content":%q,"consent":{"purpose":"resettlement","language":"hu","informed":true}}`, b64(list)))
	out := r.act("registrar", "people.record_birth", `{"mother":"<kovacs0>","child":{"name":"Kovács, Eszter","birth":"1956-12-30","nationalities":["HUN"]}}`)
	r.name("child", out, "out.records.0")
	r.act("registrar", "people.correct", `{"record":"<kovacs0>","birth":"1920-03-03","reason":"certificate"}`)
	r.act("registrar", "people.record_death", `{"record":"<balogh0>","died":"1956-12-31","basis":"certificate"}`)
	r.act("registrar", "people.give_consent", `{"records":["<kovacs0>","<kovacs1>","<nagy0>","<nagy1>","<toth0>","<szabo0>"],"purpose":"resettlement","destinations":["CAN"],"language":"hu","informed":true}`)
	r.act("registrar", "people.withdraw_consent", `{"records":["<szabo0>"],"reason":"stays"}`)
	r.act("registrar", "people.open_file", `{"record":"<kovacs0>","reason":"her question"}`)
	r.act("registrar", "people.split_household", `{"household":"<nagy>","records":["<nagy1>"],"reason":"they part"}`)
	r.act("registrar", "people.join_household", `{"household":"<nagy>","records":["<nagy1>"],"reason":"together again"}`)
}

func (r *road) judge() {
	r.act("system", "identity.find_doubles", `{}`)
	same := r.act("reviewer", "identity.judge_same", `{"pairs":[{"a":"<toth0>","b":"<double0>"}],"reason":"one person"}`)
	r.name("same", same, "out.decisions.0.decision")
	r.act("reviewer", "identity.judge_different", `{"pairs":[{"a":"<nagy0>","b":"<toth0>"}],"reason":"two women"}`)
	r.name("contest", r.act("registrar", "identity.contest", `{"decision":"<same>","statement":"my cousin"}`), "out.contest")
	r.act("reviewer2", "identity.answer_contest", `{"contest":"<contest>","answer":"stands","reason":"the papers agree"}`)
	wrong := r.act("reviewer", "identity.judge_same", `{"pairs":[{"a":"<szabo0>","b":"<third0>"}],"reason":"alike"}`)
	r.name("wrong", wrong, "out.decisions.0.decision")
	r.act("reviewer", "identity.undo", `{"decisions":["<wrong>"],"reason":"mistaken"}`)
}

func (r *road) protect() {
	const officer, doctor = "protection_officer", "medical_officer"
	r.name("hold", r.act(officer, "rights.place_hold", `{"records":["<szabo0>"],"category":"legal","reason":"witness"}`), "out.ids.0")
	r.act(officer, "rights.lift_hold", `{"holds":["<hold>"],"reason":"over"}`)
	r.name("fever", r.act(doctor, "rights.place_medical_hold", `{"records":["<szabo0>"],"reason":"fever"}`), "out.ids.0")
	r.act(doctor, "rights.lift_medical_hold", `{"holds":["<fever>"],"reason":"well"}`)
	r.name("finding", r.act(officer, "rights.report_risk", `{"records":["<szabo0>"],"countries":["CAN"],"basis":"feud"}`), "out.ids.0")
	r.act("protection_officer2", "rights.review_risk", `{"findings":["<finding>"],"outcome":"affirmed","reason":"credible"}`)
	r.act(doctor, "rights.assess_fitness", `{"records":["<kovacs0>","<kovacs1>","<child>","<nagy0>","<nagy1>","<toth0>","<szabo0>"],"fit":"fit"}`)
	r.act(officer, "rights.appoint_guardian", `{"records":["<child>"],"guardian":"<kovacs0>","relation":"mother"}`)
	r.act(officer, "rights.decide_best_interests", `{"records":["<child>"],"destination":"CAN","outcome":"in_favour","reason":"with her mother"}`)
	r.act(officer, "rights.assess_capacity", `{"records":["<third0>"],"able":"no","representative":"her sister","reason":"report"}`)
	r.name("appeal", r.act(officer, "rights.lodge_appeal", `{"records":["<nagy0>"],"suspensive":true,"against":"refusal"}`), "out.ids.0")
	r.act(officer, "rights.waive_appeal", `{"appeals":["<appeal>"],"statement":"I want to go."}`)
	r.act(officer, "rights.decide_appeal", `{"appeals":["<appeal>"],"outcome":"dismissed","reason":"court"}`)
	r.act(officer, "rights.agree_split", `{"records":["<nagy0>","<nagy1>"],"destination":"CAN","language":"hu"}`)
}
