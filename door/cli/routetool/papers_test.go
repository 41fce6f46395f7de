package routetool

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func (c *Command) file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(filepath.Dir(c.Out), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFullProblem plans with zones of stops, beds, a charter, group fares,
// transit rules and an escort, across the night on which clocks go forward.
func TestFullProblem(t *testing.T) {
	parties := "id,origin,destination,people,ready,due,papers,beds\n" +
		"F1,Camp,Town,4,2026-03-28 06:00,2026-03-30 20:00,SYR passport;SYR passport,4\n" +
		"F2,Camp,Town,1,2026-03-28 06:00,2026-03-30 20:00,XXA laissez-passer,\n"
	services := "id,from,to,depart,arrive,seats,cost,open_cost,block,group_fares\n" +
		"B1,Camp,Port,2026-03-28 08:00,2026-03-28 10:00,20,12,,,4:10\n" +
		"C1,Port,Town,2026-03-29 09:00,2026-03-29 12:00,8,1,300,,\n" +
		"R1,Town,Camp,2026-04-02 09:00,2026-04-02 12:00,8,1,,4,\n"
	c := command(t, parties, services)
	c.Verify = true
	c.Stops = c.file(t, "stops.csv", "id,country,zone,beds,night_at_utc\nCamp,TR,Europe/Athens,,\nPort,GR,Europe/Athens,4,00:30\nTown,IT,Europe/Rome,,\n")
	c.Transit = c.file(t, "transit.csv", "country,nationality,document,allows\nGR,XXA,,\n")
	c.Escorts = c.file(t, "escorts.csv", "party,people,rest,within\nF1,1,12,240\n")
	var out bytes.Buffer
	if err := c.Run(&out, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(c.Out)
	if err != nil {
		t.Fatal(err)
	}
	for text, wants := range map[string][]string{
		out.String():    {"parties   3, served 2", "verified", "unserved  F2: transit", "charters  C1, with empty seats of blocks 303.00"},
		string(written): {"F1,2,C1,Port,Town,2026-03-29T06:00:00Z,2026-03-29T10:00:00Z", "return of F1,1,R1,Town,Camp,2026-04-02T07:00:00Z,2026-04-02T09:00:00Z"},
	} {
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("lacks %q:\n%s", want, text)
			}
		}
	}
}

func TestFaultsInTheFullProblem(t *testing.T) {
	for says, file := range map[string][3]string{
		`column "group_fares", value "4-10"`:   {"services", "4:10", "4-10"},
		`column "night_at_utc", value "late"`:  {"stops", "00:30", "late"},
		`column "zone", value "Europe/Paradi"`: {"stops", "Europe/Rome", "Europe/Paradi"},
		`column "allows", value "perhaps"`:     {"transit", "XXA,,", "XXA,,perhaps"},
		`escort of party "ghost": unknown`:     {"escorts", "F1", "ghost"},
	} {
		files := map[string]string{
			"services": "id,from,to,depart,arrive,seats,cost,group_fares\nB1,Camp,Town,2026-03-28 08:00,2026-03-28 10:00,20,12,4:10\n",
			"stops":    "id,country,zone,night_at_utc\nCamp,TR,Europe/Athens,00:30\nTown,IT,Europe/Rome,\n",
			"transit":  "country,nationality,document,allows\nGR,XXA,,\n",
			"escorts":  "party,people\nF1,1\n",
		}
		files[file[0]] = strings.Replace(files[file[0]], file[1], file[2], 1)
		c := command(t, "id,origin,destination,people,ready,due\nF1,Camp,Town,4,2026-03-28 06:00,2026-03-30 20:00\n", files["services"])
		c.Stops, c.Transit, c.Escorts = c.file(t, "stops.csv", files["stops"]), c.file(t, "transit.csv", files["transit"]), c.file(t, "escorts.csv", files["escorts"])
		if err := c.Run(&bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}
