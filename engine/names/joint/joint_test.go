package joint

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// invented makes pairs in an invented script: each Latin letter has one or two
// foreign letters, vowels are often unwritten, and some pairs are noise.
func invented(n int) []Pair {
	random := rand.New(rand.NewPCG(7, 7))
	word := func() string {
		var b []byte
		for range 2 + random.IntN(3) {
			b = append(b, "bdgklmnrst"[random.IntN(10)], "aeiou"[random.IntN(5)])
		}
		return string(b)
	}
	pairs := make([]Pair, 0, n)
	for i := range n {
		latin := word()
		source := latin
		if i%20 == 0 {
			source = word()
		}
		var foreign []rune
		for k, c := range source {
			if k%2 == 0 || random.IntN(2) == 0 {
				foreign = append(foreign, 'Ⴀ'+(c-'a'))
			}
		}
		pairs = append(pairs, Pair{Foreign: string(foreign), Latin: latin, Weight: 1})
	}
	return pairs
}

func trained(pairs []Pair) *Model {
	return Train(pairs, Options{Order: 3, LeastBlock: 1, LeastGram: 2, Log: func(string, ...any) {}})
}

func TestLearnsAnInventedScript(t *testing.T) {
	pairs := invented(2000)
	m := trained(pairs[:1600])
	var words [][]uint16
	number := map[string]int32{}
	for _, p := range pairs[1600:] {
		if _, ok := number[p.Latin]; !ok {
			number[p.Latin] = int32(len(words))
			words = append(words, EncodeLatin(p.Latin))
		}
	}
	s := m.NewSearcher(m.NewTrie(words), 100)
	hits := 0
	for _, p := range pairs[1600:] {
		if found := s.Search(m.Foreign.Encode(p.Foreign)); len(found) > 0 && found[0].Item == number[p.Latin] {
			hits++
		}
	}
	if hits < 300 {
		t.Errorf("found %d of 400 held-out names", hits)
	}
}

func TestScorePrefersThePair(t *testing.T) {
	m := trained(invented(1000))
	s := m.NewScorer()
	foreign := m.Foreign.Encode("ႡႠႬႤ")
	right, wrong := s.Score(foreign, EncodeLatin("bame"), Impossible), s.Score(foreign, EncodeLatin("tiko"), Impossible)
	if right <= wrong {
		t.Errorf("the pair scores %.1f, a stranger %.1f", right, wrong)
	}
	if readings := m.NewReader().Read(foreign, 5); len(readings) == 0 || readings[0].Latin == "" {
		t.Errorf("read as %v", readings)
	}
}

func TestModelsSurviveTheirFile(t *testing.T) {
	m := trained(invented(1000))
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := back.MarshalBinary()
	if err != nil || !bytes.Equal(data, again) {
		t.Fatalf("written again it differs (%v)", err)
	}
	foreign, latin := m.Foreign.Encode("ႡႠ"), EncodeLatin("ba")
	a, b := m.NewScorer().Score(foreign, latin, Impossible), back.NewScorer().Score(foreign, latin, Impossible)
	if math.Abs(float64(a-b)) > 0.5 {
		t.Errorf("scores %.2f before, %.2f after", a, b)
	}
	for cut := 0; cut < len(data); cut += 1 + len(data)/50 {
		if _, err := Unmarshal(data[:cut]); err == nil {
			t.Errorf("the first %d bytes are taken for a model", cut)
		}
	}
}

// TestFollowersSumToOne holds that after any context the probabilities of all
// symbols and the end add up.
func TestFollowersSumToOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := newCounts(3, 5)
		for range rapid.IntRange(1, 30).Draw(r, "sequences") {
			c.sequence(rapid.SliceOfN(rapid.Uint16Range(0, 4), 1, 6).Draw(r, "sequence"), 1)
		}
		g := c.finish(1)
		for state := range int32(len(g.parent)) {
			if int(g.depth[state]) >= g.order || g.symbol[state] == uint16(g.symbols) && state > 0 {
				continue
			}
			sum := 0.0
			for x := range uint16(6) {
				p, _ := g.step(state, x)
				sum += math.Exp(float64(p))
			}
			if sum > 1.02 {
				r.Fatalf("after state %d they add up to %.3f", state, sum)
			}
		}
	})
}

// TestFloorOnlyHidesWhatIsBelow holds that a score is given up only when it lies
// below the floor.
func TestFloorOnlyHidesWhatIsBelow(t *testing.T) {
	m := trained(invented(1000))
	s := m.NewScorer()
	letters := rapid.SliceOfN(rapid.Uint16Range(1, uint16(len(m.Foreign.letters))), 1, 8)
	word := rapid.StringMatching("[a-z]{1,9}")
	rapid.Check(t, func(r *rapid.T) {
		foreign, latin := letters.Draw(r, "foreign"), EncodeLatin(word.Draw(r, "latin"))
		floor := float32(rapid.Float64Range(-60, 0).Draw(r, "floor"))
		full, cut := s.Score(foreign, latin, Impossible), s.Score(foreign, latin, floor)
		if cut != full && (cut != Impossible || full >= floor) {
			r.Fatalf("scores %.2f, with floor %.2f %.2f", full, floor, cut)
		}
	})
}

func FuzzUnmarshal(f *testing.F) {
	data, err := trained(invented(200)).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(magic))
	f.Add([]byte(magic + "\x01\x41\x01\x61\x01\x41"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Unmarshal(data); err == nil {
			m.NewScorer().Score(m.Foreign.Encode("ab"), EncodeLatin("ab"), Impossible)
		}
	})
}
