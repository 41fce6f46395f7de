package people_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/people"
	"cairn/store"
	"cairn/store/storetest"
)

func everywhere(t *testing.T, test func(t *testing.T, config store.Config)) {
	t.Helper()
	storetest.Run(t, test)
}

func TestAFileTellsItsStory(t *testing.T) {
	everywhere(t, func(t *testing.T, config store.Config) {
		o := newOffice(t, config)
		f := family(t, o)
		r := f.Records[0]
		do[people.Done](t, o, clerk, "people.correct",
			&people.CorrectInput{Record: r, Birth: "4.5.1926", Clear: []string{"documents"}, Reason: "certificate shown"})
		refused(t, o, clerk, "people.correct", &people.CorrectInput{Record: r, Reason: "nothing"}, blueprint.Invalid)
		consent := &people.ConsentInput{Records: f.Records[:2], Purpose: "resettlement",
			Destinations: []string{"Kanada", "USA"}, Language: "hu", Informed: true}
		if done := do[people.Done](t, o, clerk, "people.give_consent", consent); done.Entries != 4 {
			t.Errorf("%d consents", done.Entries)
		}
		if done := do[people.Done](t, o, clerk, "people.give_consent", consent); done.Entries != 0 {
			t.Errorf("%d consents were recorded twice", done.Entries)
		}
		toUSA := &people.WithdrawInput{Records: []string{r}, Destinations: []string{"USA"}}
		do[people.Done](t, o, clerk, "people.withdraw_consent", toUSA)
		refused(t, o, clerk, "people.withdraw_consent", toUSA, blueprint.NotFound)
		if _, err := o.See(t.Context(), clerk, "people.file", &people.FileInput{Record: r}, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
			t.Errorf("a file opened without a reason gave %v", err)
		}
		do[people.Opened](t, o, clerk, "people.open_file", &people.OpenInput{Record: r, Reason: "interview"})
		do[people.Done](t, o, clerk, "people.record_death", &people.DeathInput{Record: r, Died: "2.1.1957", Basis: "certificate"})
		refused(t, o, clerk, "people.record_death", &people.DeathInput{Record: r, Basis: "again"}, blueprint.Conflict)

		file := see[people.File](t, o, clerk, "people.file", &people.FileInput{Record: string(f.Numbers[0])})
		var kinds []string
		for _, e := range file.Timeline {
			kinds = append(kinds, strings.TrimPrefix(e.Kind, "people."))
			if e.Actor != "clerk" || e.Summary.String() == "" {
				t.Errorf("%+v", e)
			}
		}
		want := "record_registered record_corrected consent_given consent_given consent_withdrawn death_recorded"
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("timeline %s", got)
		}
		if file.Birth.String() != "1926-05-04" || len(file.Documents) != 0 || !file.Dead || file.Household != f.Household || len(file.Openings) != 1 {
			t.Errorf("file %+v", file)
		}
		standing := slices.DeleteFunc(file.Consents, func(c people.ConsentRow) bool { return c.Withdrawn != "" })
		if len(standing) != 1 || standing[0].Country != "Canada" {
			t.Errorf("consents %+v", standing)
		}
		apptest.Sound(t, o)
	})
}

func TestASensitiveFileIsClosedToMost(t *testing.T) {
	everywhere(t, func(t *testing.T, config store.Config) {
		o := newOffice(t, config)
		f := family(t, o)
		r, yes := f.Records[1], true
		do[people.Done](t, o, officer, "people.correct", &people.CorrectInput{Record: r, Sensitive: &yes, Reason: "witness"})
		for _, view := range []string{"people.file", "people.slip"} {
			if _, err := o.See(t.Context(), clerk, view, &people.FileInput{Record: r}, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
				t.Errorf("%s gave %v", view, err)
			}
			do[people.Opened](t, o, officer, "people.open_file", &people.OpenInput{Record: r, Reason: "interview"})
			if _, err := o.See(t.Context(), officer, view, &people.FileInput{Record: r}, app.Options{}); err != nil {
				t.Errorf("%s: %v", view, err)
			}
		}
		refused(t, o, clerk, "people.correct", &people.CorrectInput{Record: r, Site: "Graz", Reason: "moved"}, blueprint.Denied)
		if found := see[people.Found](t, o, clerk, "people.search", &people.SearchInput{Q: "kovacs eva"}); len(found.People) != 0 {
			t.Errorf("found by name: %+v", found.People)
		}
		for _, p := range see[people.Found](t, o, clerk, "people.search", &people.SearchInput{}).People {
			if p.Record == r && (p.Name != "" || p.Birth != "" || !p.Sensitive) {
				t.Errorf("a list shows %+v", p)
			}
		}
	})
}

const goodList = "Household,Surname,Given name,Sex,Date of birth,Relationship,Destination,Consent\n" +
	"1,Kis,Ida,F,1930-01-31,head,Canada,yes\n1,Kis,Bela,M,1950-01-31,son,,\n,Nagy,Pal,M,1931-05-23,,\"USA, Canada\",no\n"

func TestAListIsTakenOnceAndWhole(t *testing.T) {
	everywhere(t, func(t *testing.T, config store.Config) {
		o := newOffice(t, config)
		in := &people.ImportInput{Input: lists.Input{Name: "camp.csv", Content: []byte(goodList)}, Site: "Judenau",
			Consent: &people.ListConsent{Language: "hu", Informed: true}}
		dry := *in
		dry.DryRun = true
		if got := do[people.Imported](t, o, clerk, "people.import", &dry); got.People != 3 || got.Importing != "" {
			t.Errorf("dry run %+v", got)
		}
		first := do[people.Imported](t, o, clerk, "people.import", in)
		if first.People != 3 || first.Households != 2 || first.Consents != 1 || first.LeftOut != 0 {
			t.Errorf("%+v", first)
		}
		again := do[people.Imported](t, o, clerk, "people.import", in)
		if !again.Already || again.Importing != first.Importing {
			t.Errorf("again %+v", again)
		}
		c := see[people.Counts](t, o, clerk, "people.counts", &people.CountsInput{})
		if c.People != 3 || c.Households != 2 || c.Sites["Judenau"] != 3 {
			t.Errorf("counts %+v", c)
		}
		lists := see[[]people.Importing](t, o, clerk, "people.imports", &people.ImportsInput{})
		if len(lists) != 1 || lists[0].People != 3 || lists[0].Name != "camp.csv" {
			t.Errorf("imports %+v", lists)
		}
		apptest.Sound(t, o)
	})
}

func TestABadRowKeepsTheListOut(t *testing.T) {
	everywhere(t, func(t *testing.T, config store.Config) {
		o := newOffice(t, config)
		in := &people.ImportInput{Input: lists.Input{Name: "camp.csv", Content: []byte(goodList + "1,Kis,Eva,F,31.2.1955,daughter,,\n")}}
		err := refused(t, o, clerk, "people.import", in, blueprint.Invalid)
		list := new(people.ListError)
		if !errors.As(err, &list) || len(list.Report.Refusals) != 3 || list.Report.Refusals[2].Row != 5 || list.Report.Refusals[2].Value != "31.2.1955" {
			t.Fatalf("%v", err)
		}
		if c := see[people.Counts](t, o, clerk, "people.counts", &people.CountsInput{}); c.People != 0 {
			t.Fatalf("%d people came in", c.People)
		}
		in.GoodRowsOnly = true
		if got := do[people.Imported](t, o, clerk, "people.import", in); got.People != 1 || got.LeftOut != 3 || len(got.Refusals) != 3 {
			t.Errorf("%+v", got)
		}
	})
}

// BenchmarkImport takes over lists of 5,000 people; people/s is the figure.
func BenchmarkImport(b *testing.B) {
	o := newOffice(b, store.Config{URL: b.TempDir() + "/cairn.db"})
	for n := range b.N {
		var list strings.Builder
		list.WriteString("No,Household,Surname,Given name,Sex,Date of birth,Nationality,Relationship,Languages,Occupation,Document number\n")
		for i := range 5000 {
			fmt.Fprintf(&list, "%d-%d,H%d,Kovács%d,János,M,19%02d-05-03,Hungarian,son,\"Hungarian, German\",miner,AB %06d\n", n, i, i/3, i%700, i%50, i)
		}
		in := &people.ImportInput{Input: lists.Input{Name: "bench.csv", Content: []byte(list.String())}}
		if got := do[people.Imported](b, o, clerk, "people.import", in); got.People != 5000 {
			b.Fatalf("%+v", got)
		}
	}
	b.ReportMetric(5000*float64(b.N)/b.Elapsed().Seconds(), "people/s")
}
