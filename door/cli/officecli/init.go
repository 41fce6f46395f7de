package officecli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/gate"
	"cairn/keys"
	"cairn/value"
)

// Init founds an office: its keys, its record, its first administrator.
type Init struct {
	Printed
	Dir      string   `arg:"" help:"Folder to make; it must not hold an office yet."`
	Code     string   `required:"" help:"The office's code: three letters or digits that are hard to mistake, such as bud."`
	Name     string   `required:"" help:"The office's name, in any script."`
	Admin    string   `required:"" placeholder:"LOGIN" help:"Log-in of the first administrator."`
	Database string   `placeholder:"URL" env:"CAIRN_DATABASE" help:"A PostgreSQL address (postgres://…) instead of an encrypted file."`
	Work     int      `name:"work-factor" default:"18" help:"How dear each guess at the passphrase is: 2 to this power. Lower it only for an old laptop, or for trials."`
	Holders  []string `default:"first,second,third" help:"Names of the three people who each keep a share of the recovery key; two are needed."`
}

// Help explains what is printed and what to do with it.
func (Init) Help() string {
	return `Asks for a passphrase for the office's key (or takes CAIRN_PASSPHRASE) and for the
administrator's password (CAIRN_PASSWORD). Prints three shares of the recovery key,
once: give each to another person, on paper. Any two of them and recovery.json
bring the office's key back; one alone gives nothing.

Example:
  cairn init office --code bud --name Budapest --admin eva --holders Eva,Omar,Lin`
}

// Run founds the office, or leaves nothing of it.
func (c *Init) Run(out, errOut io.Writer) error {
	folder := Folder{Dir: c.Dir}
	for _, path := range []string{folder.keyFile(), folder.databaseFile(), filepath.Join(c.Dir, "cairn.db"), filepath.Join(c.Dir, "recovery.json")} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return blueprint.Refuse(blueprint.Conflict, "%s exists already: an office is founded in a folder of its own", path)
		}
	}
	k, passphrase, password, err := c.prepare()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return fmt.Errorf("make the office's folder: %w", err)
	}
	shares, err := c.make(folder, k, passphrase, password)
	if err != nil {
		for _, name := range []string{"office.key", "database", "recovery.json", "cairn.db", "cairn.db-wal", "cairn.db-shm"} {
			os.Remove(filepath.Join(c.Dir, name))
		}
		os.Remove(c.Dir) // when nothing else is in it
		return err
	}
	var printed strings.Builder
	for _, s := range shares {
		fmt.Fprintf(&printed, "  %s: %s\n", s.Holder, s.Share)
	}
	return c.print(out, founded{strings.ToLower(c.Code), c.Dir, c.Admin, shares},
		"Shares of the recovery key, shown only now. Any two bring the office's key back.\n%s"+
			"Office %s is founded in %s. Next: cairn do offices.staff --dir %s --as %s\n", &printed, c.Code, c.Dir, c.Dir, c.Admin)
}

// founded is what is printed of a new office.
type founded struct {
	Office        string  `json:"office"`
	Folder        string  `json:"folder"`
	Administrator string  `json:"administrator"`
	Shares        []share `json:"shares"` // of the recovery key; they are nowhere else
}

type share struct {
	Holder string `json:"holder"`
	Share  string `json:"share"`
}

// make writes the office's files and founds its record; it gives the recovery key's shares.
func (c *Init) make(folder Folder, k *keys.Office, passphrase, password string) ([]share, error) {
	if c.Database != "" {
		if err := os.WriteFile(folder.databaseFile(), []byte(c.Database+"\n"), 0o600); err != nil {
			return nil, fmt.Errorf("note where the database is: %w", err)
		}
	}
	if err := k.WriteFile(folder.keyFile(), passphrase, keys.WorkFactor(c.Work)); err != nil {
		return nil, err
	}
	shares, err := c.splitRecovery(k)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	o, err := folder.openWith(ctx, k)
	if err != nil {
		return nil, err
	}
	return shares, errors.Join(c.found(ctx, o, k, password), o.Close())
}

func (c *Init) prepare() (k *keys.Office, passphrase, password string, err error) {
	if err := value.CheckOfficeCode(strings.ToUpper(c.Code)); err != nil {
		return nil, "", "", blueprint.RefuseField("code", "%v", err)
	}
	if len(c.Holders) != 3 {
		return nil, "", "", blueprint.RefuseField("holders", "name three holders of the recovery key, separated by commas")
	}
	if passphrase, err = secret("CAIRN_PASSPHRASE", "A passphrase for the office's key: "); err != nil {
		return nil, "", "", err
	}
	if problem := keys.PasswordProblem(passphrase); problem != nil {
		return nil, "", "", blueprint.RefuseField("passphrase", "the passphrase: %s", problem)
	}
	if password, err = secret("CAIRN_PASSWORD", "A password for "+c.Admin+": "); err != nil {
		return nil, "", "", err
	}
	if problem := keys.PasswordProblem(password); problem != nil {
		return nil, "", "", blueprint.RefuseField("password", "the password: %s", problem)
	}
	k, err = keys.NewOffice(strings.ToLower(c.Code), rand.Reader)
	return k, passphrase, password, err
}

// splitRecovery writes the recovery file and gives the shares as they are printed.
func (c *Init) splitRecovery(k *keys.Office) ([]share, error) {
	recovery, shares, err := keys.NewRecovery(k, [3]string(c.Holders), rand.Reader)
	if err != nil {
		return nil, err
	}
	text, err := recovery.JSON()
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(c.Dir, "recovery.json"), text, 0o600); err != nil {
		return nil, fmt.Errorf("write the recovery file: %w", err)
	}
	out := make([]share, len(shares))
	for i, s := range shares {
		out[i] = share{c.Holders[i], s.Text()}
	}
	return out, nil
}

func (c *Init) found(ctx context.Context, o *app.Office, k *keys.Office, password string) error {
	founder := gate.Actor{ID: "founder", Office: o.Code(), Roles: []string{"administrator"}}
	_, err := o.Do(ctx, founder, "offices.open_office", &offices.OpenInput{
		Code: o.Code(), Name: c.Name, Public: k.Public().String(), Policy: o.Gate().Text()}, app.Options{})
	if err != nil {
		return fmt.Errorf("open the office's log (each office needs a database of its own): %w", err)
	}
	hash, err := keys.HashPassword(password, rand.Reader, keys.StandardPassword())
	if err != nil {
		return err
	}
	_, err = o.Do(ctx, founder, "offices.appoint_staff", &offices.AppointInput{
		Login: c.Admin, Name: c.Admin, Roles: []string{"administrator"}, Password: hash}, app.Options{})
	if err != nil {
		return fmt.Errorf("appoint the first administrator: %w", err)
	}
	return nil
}
