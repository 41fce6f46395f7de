// Package storetest gives tests a fresh database of each kind that Cairn runs on:
// encrypted SQLite, the second SQLite driver, and PostgreSQL when the environment
// names a server (CAIRN_TEST_POSTGRES=1 and the variables that psql reads).
//
//	storetest.Run(t, func(t *testing.T, config store.Config) {
//		s, err := store.Open(t.Context(), config, "bud", signer)
//		…
//	})
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"cairn/store"
)

// Run runs a test once on each database, each time on one of its own.
func Run(t *testing.T, test func(t *testing.T, config store.Config)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		var key [32]byte
		rand.Read(key[:])
		test(t, store.Config{URL: filepath.Join(t.TempDir(), "cairn.db"), Key: &key})
	})
	t.Run("modernc", func(t *testing.T) {
		test(t, store.Config{URL: filepath.Join(t.TempDir(), "cairn.db"), Driver: "sqlite"})
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, store.Config{URL: Postgres(t)})
	})
}

// Postgres makes a PostgreSQL database that the end of the test drops, and gives its
// address. Where there is no server the test is skipped.
func Postgres(t *testing.T) string {
	t.Helper()
	if os.Getenv("CAIRN_TEST_POSTGRES") == "" {
		t.Skip("no PostgreSQL: run 'make test', which starts one")
	}
	server, err := sql.Open("pgx", "")
	if err != nil {
		t.Fatal(err)
	}
	var random [8]byte
	rand.Read(random[:])
	name := "cairn_test_" + hex.EncodeToString(random[:])
	if _, err := server.Exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"); err != nil {
		t.Fatalf("make a database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := server.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop a database: %v", err)
		}
		server.Close()
	})
	return "postgres:///" + name
}
