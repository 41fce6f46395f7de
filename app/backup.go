package app

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"cairn/ledger"
	"cairn/store"
)

const backupVersion = "cairn backup v1"

// BackupHead begins a backup.
type BackupHead struct {
	Version    string    `json:"version"`
	Office     string    `json:"office"`
	Made       time.Time `json:"made"`
	Expires    string    `json:"expires"`    // YYYY-MM-DD, the last day on which the copy is kept
	Checkpoint string    `json:"checkpoint"` // the signed note of the log, public
}

// backupEnd ends one, so that a copy cut short is known as such.
type backupEnd struct {
	Rows int64 `json:"rows"`
}

// Backup writes the ledger, the wrapped keys and the attachments, never tables:
// gzip of JSON, one line for each row. The caller seals the stream, because the
// entries about staff are in the clear; record offices.record_backup beforehand.
func (o *Office) Backup(ctx context.Context, w io.Writer, expires string) (BackupHead, error) {
	head := BackupHead{Version: backupVersion, Office: o.Code(), Made: o.clock().UTC().Truncate(time.Second), Expires: expires}
	packed := gzip.NewWriter(w)
	buffered := bufio.NewWriterSize(packed, 1<<16)
	lines := json.NewEncoder(buffered)
	err := o.store.Read(ctx, func(r *store.Reader) error {
		note, err := r.Checkpoint(ctx, o.Code())
		if err != nil {
			return err
		}
		head.Checkpoint = string(note)
		if err := lines.Encode(head); err != nil {
			return err
		}
		var end backupEnd
		for row, err := range r.Copy(ctx) {
			if err != nil {
				return err
			}
			if row.Table == "meta" && row.Values[0] == metaSchema {
				continue // tables are built anew
			}
			if err := lines.Encode(append([]any{row.Table}, row.Values...)); err != nil {
				return err
			}
			end.Rows++
		}
		return lines.Encode(end)
	})
	if err = errors.Join(err, buffered.Flush(), packed.Close()); err != nil {
		return head, fmt.Errorf("write the backup: %w", err)
	}
	return head, nil
}

// Restore fills this empty record from what Backup wrote, rebuilds every table and
// verifies everything. When anything is wrong the record is empty again. accept,
// if given, sees the head first and may refuse.
func (o *Office) Restore(ctx context.Context, r io.Reader, accept func(BackupHead) error) (*Report, error) {
	unpacked, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("read the backup: %w", err)
	}
	reading := &backupReader{lines: json.NewDecoder(unpacked), rest: unpacked}
	if err := reading.lines.Decode(&reading.head); err != nil || reading.head.Version != backupVersion {
		return nil, fmt.Errorf("this is not a backup that this program can read (version %q): %w", reading.head.Version, errors.Join(err))
	}
	if reading.head.Office != o.Code() {
		return nil, fmt.Errorf("this is a backup of office %s, the key file is that of %s", reading.head.Office, o.Code())
	}
	if accept != nil {
		if err := accept(reading.head); err != nil {
			return nil, err
		}
	}
	verifier, err := ledger.Verifier(o.Code(), o.keys.Public().Verify)
	if err != nil {
		return nil, err
	}
	if err := o.store.Restore(ctx, verifier, reading.next); err != nil {
		return nil, fmt.Errorf("restore (nothing was changed): %w", err)
	}
	report, err := o.proveRestored(ctx, reading.head)
	if err != nil {
		return report, errors.Join(err, o.store.Wipe(context.WithoutCancel(ctx), o.Tables()))
	}
	return report, nil
}

func (o *Office) proveRestored(ctx context.Context, head BackupHead) (*Report, error) {
	last, err := o.store.LastTime(ctx)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	o.last = max(o.last, last)
	o.mu.Unlock()
	if _, err := o.Rebuild(ctx, nil); err != nil {
		return nil, err
	}
	report, err := o.Verify(ctx, [][]byte{[]byte(head.Checkpoint)}, nil)
	if err == nil && len(report.Faults) > 0 {
		err = fmt.Errorf("the backup is not sound, so nothing was kept: %s", strings.Join(report.Faults[:min(3, len(report.Faults))], "; "))
	}
	return report, err
}

type backupReader struct {
	lines *json.Decoder
	rest  io.Reader
	head  BackupHead
	rows  int64
}

// next gives the next row, nil after the end.
func (b *backupReader) next() (*store.Copied, error) {
	var line json.RawMessage
	if err := b.lines.Decode(&line); err != nil {
		return nil, fmt.Errorf("read the backup (was it cut short?): %w", err)
	}
	if !bytes.HasPrefix(line, []byte("[")) {
		return nil, b.end(line)
	}
	b.rows++
	var fields []json.RawMessage
	var row store.Copied
	if err := json.Unmarshal(line, &fields); err != nil || len(fields) == 0 {
		return nil, fmt.Errorf("row %d of the backup cannot be read: %w", b.rows, errors.Join(err))
	}
	if err := json.Unmarshal(fields[0], &row.Table); err != nil {
		return nil, fmt.Errorf("row %d of the backup cannot be read: %w", b.rows, err)
	}
	row.Values = store.CopiedColumns(row.Table)
	if len(row.Values) != len(fields)-1 {
		return nil, fmt.Errorf("row %d of the backup has %d values for %s: is it of a newer program?", b.rows, len(fields)-1, row.Table)
	}
	for i, field := range fields[1:] {
		var err error
		if row.Values[i], err = decodeAs(row.Values[i], field); err != nil {
			return nil, fmt.Errorf("row %d of the backup cannot be read: %w", b.rows, err)
		}
	}
	return &row, nil
}

func decodeAs(example any, field json.RawMessage) (any, error) {
	switch example.(type) {
	case int64:
		var v int64
		err := json.Unmarshal(field, &v)
		return v, err
	case []byte:
		var v []byte
		err := json.Unmarshal(field, &v)
		return v, err
	default:
		var v string
		err := json.Unmarshal(field, &v)
		return v, err
	}
}

// end holds the last line against what was read, and reads on to the end of the
// stream: only there its seals have shown that it is whole.
func (b *backupReader) end(line json.RawMessage) error {
	var end backupEnd
	if err := json.Unmarshal(line, &end); err != nil || end.Rows != b.rows {
		return fmt.Errorf("the backup holds %d rows, its end says %d", b.rows, end.Rows)
	}
	if _, err := b.lines.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("something follows the end of the backup: %w", errors.Join(err))
	}
	return nil
}
