package link

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// badRegisters are tables that are hardly registers; each must be answered
// without a panic, with a result that Verify accepts.
func badRegisters() map[string]Problem {
	name, born, place := Column{"name", FullName}, Column{"born", BirthDate}, Column{"place", Place}
	table := func(n int, row func(i int) []string, columns ...Column) Problem {
		p := Problem{Columns: columns}
		for i := range n {
			p.IDs, p.Rows = append(p.IDs, fmt.Sprint(i)), append(p.Rows, row(i))
		}
		return p
	}
	given := []string{"Anna", "Béla", "", "محمد", "Олег", "李", "\u202eAnna\u202c", "😀", "\xff\xfe", "a\u0301\u0301\u0301"}
	return map[string]Problem{
		"empty columns": table(500, func(int) []string { return []string{"", "", ""} }, name, born, place),
		"one column":    table(500, func(i int) []string { return []string{fmt.Sprint("Name", i%50)} }, name),
		"all equal":     table(3000, func(int) []string { return []string{"Anna Nagy", "1950-05-03", "Győr"} }, name, born, place),
		"one name":      table(100_000, func(i int) []string { return []string{"Anna Nagy"} }, name),
		"encodings": table(400, func(i int) []string {
			return []string{given[i%len(given)] + " " + given[i/7%len(given)], fmt.Sprint(1900 + i%90), string([]byte{byte(i), 0xC3, byte(i * 7)})}
		}, name, born, place),
		"long name":  table(300, func(i int) []string { return []string{strings.Repeat("ab", 5000) + fmt.Sprint(i%9)} }, name),
		"many words": table(300, func(i int) []string { return []string{strings.Repeat("Anna Béla ", 500), "", ""} }, name, born, place),
		"odd dates": table(300, func(i int) []string {
			return []string{"Anna", []string{"0000-00-00", "9999-99-99", "32.13.1950", "-1", "1e9", "١٩٥٠"}[i%6], "x"}
		}, name, born, place),
		"controls": table(200, func(i int) []string {
			return []string{"\u2066A\u2069\u200d\u200b" + fmt.Sprint(i%20), "", "\u202e\u202e\u202e"}
		}, name, born, place),
	}
}

func TestBadRegisters(t *testing.T) {
	for name, p := range badRegisters() {
		t.Run(name, func(t *testing.T) {
			r := solved(t, p, Options{Seed: 1})
			if !r.Complete {
				t.Error("not complete")
			}
			if limit := int64(200 * (len(p.Rows) + 10_000)); r.Compared > limit {
				t.Errorf("%d pairs compared", r.Compared)
			}
			if x := indexed(t, p, r); len(p.Rows) < 1000 {
				if _, err := x.Find(p.Rows[0], 3); err != nil {
					t.Error(err)
				}
				if _, err := x.Update(context.Background(), Change{AddIDs: []string{"new"}, AddRows: [][]string{p.Rows[0]}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestBidiControlsAreNotRead holds that marks of writing direction do not set
// names apart.
func TestBidiControlsAreNotRead(t *testing.T) {
	p := Problem{Columns: []Column{{"name", FullName}, {"born", BirthDate}}, IDs: []string{"1", "2", "3"},
		Rows: [][]string{{"\u2067Kovács\u2069 István", "1931-05-03"}, {"Kovács István\u200f", "1931-05-03"}, {"Nagy Mária", "1940-01-09"}}}
	if r := solved(t, p, Options{}); r.Clusters[1] != 0 || r.Clusters[2] != 2 {
		t.Errorf("clusters %v", r.Clusters)
	}
}

// TestSameOnAnyNumberOfCores runs one register on one, two and four cores.
func TestSameOnAnyNumberOfCores(t *testing.T) {
	p, _ := register(14, 1500, 0.3)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var first Result
	for _, cores := range []int{1, 2, 4} {
		runtime.GOMAXPROCS(cores)
		r := solved(t, p, Options{Seed: 3})
		if cores == 1 {
			first = r
		}
		if fmt.Sprint(first) != fmt.Sprint(r) {
			t.Fatalf("%d cores give another result than one", cores)
		}
	}
}

// TestChainsAreRefused holds that two different people are not joined through a
// third record that fits both.
func TestChainsAreRefused(t *testing.T) {
	p, _ := register(15, 400, 0.2)
	columns := []Column{{"given", GivenName}, {"family", FamilyName}, {"born", BirthDate}, {"document", Document}}
	q := Problem{Columns: columns}
	for i, row := range p.Rows {
		q.IDs = append(q.IDs, p.IDs[i])
		q.Rows = append(q.Rows, []string{row[1], row[0], row[2], ""})
	}
	chain := [][]string{{"Anna", "Zwicker", "1950-05-03", "A1234567"}, {"Anna", "Zwicker", "", ""}, {"Anna", "Zwicker", "1921-11-20", "B7654321"}}
	for i, row := range chain {
		q.IDs, q.Rows = append(q.IDs, fmt.Sprint("chain", i)), append(q.Rows, row)
	}
	r := solved(t, q, Options{Seed: 1})
	n := len(q.IDs)
	if r.Clusters[n-3] == r.Clusters[n-1] {
		t.Error("two people with other birth dates and documents were joined through a third record")
	}
}

// TestHouseholdIsNoEvidenceForOnePerson holds that brothers and sisters of one
// household stay apart however alike the family makes them.
func TestHouseholdIsNoEvidenceForOnePerson(t *testing.T) {
	p, _ := register(16, 300, 0.3)
	for i := range 12 {
		p.IDs = append(p.IDs, fmt.Sprint("twin", i))
		p.Rows = append(p.Rows, []string{"Zwicker", []string{"Anna", "Ilona"}[i%2], fmt.Sprintf("19%02d-05-03", 50+i/2), "Győrhely", fmt.Sprint("T", i/2), ""})
	}
	r := solved(t, p, Options{Seed: 1})
	for i := 300; i < len(p.IDs); i++ {
		for j := range i {
			if strings.HasPrefix(p.IDs[j], "twin") && strings.HasPrefix(p.IDs[i], "twin") && p.Rows[i][4] == p.Rows[j][4] && r.Clusters[i] == r.Clusters[j] {
				t.Errorf("%v and %v were joined", p.Rows[j], p.Rows[i])
			}
		}
	}
}
