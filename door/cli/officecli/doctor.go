package officecli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"cairn/app"
	"cairn/keys"
	"cairn/ledger"
	"cairn/store"
)

// Doctor says what is wrong with how an office is kept.
type Doctor struct {
	Folder
	Printed
	now  func() time.Time            // nil: the machine's clock
	free func(string) (uint64, bool) // nil: asks the system
}

// Help says what is looked at.
func (Doctor) Help() string {
	return `Looks at the rights of the office's files, its key, the encryption of its database, the
space on the disk, the clock, the policies in force, the age of the last backup and where
checkpoints are kept, and says in sentences what to do. Exit code 1 when something is
wrong; a caution alone gives 0. What the record itself says is checked by 'cairn verify'.

Example:
  cairn doctor`
}

// examination collects what was found.
type examination struct {
	Fine     []string `json:"fine"`
	Cautions []string `json:"cautions"`
	Wrong    []string `json:"wrong"`
	text     strings.Builder
}

func (x *examination) fine(format string, args ...any) {
	x.note(&x.Fine, "fine:    ", format, args)
}
func (x *examination) caution(format string, args ...any) {
	x.note(&x.Cautions, "caution: ", format, args)
}
func (x *examination) fault(format string, args ...any) {
	x.note(&x.Wrong, "wrong:   ", format, args)
}

func (x *examination) note(list *[]string, grade, format string, args []any) {
	says := fmt.Sprintf(format, args...)
	*list = append(*list, says)
	x.text.WriteString(grade + says + "\n")
}

// Run examines the office.
func (c *Doctor) Run(out, errOut io.Writer) error {
	if c.now == nil {
		c.now = time.Now
	}
	if c.free == nil {
		c.free = freeSpace
	}
	x := &examination{Fine: []string{}, Cautions: []string{}, Wrong: []string{}}
	c.files(x)
	c.encryption(x)
	c.disk(x)
	if err := c.record(context.Background(), x); err != nil {
		x.fault("the record cannot be opened: %v", err)
	}
	if err := c.print(out, x, "%s", &x.text); err != nil {
		return err
	}
	switch len(x.Wrong) {
	case 0:
		return nil
	case 1:
		return errors.New("one thing is wrong with how this office is kept")
	default:
		return fmt.Errorf("%d things are wrong with how this office is kept", len(x.Wrong))
	}
}

// files checks that nobody else on the machine reads the office's files.
func (c *Doctor) files(x *examination) {
	if runtime.GOOS == "windows" {
		x.caution("file rights cannot be checked on this system: let nobody else open %s", c.Dir)
		return
	}
	open := 0
	for _, name := range []string{"", "office.key", "recovery.json", "database", "cairn.db", "cairn.db-wal", "cairn.db-shm"} {
		path := filepath.Join(c.Dir, name)
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			x.fault("%s cannot be looked at: %v", path, err)
			open++
		} else if rights := info.Mode().Perm(); rights&0o077 != 0 {
			x.fault("%s can be opened by others on this machine (%v): run chmod go= %s", path, rights, path)
			open++
		}
	}
	if open == 0 {
		x.fine("only you can open the office's files")
	}
	if _, err := os.Stat(filepath.Join(c.Dir, "recovery.json")); err == nil {
		x.caution("recovery.json lies beside the key: keep a copy elsewhere, with two shares it brings a lost key back")
	}
}

func (c *Doctor) encryption(x *examination) {
	if _, err := os.Stat(c.databaseFile()); err == nil {
		x.caution("the record is in PostgreSQL, which holds tables in the clear: its volume must be encrypted, and this program cannot check that")
		return
	}
	file, err := os.Open(filepath.Join(c.Dir, "cairn.db"))
	if err != nil {
		x.fault("there is no database: restore a backup with 'cairn restore' (%v)", err)
		return
	}
	defer file.Close()
	begin := make([]byte, 16)
	if _, err := io.ReadFull(file, begin); err != nil {
		x.fault("the database cannot be read: %v", err)
	} else if bytes.HasPrefix(begin, []byte("SQLite format 3")) {
		x.fault("the database is not encrypted: make a backup and restore it into a new folder")
	} else {
		x.fine("the database is encrypted")
	}
}

const leastFree = 1 << 30

// disk wants room for rewriting the database, as a rebuild or an erasure does.
func (c *Doctor) disk(x *examination) {
	free, known := c.free(c.Dir)
	if !known {
		x.caution("how much room the disk has cannot be found out here")
		return
	}
	needed := uint64(leastFree)
	if info, err := os.Stat(filepath.Join(c.Dir, "cairn.db")); err == nil {
		needed = max(needed, 2*uint64(info.Size()))
	}
	if free < needed {
		x.fault("the disk has %d MB left; %d MB are needed to rebuild tables and to erase: make room", free>>20, needed>>20)
	} else {
		x.fine("the disk has %d MB left", free>>20)
	}
}

// record opens the office and checks what only the record can say.
func (c *Doctor) record(ctx context.Context, x *examination) error {
	passphrase, err := secret("CAIRN_PASSPHRASE", "Passphrase of the office's key: ")
	if err != nil {
		return err
	}
	k, err := keys.ReadFile(c.keyFile(), passphrase)
	if err != nil {
		return err
	}
	x.fine("the key file opens with the passphrase")
	o, err := c.openWith(ctx, k)
	if err != nil {
		return err
	}
	defer o.Close()
	x.fine("the tables are of this program's edition")
	last, err := o.Store().LastTime(ctx)
	if err != nil {
		return err
	}
	c.clock(x, last)
	return o.Store().Read(ctx, func(r *store.Reader) error {
		return errors.Join(policies(ctx, x, o, r), c.backups(ctx, x, r), c.checkpoints(ctx, x, o))
	})
}

func (c *Doctor) clock(x *examination, last ledger.Time) {
	ahead := last.Std().Sub(c.now())
	switch {
	case last == ledger.Never:
		x.fault("the log is empty: the office was never opened; found it with 'cairn init'")
	case ahead > time.Minute:
		x.fault("the clock of this machine is %s behind the newest entry: set it, or entries get wrong times", ahead.Round(time.Second))
	default:
		x.fine("the clock is not behind the newest entry")
	}
}

func policies(ctx context.Context, x *examination, o *app.Office, r *store.Reader) error {
	var inForce string
	if err := r.QueryRow(ctx, "SELECT COALESCE(MAX(policy), '') FROM offices_office WHERE code = $1", o.Code()).Scan(&inForce); err != nil {
		return fmt.Errorf("read the policies in force: %w", err)
	}
	if inForce != string(o.Gate().Digest()) {
		x.fault("this program decides by policies (%s) that are not in force: read what changed and run 'cairn adopt-policies'", o.Gate().Digest().Short())
	} else {
		x.fine("the policies in force are those of this program")
	}
	return nil
}

const backupAge = 7 * 24 * time.Hour

func (c *Doctor) backups(ctx context.Context, x *examination, r *store.Reader) error {
	var made string
	if err := r.QueryRow(ctx, "SELECT COALESCE(MAX(made), '') FROM offices_backup").Scan(&made); err != nil {
		return fmt.Errorf("read the backups: %w", err)
	}
	at, err := time.Parse(time.RFC3339, made)
	switch age := c.now().Sub(at); {
	case made == "":
		x.fault("no backup was ever made: run 'cairn backup', onto something that is kept elsewhere")
	case err != nil:
		x.fault("the time of the last backup cannot be read (%q): run 'cairn rebuild'", made)
	case age > backupAge:
		x.fault("the last backup is %d days old: run 'cairn backup'", int(age.Hours()/24))
	default:
		x.fine("the last backup is %d hours old; try once that it can be restored", int(age.Hours()))
	}
	var overdue int64
	today := c.now().UTC().Format(time.DateOnly)
	if err := r.QueryRow(ctx, "SELECT COUNT(*) FROM offices_backup WHERE expires < $1", today).Scan(&overdue); err != nil {
		return fmt.Errorf("read the backups: %w", err)
	}
	if overdue > 0 {
		x.caution("%d backups were to be destroyed before today: make sure that they are", overdue)
	}
	return nil
}

// metaCheckpoint is the setting that says when a checkpoint was last printed.
const metaCheckpoint = "checkpoint printed"

func (c *Doctor) checkpoints(ctx context.Context, x *examination, o *app.Office) error {
	printed, err := o.Store().Meta(ctx, metaCheckpoint)
	if err != nil {
		return fmt.Errorf("read when a checkpoint was printed: %w", err)
	}
	if printed == "" {
		x.caution("no checkpoint was ever printed: run 'cairn checkpoint' and keep it where nobody of the office can change it")
		return nil
	}
	x.caution("a checkpoint was last printed on %s: it finds a rewritten log only if it is kept elsewhere", printed)
	return nil
}
