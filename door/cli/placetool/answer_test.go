package placetool

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// wishers are cases in two groups whose wishes the places cannot all meet.
func wishers() (cases, places string) {
	var b strings.Builder
	b.WriteString("id,people,preferences,group\n")
	for k := range 24 {
		fmt.Fprintf(&b, "W%d,%d,%s,%s\n", k, 1+k%3, []string{"Lyon;CA", "Toronto;FR", "CA"}[k%3], []string{"a", "a", "b"}[k%3])
	}
	return b.String(), "id,country,people\nLyon,FR,14\nToronto,CA,16\n"
}

func TestAnswers(t *testing.T) {
	cases, places := wishers()
	for name, test := range map[string]struct {
		ask  func(*Command)
		want []string
	}{
		"house":   {func(c *Command) { c.WhatIf = "Lyon+6" }, []string{"what if", "gains"}},
		"country": {func(c *Command) { c.WhatIf = "-FR" }, []string{"what if", "loses"}},
		"quota": {func(c *Command) { c.CountryCap, c.WhatIf = map[string]int{"CA": 5}, "CA=10" },
			[]string{"what if", "gains"}},
		"several": {func(c *Command) { c.CountryCap, c.WhatIf = map[string]int{"CA": 5}, "CA=10, Lyon+6" },
			[]string{"what if", "gains"}},
		"floor":   {func(c *Command) { c.Fairness = "0.5" }, []string{"kept: true", `"a"`, `"b"`}},
		"max-min": {func(c *Command) { c.Fairness = "max-min" }, []string{"kept: true"}},
		"wishes":  {func(c *Command) { c.Wishes = 0.05 }, []string{"mean rank", "one after another"}},
		"online":  {func(c *Command) { c.Online = c.Cases }, []string{"one by one"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := Command{Cases: file(t, "c.csv", cases), Places: file(t, "p.csv", places), Seed: 1, Work: 400_000, Bonus: 1, Verify: true}
			test.ask(&c)
			out, _, err := run(t, c)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range append(test.want, "verified") {
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in:\n%s", want, out)
				}
			}
		})
	}
}

func TestAnswersRefuse(t *testing.T) {
	cases, places := wishers()
	for name, test := range map[string]struct {
		ask  func(*Command)
		want string
	}{
		"two plans":       {func(c *Command) { c.Fairness, c.Wishes = "0.5", 0.02 }, "give one of"},
		"share":           {func(c *Command) { c.Fairness = "most" }, "max-min"},
		"share too large": {func(c *Command) { c.Fairness = "1.5" }, "from 0 to 1"},
		"change":          {func(c *Command) { c.WhatIf = "Lyon" }, "PLACE+N"},
		"place":           {func(c *Command) { c.WhatIf = "Rome+2" }, `"Rome" is not listed`},
		"cap":             {func(c *Command) { c.WhatIf = "CA=3" }, "not listed"},
		"history":         {func(c *Command) { c.Online = "missing.csv" }, "missing.csv"},
	} {
		c := Command{Cases: file(t, "c.csv", cases), Places: file(t, "p.csv", places), Work: 100_000}
		test.ask(&c)
		if _, _, err := run(t, c); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}

func TestFrontierPicture(t *testing.T) {
	cases, places := wishers()
	c := Command{Cases: file(t, "c.csv", cases), Places: file(t, "p.csv", places), Work: 400_000,
		Frontier: filepath.Join(t.TempDir(), "f.svg")}
	if _, _, err := run(t, c); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(c.Frontier)
	if err != nil || !strings.Contains(string(data), "aria-label") || strings.Count(string(data), "<circle") < 2 || strings.Contains(string(data), "NaN") {
		t.Errorf("%v\n%s", err, data)
	}
}

func TestWorkbooksAreRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.xlsx")
	book := excelize.NewFile()
	for k, row := range [][]any{{"id", "people", "country"}, {"Lyon", 14, "FR"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", k+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	cases, _ := wishers()
	out, _, err := run(t, Command{Cases: file(t, "c.csv", cases), Places: path, Work: 100_000, Verify: true})
	if err != nil || !strings.Contains(out, "verified") {
		t.Fatalf("%v\n%s", err, out)
	}
}
