package keys

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func mustOffice(t testing.TB, code string) *Office {
	t.Helper()
	o, err := NewOffice(code, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func mustSubject(t testing.TB) Subject {
	t.Helper()
	k, err := NewSubject(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got error %v, want %v", what, err, want)
	}
}

// everyFlip calls check with data once for each byte, that byte changed.
func everyFlip(data []byte, check func(i int, changed []byte)) {
	for i := range data {
		changed := bytes.Clone(data)
		changed[i] ^= 1
		check(i, changed)
	}
}

func TestSubjectSealsAndOpens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := Subject(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key"))
		k[0] |= 1
		aad, plain := rapid.SliceOf(rapid.Byte()).Draw(t, "aad"), rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		sealed, err := k.Seal(rand.Reader, aad, plain)
		if err != nil || len(sealed) != len(plain)+Overhead {
			t.Fatalf("sealed to %d bytes, %v", len(sealed), err)
		}
		got, err := k.Open(aad, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %x, %v", got, err)
		}
		if _, err := k.Open(append(aad, 0), sealed); !errors.Is(err, ErrDoesNotOpen) {
			t.Fatalf("opened with other associated data: %v", err)
		}
	})
}

func TestSubjectRefuses(t *testing.T) {
	k, other := mustSubject(t), mustSubject(t)
	sealed, err := k.Seal(rand.Reader, []byte("header"), []byte("body"))
	if err != nil {
		t.Fatal(err)
	}
	everyFlip(sealed, func(i int, changed []byte) {
		_, err := k.Open([]byte("header"), changed)
		wantError(t, fmt.Sprintf("byte %d changed", i), err, ErrDoesNotOpen)
	})
	for n := range sealed {
		_, err := k.Open([]byte("header"), sealed[:n])
		wantError(t, fmt.Sprintf("cut to %d bytes", n), err, ErrDoesNotOpen)
	}
	_, err = other.Open([]byte("header"), sealed)
	wantError(t, "another key", err, ErrDoesNotOpen)
	again, err := k.Seal(rand.Reader, []byte("header"), []byte("body"))
	if err != nil || bytes.Equal(again, sealed) {
		t.Errorf("the same body sealed twice looks the same, or %v", err)
	}
	k.Erase()
	_, err = k.Open([]byte("header"), sealed)
	wantError(t, "erased key opens", err, ErrErased)
	_, err = k.Seal(rand.Reader, nil, nil)
	wantError(t, "erased key seals", err, ErrErased)
}

func TestBrokenRandomSource(t *testing.T) {
	for name, random := range map[string]*bytes.Reader{
		"short": bytes.NewReader(make([]byte, 31)), "zeros": bytes.NewReader(make([]byte, 4096)),
	} {
		if _, err := NewSubject(random); err == nil {
			t.Errorf("%s: made a subject's key", name)
		}
		if _, err := NewOffice("vienna", random); err == nil {
			t.Errorf("%s: made an office", name)
		}
	}
	if _, err := NewSubject(nil); err == nil {
		t.Error("made a key from no source")
	}
	k := mustSubject(t)
	if _, err := k.Seal(bytes.NewReader(nil), nil, nil); err == nil {
		t.Error("sealed without a nonce")
	}
}

func TestOfficeCodes(t *testing.T) {
	for code, ok := range map[string]bool{"ge": true, "vienna": true, "geneva01": true, "g": false, "": false,
		"geneva012": false, "Vienna": false, "a-b": false, "zü": false, "a\x00b": false} {
		_, err := NewOffice(code, rand.Reader)
		if ok != (err == nil) || !ok && !errors.Is(err, ErrMalformed) {
			t.Errorf("code %q: %v", code, err)
		}
	}
}

func TestOfficeComesFromItsRandomness(t *testing.T) {
	seed := bytes.Repeat([]byte("0123456789abcdefghijklmnopqrstuvw"), 5)
	a, errA := NewOffice("vienna", bytes.NewReader(seed))
	b, errB := NewOffice("vienna", bytes.NewReader(seed))
	if errA != nil || errB != nil || !a.Public().Equal(b.Public()) || a.Wrapping != b.Wrapping {
		t.Errorf("the same randomness gives different offices: %v %v", errA, errB)
	}
	if a.Wrapping == a.Index || a.Index == a.Database || a.Wrapping == a.Database {
		t.Error("an office uses one key for two things")
	}
}

func TestWrap(t *testing.T) {
	o, other, k := mustOffice(t, "vienna"), mustOffice(t, "vienna"), mustSubject(t)
	wrapped, err := o.Wrap("p17", k)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := o.Unwrap("p17", wrapped); err != nil || got != k {
		t.Errorf("unwrapped another key or %v", err)
	}
	everyFlip(wrapped, func(i int, changed []byte) {
		_, err := o.Unwrap("p17", changed)
		wantError(t, fmt.Sprintf("byte %d changed", i), err, ErrDoesNotOpen)
	})
	_, err = o.Unwrap("p18", wrapped)
	wantError(t, "another subject", err, ErrDoesNotOpen)
	_, err = other.Unwrap("p17", wrapped)
	wantError(t, "another office's key", err, ErrDoesNotOpen)
	renamed := *o
	renamed.Code = "geneva"
	_, err = renamed.Unwrap("p17", wrapped)
	wantError(t, "another office's name", err, ErrDoesNotOpen)
	_, err = o.Wrap("p17", Subject{})
	wantError(t, "an erased key", err, ErrErased)
}

func TestGrant(t *testing.T) {
	vienna, geneva, thief, k := mustOffice(t, "vienna"), mustOffice(t, "geneva"), mustOffice(t, "thief"), mustSubject(t)
	grant, err := vienna.WrapFor(geneva.Public(), "p17", k)
	if err != nil || len(grant) != GrantSize {
		t.Fatalf("a grant of %d bytes, %v", len(grant), err)
	}
	if got, err := geneva.UnwrapFrom(vienna.Public(), "p17", grant); err != nil || got != k {
		t.Errorf("granted another key or %v", err)
	}
	for i := 0; i < len(grant); i += 37 {
		changed := bytes.Clone(grant)
		changed[i] ^= 1
		_, err := geneva.UnwrapFrom(vienna.Public(), "p17", changed)
		wantError(t, fmt.Sprintf("byte %d changed", i), err, ErrSignature)
	}
	_, err = geneva.UnwrapFrom(vienna.Public(), "p17", grant[1:])
	wantError(t, "cut", err, ErrMalformed)
	_, err = geneva.UnwrapFrom(vienna.Public(), "p18", grant)
	wantError(t, "another subject", err, ErrSignature)
	_, err = thief.UnwrapFrom(vienna.Public(), "p17", grant)
	wantError(t, "another receiver", err, ErrSignature)
	_, err = geneva.UnwrapFrom(Public{}, "p17", grant)
	wantError(t, "no giver", err, ErrMalformed)

	sealed := grant[:len(grant)-ed25519.SignatureSize]
	context := grantContext(thief.Public(), geneva.Public(), "p17")
	stolen := append(bytes.Clone(sealed), ed25519.Sign(thief.Signing, append(context, sealed...))...)
	_, err = geneva.UnwrapFrom(thief.Public(), "p17", stolen)
	wantError(t, "signed again by a thief", err, ErrDoesNotOpen)
	_, err = vienna.WrapFor(geneva.Public(), "p17", Subject{})
	wantError(t, "an erased key", err, ErrErased)
	_, err = vienna.WrapFor(Public{Code: "geneva"}, "p17", k)
	wantError(t, "half a receiver", err, ErrMalformed)
}

func TestBlindIndex(t *testing.T) {
	o := mustOffice(t, "vienna")
	seen := map[string]string{}
	for _, c := range [][2]string{{"passport", "A1"}, {"passport", "A2"}, {"visa", "A1"}, {"passportA", "1"}, {"", "passportA1"}} {
		index := o.BlindIndex(c[0], c[1])
		if len(index) != 32 || index != o.BlindIndex(c[0], c[1]) {
			t.Errorf("%v: %s is not stable or not 32 digits", c, index)
		}
		if before := seen[index]; before != "" {
			t.Errorf("%v and %s share an index", c, before)
		}
		seen[index] = fmt.Sprint(c)
	}
	if seen[mustOffice(t, "vienna").BlindIndex("passport", "A1")] != "" {
		t.Error("two offices share an index")
	}
}

func TestErasedOfficeDoesNothing(t *testing.T) {
	o, geneva := mustOffice(t, "vienna"), mustOffice(t, "geneva")
	o.Erase()
	_, err := o.Wrap("p", mustSubject(t))
	wantError(t, "Wrap", err, ErrErased)
	_, err = o.Unwrap("p", nil)
	wantError(t, "Unwrap", err, ErrErased)
	_, err = o.WrapFor(geneva.Public(), "p", mustSubject(t))
	wantError(t, "WrapFor", err, ErrErased)
	_, err = o.UnwrapFrom(geneva.Public(), "p", nil)
	wantError(t, "UnwrapFrom", err, ErrErased)
	_, err = o.Identity()
	wantError(t, "Identity", err, ErrErased)
	_, _, err = NewRecovery(o, [3]string{"a", "b", "c"}, rand.Reader)
	wantError(t, "NewRecovery", err, ErrErased)
	wantError(t, "Public", o.Public().Valid(), ErrMalformed)
}

func TestSecretsNeverPrint(t *testing.T) {
	o, k := mustOffice(t, "vienna"), mustSubject(t)
	_, shares, err := NewRecovery(o, [3]string{"a", "b", "c"}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	identity, err := o.Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []any{o, *o, k, &k, o.Wrapping, &o.Database, shares[0], &shares[0], identity} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%b", "%c"} {
			if got := fmt.Sprintf(verb, value); got != "secret" {
				t.Errorf("%T with %s prints %s", value, verb, got)
			}
		}
	}
	for _, value := range []any{o, *o, k, o.Wrapping, shares[0]} {
		if got, err := json.Marshal(map[string]any{"key": value}); err == nil {
			t.Errorf("%T becomes JSON: %s", value, got)
		}
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", value)
		if !strings.HasSuffix(log.String(), "key=secret\n") {
			t.Errorf("%T is logged as %s", value, log.String())
		}
	}
	if got := fmt.Sprint(shares, []Subject{k}, map[string]*Office{"o": o}); got != "[secret secret secret] [secret] map[o:secret]" {
		t.Errorf("collections print %s", got)
	}
}

func TestPublicText(t *testing.T) {
	p := mustOffice(t, "vienna").Public()
	text := p.String()
	if strings.ContainsAny(text, "\n\r") {
		t.Error("the text form is more than one line")
	}
	got, err := ParsePublic("  " + text + "\n")
	if err != nil || !got.Equal(p) || got.Fingerprint() != p.Fingerprint() {
		t.Errorf("read back %v, %v", got, err)
	}
	for i := 0; i < len(text); i += 13 {
		changed := []byte(text)
		changed[i] = map[bool]byte{true: 'b', false: 'c'}[changed[i] == 'c']
		if _, err := ParsePublic(string(changed)); !errors.Is(err, ErrMalformed) {
			t.Errorf("character %d changed: %v", i, err)
		}
	}
	for _, bad := range []string{"", publicVersion, text[:len(text)-1], text + " more", strings.Replace(text, " ", "  ", 1)} {
		_, err := ParsePublic(bad)
		wantError(t, fmt.Sprintf("%.30q", bad), err, ErrMalformed)
	}
	var back struct{ P Public }
	data, err := json.Marshal(struct{ P Public }{p})
	if err == nil {
		err = json.Unmarshal(data, &back)
	}
	if err != nil || !back.P.Equal(p) {
		t.Errorf("through JSON: %v", err)
	}
}

func FuzzParsePublic(f *testing.F) {
	f.Add(mustOffice(f, "vienna").Public().String())
	f.Add(publicVersion + " vienna AA AA AA")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePublic(text)
		if err != nil {
			wantError(t, "parse", err, ErrMalformed)
		} else if p.String() != strings.TrimSpace(text) {
			t.Errorf("%q is not the form that String writes", text)
		}
	})
}

func BenchmarkSeal500(b *testing.B) {
	k, aad, plain := mustSubject(b), make([]byte, 120), make([]byte, 500)
	for b.Loop() {
		if _, err := k.Seal(rand.Reader, aad, plain); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen500(b *testing.B) {
	k, aad := mustSubject(b), make([]byte, 120)
	sealed, err := k.Seal(rand.Reader, aad, make([]byte, 500))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := k.Open(aad, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrap(b *testing.B) {
	o, k := mustOffice(b, "vienna"), mustSubject(b)
	for b.Loop() {
		if _, err := o.Wrap("person-0123456789abcdef", k); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnwrap(b *testing.B) {
	o := mustOffice(b, "vienna")
	wrapped, err := o.Wrap("person-0123456789abcdef", mustSubject(b))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := o.Unwrap("person-0123456789abcdef", wrapped); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBlindIndex(b *testing.B) {
	o := mustOffice(b, "vienna")
	for b.Loop() {
		o.BlindIndex("passport", "AB1234567")
	}
}

func BenchmarkGrant(b *testing.B) {
	o, to, k := mustOffice(b, "vienna"), mustOffice(b, "geneva").Public(), mustSubject(b)
	for b.Loop() {
		if _, err := o.WrapFor(to, "person", k); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnwrapFrom(b *testing.B) {
	o, to := mustOffice(b, "vienna"), mustOffice(b, "geneva")
	grant, err := o.WrapFor(to.Public(), "person", mustSubject(b))
	if err != nil {
		b.Fatal(err)
	}
	from := o.Public()
	for b.Loop() {
		if _, err := to.UnwrapFrom(from, "person", grant); err != nil {
			b.Fatal(err)
		}
	}
}
