package app_test

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"cairn/app"
	"cairn/domain/offices"
	"cairn/keys"
	"cairn/store"
	"cairn/store/storetest"
)

func backup(t *testing.T, o *app.Office) []byte {
	t.Helper()
	var b bytes.Buffer
	do(t, o, founder, "offices.record_backup", &offices.BackupInput{Expires: inDays(30)})
	if _, err := o.Backup(t.Context(), &b, inDays(30)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func dump(t *testing.T, o *app.Office) string {
	t.Helper()
	tables, err := o.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(tables)
}

// TestBackupsCrossDatabases carries a record from SQLite to each database and back.
func TestBackupsCrossDatabases(t *testing.T) { storetest.Run(t, backupsCross) }

func backupsCross(t *testing.T, config store.Config) {
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sqlite := func(name string) store.Config { return store.Config{URL: filepath.Join(t.TempDir(), name)} }
	first := openWholeWith(t, sqlite("first.db"), k)
	record, _ := plant(t, first)
	do(t, first, protector, "offices.erase_subject", &offices.EraseInput{Subject: record, Reason: "ordered"})
	text := backup(t, first)
	want := dump(t, first)
	for _, to := range []store.Config{config, sqlite("back.db")} {
		o := openWholeWith(t, to, k)
		report, err := o.Restore(t.Context(), bytes.NewReader(text), nil)
		if err != nil || report.Erased != 3 {
			t.Fatalf("%+v, %v", report, err)
		}
		if got := dump(t, o); got != want {
			t.Fatal("the restored tables differ")
		}
		if _, err := o.Restore(t.Context(), bytes.NewReader(text), nil); !errors.Is(err, store.ErrNotEmpty) {
			t.Fatalf("a second restore: %v", err)
		}
		text = backup(t, o)
		want = dump(t, o)
		if faults := verify(t, o).Faults; len(faults) > 0 {
			t.Fatal(faults)
		}
	}
}

func lines(t *testing.T, packed []byte) []string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return strings.SplitAfter(strings.TrimSuffix(string(text), "\n"), "\n")
}

func pack(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.Bytes()
}

// TestNothingIsHalfRestored damages a backup in every way that matters.
func TestNothingIsHalfRestored(t *testing.T) { storetest.Run(t, nothingHalf) }

func nothingHalf(t *testing.T, config store.Config) {
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	source := openWholeWith(t, store.Config{URL: filepath.Join(t.TempDir(), "source.db")}, k)
	plant(t, source)
	good := backup(t, source)
	whole := lines(t, good)
	find := func(table string) int {
		for i, l := range whole {
			if strings.HasPrefix(l, `["`+table+`"`) {
				return i
			}
		}
		t.Fatalf("the backup has no %s", table)
		return 0
	}
	without := func(i int) string { return strings.Join(whole[:i], "") + strings.Join(whole[i+1:], "") }
	entry, key := find("entries"), find("subject_keys")
	fewer := func(text string) string {
		return strings.Replace(text, fmt.Sprintf(`{"rows":%d}`, len(whole)-2), fmt.Sprintf(`{"rows":%d}`, len(whole)-3), 1)
	}
	tests := map[string][]byte{
		"cut short":       pack(strings.Join(whole[:len(whole)-1], "")),
		"cut in the file": good[:len(good)/2],
		"row missing":     pack(without(entry)),
		"entry missing":   pack(fewer(without(entry + 1))),
		"key missing":     pack(fewer(without(key))),
		"entry changed":   pack(strings.Replace(strings.Join(whole, ""), `"founder"`, `"eve"`, 1)),
		"something after": pack(strings.Join(whole, "") + "{}"),
		"not a backup":    []byte("hello"),
	}
	o := openWholeWith(t, config, k)
	for name, text := range tests {
		if _, err := o.Restore(t.Context(), bytes.NewReader(text), nil); err == nil {
			t.Fatalf("%s: it was restored", name)
		}
		if got := dump(t, o); strings.Contains(got, "Kov") {
			t.Fatalf("%s: half is restored", name)
		}
	}
	late := errors.New("too late")
	if _, err := o.Restore(t.Context(), bytes.NewReader(good), func(app.BackupHead) error { return late }); !errors.Is(err, late) {
		t.Fatal(err)
	}
	if _, err := o.Restore(t.Context(), bytes.NewReader(good), nil); err != nil {
		t.Fatalf("the good one, after all that: %v", err)
	}
	stranger := openWhole(t, store.Config{URL: filepath.Join(t.TempDir(), "other.db")})
	if _, err := stranger.Restore(t.Context(), bytes.NewReader(good), nil); err == nil {
		t.Fatal("another office's key opened it")
	}
}
