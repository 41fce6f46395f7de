package offices

import (
	"database/sql"
	"strings"

	"cairn/blueprint"
)

// StaffRow is one member of staff, without the password hash.
type StaffRow struct {
	Staff   string   `json:"staff"`
	Login   string   `json:"login"`
	Name    string   `json:"name"`
	Roles   []string `json:"roles"`
	Country string   `json:"country,omitempty"`
	Active  bool     `json:"active"`
}

// ListInput has no fields yet.
type ListInput struct{}

var listStaff = blueprint.See(blueprint.View{
	Name: "offices.staff", Group: "offices.read", Title: "Staff",
	Help: "Who works here, with which roles.", Example: "cairn offices staff",
}, func(w *blueprint.Work, _ ListInput) ([]StaffRow, error) {
	return blueprint.Collect(w, func(rows *sql.Rows) (StaffRow, error) {
		var r StaffRow
		var roles string
		var active int64
		err := rows.Scan(&r.Staff, &r.Login, &r.Name, &roles, &r.Country, &active)
		if roles != "" {
			r.Roles = strings.Split(roles, ",")
		}
		r.Active = active != 0
		return r, err
	}, "SELECT staff, login, name, roles, country, active FROM offices_staff ORDER BY login")
})
