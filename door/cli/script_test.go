package cli_test

import (
	"crypto/rand"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cairn/door/cli"
	"cairn/keys"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cairn": func() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

const password = "a lamp in every window"

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CAIRN_DIR", "office")
			env.Setenv("CAIRN_PASSPHRASE", "seven stones on the ridge")
			env.Setenv("CAIRN_PASSWORD", password)
			hash, err := keys.HashPassword(password, rand.Reader, keys.CheapPassword())
			if err != nil {
				return err
			}
			env.Setenv("HASH", hash)
			return nil
		},
	})
}
