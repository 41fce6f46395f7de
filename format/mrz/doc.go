// Package mrz reads and writes the machine-readable zones of travel documents:
// ICAO Doc 9303, parts 3 to 7 (eighth edition, 2021).
//
// # Words
//
//   - A zone is the two or three lines at the foot of a document's page.
//   - TD3 is a passport (2 × 44 characters), TD2 and TD1 are cards (2 × 36 and
//     3 × 30), MRV-A and MRV-B are visas (2 × 44 and 2 × 36).
//   - A check digit is the remainder by ten of the field's characters, weighted
//     7, 3, 1 in turn (part 3, section 4.9). It finds misreadings, not forgeries.
//   - The holder of a document need not be a national of anything: XXA is
//     stateless, XXB and XXC are refugees; [Holder] says what a code means.
//
// # Example
//
//	d, err := mrz.Parse("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10")
//	born, err := mrz.Born(d.Birth, today)
//	lines, err := mrz.Build(d)
//
// A check digit that does not fit is a [CheckError]; [Parse] then returns what it
// read as well, so that a person can compare it with the page.
package mrz
