package keys

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var holders = [3]string{"Amal Haddad", "Björn Åkesson", "Chị Nguyễn"}

func mustRecovery(t testing.TB, o *Office) (Recovery, [3]Share) {
	t.Helper()
	r, shares, err := NewRecovery(o, holders, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return r, shares
}

// Every ordered pair restores the office, through the texts that people keep;
// one share, with itself or with any invented second one, does not.
func TestTwoSharesAreNeededAndEnough(t *testing.T) {
	o := mustOffice(t, "vienna")
	rapid.Check(t, func(t *rapid.T) {
		made, shares, err := NewRecovery(o, holders, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		file, err := made.JSON()
		if err != nil {
			t.Fatal(err)
		}
		r, err := ParseRecovery(file)
		if err != nil {
			t.Fatal(err)
		}
		invented := Secret(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "invented"))
		for i := range 3 {
			for j := range 3 {
				a, errA := ParseShare(shares[i].Text())
				b, errB := ParseShare(strings.ToLower(shares[j].Text()))
				if errA != nil || errB != nil || a != shares[i] || b != shares[j] {
					t.Fatalf("shares read back wrong: %v %v", errA, errB)
				}
				got, err := Recover(r, a, b)
				if i == j {
					if !errors.Is(err, ErrMalformed) {
						t.Fatalf("share %d alone: %v", i, err)
					}
					continue
				}
				if err != nil || !got.Public().Equal(o.Public()) || got.Wrapping != o.Wrapping ||
					got.Index != o.Index || got.Database != o.Database || !got.Signing.Equal(o.Signing) {
					t.Fatalf("shares %d and %d restore another office or %v", i, j, err)
				}
				for _, key := range []Secret{invented, {}, a.key} {
					b.key = key
					if _, err := Recover(r, a, b); !errors.Is(err, ErrDoesNotOpen) {
						t.Fatalf("share %d with an invented share %d: %v", i, j, err)
					}
				}
			}
		}
	})
}

func TestRecoveryTampering(t *testing.T) {
	r, shares := mustRecovery(t, mustOffice(t, "vienna"))
	for index, pair := range pairs {
		for i := 0; i < len(r.Pairs[index]); i += 29 {
			changed := r
			changed.Pairs[index] = bytes.Clone(r.Pairs[index])
			changed.Pairs[index][i] ^= 1
			_, err := Recover(changed, shares[pair[0]], shares[pair[1]])
			wantError(t, fmt.Sprintf("pair %d, byte %d", index, i), err, ErrDoesNotOpen)
		}
	}
	for what, c := range map[string]struct {
		change func(*Recovery)
		want   error
	}{
		"version":     {func(r *Recovery) { r.Version = "cairn recovery v0" }, ErrMalformed},
		"office":      {func(r *Recovery) { r.Office = "geneva" }, ErrDoesNotOpen},
		"fingerprint": {func(r *Recovery) { r.Fingerprint = "A" }, ErrDoesNotOpen},
		"id":          {func(r *Recovery) { r.ID = append([]byte{r.ID[0] ^ 1}, r.ID[1:]...) }, ErrMalformed},
		"id's end":    {func(r *Recovery) { r.ID = append(bytes.Clone(r.ID[:15]), r.ID[15]^1) }, ErrDoesNotOpen},
		"third name":  {func(r *Recovery) { r.Holders[2] = "Mallory" }, ErrDoesNotOpen},
		"same names":  {func(r *Recovery) { r.Holders[2] = r.Holders[0] }, ErrMalformed},
		"swapped":     {func(r *Recovery) { r.Pairs[0], r.Pairs[1] = r.Pairs[1], r.Pairs[0] }, ErrDoesNotOpen},
		"cut":         {func(r *Recovery) { r.Pairs[2] = r.Pairs[2][:10] }, ErrMalformed},
	} {
		changed := r
		c.change(&changed)
		_, err := Recover(changed, shares[0], shares[1])
		wantError(t, what, err, c.want)
	}
}

func TestRecoveryRefuses(t *testing.T) {
	o := mustOffice(t, "vienna")
	for _, names := range [][3]string{{"a", "b", "a"}, {"a", "a", "b"}, {"b", "a", "a"}, {"a", "", "c"},
		{"a", "b", " "}, {"a", "b\x00", "c"}, {"a", "b", "\xff"}, {"a", "b", strings.Repeat("c", 201)}} {
		_, _, err := NewRecovery(o, names, rand.Reader)
		wantError(t, fmt.Sprintf("%q", names), err, ErrMalformed)
	}
	if _, _, err := NewRecovery(o, holders, bytes.NewReader(make([]byte, 4096))); err == nil {
		t.Error("equal shares were made from a broken source")
	}
	r, shares := mustRecovery(t, o)
	_, later := mustRecovery(t, o)
	_, err := Recover(r, shares[0], later[1])
	wantError(t, "a share of a later recovery", err, ErrMalformed)
	if err == nil || !strings.Contains(err.Error(), holders[1]) {
		t.Errorf("the error does not name the holder: %v", err)
	}
}

func TestRecoveryFileHoldsNoShare(t *testing.T) {
	o := mustOffice(t, "vienna")
	r, shares := mustRecovery(t, o)
	file, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	stored, err := o.marshal()
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range shares {
		encoded, err := json.Marshal(s.key[:])
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(file, bytes.Trim(encoded, `"=`)) || bytes.Contains(file, []byte(s.Text()[10:40])) {
			t.Errorf("the file holds share %d", i)
		}
	}
	for _, sealed := range r.Pairs {
		if len(sealed) != len(stored)+Overhead || bytes.Contains(sealed, stored[:20]) {
			t.Error("a pair holds more than the sealed keys")
		}
	}
}

func TestShareTypingMistakes(t *testing.T) {
	_, shares := mustRecovery(t, mustOffice(t, "vienna"))
	text := shares[2].Text()
	typed := strings.ReplaceAll(strings.Join(strings.Fields(text), ""), " ", "")
	if len(typed) != 64 || strings.Count(text, "\n") != 3 {
		t.Fatalf("a share is written as %q", text)
	}
	lenient := strings.NewReplacer("O", "0", "I", "1", "B", "8", " ", "-").Replace(text)
	if s, err := ParseShare(lenient + "\r\n"); err != nil || s != shares[2] {
		t.Errorf("%q is not understood: %v", lenient, err)
	}
	for i := range typed {
		for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" {
			changed := typed[:i] + string(c) + typed[i+1:]
			if _, err := ParseShare(changed); changed != typed && !errors.Is(err, ErrMalformed) {
				t.Errorf("character %d typed as %c: %v", i, c, err)
			}
		}
		if i > 0 && typed[i] != typed[i-1] {
			_, err := ParseShare(typed[:i-1] + typed[i:i+1] + typed[i-1:i] + typed[i+1:])
			wantError(t, fmt.Sprintf("characters %d and %d swapped", i-1, i), err, ErrMalformed)
		}
		_, err := ParseShare(typed[:i] + typed[i+1:])
		wantError(t, fmt.Sprintf("character %d left out", i), err, ErrMalformed)
	}
	for _, bad := range []string{"", "=", strings.Repeat("=", 64), strings.Repeat("A", 64), "9" + typed[1:], typed[:56] + "AAA====="} {
		_, err := ParseShare(bad)
		wantError(t, bad, err, ErrMalformed)
	}
}

func FuzzParseShare(f *testing.F) {
	f.Add(Share{holder: 1, key: Secret{1, 2, 3}}.Text())
	f.Add("A")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseShare(text)
		if err != nil {
			wantError(t, "parse", err, ErrMalformed)
			return
		}
		if again, err := ParseShare(s.Text()); err != nil || again != s || s.Holder() > 2 {
			t.Errorf("%q does not read back: %v", text, err)
		}
	})
}

func FuzzParseRecovery(f *testing.F) {
	r, shares := mustRecovery(f, mustOffice(f, "vienna"))
	file, err := r.JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add([]byte(`{"version":"cairn recovery v1","office":"vienna","pairs":[null,"",""]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := ParseRecovery(file)
		if err != nil {
			wantError(t, "parse", err, ErrMalformed)
			return
		}
		if o, err := Recover(r, shares[0], shares[1]); err == nil && o.Code != "vienna" {
			t.Error("another office recovered")
		}
		text, err := r.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParseRecovery(text); err != nil || fmt.Sprint(again) != fmt.Sprint(r) {
			t.Errorf("does not read back: %v", err)
		}
	})
}
