package people

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"cairn/blueprint/lists"
	"cairn/format/headers"
	"cairn/value"
	"cairn/value/said"
)

// ListConsent says that a consent column may be recorded as consent: who made the
// list explained the destinations first, in this language.
type ListConsent struct {
	Purpose     string `json:"purpose" help:"What they agreed to; resettlement unless told."`
	Language    string `json:"language" required:"true" help:"The language of the explanation."`
	Informed    bool   `json:"informed" required:"true" help:"It was explained and understood."`
	Interpreter string `json:"interpreter" help:"Who interpreted."`
}

// Unread is a word that was left out of records because nobody knows it. It can be
// explained with the input's words.
type Unread struct {
	Column string `json:"column"`
	Value  string `json:"value"`
	Rows   int    `json:"rows"`
}

// list is a list that was read and understood, before its rows are converted.
type list struct {
	*lists.List
	orders map[int]value.DateOrder // by column
	sex    func(string) (value.Sex, error)
}

// readList reads all rows and settles what the columns mean.
func readList(in *ImportInput, file lists.File) (*list, error) {
	read, err := in.Read(file)
	if err != nil {
		return nil, err
	}
	l := &list{List: read}
	return l, l.understand()
}

// understand settles the mapping, the order of dates and the letters of sex.
func (l *list) understand() error {
	if err := l.Understand(headers.PersonFields(), said.Say("a list of people"), "full_name|family_name|given_name"); err != nil {
		return err
	}
	l.orders = map[int]value.DateOrder{}
	for _, field := range []string{headers.BirthDate, headers.ArrivalDate, headers.RegistrationDate} {
		column, ok := l.Mapping.Column(field)
		if !ok {
			continue
		}
		if l.orders[column] = l.Order; l.Order == "" {
			var ambiguous bool
			l.orders[column], ambiguous = headers.GuessDateOrder(l.Column(column))
			if ambiguous {
				l.Note("the dates of column %q can be read in two ways; they were taken as %s: set date_order if that is wrong",
					l.HeaderOf(column), l.orders[column])
			}
		}
	}
	l.sex = headers.ParseSex
	if column, ok := l.Mapping.Column(headers.Sex); ok {
		l.sex = headers.SexReader(l.Column(column))
	}
	return nil
}

// dateOrders says how dates were read, for the entry.
func (l *list) dateOrders() []string {
	var out []string
	for column, order := range l.orders {
		out = append(out, fmt.Sprintf("%s %s", l.HeaderOf(column), order))
	}
	slices.Sort(out)
	return out
}

// convert reads every row, on all processors: a row depends on no other.
func (l *list) convert(settings *settings) []listed {
	out := make([]listed, len(l.Rows))
	workers := runtime.GOMAXPROCS(0)
	size := max(1, (len(l.Rows)+workers-1)/workers)
	var group sync.WaitGroup
	for from := 0; from < len(l.Rows); from += size {
		group.Go(func() {
			c := newConverter(l, settings)
			for i := from; i < min(from+size, len(l.Rows)); i++ {
				out[i] = c.row(&l.Rows[i])
			}
		})
	}
	group.Wait()
	return out
}
