package officecli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/keys"
)

// Backup writes a sealed copy of the record.
type Backup struct {
	Folder
	Printed
	File string `arg:"" help:"File to write; it must not exist yet."`
	As   string `help:"Log-in of the administrator who makes it." env:"CAIRN_LOGIN" required:"" placeholder:"LOGIN"`
	Keep int    `help:"Days for which this copy is kept; what is erased later is gone only when it is destroyed." default:"35"`
	Work int    `name:"work-factor" default:"18" help:"How dear each guess at the passphrase is: 2 to this power. Lower it only for trials."`
}

// Help says what a backup holds and what it does not.
func (Backup) Help() string {
	return `Writes the ledger, the wrapped keys of people and the attachments, never the tables, into
one file that opens with a passphrase (CAIRN_BACKUP_PASSPHRASE, or asked). It does not hold
the office's key: keep office.key (or two recovery shares and recovery.json) elsewhere.
That the copy exists is recorded, with the day on which it must be destroyed. It may be
made while the office serves (SQLite); with PostgreSQL stop 'cairn serve' first.

Example:
  cairn backup /media/stick/bud-monday.backup --as eva --keep 35`
}

// Run records the backup, writes it, and gives it its name when it is whole.
func (c *Backup) Run(out, errOut io.Writer) error {
	ctx := context.Background()
	if _, err := os.Lstat(c.File); !errors.Is(err, fs.ErrNotExist) {
		return blueprint.Refuse(blueprint.Conflict, "%s exists already: name a new file", c.File)
	}
	passphrase, err := secret("CAIRN_BACKUP_PASSPHRASE", "A passphrase for the backup: ")
	if err != nil {
		return err
	}
	if problem := keys.PasswordProblem(passphrase); problem != nil {
		return blueprint.Refuse(blueprint.Invalid, "the backup's passphrase: %s", problem)
	}
	o, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer o.Close()
	actor, err := logIn(ctx, o, c.As)
	if err != nil {
		return err
	}
	expires := time.Now().UTC().AddDate(0, 0, c.Keep).Format(time.DateOnly)
	if _, err := o.Do(ctx, actor, "offices.record_backup", &offices.BackupInput{Expires: expires}, app.Options{}); err != nil {
		return err
	}
	head, err := c.write(ctx, o, passphrase, expires)
	if err != nil {
		return err
	}
	return c.print(out, struct {
		File       string `json:"file"`
		Expires    string `json:"expires"` // the day after which it is to be destroyed
		Checkpoint string `json:"checkpoint"`
	}{c.File, expires, head.Checkpoint},
		"%s is written. Destroy it after %s. Keep this checkpoint elsewhere too:\n\n%s", c.File, expires, head.Checkpoint)
}

func (c *Backup) write(ctx context.Context, o *app.Office, passphrase, expires string) (app.BackupHead, error) {
	file, err := os.CreateTemp(filepath.Dir(c.File), ".backup-*") // mode 0600
	if err != nil {
		return app.BackupHead{}, fmt.Errorf("write the backup: %w", err)
	}
	defer os.Remove(file.Name())
	head, err := c.seal(file, passphrase, func(w io.Writer) (app.BackupHead, error) { return o.Backup(ctx, w, expires) })
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return head, err
	}
	if err := os.Link(file.Name(), c.File); err == nil || errors.Is(err, fs.ErrExist) {
		return head, err
	}
	return head, os.Rename(file.Name(), c.File) // a file system without hard links
}

func (c *Backup) seal(w io.Writer, passphrase string, write func(io.Writer) (app.BackupHead, error)) (app.BackupHead, error) {
	recipient, err := keys.PassphraseRecipient(passphrase, keys.WorkFactor(c.Work))
	if err != nil {
		return app.BackupHead{}, err
	}
	sealed, err := keys.EncryptTo(w, recipient)
	if err != nil {
		return app.BackupHead{}, err
	}
	head, err := write(sealed)
	return head, errors.Join(err, sealed.Close())
}

// Restore makes an office's folder from a backup.
type Restore struct {
	Printed
	File     string `arg:"" type:"existingfile" help:"The backup."`
	Dir      string `arg:"" help:"Folder to make; it must not exist, or be empty."`
	Key      string `required:"" type:"existingfile" placeholder:"FILE" help:"The office's key file, office.key."`
	Database string `placeholder:"URL" help:"An empty PostgreSQL database (postgres://…) instead of an encrypted file."`
	Expired  bool   `help:"Restore a copy that should have been destroyed: whoever was erased since comes back."`
}

// Help says what is proven.
func (Restore) Help() string {
	return `Opens the backup (CAIRN_BACKUP_PASSPHRASE) and the key file (CAIRN_PASSPHRASE), restores the
ledger, builds every table anew and verifies all of it against the backup's checkpoint.
When anything is wrong nothing is kept. Erasures after the day of the backup are not in
it: repeat them. Stop the old office first, so that there are never two.

Example:
  cairn restore /media/stick/bud-monday.backup office --key /media/safe/office.key`
}

// Run restores into a folder beside, and gives it its name when everything is proven.
func (c *Restore) Run(out, errOut io.Writer) error {
	if list, err := os.ReadDir(c.Dir); len(list) > 0 || (err != nil && !errors.Is(err, fs.ErrNotExist)) {
		return blueprint.Refuse(blueprint.Conflict, "%s is not an empty folder: restore into a new one", c.Dir)
	}
	passphrase, err := secret("CAIRN_BACKUP_PASSPHRASE", "Passphrase of the backup: ")
	if err != nil {
		return err
	}
	parent := filepath.Dir(filepath.Clean(c.Dir))
	beside, err := os.MkdirTemp(parent, ".restoring-*") // mode 0700
	if err != nil {
		return fmt.Errorf("make the office's folder: %w", err)
	}
	defer os.RemoveAll(beside)
	report, err := c.restore(context.Background(), Folder{Dir: beside}, passphrase)
	if err != nil {
		return err
	}
	if err := os.Remove(c.Dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("name the office's folder: %w", err)
	}
	if err := os.Rename(beside, c.Dir); err != nil {
		return fmt.Errorf("name the office's folder: %w", err)
	}
	return c.print(out, struct {
		Folder string `json:"folder"`
		*app.Report
	}{c.Dir, report}, "%d entries are restored and verified in %s. Put recovery.json there again, and repeat erasures since the backup.\n",
		report.Entries, c.Dir)
}

func (c *Restore) restore(ctx context.Context, folder Folder, passphrase string) (*app.Report, error) {
	text, err := os.ReadFile(c.Key)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	if err := os.WriteFile(folder.keyFile(), text, 0o600); err != nil {
		return nil, fmt.Errorf("copy the key file: %w", err)
	}
	if c.Database != "" {
		if err := os.WriteFile(folder.databaseFile(), []byte(c.Database+"\n"), 0o600); err != nil {
			return nil, fmt.Errorf("note where the database is: %w", err)
		}
	}
	file, err := os.Open(c.File)
	if err != nil {
		return nil, fmt.Errorf("open the backup: %w", err)
	}
	defer file.Close()
	identity, err := keys.PassphraseIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	plain, err := keys.DecryptFrom(file, identity)
	if err != nil {
		return nil, err
	}
	o, err := folder.open(ctx)
	if err != nil {
		return nil, err
	}
	report, err := o.Restore(ctx, plain, c.accept)
	return report, errors.Join(err, o.Close())
}

func (c *Restore) accept(head app.BackupHead) error {
	if !c.Expired && head.Expires < time.Now().UTC().Format(time.DateOnly) {
		return blueprint.Refuse(blueprint.Conflict,
			"this backup was to be destroyed after %s: take a newer one, or say --expired", head.Expires)
	}
	return nil
}
