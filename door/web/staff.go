package web

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"

	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/keys"
)

type staffPage struct {
	Staff   []offices.StaffRow
	Roles   []string
	Typed   offices.AppointInput
	Problem *problem
}

// Has says whether a role was chosen in the form that is shown again.
func (p staffPage) Has(role string) bool { return slices.Contains(p.Typed.Roles, role) }

func showStaff(x *exchange) error { return x.staff(http.StatusOK, staffPage{}) }

func (x *exchange) staff(status int, p staffPage) error {
	if err := x.require("offices.appoint_staff", "offices.admin"); err != nil {
		return err
	}
	var err error
	if p.Staff, err = see[[]offices.StaffRow](x, "offices.staff", &offices.ListInput{}); err != nil {
		return err
	}
	p.Roles = x.Office.Roles()
	return x.show(status, "staff", p)
}

// newPassword gives what is recorded of a password, or says what is wrong with it.
func newPassword(password string) (string, error) {
	if problem := keys.PasswordProblem(password); problem != nil {
		return "", blueprint.RefuseField("password", "%v", problem)
	}
	return keys.HashPassword(password, rand.Reader, keys.StandardPassword())
}

func appoint(x *exchange) error {
	if err := x.require("offices.appoint_staff", "offices.admin"); err != nil {
		return err
	}
	text := func(name string) string { return strings.TrimSpace(x.r.PostFormValue(name)) }
	in := offices.AppointInput{Login: text("login"), Name: text("name"), Country: text("country"), Roles: x.r.PostForm["roles"]}
	var err error
	if in.Password, err = newPassword(x.r.PostFormValue("password")); err == nil {
		_, err = do[offices.Appointed](x, "offices.appoint_staff", &in)
	}
	if problem := x.formProblem(err); problem != nil {
		in.Password = ""
		return x.staff(http.StatusUnprocessableEntity, staffPage{Typed: in, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice("staff-appointed")
	return x.redirect("/staff")
}

type memberPage struct {
	offices.StaffRow
	All     []string // roles
	Reason  string
	Step    string
	Problem *problem
}

// Has says whether the member of staff has a role.
func (p memberPage) Has(role string) bool { return slices.Contains(p.Roles, role) }

func showMember(x *exchange) error { return x.staffMember(http.StatusOK, memberPage{}) }

func (x *exchange) staffMember(status int, p memberPage) error {
	if err := x.require("offices.change_roles", "offices.admin"); err != nil {
		return err
	}
	rows, err := see[[]offices.StaffRow](x, "offices.staff", &offices.ListInput{})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Staff == x.r.PathValue("staff") {
			p.StaffRow, p.All = r, x.Office.Roles()
			return x.show(status, "member", p)
		}
	}
	return errNoPage
}

// changeMember changes somebody's roles or password, or ends their access.
func changeMember(x *exchange) error {
	if err := x.require("offices.change_roles", "offices.admin"); err != nil {
		return err
	}
	step := x.r.PostFormValue("step")
	in := &offices.StaffInput{Staff: x.r.PathValue("staff"), Reason: strings.TrimSpace(x.r.PostFormValue("reason"))}
	var action string
	var err error
	switch step {
	case "roles":
		action, in.Roles = "offices.change_roles", x.r.PostForm["roles"]
	case "password":
		action = "offices.change_password"
		in.Password, err = newPassword(x.r.PostFormValue("password"))
	case "dismiss":
		action = "offices.dismiss_staff"
	default:
		return errNoPage
	}
	if err == nil {
		_, err = do[offices.Appointed](x, action, in)
	}
	if problem := x.formProblem(err); problem != nil {
		return x.staffMember(http.StatusUnprocessableEntity, memberPage{Reason: in.Reason, Step: step, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice("notice-staff-" + step)
	return x.redirect("/staff/" + in.Staff)
}
