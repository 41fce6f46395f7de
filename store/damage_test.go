package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn/ledger"
	"cairn/store"
	"cairn/store/storetest"
)

func TestTamperingIsFound(t *testing.T) {
	tests := []struct {
		name string
		sql  []string
		want error
	}{
		{"changed body", []string{"UPDATE entries SET body = (SELECT body FROM entries WHERE position = 1) WHERE position = 5"}, ledger.ErrRoot},
		{"changed actor", []string{"UPDATE entries SET actor = 'b' WHERE position = 19"}, ledger.ErrRoot},
		{"removed", []string{"DELETE FROM entries WHERE position = 7"}, ledger.ErrGap},
		{"removed at the end", []string{"DELETE FROM entries WHERE position = 19"}, ledger.ErrRoot},
		{"swapped", []string{
			"UPDATE entries SET position = -1 WHERE position = 3",
			"UPDATE entries SET position = 3 WHERE position = 4",
			"UPDATE entries SET position = 4 WHERE position = -1"}, ledger.ErrRoot},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, open func() *store.Store) { tampered(t, open, tt.sql, tt.want) })
		})
	}
}

func tampered(t *testing.T, open func() *store.Store, statements []string, want error) {
	s := defined(t, open())
	for i := range 20 {
		if err := submit(t, s, change(fmt.Sprint("s", i), "", fmt.Sprint("word ", i))); err != nil {
			t.Fatal(err)
		}
	}
	sound(t, s)
	err := s.Maintain(t.Context(), func(tx store.Tx) error {
		for _, statement := range statements {
			if result, err := tx.ExecContext(t.Context(), statement); err != nil {
				return err
			} else if n, err := result.RowsAffected(); err != nil || n != 1 {
				return fmt.Errorf("%s: changed %d rows, %w", statement, n, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := verify(t, s); !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

// TestFlippedBits flips one bit in each page of an encrypted file in turn. Either
// something reports it, or not one entry reads differently than before.
func TestFlippedBits(t *testing.T) {
	const pageSize = 4096
	folder, key := t.TempDir(), [32]byte{1}
	path := filepath.Join(folder, "cairn.db")
	s := open(t, store.Config{URL: path, Key: &key})
	for i := range 12 {
		c := change(fmt.Sprint("s", i), "", strings.Repeat("x", 6000))
		if err := submit(t, s, c); err != nil {
			t.Fatal(err)
		}
	}
	before, err := verify(t, s)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil || len(whole) < 12*pageSize {
		t.Fatalf("the file has %d bytes, %v", len(whole), err)
	}
	found, pages := 0, len(whole)/pageSize
	for page := range pages {
		damaged := slices.Clone(whole)
		damaged[page*pageSize+pageSize/2] ^= 1 << (page % 8)
		after, err := reread(t, filepath.Join(folder, fmt.Sprintf("damaged%d.db", page)), damaged, &key)
		if err != nil {
			found++
			continue
		}
		same := slices.EqualFunc(before, after, func(a, b *ledger.Entry) bool { return a.ID() == b.ID() })
		if !same {
			t.Errorf("page %d: entries changed and nothing said so", page)
		}
	}
	if least := 12 * 6000 / pageSize; found < least {
		t.Errorf("%d of %d damaged pages found, and entries fill %d", found, pages, least)
	}
}

func reread(t *testing.T, path string, file []byte, key *[32]byte) ([]*ledger.Entry, error) {
	t.Helper()
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Config{URL: path, Key: key}, storetest.Office, storetest.Signer(t))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return verify(t, s)
}

const (
	childURL    = "CAIRN_TEST_CHILD_URL"
	childDriver = "CAIRN_TEST_CHILD_DRIVER"
	childKeyed  = "CAIRN_TEST_CHILD_KEYED"
)

// TestChildWriter is no test of its own: TestKilledWriter starts it as a process
// that appends pairs until it is killed, and prints a line for each acknowledged one.
func TestChildWriter(t *testing.T) {
	config := store.Config{URL: os.Getenv(childURL), Driver: os.Getenv(childDriver)}
	if config.URL == "" {
		t.Skip("started by TestKilledWriter only")
	}
	if os.Getenv(childKeyed) != "" {
		config.Key = &[32]byte{}
	}
	s := open(t, config)
	for i := 0; ; i++ {
		if err := submit(t, s, change(fmt.Sprint("left", i), "", "x"), change(fmt.Sprint("right", i), "", "x")); err != nil {
			t.Fatal(err)
		}
		fmt.Println("acknowledged", i)
	}
}

func TestKilledWriter(t *testing.T) { storetest.Run(t, killedWriter) }

func killedWriter(t *testing.T, config store.Config) {
	env := append(os.Environ(), childURL+"="+config.URL, childDriver+"="+config.Driver)
	if config.Key != nil {
		config.Key = &[32]byte{}
		env = append(env, childKeyed+"=1")
	}
	acknowledged := killAfter(t, env, 60)
	s := reopenWhenFree(t, config)
	defer s.Close()
	n := sound(t, s)
	if n%2 != 0 || n < 2*int64(acknowledged) {
		t.Fatalf("%d entries after %d acknowledged pairs", n, acknowledged)
	}
	var rows, subjects int64
	err := s.Read(t.Context(), func(r *store.Reader) error {
		return r.QueryRow(t.Context(), "SELECT (SELECT COUNT(*) FROM thing), (SELECT COUNT(*) FROM subjects)").Scan(&rows, &subjects)
	})
	if err != nil || rows != n || subjects != n {
		t.Fatalf("%d entries, %d rows, %d subjects, %v: something is half-done", n, rows, subjects, err)
	}
	if err := submit(t, s, change("later", "", "x")); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
}

// killAfter starts the child, kills it when it has acknowledged some pairs and
// gives how many it acknowledged in all.
func killAfter(t *testing.T, env []string, pairs int) int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestChildWriter$")
	child.Env, child.Stderr = env, os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := 0
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if !strings.HasPrefix(lines.Text(), "acknowledged ") {
			t.Errorf("the child says: %s", lines.Text())
			continue
		}
		if acknowledged++; acknowledged == pairs {
			child.Process.Kill()
		}
	}
	child.Wait()
	if acknowledged < pairs {
		t.Fatalf("the child ended after %d pairs", acknowledged)
	}
	return acknowledged
}

// reopenWhenFree opens the store once the server has noticed that its last writer died.
func reopenWhenFree(t *testing.T, config store.Config) *store.Store {
	t.Helper()
	for {
		s, err := store.Open(context.WithoutCancel(t.Context()), config, storetest.Office, storetest.Signer(t))
		if err == nil {
			return s
		}
		if !strings.Contains(err.Error(), "another program is writing") {
			t.Fatal(err)
		}
	}
}

// TestLostConnection ends the writer's connection on the server: one submission may
// fail, later ones go on from what the database holds.
func TestLostConnection(t *testing.T) { storetest.Each(t, lostConnection) }

func lostConnection(t *testing.T, open func() *store.Store) {
	s := defined(t, open())
	if !s.IsPostgres() {
		t.Skip("only a server can lose a connection")
	}
	if err := submit(t, s, change("a", "", "x")); err != nil {
		t.Fatal(err)
	}
	err := s.Maintain(t.Context(), func(tx store.Tx) error {
		_, err := tx.ExecContext(t.Context(), "SELECT pg_terminate_backend(pg_backend_pid())")
		return err
	})
	if err == nil {
		t.Fatal("a request on a lost connection was acknowledged")
	}
	if err := submit(t, s, change("b", "", "x")); err != nil {
		t.Fatal(err)
	}
	if n := sound(t, s); n != 2 {
		t.Fatalf("%d entries", n)
	}
}

// TestTwoProcessesTakeTurns opens one file twice, as a backup does while the office
// serves: each goes on where the other ended.
func TestTwoProcessesTakeTurns(t *testing.T) {
	config := store.Config{URL: filepath.Join(t.TempDir(), "cairn.db"), Key: &[32]byte{2}}
	first, second := open(t, config), open(t, config)
	defer first.Close()
	defer second.Close()
	for i, s := range []*store.Store{first, second, second, first, second, first} {
		if err := submit(t, s, change(string(rune('a'+i)), "", "x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := submit(t, first, change("b", "", "x")); err == nil {
		t.Fatal("a subject was created twice")
	}
	if n := sound(t, first); n != 6 {
		t.Fatalf("%d entries", n)
	}
}
