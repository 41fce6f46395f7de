package offices

import (
	"slices"
	"strings"
	"unicode"

	"cairn/blueprint"
	"cairn/fold"
)

type office struct{ code, name, policy string }

func stepOffice(s *office, f fold.Fact) {
	switch v := f.Value.(type) {
	case *OfficeOpened:
		s.code, s.name = v.Code, v.Name
	case *PolicyAdopted:
		s.policy = v.Digest
	}
}

type staff struct {
	login, name, country, password string
	roles                          []string
	active                         bool
}

func stepStaff(s *staff, f fold.Fact) {
	switch v := f.Value.(type) {
	case *StaffAppointed:
		*s = staff{login: v.Login, name: v.Name, country: v.Country, password: v.Password, roles: v.Roles, active: true}
	case *RolesChanged:
		s.roles = v.Roles
	case *PasswordChanged:
		s.password = v.Password
	case *StaffDismissed:
		s.active, s.roles, s.password = false, nil, ""
	}
}

// checkLogin refuses log-ins that people would mistype or mistake.
func checkLogin(login string) error {
	if len(login) < 2 || len(login) > 40 || strings.ContainsFunc(login, func(r rune) bool {
		return !(unicode.IsLower(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '_')
	}) {
		return blueprint.RefuseField("login", "%q cannot be a log-in: take 2 to 40 lower-case letters, digits, dots or hyphens", login)
	}
	return nil
}

// checkRoles refuses roles that the gate does not know.
func checkRoles(roles, known []string, country string) error {
	if len(roles) == 0 {
		return blueprint.RefuseField("roles", "give at least one role of: %s", strings.Join(known, ", "))
	}
	for _, r := range roles {
		if !slices.Contains(known, r) {
			return blueprint.RefuseField("roles", "%q is no role: take of %s", r, strings.Join(known, ", "))
		}
	}
	if slices.Contains(roles, "receiving_state") && len(country) != 3 {
		return blueprint.RefuseField("country", "somebody who answers for a receiving state needs its country, as three letters")
	}
	return nil
}
