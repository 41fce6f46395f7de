// Package fold turns a subject's entries into values: a state in memory, rows in
// tables, and the claims that keep rules which span subjects.
//
// A Projection is a pure function from the facts about one subject, in order, to
// an Output. After any append, undo or late arrival the subject is folded again
// and its rows and claims are replaced, so every table can be dropped and
// refilled from the ledger.
//
//	var members = fold.New("people.members", "household", []fold.Table{memberTable},
//		[]string{"people.household_formed", "people.member_joined"},
//		func(s *household, f fold.Fact) { … }, // step
//		func(subject string, s *household) fold.Output { … })
package fold
