// Package domain lists what the agency does, in the order in which a person meets
// it. A domain may import only domains above it; adding one is a folder and a line.
//
//	office, err := app.Open(ctx, app.Config{Domains: domain.All(), …})
package domain

import (
	"cairn/blueprint"
	"cairn/domain/cases"
	"cairn/domain/identity"
	"cairn/domain/movement"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/domain/rights"
)

// All lists the domains in order.
func All() []blueprint.Domain {
	return []blueprint.Domain{
		offices.Domain(),
		people.Domain(),
		identity.Domain(),
		rights.Domain(),
		cases.Domain(),
		resettlement.Domain(),
		movement.Domain(),
	}
}
