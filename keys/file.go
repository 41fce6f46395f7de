package keys

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age/armor"
)

// maxFileSize bounds what ReadFile takes into memory; a key file has about 1 KiB.
const maxFileSize = 64 << 10

// WriteFile writes the office's keys to a new file as armored age text under a
// passphrase, mode 0600. The file appears whole or not at all. An existing file is
// refused with fs.ErrExist, wrapped. Check the passphrase with [PasswordProblem]
// first: only the empty one is refused here.
func (o *Office) WriteFile(path, passphrase string, options ...FileOption) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("writing the key file %s: %w; choose another name or move it away", path, fs.ErrExist)
	}
	return o.writeFile(path, passphrase, false, options)
}

// ReadFile reads a key file. It fails with [ErrPassphrase] for a wrong passphrase,
// with [ErrMalformed] for a damaged file and with the system's error, all wrapped.
func ReadFile(path, passphrase string) (*Office, error) {
	text, err := readBounded(path)
	if err != nil {
		return nil, fmt.Errorf("reading the key file %s: %w", path, err)
	}
	o, err := decryptOffice(text, passphrase)
	if err != nil {
		return nil, fmt.Errorf("reading the key file %s: %w", path, err)
	}
	return o, nil
}

// ChangePassphrase writes a key file again under another passphrase. The old file
// stays until the new one is whole; copies of the old file still open with the
// old passphrase.
func ChangePassphrase(path, old, next string, options ...FileOption) error {
	o, err := ReadFile(path, old)
	if err != nil {
		return fmt.Errorf("changing a passphrase: %w", err)
	}
	defer o.Erase()
	if err := o.writeFile(path, next, true, options); err != nil {
		return fmt.Errorf("changing a passphrase: %w", err)
	}
	return nil
}

func (o *Office) writeFile(path, passphrase string, replace bool, options []FileOption) error {
	text, err := o.encryptText(passphrase, options)
	if err != nil {
		return fmt.Errorf("writing the key file %s: %w", path, err)
	}
	if err := writeWhole(path, text, replace); err != nil {
		return fmt.Errorf("writing the key file %s: %w", path, err)
	}
	return nil
}

func (o *Office) encryptText(passphrase string, options []FileOption) ([]byte, error) {
	recipient, err := PassphraseRecipient(passphrase, options...)
	if err != nil {
		return nil, err
	}
	plain, err := o.marshal()
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	var text bytes.Buffer
	armored := armor.NewWriter(&text)
	encrypted, err := EncryptTo(armored, recipient)
	if err != nil {
		return nil, err
	}
	if _, err := encrypted.Write(plain); err != nil {
		return nil, err
	}
	if err := errors.Join(encrypted.Close(), armored.Close()); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

func decryptOffice(text []byte, passphrase string) (*Office, error) {
	identity, err := PassphraseIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	reader, err := DecryptFrom(armor.NewReader(bytes.NewReader(text)), identity)
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(reader)
	defer clear(plain)
	if err != nil {
		return nil, fmt.Errorf("damaged; use a copy of it: %w: %w", ErrMalformed, err)
	}
	return parseOffice(plain)
}

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFileSize+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFileSize {
		return nil, fmt.Errorf("larger than a key file can be: %w", ErrMalformed)
	}
	return text, nil
}

// writeWhole writes beside path, flushes, and then gives the file its name.
func writeWhole(path string, data []byte, replace bool) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".keys-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := name(f.Name(), path, replace); err != nil {
		return err
	}
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // some systems cannot flush a directory; the file itself is flushed
		_ = d.Close()
	}
	return nil
}

// name moves a file to path. A hard link refuses an existing path without a
// race; file systems that have none get a check and a rename.
func name(temporary, path string, replace bool) error {
	if replace {
		return os.Rename(temporary, path)
	}
	err := os.Link(temporary, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	return os.Rename(temporary, path)
}
