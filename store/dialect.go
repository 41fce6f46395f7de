package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "github.com/ncruces/go-sqlite3/driver"       // the SQLite driver "sqlite3"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // encryption of its files
	_ "modernc.org/sqlite"                         // a second SQLite driver, "sqlite", for the tests
)

// Config says where the data lies.
type Config struct {
	// URL is the path of an SQLite file, or postgres://… ("postgres:" alone takes
	// the connection from the environment as psql does).
	URL string
	// Key encrypts the SQLite file. Nil leaves it in the clear, for tests only.
	Key *[32]byte
	// Driver is the SQLite driver: "sqlite3" (default) or "sqlite" (no encryption).
	Driver string
	// Readers bounds the connections that read at once; 0 means 8.
	Readers int
}

// Postgres says whether the URL names a PostgreSQL database.
func (c Config) Postgres() bool {
	return strings.HasPrefix(c.URL, "postgres:") || strings.HasPrefix(c.URL, "postgresql:")
}

func (c Config) readers() int {
	if c.Readers == 0 {
		return 8
	}
	return c.Readers
}

func (c Config) open() (write, read *sql.DB, err error) {
	if c.Postgres() {
		return c.openPostgres(c.readers())
	}
	return c.openSQLite(c.readers())
}

func (c Config) openPostgres(readers int) (write, read *sql.DB, err error) {
	text := c.URL
	if text == "postgres:" {
		text = ""
	}
	config, err := pgx.ParseConfig(text)
	if err != nil {
		return nil, nil, fmt.Errorf("read the PostgreSQL address: %w", err)
	}
	write, read = stdlib.OpenDB(*config), stdlib.OpenDB(*config)
	write.SetMaxOpenConns(1)
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return write, read, nil
}

func (c Config) openSQLite(readers int) (write, read *sql.DB, err error) {
	driver := c.Driver
	if driver == "" {
		driver = "sqlite3"
	}
	if err := createPrivate(c.URL); err != nil {
		return nil, nil, err
	}
	if write, err = sql.Open(driver, c.sqliteName(driver, false)); err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", c.URL, err)
	}
	if read, err = sql.Open(driver, c.sqliteName(driver, true)); err != nil {
		write.Close()
		return nil, nil, fmt.Errorf("open %s: %w", c.URL, err)
	}
	write.SetMaxOpenConns(1)
	read.SetMaxOpenConns(readers + 2) // the pool's, and single queries between
	read.SetMaxIdleConns(readers + 2)
	return write, read, nil
}

// createPrivate makes the file with rights for its owner only, before SQLite
// would make it with those of the umask.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open the office's database: %w", err)
	}
	return file.Close()
}

func (c Config) sqliteName(driver string, reading bool) string {
	path, err := filepath.Abs(c.URL)
	if err != nil {
		path = c.URL
	}
	query := url.Values{}
	if c.Key != nil && driver == "sqlite3" {
		registerVFS()
		query.Set("vfs", encryptedVFS)
		query.Add("_pragma", "hexkey('"+hex.EncodeToString(c.Key[:])+"')")
	}
	pragmas := []string{"busy_timeout(20000)", "synchronous(FULL)", "journal_mode(WAL)",
		"secure_delete(ON)", "temp_store(MEMORY)", "cache_size(-65536)", "wal_autocheckpoint(65536)"}
	if reading {
		pragmas = []string{"busy_timeout(20000)", "temp_store(MEMORY)", "cache_size(-16384)", "query_only(ON)"}
		query.Set("_txlock", "deferred")
	} else {
		query.Set("_txlock", "immediate")
	}
	for _, p := range pragmas {
		query.Add("_pragma", p)
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}

var (
	textToken = regexp.MustCompile(`\bTEXT\b`)
	blobToken = regexp.MustCompile(`\bBLOB\b`)
	keyToken  = regexp.MustCompile(`\bPRIMARY KEY\b`)
)

const rowless = " WITHOUT ROWID"

// portable writes one statement of the one dialect's data definition for a database:
// texts are compared byte by byte everywhere, and SQLite keeps the rows of a table that
// has a primary key and no large values in the order of that key, instead of once by
// number and once more in an index. A table of small BLOBs says so itself.
func portable(statement string, postgres bool) string {
	statement = strings.Trim(statement, "; \t\n")
	if postgres {
		statement = strings.TrimSuffix(statement, rowless)
		statement = textToken.ReplaceAllString(statement, `TEXT COLLATE "C"`)
		return blobToken.ReplaceAllString(statement, "BYTEA")
	}
	if strings.HasPrefix(statement, "CREATE TABLE") && keyToken.MatchString(statement) &&
		!blobToken.MatchString(statement) && !strings.HasSuffix(statement, rowless) {
		statement += rowless
	}
	return statement
}

// execAll runs statements that are separated by semicolons at the ends of lines.
func execAll(ctx context.Context, tx execer, ddl string, postgres bool) error {
	for statement := range strings.SplitSeq(ddl, ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, portable(statement, postgres)); err != nil {
			return fmt.Errorf("%w in: %s", err, strings.TrimSpace(statement))
		}
	}
	return nil
}

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}
