package officecli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// Verify checks the whole record.
type Verify struct {
	Folder
	Printed
	Kept []string `name:"kept" type:"existingfile" placeholder:"FILE" help:"Checkpoints of this office that were kept elsewhere."`
}

// Help says what is checked.
func (Verify) Help() string {
	return `Checks the log against its signed checkpoint and those kept elsewhere, opens every seal,
takes every gate decision again, adds up every claim, and compares every table with
what the entries say. Exit code 1 when anything is wrong.

Example:
  cairn checkpoint > /media/stick/bud.checkpoint
  cairn verify --kept /media/stick/bud.checkpoint`
}

// Run verifies and prints what was found.
func (c *Verify) Run(out, errOut io.Writer) error {
	ctx := context.Background()
	var kept [][]byte
	for _, path := range c.Kept {
		note, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read a kept checkpoint: %w", err)
		}
		kept = append(kept, note)
	}
	o, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer o.Close()
	report, err := o.Verify(ctx, kept, nil)
	if err != nil {
		return err
	}
	var faults strings.Builder
	for _, f := range report.Faults {
		fmt.Fprintln(&faults, "fault:", f)
	}
	err = c.print(out, report, "%d entries, %d opened, %d erased, %d gate decisions taken again, %d claims, %d rows, %d proofs\n%s",
		report.Entries, report.Opened, report.Erased, report.Decisions, report.Claims, report.Rows, report.Proofs, &faults)
	if err != nil {
		return err
	}
	if len(report.Faults) > 0 {
		return fmt.Errorf("the record is not sound: %d faults", len(report.Faults))
	}
	return nil
}

// Rebuild refills every table.
type Rebuild struct {
	Folder
	Printed
}

// Help says when it is needed.
func (Rebuild) Help() string {
	return `Makes every table anew from the ledger, and rewrites the database's files, so that nothing
of deleted rows stays in them. Needed when 'cairn verify' says that a table differs.

Example:
  cairn rebuild --dir office`
}

// Run rebuilds.
func (c *Rebuild) Run(out, errOut io.Writer) error {
	ctx := context.Background()
	o, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer o.Close()
	read, err := o.Rebuild(ctx, nil)
	if err != nil {
		return err
	}
	if err := o.Store().Scrub(ctx, o.Tables()); err != nil {
		return err
	}
	return c.print(out, struct {
		Entries int64 `json:"entries"`
	}{read}, "Every table was filled again from %d entries.\n", read)
}

// Checkpoint prints the latest signed checkpoint.
type Checkpoint struct {
	Folder
	Printed
}

// Help says what to do with it.
func (Checkpoint) Help() string {
	return `Prints the signed size and root of the office's log. Keep it where nobody in the office
can change it: it finds a log that was rewritten or shortened later.

Example:
  cairn checkpoint > /media/stick/bud.checkpoint`
}

// Run prints the checkpoint.
func (c *Checkpoint) Run(out, errOut io.Writer) error {
	ctx := context.Background()
	o, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer o.Close()
	note, err := o.Store().Checkpoint(ctx, o.Code())
	if err != nil {
		return err
	}
	err = c.print(out, struct {
		Office     string `json:"office"`
		Checkpoint string `json:"checkpoint"` // the signed note, to the byte
	}{o.Code(), string(note)}, "%s", note)
	if err != nil {
		return err
	}
	return o.Store().SetMeta(ctx, metaCheckpoint, time.Now().UTC().Format(time.DateOnly))
}
