package offices

import (
	"errors"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
)

// OpenInput is what opening an office takes. The program runs it once, at init.
type OpenInput struct {
	Code   string    `json:"code" required:"true" help:"The office's code."`
	Name   string    `json:"name" required:"true" help:"The office's name."`
	Public string    `json:"public" help:"The office's public keys."`
	Policy gate.Text `json:"policy" help:"The policies in force from the start."`
}

// AppointInput names a new member of staff.
type AppointInput struct {
	Login    string   `json:"login" required:"true" help:"What the person types to log in."`
	Name     string   `json:"name" required:"true" help:"The person's name, in any script."`
	Roles    []string `json:"roles" required:"true" help:"The roles, as the gate knows them."`
	Country  string   `json:"country" help:"For a receiving state's staff: its country, three letters."`
	Password string   `json:"password" help:"The Argon2id hash of the first password."`
}

// StaffInput names a member of staff and why something changes.
type StaffInput struct {
	Staff    string   `json:"staff" required:"true" help:"The member of staff."`
	Roles    []string `json:"roles" help:"The new roles."`
	Password string   `json:"password" help:"The Argon2id hash of the new password."`
	Reason   string   `json:"reason" help:"Why."`
}

// Appointed says whom an action was about.
type Appointed struct {
	Staff string `json:"staff"`
}

var openOffice = blueprint.Act(blueprint.Action{
	Name: "offices.open_office", Group: "offices.admin", Title: "Open an office",
	Help:    "Begins an office's log with its public keys and the policies in force.",
	Example: "cairn init office --code bud --name Budapest --admin eva",
	Appends: []string{"offices.office_opened", "offices.policy_adopted"},
}, func(w *blueprint.Work, in OpenInput) (Appointed, error) {
	var count int64
	if err := w.QueryRow("SELECT COUNT(*) FROM offices_office").Scan(&count); err != nil {
		return Appointed{}, err
	}
	if count > 0 {
		return Appointed{}, blueprint.Refuse(blueprint.Conflict, "this record has an office already")
	}
	id := w.NewID()
	w.Add(id, &OfficeOpened{Code: in.Code, Name: in.Name, Public: in.Public})
	w.Add(id, &PolicyAdopted{Digest: string(in.Policy.Digest()), Access: in.Policy.Access,
		Safeguard: in.Policy.Safeguard, Schema: in.Policy.Schema})
	return Appointed{Staff: id}, nil
})

var appointStaff = blueprint.Act(blueprint.Action{
	Name: "offices.appoint_staff", Group: "offices.admin", Title: "Appoint staff",
	Help:    "Gives somebody a log-in and roles. The same log-in cannot be given twice.",
	Example: "cairn offices appoint-staff --login ana --name 'Ana Kovač' --roles registrar",
	Appends: []string{"offices.staff_appointed"},
}, func(w *blueprint.Work, in AppointInput) (Appointed, error) {
	if err := errors.Join(checkLogin(in.Login), checkRoles(in.Roles, w.Roles(), in.Country)); err != nil {
		return Appointed{}, err
	}
	id := w.NewID()
	w.Add(id, &StaffAppointed{Login: in.Login, Name: in.Name, Roles: in.Roles, Country: in.Country, Password: in.Password})
	return Appointed{Staff: id}, nil
})

// active loads a member of staff who has not been dismissed.
func active(w *blueprint.Work, id string) (staff, error) {
	facts, err := w.Exists(id, "staff")
	if err != nil {
		return staff{}, err
	}
	s := fold.State(facts, stepStaff)
	if !s.active {
		return s, blueprint.Refuse(blueprint.Conflict, "%s was dismissed: appoint them again with a new log-in", s.name)
	}
	return s, nil
}

var changeRoles = blueprint.Act(blueprint.Action{
	Name: "offices.change_roles", Group: "offices.admin", Title: "Change roles",
	Help:    "Replaces somebody's roles, with a reason.",
	Example: "cairn offices change-roles --staff ID --roles caseworker --reason 'moved to casework'",
	Appends: []string{"offices.roles_changed"},
}, func(w *blueprint.Work, in StaffInput) (Appointed, error) {
	s, err := active(w, in.Staff)
	if err != nil {
		return Appointed{}, err
	}
	if err := checkRoles(in.Roles, w.Roles(), s.country); err != nil {
		return Appointed{}, err
	}
	w.Add(in.Staff, &RolesChanged{Roles: in.Roles, Reason: in.Reason})
	return Appointed{Staff: in.Staff}, nil
})

var changePassword = blueprint.Act(blueprint.Action{
	Name: "offices.change_password", Group: "offices.admin", Title: "Change a password",
	Help:    "Replaces somebody's password hash.",
	Example: "cairn offices change-password --staff ID",
	Appends: []string{"offices.password_changed"},
}, func(w *blueprint.Work, in StaffInput) (Appointed, error) {
	if _, err := active(w, in.Staff); err != nil {
		return Appointed{}, err
	}
	if in.Password == "" {
		return Appointed{}, blueprint.RefuseField("password", "give the hash of the new password")
	}
	w.Add(in.Staff, &PasswordChanged{Password: in.Password})
	return Appointed{Staff: in.Staff}, nil
})

var dismissStaff = blueprint.Act(blueprint.Action{
	Name: "offices.dismiss_staff", Group: "offices.admin", Title: "Dismiss staff",
	Help:    "Ends somebody's access at once. What they recorded stays.",
	Example: "cairn offices dismiss-staff --staff ID --reason 'contract ended'",
	Appends: []string{"offices.staff_dismissed"},
}, func(w *blueprint.Work, in StaffInput) (Appointed, error) {
	if _, err := active(w, in.Staff); err != nil {
		return Appointed{}, err
	}
	if in.Reason == "" {
		return Appointed{}, blueprint.RefuseField("reason", "say why the access ends")
	}
	w.Add(in.Staff, &StaffDismissed{Reason: in.Reason})
	return Appointed{Staff: in.Staff}, nil
})
