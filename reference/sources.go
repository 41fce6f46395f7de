package reference

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Source is an instrument, or one article of it, that a rule rests on.
type Source struct {
	// ID is "instrument" or "instrument/article", lower case.
	ID string
	// Instrument is the id of the instrument, InstrumentTitle its full title.
	Instrument, InstrumentTitle string
	// Form is the instrument's: "treaty", "declaration", "guidance" or "standard".
	Form string
	// Article is how the article is cited ("Article 33"); empty for a whole instrument.
	Article string
	Title   string
	// Summary is one sentence of our own words, not the text of the instrument.
	Summary string
	// Adopted and InForce are dates (2006-01-02), recalled. InForce is empty
	// for what is no treaty.
	Adopted, InForce string
	// Basis says how the entry came here: "recalled".
	Basis string
}

// Cite gives a short citation, as a refusal shows it.
func (s Source) Cite() string {
	if s.Article == "" {
		return s.InstrumentTitle
	}
	return s.InstrumentTitle + ", " + s.Article
}

type sourceTable struct {
	all       []Source
	byID      map[string]int
	detention []DetentionRule
}

// SourceByID finds a source; the id must be exact.
func SourceByID(id string) (Source, bool) {
	t := loaded().sources
	i, ok := t.byID[id]
	if !ok {
		return Source{}, false
	}
	return t.all[i], true
}

// Sources lists all by id.
func Sources() []Source { return slices.Clone(loaded().sources.all) }

// DetentionRule is one check on the detention of a person.
type DetentionRule struct {
	ID, Check string
	// Sources are ids that SourceByID finds; Basis is the citation in short.
	Sources []string
	Basis   string
}

// DetentionRules lists the checks in the order of the UNHCR Detention
// Guidelines (2012), with the Working Group's Revised Deliberation No. 5 (2018).
func DetentionRules() []DetentionRule { return slices.Clone(loaded().sources.detention) }

func loadSources() (sourceTable, error) {
	t := sourceTable{byID: map[string]int{}}
	err := rows("instruments.csv", func(r []string) error {
		return t.add(Source{ID: r[0], Instrument: r[0], InstrumentTitle: r[1], Title: r[1],
			Form: r[2], Adopted: r[3], InForce: r[4], Summary: r[5]})
	})
	if err != nil {
		return t, err
	}
	err = rows("articles.csv", func(r []string) error {
		name, _, _ := strings.Cut(r[0], "/")
		i, ok := t.byID[name]
		if !ok {
			return fmt.Errorf("article %s of an unknown instrument", r[0])
		}
		s := t.all[i]
		s.ID, s.Article, s.Title, s.Summary = r[0], r[1], r[2], r[3]
		return t.add(s)
	})
	if err != nil {
		return t, err
	}
	slices.SortFunc(t.all, func(a, b Source) int { return strings.Compare(a.ID, b.ID) })
	for i, s := range t.all {
		t.byID[s.ID] = i
	}
	return t, rows("detention_rules.csv", func(r []string) error {
		rule := DetentionRule{ID: r[0], Check: r[1], Sources: strings.Fields(r[2]), Basis: r[3]}
		for _, id := range rule.Sources {
			if _, ok := t.byID[id]; !ok {
				return fmt.Errorf("rule %s rests on an unknown source %s", rule.ID, id)
			}
		}
		t.detention = append(t.detention, rule)
		return nil
	})
}

func (t *sourceTable) add(s Source) error {
	if _, ok := t.byID[s.ID]; ok {
		return fmt.Errorf("source %s stands twice", s.ID)
	}
	if _, err := time.Parse(time.DateOnly, s.Adopted); err != nil {
		return fmt.Errorf("date of %s: %w", s.ID, err)
	}
	s.Basis = RecalledLabel
	t.byID[s.ID] = len(t.all)
	t.all = append(t.all, s)
	return nil
}

type actionKey struct{ state, instrument string }

// Action is what a state did about a treaty. Zero times mean: not done.
type Action struct {
	Signed, Bound time.Time
	// Mode is "ratification", "accession", "succession", "acceptance",
	// "approval" or "formal confirmation"; empty for a signature alone.
	Mode string
}

// Bound gives the day on which a state (alpha-3) expressed its consent to be
// bound by an instrument, as of ActionsAsOf; the treaty enters into force for
// it some weeks later, as the treaty says. No answer does not prove that a state is not bound: later
// actions and instruments outside the Treaty Collection are not held.
func Bound(alpha3, instrument string) (time.Time, bool) {
	a := loaded().actions[actionKey{alpha3, instrument}]
	return a.Bound, !a.Bound.IsZero()
}

// TreatyAction gives all that is held of a state and an instrument.
func TreatyAction(alpha3, instrument string) (Action, bool) {
	a, ok := loaded().actions[actionKey{alpha3, instrument}]
	return a, ok
}

func loadActions() (map[actionKey]Action, error) {
	actions := map[actionKey]Action{}
	return actions, rows("treaty_actions.csv", func(r []string) error {
		a := Action{Mode: r[4]}
		for i, at := range []*time.Time{&a.Signed, &a.Bound} {
			if r[2+i] == "" {
				continue
			}
			day, err := time.Parse(time.DateOnly, r[2+i])
			if err != nil {
				return fmt.Errorf("date of a treaty action: %w", err)
			}
			*at = day
		}
		actions[actionKey{r[0], r[1]}] = a
		return nil
	})
}
