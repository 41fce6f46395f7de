package names

import "testing"

func TestCompareLatinNames(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"István Kovács", "KOVACS, Istvan", true},
		{"Olaf Scholz", "Olaf Scholze", true},
		{"Mc Donald Mary", "Mary McDonald", true},
		{"Olaf Scholz", "Anna Nagy", false},
	} {
		weight := m.Compare(m.Prepare(c.a), m.Prepare(c.b))
		if (weight > 0) != c.same {
			t.Errorf("%s and %s weigh %.1f", c.a, c.b, weight)
		}
	}
}

func TestSearchFindsTheName(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	hits := m.NewIndex([]string{"Sechin", "Setchin", "Lavrov"}).Search("Lavroff", 2)
	if len(hits) == 0 || hits[0].Item != 2 {
		t.Fatalf("found %v", hits)
	}
}
