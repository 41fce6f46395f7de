package identity_test

import (
	"crypto/rand"
	"path/filepath"
	"slices"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
	"cairn/store/storetest"
)

func (d desk) lookUp(in *identity.LookUpInput) []string {
	d.Helper()
	out := look[identity.LookedUp](d, clerk, "identity.look_up", in)
	if !out.Ready {
		d.Fatal("the register is not ready")
	}
	var records []string
	for _, r := range out.Rows {
		records = append(records, r.Record)
		if r.Probability < 0.05 || len(r.Evidence) == 0 || r.Name == "" {
			d.Errorf("without evidence: %+v", r)
		}
	}
	return records
}

func TestWhoIsRegisteredAlreadyIsFoundBeforeSaving(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		if got := d.lookUp(&identity.LookUpInput{Name: "Kovács, János"}); len(got) != 0 {
			t.Errorf("found in an empty register: %v", got)
		}
		d.crowd()
		late := d.register(people.Person{Name: "Lakatos, Szilárd", Birth: "1929-09-21", Documents: []people.PaperInput{{Number: "ZZ 77"}, {Number: "AA 12"}}})[0]
		asked := &identity.LookUpInput{Name: "Lakatosch Szilard", Birth: "21.9.1929"}
		if got := d.lookUp(asked); len(got) == 0 || got[0] != late {
			t.Errorf("a record that came after the first look-up: %v, want %s", got, late)
		}
		for _, number := range []string{"zz77", "AA-12"} {
			if got := d.lookUp(&identity.LookUpInput{Name: "Szilárd", Documents: []string{number}}); !slices.Contains(got, late) {
				t.Errorf("by the document %s: %v", number, got)
			}
		}
		act[any](d, clerk, "people.correct", &people.CorrectInput{Record: late, Name: "Orsós, Vendel", Birth: "1931-02-03", Reason: "papers"})
		if got := d.lookUp(asked); slices.Contains(got, late) {
			t.Error("found under a name that was corrected")
		}
		if got := d.lookUp(&identity.LookUpInput{Name: "ОРШОШ Вендел", Birth: "1931-02-03"}); len(got) == 0 || got[0] != late {
			t.Errorf("in another script: %v", got)
		}
		officer := gate.Actor{ID: "officer", Office: "bud", Roles: []string{"protection_officer"}}
		act[people.Registered](d, officer, "people.register", &people.RegisterInput{Name: "Titok, Nóra", Birth: "1933-03-03", Sensitive: true})
		if got := d.lookUp(&identity.LookUpInput{Name: "Titok, Nóra", Birth: "1933-03-03"}); len(got) != 0 {
			t.Error("a sensitive file is shown")
		}
		act[any](d, officer, "offices.erase_subject", &offices.EraseInput{Subject: late, Reason: "ordered"})
		if got := d.lookUp(&identity.LookUpInput{Name: "Orsós, Vendel", Birth: "1931-02-03"}); slices.Contains(got, late) {
			t.Error("an erased record is found")
		}
		for _, wrong := range []*identity.LookUpInput{{Name: ""}, {Name: "A", Birth: "soon"}, {Name: "A", Sex: "blue"}} {
			if _, err := d.See(t.Context(), clerk, "identity.look_up", wrong, app.Options{}); blueprint.FaultOf(err) != blueprint.Invalid {
				t.Errorf("%+v gave %v", wrong, err)
			}
		}
		if _, err := d.See(t.Context(), monitor, "identity.look_up", asked, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
			t.Errorf("somebody who only sees figures looked a person up: %v", err)
		}
	})
}

// Two programs share an office's file: what one erased is let go of by the other.
func TestWhatAnotherProgramErasedIsForgotten(t *testing.T) {
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	config := app.Config{Store: store.Config{URL: filepath.Join(t.TempDir(), "office.db"), Key: new([32]byte)}, Keys: k,
		Domains: []blueprint.Domain{offices.Domain(), people.Domain(), identity.Domain()}}
	one, two := desk{t, apptest.Found(t, config)}, desk{t, apptest.Open(t, config)}
	record := one.register(people.Person{Name: "Lakatos, Szilárd", Birth: "1929-09-21"})[0]
	asked := &identity.LookUpInput{Name: "Lakatos, Szilárd", Birth: "1929-09-21"}
	var kept [2]any
	for i, d := range []desk{one, two} {
		if got := d.lookUp(asked); len(got) != 1 {
			t.Fatalf("%v is found", got)
		}
		kept[i] = d.Keep("identity.register", func() any { return nil })
	}
	officer := gate.Actor{ID: "officer", Office: "bud", Roles: []string{"protection_officer"}}
	act[any](two, officer, "offices.erase_subject", &offices.EraseInput{Subject: record, Reason: "ordered"})
	if now := two.Keep("identity.register", func() any { return nil }); now == kept[1] {
		t.Error("the program that erased keeps the register")
	}
	before := identity.HeldIndex(kept[0])
	if got := one.lookUp(asked); len(got) != 0 {
		t.Errorf("the other program still finds %v", got)
	}
	if before == nil || identity.HeldIndex(kept[0]) == before {
		t.Error("the other program keeps the old register")
	}
}

func TestOneRecordIsSuspectedAsItComes(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		doubles := d.crowd()
		pair := doubles[0]
		found := act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{Records: []string{pair[1]}})
		if found.Suspected == 0 || found.Run == "" {
			t.Fatalf("%+v", found)
		}
		queue := look[identity.Queue](d, reviewer, "identity.queue", &identity.QueueInput{Run: found.Run})
		if int(queue.Total) != found.Suspected || queue.Rows[0].A.Record != pair[0] || queue.Rows[0].B.Record != pair[1] || queue.Rows[0].Verdict != "same" {
			t.Errorf("%+v", queue.Rows)
		}
		if again := act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{Records: pair[:]}); again.Known == 0 || again.Run != "" && slices.Contains(runs(d, again.Run), pair) {
			t.Errorf("suspected twice: %+v", again)
		}
		stranger := d.register(people.Person{Name: "Xanthopoulos, Spyridon", Birth: "1901-01-31"})
		if none := act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{Records: stranger}); none.Suspected != 0 || none.Run != "" {
			t.Errorf("a stranger is suspected: %+v", none)
		}
		act[identity.Judged](d, reviewer, "identity.judge_same", &identity.JudgeInput{Suspicions: []string{queue.Rows[0].Suspicion}})
		act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{})
		d.refuses(clerk, "identity.find_doubles", &identity.FindInput{Records: []string{"nobody"}}, blueprint.NotFound)
		d.sound()
	})
}

func runs(d desk, run string) (pairs [][2]string) {
	for _, r := range look[identity.Queue](d, reviewer, "identity.queue", &identity.QueueInput{Run: run}).Rows {
		pairs = append(pairs, [2]string{r.A.Record, r.B.Record})
	}
	return pairs
}
