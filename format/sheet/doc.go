// Package sheet reads a table from a file that a user brings, CSV or XLSX, row
// by row, and writes tables that are safe to open in a spreadsheet program.
//
// Nothing has to be stated: encoding, delimiter, sheet and header row are found
// and said in the Table, where the user can see them, and each can be set in
// Options instead. Files may be damaged, truncated or made to do harm: all of
// it ends in an error that names the row, never in a panic or unbounded memory.
//
// Words:
//
//   - header: the row of column names; title rows above it are skipped
//   - refused row: one that cannot be taken as it stands (RowError); the rows
//     after it are still read
//   - neutralised: a cell that a spreadsheet program would run as a formula,
//     made plain text by a leading apostrophe
//
// Example:
//
//	table, err := sheet.Open("camp.xlsx", sheet.Options{})
//	defer table.Close()
//	for row, err := range table.Rows() {
//		if refused := new(sheet.RowError); errors.As(err, &refused) {
//			report(refused)
//			continue
//		}
//		if err != nil {
//			return err
//		}
//		use(row.Number, row.Cells)
//	}
package sheet
