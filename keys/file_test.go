package keys

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/plugin"
)

const passphrase = "correct horse battery é"

var cheap = WorkFactor(4)

func writeKeyFile(t *testing.T) (*Office, string) {
	t.Helper()
	o, path := mustOffice(t, "vienna"), filepath.Join(t.TempDir(), "vienna.key")
	if err := o.WriteFile(path, passphrase, cheap); err != nil {
		t.Fatal(err)
	}
	return o, path
}

func TestKeyFile(t *testing.T) {
	o, path := writeKeyFile(t)
	for _, typed := range []string{passphrase, "correct horse battery e\u0301"} {
		got, err := ReadFile(path, typed)
		if err != nil || !got.Public().Equal(o.Public()) || got.Wrapping != o.Wrapping || got.Index != o.Index || got.Database != o.Database {
			t.Errorf("%q reads another office or %v", typed, err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("files left behind: %v %v", left, err)
	}
	before, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(before, []byte("-----BEGIN AGE ENCRYPTED FILE-----")) {
		t.Errorf("not armored: %v", err)
	}
	wantError(t, "overwriting", o.WriteFile(path, "other", cheap), fs.ErrExist)
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the refused file changed: %v", err)
	}
}

func TestNamingRefusesWithoutARace(t *testing.T) {
	dir := t.TempDir()
	temporary, path := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	for _, p := range []string{temporary, path} {
		if err := os.WriteFile(p, []byte(p), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wantError(t, "naming", name(temporary, path, false), fs.ErrExist)
}

func TestKeyFileRefuses(t *testing.T) {
	o, path := writeKeyFile(t)
	_, err := ReadFile(path, "another passphrase")
	wantError(t, "wrong passphrase", err, ErrPassphrase)
	if _, err = ReadFile(path, ""); err == nil {
		t.Error("read without a passphrase")
	}
	_, err = ReadFile(path+"x", passphrase)
	wantError(t, "missing", err, fs.ErrNotExist)
	if err := o.WriteFile(path+"2", "", cheap); err == nil {
		t.Error("written without a passphrase")
	}
	if err := o.WriteFile(path+"2", passphrase, WorkFactor(60)); err == nil {
		t.Error("written with a work factor that cannot be read")
	}
	o.Erase()
	wantError(t, "erased", o.WriteFile(path+"2", passphrase, cheap), ErrErased)

	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(text); i += 7 {
		changed := bytes.Clone(text)
		changed[i] ^= 2
		if got, err := decryptOffice(changed, passphrase); err == nil {
			t.Errorf("byte %d changed and still read as %s", i, got.Code)
		}
	}
	for what, content := range map[string][]byte{"empty": nil, "cut": text[:len(text)/2], "no key file": []byte("hello\n"),
		"too large": bytes.Repeat([]byte("x"), maxFileSize+1)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadFile(path, passphrase)
		wantError(t, what, err, ErrMalformed)
	}
}

func TestChangePassphrase(t *testing.T) {
	o, path := writeKeyFile(t)
	wantError(t, "wrong passphrase", ChangePassphrase(path, "wrong", "next one", cheap), ErrPassphrase)
	if err := ChangePassphrase(path, passphrase, "", cheap); err == nil {
		t.Error("changed to none")
	}
	if err := ChangePassphrase(path, passphrase, "next one", cheap); err != nil {
		t.Fatal(err)
	}
	_, err := ReadFile(path, passphrase)
	wantError(t, "old passphrase", err, ErrPassphrase)
	if got, err := ReadFile(path, "next one"); err != nil || !got.Public().Equal(o.Public()) {
		t.Errorf("new passphrase: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func FuzzParseOffice(f *testing.F) {
	stored, err := mustOffice(f, "vienna").marshal()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(stored)
	f.Add(append(stored, '{'))
	f.Add([]byte(`{"version":"cairn office v1","code":"vienna","signing":"AA=="}`))
	f.Fuzz(func(t *testing.T, stored []byte) {
		o, err := parseOffice(stored)
		if err != nil {
			wantError(t, "parse", err, ErrMalformed)
			return
		}
		if again, err := o.marshal(); err != nil {
			t.Error(err)
		} else if back, err := parseOffice(again); err != nil || !back.Public().Equal(o.Public()) {
			t.Errorf("does not read back: %v", err)
		}
	})
}

func encryptAll(t *testing.T, plain []byte, recipients ...age.Recipient) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := EncryptTo(&file, recipients...)
	if err == nil {
		_, err = w.Write(plain)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func decryptAll(file []byte, identity age.Identity) ([]byte, error) {
	r, err := DecryptFrom(bytes.NewReader(file), identity)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func mustIdentity(t *testing.T, o *Office) age.Identity {
	t.Helper()
	identity, err := o.Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity
}

func mustRecipient(t *testing.T, p Public) age.Recipient {
	t.Helper()
	recipient, err := p.Recipient()
	if err != nil {
		t.Fatal(err)
	}
	return recipient
}

func TestBackup(t *testing.T) {
	vienna, geneva, thief := mustOffice(t, "vienna"), mustOffice(t, "geneva"), mustOffice(t, "thief")
	plain := make([]byte, 200_000)
	_, _ = rand.Read(plain)
	file := encryptAll(t, plain, mustRecipient(t, vienna.Public()), mustRecipient(t, geneva.Public()))
	for _, o := range []*Office{vienna, geneva} {
		if got, err := decryptAll(file, mustIdentity(t, o)); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("office %s: %v", o.Code, err)
		}
	}
	_, err := decryptAll(file, mustIdentity(t, thief))
	wantError(t, "another office", err, ErrDoesNotOpen)
	for _, i := range []int{0, 60, 400, 2000, len(file) / 2, len(file) - 1} {
		changed := bytes.Clone(file)
		changed[i] ^= 1
		if _, err := decryptAll(changed, mustIdentity(t, vienna)); err == nil {
			t.Errorf("byte %d changed and still read", i)
		}
		if _, err := decryptAll(file[:i], mustIdentity(t, vienna)); err == nil {
			t.Errorf("cut to %d bytes and still read", i)
		}
	}
	_, err = Public{Code: "vienna"}.Recipient()
	wantError(t, "half a recipient", err, ErrMalformed)
}

func TestBackupWithPassphrase(t *testing.T) {
	recipient, err := PassphraseRecipient(passphrase, cheap)
	if err != nil {
		t.Fatal(err)
	}
	file := encryptAll(t, []byte("ledger"), recipient)
	for typed, want := range map[string]error{passphrase: nil, "wrong": ErrPassphrase} {
		identity, err := PassphraseIdentity(typed)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decryptAll(file, identity)
		if !errors.Is(err, want) || want == nil && string(got) != "ledger" {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	if _, err := EncryptTo(io.Discard, recipient, mustRecipient(t, mustOffice(t, "vienna").Public())); err == nil {
		t.Error("a passphrase and an office together were accepted")
	}
}

// An age program reads what an office writes, and the other way round.
func TestBackupIsNativeAge(t *testing.T) {
	native, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	_, raw, err := plugin.ParseRecipient(native.Recipient().String())
	if err != nil {
		t.Fatal(err)
	}
	o := mustOffice(t, "vienna")
	p := o.Public()
	p.Encrypt = raw
	if got, err := decryptAll(encryptAll(t, []byte("hello"), mustRecipient(t, p)), native); err != nil || string(got) != "hello" {
		t.Errorf("age reads %q, %v", got, err)
	}
	text := plugin.EncodeRecipient("pq", o.Public().Encrypt)
	recipient, err := age.ParseHybridRecipient(text)
	if err != nil {
		t.Fatalf("%.20s: %v", text, err)
	}
	file := encryptAll(t, []byte("hello"), native.Recipient(), recipient)
	if got, err := decryptAll(file, mustIdentity(t, o)); err != nil || string(got) != "hello" {
		t.Errorf("the office reads %q, %v", got, err)
	}
	if strings.Contains(string(file), "vienna") {
		t.Error("the file names its recipient")
	}
}
