// Package record measures what the record costs: appending, importing lists,
// verifying, rebuilding tables, opening one file and searching for a name. It makes
// its own people, so it needs no data; every entry goes through gate, seal and claims
// as in an office.
//
//	go test ./bench/record -run '^$' -bench . -benchtime 1x -people 100000
//
// With -dir the record is kept in that folder and used again. A kept record of fewer
// people is filled up to -people first.
package record

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// Clerk is who does everything here.
var clerk = gate.Actor{ID: "clerk", Office: "bud", Roles: []string{"registrar"}}

const passphrase = "a record that only measures"

// Open opens the encrypted record of an invented office in a folder, and founds it
// there when the folder is empty.
func Open(ctx context.Context, folder string) (*app.Office, error) {
	k, fresh, err := keysIn(folder)
	if err != nil {
		return nil, err
	}
	g, err := gate.Load()
	if err != nil {
		return nil, err
	}
	database := [32]byte(k.Database)
	o, err := app.Open(ctx, app.Config{Keys: k, Gate: g, Domains: []blueprint.Domain{offices.Domain(), people.Domain(), filling()},
		Store: store.Config{URL: filepath.Join(folder, "cairn.db"), Key: &database}})
	if err != nil || !fresh {
		return o, err
	}
	founder := gate.Actor{ID: "founder", Office: "bud", Roles: []string{"administrator"}}
	in := &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: g.Text()}
	if _, err := o.Do(ctx, founder, "offices.open_office", in, app.Options{}); err != nil {
		o.Close()
		return nil, fmt.Errorf("found the office: %w", err)
	}
	return o, nil
}

func keysIn(folder string) (k *keys.Office, fresh bool, err error) {
	path := filepath.Join(folder, "office.key")
	if _, err := os.Stat(path); err == nil {
		k, err := keys.ReadFile(path, passphrase)
		return k, false, err
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, false, err
	}
	if k, err = keys.NewOffice("bud", rand.Reader); err != nil {
		return nil, false, err
	}
	return k, true, k.WriteFile(path, passphrase, keys.WorkFactor(10))
}
