package offices

import (
	"testing"

	"cairn/fold"
)

func TestStaffState(t *testing.T) {
	appointed := fold.Fact{Value: &StaffAppointed{Login: "ana", Name: "Ana", Roles: []string{"registrar"}, Password: "h1"}}
	tests := []struct {
		name   string
		given  []fold.Fact
		active bool
		roles  int
		claims int
	}{
		{"appointed", []fold.Fact{appointed}, true, 1, 1},
		{"other roles", []fold.Fact{appointed, {Value: &RolesChanged{Roles: []string{"reviewer", "caseworker"}}}}, true, 2, 1},
		{"dismissed gives the log-in back", []fold.Fact{appointed, {Value: &StaffDismissed{Reason: "left"}}}, false, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fold.State(tt.given, stepStaff)
			if s.active != tt.active || len(s.roles) != tt.roles {
				t.Fatalf("%+v", s)
			}
			if !tt.active && s.password != "" {
				t.Fatal("a dismissed member keeps a password")
			}
			if out := staffProjection.Rows("s", tt.given); len(out.Claims) != tt.claims {
				t.Fatalf("%+v", out)
			}
		})
	}
}

func TestLoginsAndRoles(t *testing.T) {
	for login, fine := range map[string]bool{"ana": true, "a.b-c_1": true, "": false, "a": false, "Ana": false, "ana kovač": false, "ana\n": false} {
		if (checkLogin(login) == nil) != fine {
			t.Errorf("log-in %q: %v", login, checkLogin(login))
		}
	}
	known := []string{"registrar", "receiving_state"}
	if checkRoles(nil, known, "") == nil || checkRoles([]string{"king"}, known, "") == nil {
		t.Error("no role, or an unknown one, was accepted")
	}
	if checkRoles([]string{"receiving_state"}, known, "") == nil || checkRoles([]string{"receiving_state"}, known, "CAN") != nil {
		t.Error("a receiving state's staff need a country")
	}
}
