package offices

import (
	"strings"

	"cairn/fold"
)

var (
	officeTable = &fold.Table{Name: "offices_office", Columns: []string{"office", "code", "name", "policy"}}
	staffTable  = &fold.Table{Name: "offices_staff",
		Columns: []string{"staff", "login", "name", "roles", "country", "password", "active"}}
)

var officeProjection = fold.New("offices.office", "office", []*fold.Table{officeTable},
	[]string{"offices.office_opened", "offices.policy_adopted"}, stepOffice,
	func(subject string, s *office) fold.Output {
		return fold.Output{Rows: []fold.Row{{Table: officeTable, Values: []any{subject, s.code, s.name, s.policy}}}}
	})

var staffProjection = fold.New("offices.staff", "staff", []*fold.Table{staffTable},
	[]string{"offices.staff_appointed", "offices.roles_changed", "offices.password_changed", "offices.staff_dismissed"}, stepStaff,
	func(subject string, s *staff) fold.Output {
		active := int64(0)
		out := fold.Output{}
		if s.active {
			active = 1
			out.Claims = []fold.Claim{{Name: "login:" + s.login, Amount: 1}}
		}
		out.Rows = []fold.Row{{Table: staffTable, Values: []any{subject, s.login, s.name,
			strings.Join(s.roles, ","), s.country, s.password, active}}}
		return out
	})
