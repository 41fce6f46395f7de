package keys

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
)

// From the tests of the Argon2 reference implementation (password "password",
// salt "somesalt", 64 MiB, 2 passes, 1 lane).
const referenceHash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

func TestPasswordHash(t *testing.T) {
	if ok, err := CheckPassword(referenceHash, "password"); !ok || err != nil {
		t.Errorf("the reference hash: %v %v", ok, err)
	}
	hash, err := HashPassword("zimní cesta přes hory", rand.Reader, CheapPassword())
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("%s, %v", hash, err)
	}
	for password, want := range map[string]bool{"zimní cesta přes hory": true, "zimni\u0301 cesta pr\u030ces hory": true,
		"zimni cesta pres hory": false, "": false, strings.Repeat("x", 5000): false} {
		if ok, err := CheckPassword(hash, password); ok != want || err != nil {
			t.Errorf("%.30q: %v %v", password, ok, err)
		}
	}
	again, err := HashPassword("zimní cesta přes hory", rand.Reader, CheapPassword())
	if err != nil || again == hash {
		t.Errorf("the salt does not change: %v", err)
	}
	if PasswordOutdated(hash, CheapPassword()) || !PasswordOutdated(hash, StandardPassword()) || !PasswordOutdated("x", CheapPassword()) {
		t.Error("PasswordOutdated is wrong")
	}
	standard, err := HashPassword("x", rand.Reader, StandardPassword())
	if err != nil || !strings.HasPrefix(standard, "$argon2id$v=19$m=65536,t=3,p=4$") {
		t.Errorf("the standard hash is %.40s, %v", standard, err)
	}
}

func TestDecoyHash(t *testing.T) {
	decoy, err := DecoyHash(rand.Reader, CheapPassword())
	if err != nil || PasswordOutdated(decoy, CheapPassword()) {
		t.Fatalf("%s, %v", decoy, err)
	}
	if ok, err := CheckPassword(decoy, "a lamp in every window"); ok || err != nil {
		t.Errorf("checked against it: %v %v", ok, err)
	}
	if again, err := DecoyHash(rand.Reader, CheapPassword()); err != nil || again == decoy {
		t.Errorf("it is always the same: %v", err)
	}
	if _, err := DecoyHash(strings.NewReader("short"), CheapPassword()); err == nil {
		t.Error("made without randomness")
	}
}

func TestPasswordHashRefuses(t *testing.T) {
	for _, bad := range []string{"", "secret", "$2a$10$abcdefghijklmnopqrstuv",
		strings.Replace(referenceHash, "argon2id", "argon2i", 1), strings.Replace(referenceHash, "v=19", "v=16", 1),
		strings.Replace(referenceHash, "m=65536", "m=99999999", 1), strings.Replace(referenceHash, "t=2", "t=0", 1),
		strings.Replace(referenceHash, "p=1", "p=0", 1), strings.Replace(referenceHash, "p=1", "p=300", 1),
		strings.Replace(referenceHash, "m=65536", "m=065536", 1), strings.Replace(referenceHash, "c29tZXNhbHQ", "", 1),
		strings.Replace(referenceHash, "p=1", "p=1,keyid=1", 1), referenceHash[:60], referenceHash + "$", referenceHash + "\n"} {
		ok, err := CheckPassword(bad, "password")
		if ok || !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v %v", bad, ok, err)
		}
	}
	for _, params := range []PasswordParams{{}, {1, 64, 16}, {17, 64, 1}, {1, 1 << 30, 1}, {1, 1024, 17}} {
		if _, err := HashPassword("x", rand.Reader, params); !errors.Is(err, ErrMalformed) {
			t.Errorf("%+v: %v", params, err)
		}
	}
	if _, err := HashPassword(strings.Repeat("x", 5000), rand.Reader, CheapPassword()); err == nil {
		t.Error("a password that can never be checked was hashed")
	}
	if _, err := HashPassword("x", strings.NewReader("short"), CheapPassword()); err == nil {
		t.Error("hashed without a whole salt")
	}
}

func TestPasswordProblem(t *testing.T) {
	for password, part := range map[string]string{
		"three green boats": "", "طريق الجبال البعيد": "", "gvE7!kq0zWx2": "", "山の向こうの青い小さな家へ": "",
		"short": "at least 12", "": "at least 12", "elevenchars": "at least 12", strings.Repeat("ab c", 100): "at most 256",
		"aaaaaaaaaaaaaaaa": "repetition", "vienna5vienna5": "repetition", "abcdefghijklmn": "run", "zyxwvutsrqponml": "run",
		"password2024!": "well-known", "12345iloveyou6": "well-known", "Administrator": "well-known",
		"839201748362": "no letters", "three\x00green boats": "typed", "three green \xff\xfe": "typed",
	} {
		got := ""
		if err := PasswordProblem(password); err != nil {
			got = err.Error()
		}
		if part == "" != (got == "") || !strings.Contains(got, part) {
			t.Errorf("%.40q: %q", password, got)
		}
	}
}

func FuzzParsePasswordHash(f *testing.F) {
	f.Add(referenceHash)
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := parsePasswordHash(text)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Errorf("%q: %v", text, err)
			}
		} else if h.String() != text || h.params.valid() != nil {
			t.Errorf("%q is read as %s", text, h)
		}
	})
}

func BenchmarkHashPassword(b *testing.B) {
	for b.Loop() {
		if _, err := HashPassword("three green boats", rand.Reader, StandardPassword()); err != nil {
			b.Fatal(err)
		}
	}
}
