// Command cairn runs the work of a migration agency.
//
// The analyst's tools need two files and no server:
//
//	cairn link register.csv --out clusters.csv
//	cairn place cases.csv places.csv --out plan.csv
//	cairn route parties.csv services.csv --out itineraries.csv
package main

import (
	"os"

	"cairn/door/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
