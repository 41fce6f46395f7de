// Package headers guesses what the columns of a table mean from their names and
// from a few rows, in English, German, French, Spanish, Hungarian, Arabic,
// Ukrainian, Russian, Serbo-Croatian, Polish, Turkish, Italian, Portuguese and Persian.
// It is pure, and it never decides: a Mapping is shown
// with confidence and reason, can be changed, and is checked before use.
//
// Words:
//
//   - field: a meaning that a column can have, with its names in languages
//   - mapping: which column is taken for which field
//   - confidence: from 0 to 1; below Threshold a column stays without a field
//
// Example:
//
//	mapping := headers.Guess(table.Header, sample, headers.PersonFields())
//	fmt.Print(mapping)                                // a text that can be edited
//	mapping.Set(3, headers.FamilyName)                // column 3, counted from 0
//	if err := mapping.Check(headers.PersonFields()); err != nil { … }
//	column, ok := mapping.Column(headers.BirthDate)
//	order, ambiguous := headers.GuessDateOrder(birthDates)
package headers
