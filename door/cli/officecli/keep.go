package officecli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"cairn/app"
	"cairn/domain/offices"
	"cairn/gate"
	"cairn/store"
)

// Erase destroys what is known about a subject.
type Erase struct {
	Folder
	Printed
	Subject string `arg:"" help:"A record's number or id, or the id of a household, a case or another subject about a person."`
	Reason  string `required:"" help:"asked_by_person, no_longer_needed, recorded_unlawfully or ordered."`
	As      string `help:"Log-in of the protection officer who acts." env:"CAIRN_LOGIN" required:"" placeholder:"LOGIN"`
}

// Help says what stays.
func (Erase) Help() string {
	return `Destroys the key, the rows, the claims and the traces in the database's files of one
subject, for ever. Its entries stay in the ledger, sealed, and are counted as erased.
Copies of the key in backups made before end with them: until then the erasure is
pending, and this says so. The person's household, case and journey are subjects of their
own; erase them too when they are about nobody else.

Example:
  cairn erase 0K7-3QF-9XM --reason asked_by_person --as lin`
}

// Run erases and says until when copies may exist.
func (c *Erase) Run(out, errOut io.Writer) error {
	return c.acting(c.As, func(ctx context.Context, o *app.Office, actor gate.Actor) error {
		subject, err := recordOf(ctx, o, c.Subject)
		if err != nil {
			return err
		}
		outcome, err := o.Do(ctx, actor, "offices.erase_subject", &offices.EraseInput{Subject: subject, Reason: c.Reason}, app.Options{})
		if err != nil {
			return err
		}
		erased, _ := outcome.Out.(offices.Erased)
		says := fmt.Sprintf("%s is erased; no backup made before is kept.", c.Subject)
		if erased.Pending != "" {
			says = fmt.Sprintf("%s is erased here. It is pending until the last backup made before is destroyed, on %s.", c.Subject, erased.Pending)
		}
		return c.print(out, struct {
			Subject string `json:"subject"`
			offices.Erased
		}{subject, erased}, "%s\n", says)
	})
}

// recordOf finds the record of a number; anything else stands for itself.
func recordOf(ctx context.Context, o *app.Office, text string) (string, error) {
	record := text
	err := o.Store().Read(ctx, func(r *store.Reader) error {
		return r.QueryRow(ctx, "SELECT record FROM people_record WHERE number = $1", text).Scan(&record)
	})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look up the number: %w", err)
	}
	return record, nil
}

// AdoptPolicies puts the policies of this program in force.
type AdoptPolicies struct {
	Folder
	Printed
	As string `help:"Log-in of the administrator who acts." env:"CAIRN_LOGIN" required:"" placeholder:"LOGIN"`
}

// Help says when it is needed.
func (AdoptPolicies) Help() string {
	return `After an upgrade: records the text of the policies that this program decides by, so that
its decisions can be taken again. 'cairn doctor' says when this is needed.

Example:
  cairn adopt-policies --as eva`
}

// Run adopts them.
func (c *AdoptPolicies) Run(out, errOut io.Writer) error {
	return c.acting(c.As, func(ctx context.Context, o *app.Office, actor gate.Actor) error {
		if _, err := o.Do(ctx, actor, "offices.adopt_policy", &offices.AdoptInput{}, app.Options{}); err != nil {
			return err
		}
		return c.print(out, struct {
			Policies string `json:"policies"` // the digest of their text
		}{string(o.Gate().Digest())}, "The policies %s are in force.\n", o.Gate().Digest().Short())
	})
}

// acting opens the office for what a member of staff does.
func (f Folder) acting(login string, do func(context.Context, *app.Office, gate.Actor) error) error {
	ctx := context.Background()
	o, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer o.Close()
	actor, err := logIn(ctx, o, login)
	if err != nil {
		return err
	}
	return do(ctx, o, actor)
}
