package routetool

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"cairn/engine/route"
)

const parties = `id,origin,destination,people,ready,due,zone,avoid,seats:wheelchair
=F1,Camp,Town,4,2026-03-28 06:00,2026-03-30 20:00,Europe/Athens,,1
F2,Camp,Town,2,2026-03-28T06:00:00+02:00,2026-03-30T20:00:00+03:00,,xx; yy,
F3,Camp,Town,2,2026-03-28 06:00,2026-03-28 07:00,Europe/Athens,,
`

const services = `id,from,to,depart,arrive,from_zone,to_zone,seats,seats:wheelchair,cost,mode,from_country,to_country
B1,Camp,Port,2026-03-28 08:00,2026-03-28 10:00,Europe/Athens,Europe/Athens,20,2,12.50,bus,GR,GR
S1,Port,Town,2026-03-29 01:30,2026-03-29 04:30,Europe/Athens,Europe/Athens,3,1,40,ship,,IT
X1,Port,Town,2026-03-29T09:00:00+03:00,2026-03-29T12:00:00+02:00,,,10,0,90,flight,,IT
`

func command(t *testing.T, partyText, serviceText string) *Command {
	t.Helper()
	dir := t.TempDir()
	c := &Command{Parties: filepath.Join(dir, "p.csv"), Services: filepath.Join(dir, "s.csv"), Out: filepath.Join(dir, "out.csv"), MinConnection: 60}
	for path, text := range map[string]string{c.Parties: partyText, c.Services: serviceText} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func TestRunPlansAndExplains(t *testing.T) {
	c := command(t, parties, services)
	c.Verify, c.Explain = true, "=F1"
	var out, errOut bytes.Buffer
	if err := c.Run(&out, &errOut); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"parties   3, served 2, unserved 1, split 0", "verified", "unserved  F3: window:", "minutes later", "party =F1", "travels     B1 → S1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q:\n%s", want, out.String())
		}
	}
	written, err := os.ReadFile(c.Out)
	if err != nil {
		t.Fatal(err)
	}
	// The ship leaves at 01:30 +02:00 and arrives at 04:30 +03:00: two hours,
	// for clocks go forward on that night.
	for _, want := range []string{"'=F1,2,S1,Port,Town,2026-03-28T23:30:00Z,2026-03-29T01:30:00Z", "F2,2,X1,Port,Town,2026-03-29T06:00:00Z,2026-03-29T10:00:00Z"} {
		if !strings.Contains(string(written), want) {
			t.Errorf("itineraries lack %q:\n%s", want, written)
		}
	}
}

func TestRunPrintsJSON(t *testing.T) {
	c := command(t, parties, services)
	c.JSON = true
	var out, errOut bytes.Buffer
	if err := c.Run(&out, &errOut); err != nil {
		t.Fatal(err)
	}
	var s Summary
	if err := json.Unmarshal(out.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	if s.Parties != 3 || s.Served != 2 || len(s.Unserved) != 1 || s.Unserved[0].Rule != route.RuleWindow || s.Verified != nil {
		t.Errorf("summary %+v", s)
	}
}

func TestStopsFile(t *testing.T) {
	c := command(t, parties, services)
	c.Stops = filepath.Join(filepath.Dir(c.Out), "stops.csv")
	text := "id,country,min_connection\nCamp,GR,\nPort,XX,1000\nTown,IT,\n"
	if err := os.WriteFile(c.Stops, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(&bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), `stop "Port" lies in "XX"`) {
		t.Errorf("two countries for one stop: %v", err)
	}
}

func TestFaultsNameLineColumnAndValue(t *testing.T) {
	for says, edit := range map[string][2]string{
		`line 3, column "people", value "two": is not a whole number`:     {"F2,Camp,Town,2", "F2,Camp,Town,two"},
		`line 3, column "id", value "=F1": stands on line 2`:              {"F2,", "=F1,"},
		`line 3, column "destination", value "Twon": is a stop of no`:     {"F2,Camp,Town", "F2,Camp,Twon"},
		`line 2, column "zone", value "Europe/Atlantis"`:                  {"20:00,Europe/Athens", "20:00,Europe/Atlantis"},
		`line 4, column "due", value "2026-03-28 05:00": lies before`:     {"2026-03-28 07:00", "2026-03-28 05:00"},
		`line 3, column "cost", value "4o"`:                               {"1,40,ship", "1,4o,ship"},
		`line 3, column "depart", value "2026-03-29 03:30": does not exi`: {"2026-03-29 01:30", "2026-03-29 03:30"},
		`line 3, column "depart", value "2026-10-25 03:30": comes twice`:  {"2026-03-29 01:30", "2026-10-25 03:30"},
		`line 2, column "arrive", value "2026-03-28 07:00": is not after`: {"2026-03-28 10:00", "2026-03-28 07:00"},
		`line 4, column "depart", value "soon"`:                           {"2026-03-29T09:00:00+03:00", "soon"},
		`line 4, column "depart", value ""`:                               {"2026-03-29T09:00:00+03:00", ""},
		`line 3, column "id", value "B1": stands on line 2`:               {"S1,", "B1,"},
		`column "id" stands twice`:                                        {"id,from,to", "id,id,to"},
	} {
		c := command(t, strings.Replace(parties, edit[0], edit[1], 1), strings.Replace(services, edit[0], edit[1], 1))
		if err := c.Run(&bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}

// TestPartiesWithoutAWayAreToldWhy holds that each rule that stops a party is named with
// the smallest change that would help, in times and names of the files.
func TestPartiesWithoutAWayAreToldWhy(t *testing.T) {
	for says, edit := range map[string][2]string{
		"F3: window: no journey fits between ready (2026-03-28 04:00 UTC) and due (2026-03-28 05:00 UTC); to help: be due 1230 minutes later, at 2026-03-29 01:30 UTC": {},
		`F3: party size: the party is larger than the services on every way, even when they are empty; to help: add 1 of kind "wheelchair" on service "S1"`:            {"F3,Camp,Town,2,2026-03-28 06:00,2026-03-28 07:00,Europe/Athens,,", "F3,Camp,Town,2,2026-03-28 06:00,2026-03-30 07:00,Europe/Athens,,2"},
		`F3: transit: every journey changes in "GR", which the party avoids or which refuses it; to help: allow transit through "GR"`:                                  {"2026-03-28 07:00,Europe/Athens,,", "2026-03-30 07:00,Europe/Athens,GR,"},
		`F3: no connection: no services lead from "Town" to "Camp" within the rules, even with one of them lifted; to help: add a service`:                             {"F3,Camp,Town", "F3,Town,Camp"},
		`F2: seats: every journey within the rules is full; to help: add 2 of kind "seat" on service "S1"`:                                                             {"X1,Port,Town,2026-03-29T09:00:00+03:00,2026-03-29T12:00:00+02:00,,,10", "X1,Port,Town,2026-03-29T09:00:00+03:00,2026-03-29T12:00:00+02:00,,,0"},
	} {
		c := command(t, strings.Replace(parties, edit[0], edit[1], 1), strings.Replace(services, edit[0], edit[1], 1))
		var out bytes.Buffer
		if err := c.Run(&out, &bytes.Buffer{}); err != nil || !strings.Contains(out.String(), says) {
			t.Errorf("%v: it lacks %q:\n%s", err, says, out.String())
		}
	}
}

func TestCommandMounts(t *testing.T) {
	var cli struct {
		Route Command `cmd:""`
	}
	parser, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"route", "p.csv", "s.csv", "--seed", "7", "--json", "--explain", "F1"}); err != nil {
		t.Fatal(err)
	}
	if cli.Route.Seed != 7 || !cli.Route.JSON || cli.Route.Explain != "F1" || cli.Route.MinConnection != 60 || cli.Route.Out != "itineraries.csv" {
		t.Errorf("parsed %+v", cli.Route)
	}
	if _, err := cli.Route.weights(); err != nil {
		t.Error(err)
	}
}

func TestSplitIsCountedFromTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if err := os.WriteFile(path, []byte("party,leg\na,1\na,2\nb,1\nb,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := countSplit(path); err != nil || n != 1 {
		t.Errorf("split %d, %v", n, err)
	}
}

func FuzzParseTable(f *testing.F) {
	f.Add(parties)
	f.Add(services)
	f.Fuzz(func(t *testing.T, text string) {
		table, err := parseTable("x.csv", strings.NewReader(text))
		if err != nil {
			return
		}
		stops := &stopList{place: map[route.StopID]int{}}
		if _, err := readServices(table, kinds(table), stops); err == nil && len(table.rows) > 0 {
			if _, ok := table.column["id"]; !ok {
				t.Error("services without ids were accepted")
			}
		}
	})
}

func TestInstantsShowTheWallTime(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Athens")
	if err != nil {
		t.Fatal(err)
	}
	for wall, want := range map[string]int{"2026-03-29 02:59": 1, "2026-03-29 03:00": 0, "2026-03-29 03:59": 0, "2026-03-29 04:00": 1,
		"2026-10-25 02:59": 1, "2026-10-25 03:00": 2, "2026-10-25 03:59": 2, "2026-10-25 04:00": 1} {
		at, err := time.Parse("2006-01-02 15:04", wall)
		if err != nil {
			t.Fatal(err)
		}
		found := instants(at, zone)
		if len(found) != want {
			t.Errorf("%s: %d instants, want %d", wall, len(found), want)
		}
		for _, f := range found {
			if got := f.In(zone).Format("2006-01-02 15:04"); got != wall {
				t.Errorf("%s became %s", wall, got)
			}
		}
	}
}
