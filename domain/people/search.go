package people

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/value"
)

// SearchInput looks for people.
type SearchInput struct {
	Q      string `json:"q" help:"A name in any script, its beginning, or a number; empty for everybody."`
	Site   string `json:"site" help:"Only at this site."`
	Import string `json:"import" help:"Only from this importing."`
	Page   int    `json:"page" help:"Which page, from 1."`
	Per    int    `json:"per" help:"Rows on a page, 50 unless told, at most 500."`
}

// Found is one page of people.
type Found struct {
	People []Row `json:"people"`
	Page   int   `json:"page"`
	More   bool  `json:"more"` // there is a next page
	// Cut says that more people match than are looked at: add a word or a site.
	Cut bool `json:"cut,omitempty"`
}

// Bounds of a search, so that a name that every fortieth person bears is found as
// fast as a rare one.
const (
	searchRanked  = 500  // people who are ranked; who match beyond them are not shown
	searchCounted = 1000 // how far the bearers of a word are counted
	searchTried   = 8000 // bearers of each word, where all words have many
)

var searchPeople = blueprint.See(blueprint.View{
	Name: "people.search", Group: "registration.read", Title: "Find people",
	Help: "Finds people by a name in any script, also as it sounds, or by the number on the slip. Of a very common name " +
		"it shows the first 500: add a given name or a site.",
	Example: "cairn people search --q 'kovac jan'",
}, func(w *blueprint.Work, in SearchInput) (Found, error) {
	per, page := min(max(in.Per, 0), 500), max(in.Page, 1)
	if per == 0 {
		per = 50
	}
	find := listPeople // as registered: sorting everybody by name for one page would take long
	if _, err := value.ParseNumber(in.Q); err != nil && len(wordsOf(in.Q)) > 0 {
		find = rankPeople
	}
	found, err := find(w, in, page, per)
	if err != nil {
		return Found{}, fmt.Errorf("search for people: %w", err)
	}
	found.Page = page
	return found, nil
})

// listPeople gives a page of those with a number, or of everybody.
func listPeople(w *blueprint.Work, in SearchInput, page, per int) (Found, error) {
	q := &query{}
	if number, err := value.ParseNumber(in.Q); err == nil {
		q.equal("r.number", string(number))
	}
	q.equal("r.site", in.Site)
	q.equal("r.import", in.Import)
	text := "SELECT " + rowColumns + rowTables + q.where() + fmt.Sprintf(" ORDER BY r.record LIMIT %d OFFSET %d", per+1, (page-1)*per)
	people, err := blueprint.Collect(w, func(rows *sql.Rows) (Row, error) { return scanRow(rows) }, text, q.args...)
	return Found{People: people[:min(len(people), per)], More: len(people) > per}, err
}

// rankPeople gives a page of those of whose names every word matches, as the beginning
// of a word or by its sound: those with the words as typed first, then by name.
// Sensitive records are found by number only.
func rankPeople(w *blueprint.Work, in SearchInput, page, per int) (Found, error) {
	words, err := rarestFirst(w, wordsOf(in.Q))
	if err != nil {
		return Found{}, err
	}
	q := &query{}
	from := " FROM (" + candidatesOf(q, words) + ") c"
	q.add("r.sensitive = 0")
	q.equal("r.site", in.Site)
	q.equal("r.import", in.Import)
	q.add("r.record = c.record")
	people, err := blueprint.Collect(w, func(rows *sql.Rows) (Row, error) { return scanRow(rows) },
		"SELECT "+rowColumns+from+" CROSS JOIN people_record r LEFT JOIN people_member m ON m.record = r.record"+
			q.where()+fmt.Sprintf(" LIMIT %d", searchRanked+1), q.args...)
	if err != nil {
		return Found{}, err
	}
	found := Found{Cut: len(people) > searchRanked}
	people = people[:min(len(people), searchRanked)]
	sortByMatch(people, words)
	first := min((page-1)*per, len(people))
	found.People = people[first:min(first+per, len(people))]
	found.More = first+per < len(people)
	return found, nil
}

// candidatesOf asks for the records to be looked at, the first registered first: those
// of the rarest word that have the others too, or, where every word has many bearers,
// what the first of each have in common, which reads the index in its own order.
func candidatesOf(q *query, words []word) string {
	first := fmt.Sprintf("SELECT record FROM (%s) k LIMIT %d", bearers(q, words[0]), searchTried)
	if words[0].bearers < searchCounted || len(words) == 1 {
		for _, other := range words[1:] {
			q.add("EXISTS (SELECT 1 FROM people_key k WHERE k.record = c.record AND (k.key >= ? AND k.key < ? OR k.key = ?))",
				other.text, other.text+lastRune, other.sound)
		}
		return "SELECT DISTINCT record FROM (" + first + ") t"
	}
	text := "SELECT record FROM (" + first + ") t"
	for _, other := range words[1:] {
		text += fmt.Sprintf(" INTERSECT SELECT record FROM (SELECT record FROM (%s) k LIMIT %d) t", bearers(q, other), searchTried)
	}
	return text
}

// word is one typed word: folded, and how it sounds ("" when that says no more).
type word struct {
	text, sound string
	bearers     int // up to searchCounted
}

func wordsOf(text string) []word {
	fields := strings.Fields(value.Fold(text))
	var out []word
	for _, field := range fields[:min(len(fields), value.MaxKeys)] {
		found := word{text: field}
		keys := value.QueryKeys(field)
		if sound := slices.IndexFunc(keys, value.IsSoundKey); sound >= 0 {
			found.sound = keys[sound]
		}
		out = append(out, found)
	}
	return out
}

// lastRune sorts after every letter that a word can go on with.
const lastRune = "\U0010FFFF"

// bearers asks for the records of a word: as typed, then as a beginning, then by sound.
func bearers(q *query, w word) string {
	text := q.text("SELECT record FROM people_key WHERE key = ? UNION ALL SELECT record FROM people_key WHERE key > ? AND key < ?",
		w.text, w.text, w.text+lastRune)
	if w.sound != "" {
		text += q.text(" UNION ALL SELECT record FROM people_key WHERE key = ?", w.sound)
	}
	return text
}

// rarestFirst orders words so that the fewest records are tried.
func rarestFirst(w *blueprint.Work, words []word) ([]word, error) {
	if len(words) < 2 {
		return words, nil
	}
	for i := range words {
		q := &query{}
		text := fmt.Sprintf("SELECT COUNT(*) FROM (SELECT record FROM (%s) k LIMIT %d) t", bearers(q, words[i]), searchCounted)
		if err := w.QueryRow(text, q.args...).Scan(&words[i].bearers); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(words, func(a, b word) int { return a.bearers - b.bearers })
	return words, nil
}

func sortByMatch(people []Row, words []word) {
	typed := make(map[string]bool, len(people))
	for _, p := range people {
		has := strings.Fields(value.Fold(p.Name))
		typed[p.Record] = !slices.ContainsFunc(words, func(w word) bool { return !slices.Contains(has, w.text) })
	}
	slices.SortFunc(people, func(a, b Row) int {
		if typed[a.Record] != typed[b.Record] {
			if typed[a.Record] {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Record, b.Record))
	})
}
