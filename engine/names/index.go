package names

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"cairn/engine/names/joint"
)

// Hit is one found name.
type Hit struct {
	Item   int     // position in the list given to NewIndex
	Weight float64 // bits, as Matcher.Compare
}

// Index finds names among many. It never changes after NewIndex and may be used
// by many goroutines.
type Index struct {
	m      *Matcher
	items  []*Prepared
	forms  []form
	byText map[string]int32
	byCode map[uint64][]int32
	tries  [scripts]func() *finder
}

// form is one Latin spelling of words of the indexed names.
type form struct {
	word  Word
	items []int32
}

// finder searches the forms with one learned model.
type finder struct {
	v         *voice
	words     [][]uint16      // the distinct spellings in the model's letters
	forms     [][]int32       // that are spelled so
	own       []atomic.Uint32 // bits of each word's own score, 0 when not yet known
	searchers sync.Pool
}

const (
	searchBeam  = 300 // places of the trie kept for each letter of the query
	searchForms = 40  // forms of each word of the query that are looked at
	searchItems = 200 // names that are compared in full
	itemForms   = 3   // Latin readings of an indexed word in another script
)

// NewIndex prepares the names, in any scripts, for searching. It keeps about 1 kB
// for each name.
func (m *Matcher) NewIndex(list []string) *Index {
	x := &Index{m: m, items: make([]*Prepared, len(list)), byText: make(map[string]int32), byCode: make(map[uint64][]int32)}
	for i, name := range list {
		x.items[i] = m.Prepare(name)
		for w := range x.items[i].Words {
			x.add(&x.items[i].Words[w], int32(i))
		}
	}
	for s := range x.tries {
		x.tries[s] = sync.OnceValue(func() *finder { return x.newFinder(m.voice(Script(s))) })
	}
	return x
}

func (x *Index) add(w *Word, item int32) {
	if w.Role == Particle || w.Role == Title {
		return
	}
	if w.foreign == nil {
		x.addForm(w, item)
		return
	}
	for _, r := range x.m.voice(w.Script).read(w.foreign, itemForms) {
		latin := x.m.word([]rune(strings.ToLower(r.Latin)))
		x.addForm(&latin, item)
	}
}

func (x *Index) addForm(w *Word, item int32) {
	key := w.Text
	id, ok := x.byText[key]
	if !ok {
		id = int32(len(x.forms))
		x.byText[key] = id
		x.forms = append(x.forms, form{word: *w})
		for _, code := range w.Codes {
			x.byCode[code] = append(x.byCode[code], id)
		}
	}
	x.forms[id].items = append(x.forms[id].items, item)
}

func (x *Index) newFinder(v *voice) *finder {
	f := &finder{v: v}
	numbers := make(map[string]int)
	for id := range x.forms {
		letters := joint.EncodeLatin(x.forms[id].word.Latin)
		key := joint.DecodeLatin(letters)
		n, ok := numbers[key]
		if !ok {
			n = len(f.words)
			numbers[key] = n
			f.words = append(f.words, letters)
			f.forms = append(f.forms, nil)
		}
		f.forms[n] = append(f.forms[n], int32(id))
	}
	f.own = make([]atomic.Uint32, len(f.words))
	trie := v.model.NewTrie(f.words)
	f.searchers.New = func() any { return v.model.NewSearcher(trie, searchBeam) }
	return f
}

// ownScore is the part of a Latin word's own score that is taken off, computed when
// first asked for.
func (f *finder) ownScore(word int32) float32 {
	if bits := f.own[word].Load(); bits != 0 {
		return math.Float32frombits(bits)
	}
	own := latinTaken * f.v.model.LatinScore(f.words[word])
	f.own[word].Store(math.Float32bits(own))
	return own
}

// find gives the forms that a foreign word may stand for and how well each fits,
// in nats over an unrelated word.
func (f *finder) find(w *Word) map[int32]float64 {
	s := f.searchers.Get().(*joint.Searcher)
	defer f.searchers.Put(s)
	out := make(map[int32]float64)
	for i, hit := range s.Search(w.foreign) {
		if i == searchForms {
			break
		}
		fit := float64(f.v.score(w.foreign, f.words[hit.Item], joint.Impossible) - f.ownScore(hit.Item) - w.own)
		for _, form := range f.forms[hit.Item] {
			out[form] = fit
		}
	}
	return out
}

// Search gives up to k names, the best first; equal weights in the order of the
// list. The query may be in any script and its words in any order.
func (x *Index) Search(query string, k int) []Hit {
	q := x.m.Prepare(query)
	found := make(map[int32]float64)
	words := 0
	for i := range q.Words {
		if w := &q.Words[i]; w.Role != Particle && w.Role != Title {
			words++
			for item, weight := range x.itemsOf(w) {
				found[item] += weight
			}
		}
	}
	hits := make([]Hit, 0, len(found))
	for item, weight := range found {
		hits = append(hits, Hit{int(item), weight})
	}
	sortHits(hits)
	if words == 1 {
		hits = hits[:min(max(k, 0), len(hits))]
	}
	hits = hits[:min(len(hits), searchItems)]
	for i := range hits {
		hits[i].Weight = x.m.Compare(q, x.items[hits[i].Item])
	}
	if words > 1 {
		sortHits(hits)
	}
	return hits[:min(max(k, 0), len(hits))]
}

func sortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Item, b.Item))
	})
}

// itemsOf are the names with a word like the given one, and how alike at best.
func (x *Index) itemsOf(w *Word) map[int32]float64 {
	best := make(map[int32]float64)
	for id, weight := range x.formsOf(w) {
		for _, item := range x.forms[id].items {
			if old, ok := best[item]; !ok || weight > old {
				best[item] = weight
			}
		}
	}
	return best
}

func (x *Index) formsOf(w *Word) map[int32]float64 {
	if w.foreign != nil {
		return x.tries[w.Script]().find(w)
	}
	out := make(map[int32]float64)
	for _, code := range w.Codes {
		for _, id := range x.byCode[code] {
			out[id] = x.m.CompareWords(w, &x.forms[id].word)
		}
	}
	return out
}
