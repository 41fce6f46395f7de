// Package value holds the small values that every domain shares: names in any
// script, partly known dates, sex, registration numbers, ids, and codes of
// countries and languages. It is pure: no clock, no files, no database.
//
// Words:
//
//   - name: one field in any script, kept as it was written; parts are optional
//   - key: a folded, romanised form of one word of a name, made for an index
//   - date: a calendar date of which year, month or day may be unknown
//   - number: the short registration number on a printed slip, with two check
//     characters, issued by an office without asking anybody
//   - id: 26 characters, ordered by time, that nobody types
//
// Example:
//
//	name, err := value.ParseName("Kovács, János")
//	keys := value.SearchKeys(name)                    // kovacs janos ~kfks ~jns
//	born, err := value.ParseDate("3.5.1956", value.DMY)
//	adult := born.AdultAt(18, value.DateOf(today))    // yes, no or unknown
//	slip := value.NewNumber("BUD", 17)                // BUD-2222K-…
//	ids := value.NewIDSource(time.Now, rand.Reader)
//	id := ids.NewID()
package value
