// Package demo does the agency's main job on the example of 1956–57, from the lists
// of the camps on, with simulated staff and households whose decisions are entries
// like any other, and prints a closing table.
//
// What the truth file says is used for the closing table only: nobody in the
// simulation sees it. Simulated people are labelled as such in the record.
//
//	cairn demo --exit --people 2000
package demo
