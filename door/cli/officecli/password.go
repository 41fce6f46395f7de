package officecli

import (
	"crypto/rand"
	"io"

	"cairn/blueprint"
	"cairn/keys"
)

// Password prints the hash by which somebody's password can be checked.
type Password struct{ Printed }

// Help gives an example.
func (Password) Help() string {
	return `Asks for the new password (or takes CAIRN_PASSWORD) and prints its Argon2id hash, which
offices.appoint_staff and offices.change_password take.

Example:
  cairn do offices.appoint_staff --as eva login=ana name=Ana roles=registrar password="$(cairn password)"`
}

// Run asks and prints.
func (c *Password) Run(out, errOut io.Writer) error {
	password, err := secret("CAIRN_PASSWORD", "The new password: ")
	if err != nil {
		return err
	}
	if problem := keys.PasswordProblem(password); problem != nil {
		return blueprint.Refuse(blueprint.Invalid, "the password: %s", problem)
	}
	hash, err := keys.HashPassword(password, rand.Reader, keys.StandardPassword())
	if err != nil {
		return err
	}
	return c.print(out, struct {
		Hash string `json:"hash"`
	}{hash}, "%s\n", hash)
}
