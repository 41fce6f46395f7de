package officecli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"cairn/app"
	"cairn/domain"
	"cairn/door/login"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// Folder says where an office's files lie; it is part of every command here.
type Folder struct {
	Dir string `help:"The office's folder." default:"office" env:"CAIRN_DIR" placeholder:"FOLDER"`
}

func (f Folder) keyFile() string      { return filepath.Join(f.Dir, "office.key") }
func (f Folder) databaseFile() string { return filepath.Join(f.Dir, "database") }

// open opens the office's record with the passphrase of its key.
func (f Folder) open(ctx context.Context) (*app.Office, error) {
	if _, err := os.Stat(f.keyFile()); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no office in %s: found one with 'cairn init %s', or name its folder with --dir", f.Dir, f.Dir)
	}
	passphrase, err := secret("CAIRN_PASSPHRASE", "Passphrase of the office's key: ")
	if err != nil {
		return nil, err
	}
	k, err := keys.ReadFile(f.keyFile(), passphrase)
	if err != nil {
		return nil, err
	}
	return f.openWith(ctx, k)
}

func (f Folder) openWith(ctx context.Context, k *keys.Office) (*app.Office, error) {
	g, err := gate.Load()
	if err != nil {
		return nil, fmt.Errorf("load the policies: %w", err)
	}
	key := [32]byte(k.Database)
	config := store.Config{URL: filepath.Join(f.Dir, "cairn.db"), Key: &key}
	address, err := os.ReadFile(f.databaseFile())
	switch {
	case err == nil:
		config = store.Config{URL: strings.TrimSpace(string(address))}
	case !errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("read where the database is: %w", err)
	}
	return app.Open(ctx, app.Config{Store: config, Keys: k, Gate: g, Domains: domain.All()})
}

// secret takes a secret from the environment or asks for it on the terminal.
func secret(variable, prompt string) (string, error) {
	if value, set := os.LookupEnv(variable); set {
		return value, nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return "", fmt.Errorf("no terminal to ask on: set %s", variable)
	}
	fmt.Fprint(os.Stderr, prompt)
	text, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return "", fmt.Errorf("read what was typed: %w", err)
	}
	return string(text), nil
}

// logIn finds the member of staff behind a log-in and checks the password.
func logIn(ctx context.Context, o *app.Office, name string) (gate.Actor, error) {
	password, err := secret("CAIRN_PASSWORD", "Password of "+name+": ")
	if err != nil {
		return gate.Actor{}, err
	}
	desk, err := login.New(o, login.Options{})
	if err != nil {
		return gate.Actor{}, err
	}
	return desk.ByPassword(ctx, name, password, "this machine")
}
