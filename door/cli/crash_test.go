package cli_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/store/storetest"
)

// kill starts a command as a process and kills it when its database's log has grown
// to a size drawn between nothing and all that the command writes, or, where no such
// file grows, after a time drawn likewise. It says whether the process ended first.
func (f *office) kill(grown int64, took time.Duration, args []string) (ended bool) {
	f.Helper()
	child := f.child(args...)
	if err := child.Start(); err != nil {
		f.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		child.Wait()
		close(done)
	}()
	wal, limit, until := filepath.Join(f.dir, "cairn.db-wal"), int64(0), time.Now().Add(time.Duration(float64(took)*rand.Float64()*1.1))
	if grown > 0 {
		limit = rand.Int64N(grown)
	}
	for {
		select {
		case <-done:
			return true
		default:
		}
		info, err := os.Stat(wal)
		if grown > 0 && err == nil && info.Size() > limit || grown == 0 && time.Now().After(until) {
			child.Process.Kill()
			<-done
			return false
		}
	}
}

// walSize is how far the write-ahead log of an SQLite office grows by a command that
// is run to its end in this process while another reader keeps the log from being
// taken away.
func (f *office) measure(args []string) (grown int64, took time.Duration) {
	f.Helper()
	o := f.open()
	start := time.Now()
	f.run(args...)
	took = time.Since(start)
	if info, err := os.Stat(filepath.Join(f.dir, "cairn.db-wal")); err == nil {
		grown = info.Size()
	}
	if err := o.Close(); err != nil {
		f.Fatal(err)
	}
	return grown, took
}

// TestKilledImport kills imports at random moments: a list is there whole or not at
// all, the record is sound, and the same command can be run again.
func TestKilledImport(t *testing.T) {
	f := newOffice(t, "")
	command := func(path string) []string { return f.command("people.import", map[string]string{"path": path}) }
	grown, took := f.measure(command(f.list("Warm", 60)))
	if grown < 10_000 {
		t.Fatalf("an import writes %d bytes", grown)
	}
	killed, whole, known := 0, 0, f.count("SELECT COUNT(*) FROM people_record")
	for i := range 8 {
		path := f.list(fmt.Sprintf("Round%c", 'a'+i), 60)
		if !f.kill(grown*int64(i%2), took, command(path)) { // by size and by time in turn
			killed++
		}
		switch n := f.count("SELECT COUNT(*) FROM people_record"); n {
		case known:
		case known + 120:
			whole++
		default:
			t.Fatalf("%d of 120 people of a list are there", n-known)
		}
		f.run(command(path)...)
		if known += 120; f.count("SELECT COUNT(*) FROM people_record") != known {
			t.Fatal("the same command run again did not complete the list")
		}
	}
	t.Logf("%d of 8 killed before their end, %d lists were whole by then", killed, whole)
	if killed < 2 {
		t.Errorf("only %d imports were killed before they ended", killed)
	}
}

// accept brings families to the point where a journey can be proposed.
func (f *office) accept(families int) {
	f.Helper()
	f.do("people.import", map[string]any{"path": f.list("Fam", families), "site": "Traiskirchen"})
	texts := func(query string) []string {
		o := f.open()
		defer o.Close()
		return columnOf(f.T, o, query)
	}
	records := texts("SELECT record FROM people_record ORDER BY record")
	f.do("people.give_consent", map[string]any{"records": records, "purpose": "resettlement", "destinations": []string{"CAN"}, "language": "hu", "informed": true})
	f.do("rights.assess_fitness", map[string]any{"records": records, "fit": "fit"})
	f.do("cases.open", `{"all_without_case":true}`)
	f.do("resettlement.open_places", map[string]any{"places": []any{map[string]any{"country": "CAN", "locality": "Ottawa", "capacity": map[string]int{"people": 2 * families}}}})
	plan := f.do("resettlement.propose", `{"seed":1}`)["out"].(map[string]any)["plan"]
	f.do("resettlement.accept_plan", map[string]any{"plan": plan})
	var answers []any
	for _, id := range texts("SELECT case_id FROM cases_case") {
		answers = append(answers, map[string]any{"case": id, "accepted": true, "language": "hu"})
	}
	f.asState("resettlement.answer_for_state", map[string]any{"answers": answers})
	f.do("resettlement.answer_for_household", map[string]any{"answers": answers})
	var services []any
	for day := range 4 {
		services = append(services, map[string]any{"mode": "flight", "from": "Traiskirchen", "from_country": "AUT", "to": "Ottawa", "to_country": "CAN",
			"depart": fmt.Sprintf("2040-01-%02dT08:00:00Z", 5+day), "arrive": fmt.Sprintf("2040-01-%02dT20:00:00Z", 5+day), "seats": map[string]int{"seat": families}, "cost": 1000})
	}
	f.do("movement.schedule_services", map[string]any{"services": services})
}

// TestKilledBooking kills the booking of many households at random moments: all are
// booked or none is, no seat is taken that nobody sits on, and it can be run again.
func TestKilledBooking(t *testing.T) {
	f := newOffice(t, "")
	f.accept(30)
	command := f.command("movement.propose", `{"seed":1,"ready":"2040-01-01"}`)
	before := filepath.Join(filepath.Dir(f.dir), "before")
	if err := os.CopyFS(before, os.DirFS(f.dir)); err != nil {
		t.Fatal(err)
	}
	again := func() {
		os.RemoveAll(f.dir)
		if err := os.CopyFS(f.dir, os.DirFS(before)); err != nil {
			t.Fatal(err)
		}
	}
	grown, took := f.measure(command)
	if booked := f.count("SELECT COUNT(*) FROM movement_journey"); booked != 30 || grown < 10_000 {
		t.Fatalf("%d booked, %d bytes", booked, grown)
	}
	killed := 0
	for i := range 6 {
		again()
		if !f.kill(grown*int64(i%2), took, command) {
			killed++
		}
		seats := f.count("SELECT COALESCE(SUM(total), 0) FROM claim_totals WHERE name LIKE 'seat:%'")
		switch booked := f.count("SELECT COUNT(*) FROM movement_journey"); {
		case booked == 0 && seats == 0:
			f.run(command...)
		case booked == 30 && seats == 60:
		default:
			t.Fatalf("%d of 30 journeys are booked, with %d seats", booked, seats)
		}
		if booked := f.count("SELECT COUNT(*) FROM movement_journey"); booked != 30 {
			t.Fatalf("run again, %d are booked", booked)
		}
	}
	if killed < 2 {
		t.Errorf("only %d bookings were killed before they ended", killed)
	}
}

// TestKilledImportOnAServer is TestKilledImport on PostgreSQL.
func TestKilledImportOnAServer(t *testing.T) {
	f := newOffice(t, storetest.Postgres(t))
	known := f.count("SELECT COUNT(*) FROM people_record")
	var took time.Duration
	for i := range 5 {
		path := f.list(fmt.Sprintf("Round%c", 'a'+i), 60)
		command := f.command("people.import", map[string]string{"path": path})
		start := time.Now()
		if i > 0 {
			f.kill(0, took, command)
		}
		if n := f.count("SELECT COUNT(*) FROM people_record"); n != known && n != known+120 {
			t.Fatalf("%d of 120 people of a list are there", n-known)
		}
		f.run(command...)
		if i == 0 {
			took = time.Since(start)
		}
		if known += 120; f.count("SELECT COUNT(*) FROM people_record") != known {
			t.Fatal("the same command run again did not complete the list")
		}
	}
}

// TestTwoWriters lets processes write to one office at once: each list is there once.
func TestTwoWriters(t *testing.T) {
	f := newOffice(t, "")
	var group sync.WaitGroup
	errs := make([]string, 5)
	same := f.list("Same", 20)
	for i := range errs {
		path := same
		if i < 3 {
			path = f.list(fmt.Sprintf("Writer%c", 'a'+i), 20)
		}
		child := f.child(f.command("people.import", map[string]string{"path": path})...)
		group.Go(func() {
			if out, err := child.CombinedOutput(); err != nil {
				errs[i] = fmt.Sprintf("%v: %s", err, out)
			}
		})
	}
	group.Wait()
	for i, text := range errs {
		// Of two who take over the same list at once, one may be told that it is taken.
		if text != "" && (i < 3 || !strings.Contains(text, "exit status 6")) {
			t.Errorf("writer %d: %s", i, text)
		}
	}
	if n := f.count("SELECT COUNT(*) FROM people_record"); n != 4*40 {
		t.Errorf("%d people are there, not %d", n, 4*40)
	}
}

// TestTwoOfficesOnOneDatabase: each office needs a database of its own, and founding
// a second one in it is refused before anything is written.
func TestTwoOfficesOnOneDatabase(t *testing.T) {
	url := storetest.Postgres(t)
	first := newOffice(t, url)
	before := first.count("SELECT COUNT(*) FROM entries")
	dir := filepath.Join(t.TempDir(), "second")
	_, errOut, code := first.try("init", dir, "--work-factor", "4", "--code", "wen", "--name", "Wien", "--admin", "leo", "--database", url)
	if code == 0 || !strings.Contains(errOut, "a database of its own") {
		t.Errorf("a second office moved in: exit %d, %s", code, errOut)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("the folder of an office that was not founded is left behind")
	}
	if after := first.count("SELECT COUNT(*) FROM entries"); after != before {
		t.Errorf("%d entries more", after-before)
	}
	// A second server of the same office is told who is in its way.
	o := first.open()
	defer o.Close()
	_, errOut, code = first.try("verify", "--dir", first.dir)
	if code != 1 || !strings.Contains(errOut, "another program is writing") {
		t.Errorf("two programs on one office: exit %d, %s", code, errOut)
	}
}
