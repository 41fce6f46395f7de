package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"cairn/blueprint"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/domain/rights"
	"cairn/engine/place"
	"cairn/engine/route"
	"cairn/fold"
	"cairn/gate"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

// TestVerifyFindsTamperingWithTables changes the database in the ways that somebody
// can who may write to it but has no key.
func TestVerifyFindsTamperingWithTables(t *testing.T) {
	const last = "(SELECT MAX(position) FROM entries)"
	tests := map[string]struct {
		sql  []string
		want string
	}{
		"an entry reordered": {[]string{"UPDATE entries SET position = -1 WHERE position = 30", "UPDATE entries SET position = 30 WHERE position = 31",
			"UPDATE entries SET position = 31 WHERE position = -1"}, "does not hash to its checkpoint"},
		"an entry inserted at the end": {[]string{"INSERT INTO entries SELECT office, position + 1, time, subject, actor, after, sealed, body FROM entries WHERE position = " + last},
			"checkpoint"},
		"an entry inserted in between": {[]string{"UPDATE entries SET position = -1 - position WHERE position > 30", "UPDATE entries SET position = 1 - position WHERE position < 0",
			"INSERT INTO entries SELECT office, 31, time, subject, actor, after, sealed, body FROM entries WHERE position = 30"}, "inserted"},
		"a seal broken":               {[]string{"UPDATE entries SET body = (SELECT body FROM entries WHERE position = 41 AND sealed = 1) WHERE position = 40 AND sealed = 1"}, "seal"},
		"a time changed":              {[]string{"UPDATE entries SET time = time + 1 WHERE position = 33"}, "does not hash to its checkpoint"},
		"an entry given to another":   {[]string{"UPDATE entries SET subject = (SELECT MAX(subject) FROM entries WHERE position < 20) WHERE position = 33"}, "does not hash to its checkpoint"},
		"a key of another":            {[]string{"UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys ORDER BY subject DESC LIMIT 1) WHERE subject = (SELECT MIN(subject) FROM subject_keys)"}, "key"},
		"a row of nobody":             {[]string{"INSERT INTO people_key VALUES ('nobody', 'quill')"}, "people_key"},
		"a row removed":               {[]string{"DELETE FROM rights_finding"}, "table rights_finding"},
		"a row more":                  {[]string{"INSERT INTO cases_wish SELECT case_id, rank + 7, 'USA' FROM cases_wish"}, "table cases_wish"},
		"a limit raised":              {[]string{"UPDATE claim_limits SET amount = 1000"}, "claim_limits"},
		"a claim held by nobody":      {[]string{"INSERT INTO claims VALUES ('nobody', 'seat:x:seat', 1)"}, "claims"},
		"a claim taken from a holder": {[]string{"DELETE FROM claims WHERE name LIKE 'household-of:%'"}, "claims"},
		"a subject of another type":   {[]string{"UPDATE subjects SET type = 'household' WHERE subject = (SELECT MIN(record) FROM people_record)"}, "type"},
		"a plan's proof removed":      {[]string{"DELETE FROM attachments"}, "attachment"},
		"a plan's proof of another": {[]string{"UPDATE attachments SET body = (SELECT body FROM attachments ORDER BY digest LIMIT 1), subject = (SELECT subject FROM attachments ORDER BY digest LIMIT 1)"},
			"plan"},
	}
	storetest.Run(t, func(t *testing.T, config store.Config) {
		r := openRoad(t, config)
		r.walk()
		if faults := verify(t, r.Office).Faults; len(faults) > 0 {
			t.Fatal(faults)
		}
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				if faults := r.tampered(tt.sql); !strings.Contains(strings.Join(faults, "\n"), tt.want) {
					t.Errorf("faults: %q, want %q", faults, tt.want)
				}
			})
		}
	})
}

// tampered verifies the record as statements leave it, and then undoes them.
func (r *road) tampered(statements []string) (faults []string) {
	r.Helper()
	tables := []string{"entries", "subject_keys", "claims", "claim_limits", "subjects", "attachments", "people_key", "rights_finding", "cases_wish"}
	run := func(statements ...string) {
		r.Helper()
		err := r.Store().Maintain(r.Context(), func(tx store.Tx) error {
			for _, statement := range statements {
				if _, err := tx.ExecContext(r.Context(), statement); err != nil {
					return fmt.Errorf("%s: %w", statement, err)
				}
			}
			return nil
		})
		if err != nil {
			r.Fatal(err)
		}
	}
	for _, table := range tables {
		run("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table)
	}
	defer func() {
		for _, table := range tables {
			run("DELETE FROM "+table, "INSERT INTO "+table+" SELECT * FROM kept_"+table, "DROP TABLE kept_"+table)
		}
	}()
	run(statements...)
	report, err := r.Verify(r.Context(), nil, nil)
	if err != nil {
		return []string{err.Error()}
	}
	return report.Faults
}

// TestVerifyFindsForgedSignatures signs the log's own checkpoint with another key.
func TestVerifyFindsForgedSignatures(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		r := openRoad(t, config)
		r.staff()
		signed, err := r.Store().Checkpoint(t.Context(), "bud")
		if err != nil {
			t.Fatal(err)
		}
		other, err := keys.NewOffice("bud", rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		signer, err := ledger.Signer("bud", other.Signing)
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := bytes.Cut(signed, []byte("\n\n"))
		forged, err := note.Sign(&note.Note{Text: string(text) + "\n"}, signer)
		if err != nil {
			t.Fatal(err)
		}
		err = r.Store().Maintain(t.Context(), func(tx store.Tx) error {
			_, err := tx.ExecContext(t.Context(), "UPDATE logs SET checkpoint = $1", forged)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if !faultOf(verify(t, r.Office), "the log's own checkpoint") {
			t.Errorf("%+v", verify(t, r.Office))
		}
		if !faultOf(verify(t, r.Office, forged), "kept elsewhere") {
			t.Error("a forged checkpoint passed as one kept elsewhere")
		}
	})
}

// TestVerifyFindsAnotherPast brings back an older copy of the whole database, which is
// sound by itself, and lets it go on differently: only a checkpoint kept elsewhere
// tells, and it must.
func TestVerifyFindsAnotherPast(t *testing.T) {
	folder := t.TempDir()
	config := store.Config{URL: filepath.Join(folder, "cairn.db"), Driver: "sqlite"}
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := openWholeWith(t, config, k)
	plantAmong(t, o, 3)
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	copyOf := func(path string) []byte {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	old := copyOf(config.URL)
	o = openWholeWith(t, config, k)
	do(t, o, registrar, "people.register", &people.RegisterInput{Name: "Late, Comer"})
	kept, err := o.Store().Checkpoint(t.Context(), "bud")
	if err != nil {
		t.Fatal(err)
	}
	if faults := verify(t, o, kept).Faults; len(faults) > 0 {
		t.Fatal(faults)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config.URL, old, 0o600); err != nil {
		t.Fatal(err)
	}
	o = openWholeWith(t, config, k)
	if faults := verify(t, o).Faults; len(faults) > 0 {
		t.Fatalf("an older copy is not sound by itself: %v", faults)
	}
	if faults := verify(t, o, kept).Faults; len(faults) == 0 {
		t.Error("a shortened log passed")
	}
	for _, name := range []string{"Other, One", "Other, Two"} {
		do(t, o, registrar, "people.register", &people.RegisterInput{Name: name})
	}
	if faults := verify(t, o, kept).Faults; len(faults) == 0 {
		t.Error("a rewritten log passed")
	}
}

// TestVerifyFindsOveruse forges a household that claims who is in another one, and a
// booking of more seats than there are.
func TestVerifyFindsOveruse(t *testing.T) {
	r := openRoad(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	r.walk()
	household := r.factsOf("people.household_formed")[0]
	r.forge(r.NewID(), household.Actor, household.Value.(blueprint.Fact), household.Gate)
	if !faultOf(verify(t, r.Office), "claim household-of:", "2 taken of 1") {
		t.Errorf("%q", verify(t, r.Office).Faults)
	}
	for range 6 {
		booked := r.factsOf("movement.journey_booked")[0]
		r.forge(r.NewID(), booked.Actor, booked.Value.(blueprint.Fact), booked.Gate)
	}
	if !faultOf(verify(t, r.Office), "claim seat:", "of 12") {
		t.Errorf("%q", verify(t, r.Office).Faults)
	}
}

// TestVerifyFindsMutatedPlans forges plans with the office's own keys: entry and
// attachments agree with one another, only the plan or its bound is not what it says.
func TestVerifyFindsMutatedPlans(t *testing.T) {
	r := openRoad(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	r.walk()
	placement := func(change func(*place.Problem, *place.Result)) func(*testing.T) {
		return func(t *testing.T) {
			f := r.factsOf("resettlement.plan_proposed")[0]
			p := *f.Value.(*resettlement.PlanProposed)
			var problem place.Problem
			var result place.Result
			r.attached(p.Problem, &problem)
			r.attached(p.Result, &result)
			change(&problem, &result)
			p.Value, p.Bound, p.Gap = result.Value, result.Bound, result.Gap
			r.forgePlan(t, f.Actor, &p, f.Gate, &p.Problem, problem, &p.Result, result)
		}
	}
	routing := func(change func(*route.Problem, *route.Result)) func(*testing.T) {
		return func(t *testing.T) {
			f := r.factsOf("movement.plan_proposed")[0]
			p := *f.Value.(*movement.PlanProposed)
			var problem route.Problem
			var result route.Result
			r.attached(p.Problem, &problem)
			r.attached(p.Result, &result)
			result.Problem = problem
			change(&problem, &result)
			p.Cost, p.Bound, p.Gap = int64(result.Cost), int64(result.Bound), result.Gap()
			r.forgePlan(t, f.Actor, &p, f.Gate, &p.Problem, problem, &p.Result, result)
		}
	}
	t.Run("placement: the bound", placement(func(_ *place.Problem, result *place.Result) { result.Bound *= 1.5; result.Gap *= 1.5 }))
	t.Run("placement: the bound below", placement(func(_ *place.Problem, result *place.Result) { result.Bound *= 0.9; result.Gap = 0 }))
	t.Run("placement: the value", placement(func(_ *place.Problem, result *place.Result) { result.Value += 1; result.Bound += 1 }))
	t.Run("placement: a case moved", placement(func(_ *place.Problem, result *place.Result) {
		i := slices.IndexFunc(result.Assignments, func(a place.Assignment) bool { return a.Place != "" })
		result.Assignments[i].Place = "elsewhere"
	}))
	t.Run("placement: a room taken away", placement(func(problem *place.Problem, _ *place.Result) {
		for i := range problem.Places {
			problem.Places[i].Capacity[0] = 0
		}
	}))
	t.Run("route: the bound", routing(func(_ *route.Problem, result *route.Result) { result.Bound += result.Bound/2 + 1 }))
	t.Run("route: the cost", routing(func(_ *route.Problem, result *route.Result) { result.Cost /= 2; result.Bound = result.Cost }))
	t.Run("route: a journey by another service", routing(func(_ *route.Problem, result *route.Result) {
		i := slices.IndexFunc(result.Journeys, func(j route.Journey) bool { return len(j.Services) > 0 })
		result.Journeys[i].Services = result.Journeys[i].Services[:1]
	}))
	t.Run("route: no seats", routing(func(problem *route.Problem, _ *route.Result) {
		for i := range problem.Services {
			clear(problem.Services[i].Seats)
		}
	}))
}

func (r *road) attached(digest string, into any) {
	r.Helper()
	err := r.Store().Read(r.Context(), func(reader *store.Reader) error {
		return blueprint.NewWork(r.Context(), reader, r.Office, gate.Actor{}, 0, r.NewID).Attachment(digest, into)
	})
	if err != nil {
		r.Fatal(err)
	}
}

func (r *road) forgePlan(t *testing.T, actor string, fact blueprint.Fact, gateText json.RawMessage, problemDigest *string, problem any, resultDigest *string, result any) {
	t.Helper()
	subject := r.NewID()
	one, two := encode(t, problem), encode(t, result)
	*problemDigest, *resultDigest = store.Digest(one), store.Digest(two)
	r.forge(subject, actor, fact, gateText, store.Attachment{Digest: *problemDigest, Subject: subject, Body: one}, store.Attachment{Digest: *resultDigest, Subject: subject, Body: two})
	if err := r.rebuildOnly(); err != nil {
		t.Fatal(err)
	}
	report := verify(t, r.Office)
	if !faultOf(report, "plan "+subject) {
		t.Errorf("the forged plan passed: %q", report.Faults)
	}
	t.Logf("%q", report.Faults)
	r.forget(subject)
	if err := r.rebuildOnly(); err != nil {
		t.Fatal(err)
	}
}

// rebuildOnly fills the tables again, so that they hold the forged plan too.
func (r *road) rebuildOnly() error {
	_, err := r.Rebuild(r.Context(), nil)
	return err
}

// TestVerifyFindsDecisionsThatTheirFactsDoNotGive forges departures with the office's
// own keys: the gate decision of a real one, with one thing in it changed.
func TestVerifyFindsDecisionsThatTheirFactsDoNotGive(t *testing.T) {
	r := openRoad(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	r.walk()
	departed := r.factsOf("movement.departed")[0]
	honest := string(departed.Gate)
	// A departure forged with the decision unchanged is found by nothing in the decision.
	r.forge(departed.Subject, departed.Actor, departed.Value.(blueprint.Fact), departed.Gate)
	if faultOf(verify(t, r.Office), "(movement.departed)") {
		t.Fatalf("%q", verify(t, r.Office).Faults)
	}
	for _, change := range [][2]string{
		{`"consents":["CAN"]`, `"consents":["USA"]`}, {`"fit":"fit"`, `"fit":"unfit"`}, {`"findings":[]`, `"findings":["CAN"]`},
		{`"holds":[]`, `"holds":["legal"]`}, {`"family":"together"`, `"family":"split"`}, {`"appeal":"none"`, `"appeal":"suspensive"`},
		{`"to":"CAN"`, `"to":"HUN"`}, {`"adult":"yes"`, `"adult":"no"`}, {`"rules":["free-to-travel"]`, `"rules":["no-such-rule"]`},
		{`"roles":["escort"]`, `"roles":["registrar"]`}, {`"rules":["role-escort"]`, `"rules":["role-registrar"]`},
		{`"act":"movement.depart"`, `"act":"movement.board"`}, {honest, honest[:strings.Index(honest, "\n")+1]}, {honest, "{}"}, {honest, ""},
		{honest, onlyFirst(honest)},
	} {
		forged := strings.Replace(honest, change[0], change[1], 1)
		if forged == honest {
			t.Errorf("there is no %s in %s", change[0], honest)
			continue
		}
		subject := r.NewID()
		r.forge(subject, departed.Actor, departed.Value.(blueprint.Fact), json.RawMessage(forged))
		if !faultOf(verify(t, r.Office), "(movement.departed)") {
			t.Errorf("%s passed", change[1])
		}
		r.forget(subject)
	}
}

// onlyFirst leaves the first of several travellers in a decision.
func onlyFirst(decision string) string {
	access, trips, _ := strings.Cut(decision, "\n")
	var list []json.RawMessage
	if json.Unmarshal([]byte(trips), &list) != nil || len(list) < 2 {
		return decision
	}
	return access + "\n[" + string(list[0]) + "]"
}

// TestVerifyFindsForgedRefusals forges what a safeguard is said to have refused.
func TestVerifyFindsForgedRefusals(t *testing.T) {
	r := openRoad(t, store.Config{URL: t.TempDir() + "/cairn.db", Driver: "sqlite"})
	r.walk()
	real := r.factsOf("rights.refused")[0]
	for name, change := range map[string]func(*rights.Refused){
		"a trip that may go":      func(f *rights.Refused) { f.Trip.Facts.Holds = []string{} },
		"another reason":          func(f *rights.Refused) { f.Decision.Reasons = []string{"no-consent"} },
		"a permission":            func(f *rights.Refused) { f.Decision.Allow = true },
		"another person's":        func(f *rights.Refused) { f.Trip.Record = r.said["kovacs0"] },
		"a refusal of no trip":    func(f *rights.Refused) { f.Trip = nil },
		"other rules than in use": func(f *rights.Refused) { f.Decision.Policy = "0000000000000000" },
	} {
		var fact rights.Refused
		if err := json.Unmarshal(encode(t, real.Value), &fact); err != nil {
			t.Fatal(err)
		}
		change(&fact)
		r.forge(real.Subject, real.Actor, &fact, real.Gate)
		last := r.factsOf("rights.refused")
		position := fmt.Sprintf("entry %d ", slices.MaxFunc(last, func(a, b fold.Fact) int { return int(a.Position - b.Position) }).Position)
		if !faultOf(verify(t, r.Office), position, "(rights.refused)") {
			t.Errorf("%s: %q", name, verify(t, r.Office).Faults)
		}
	}
}
