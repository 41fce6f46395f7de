// Package link finds which records are the same person.
//
// # Words
//
// A record is one row of a register. A field is one piece of evidence made of
// one or several columns (all name columns together give the three fields
// given name, family name and other names, so that nothing counts twice). A
// level says how far two records agree in a field, for example "same date" or
// "same year". Each level has two probabilities: m, among pairs that are the
// same person, and u, among pairs of strangers. The weight of a level is
// log2(m/u) bits (Fellegi and Sunter, "A Theory for Record Linkage", 1969).
// The weights are learned without examples by expectation-maximisation over
// counted agreement patterns (Winkler, 1988); an agreement on a rare value
// weighs more than one on a common value.
//
// Two strangers may share much because they are relatives or neighbours. The
// model therefore knows three kinds of pairs: the same person, strangers, and
// kin, who share family name, place and address but not given name, birth date
// or papers. The kin correction of a pair is the weight lost because kin would
// explain the agreement as well.
//
// # Example
//
//	problem := link.Problem{
//		Columns: []link.Column{{Name: "name", Kind: link.FullName}, {Name: "born", Kind: link.BirthDate}},
//		IDs:     []string{"1", "2", "3"},
//		Rows:    [][]string{{"Kovács István", "1931-05-03"}, {"Stefan Kovacs", "1931-05-03"}, {"Anna Nagy", "1940"}},
//	}
//	result, err := link.Solve(ctx, problem, link.Options{Seed: 1})
//	// result.Clusters[1] == 0: record 1 is the same person as record 0.
//
// A register that is resolved can be kept in an Index: Find looks for the doubles
// of one new record, Update adds, removes and decides without comparing the rest
// again, and tells what became of persons. Names in several scripts are read and
// compared by package names. Expected, Sample, Reviewed and Queue say how good a
// result is and what is worth a look.
//
// The engine suggests; a person decides. Decisions come back as Must and Cannot.
package link
