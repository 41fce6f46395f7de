package app_test

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lukechampine.com/adiantum"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
	"cairn/store/storetest"
	"cairn/value"
)

var (
	registrar = gate.Actor{ID: "clerk", Office: "bud", Roles: []string{"registrar"}}
	protector = gate.Actor{ID: "officer", Office: "bud", Roles: []string{"protection_officer"}}
	founder   = gate.Actor{ID: "founder", Office: "bud", Roles: []string{"administrator"}}
)

func openWhole(t *testing.T, config store.Config) *app.Office {
	t.Helper()
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return openWholeWith(t, config, k)
}

func openWholeWith(t *testing.T, config store.Config, k *keys.Office) *app.Office {
	t.Helper()
	return apptest.Open(t, app.Config{Store: config, Keys: k, Domains: domain.All()})
}

const (
	plantedName = "Quillfeather, Zsuzsanna"
	plantedWork = "lamplighter of Zanzibar"
)

// plant opens an office and registers somebody among many others.
func plant(t *testing.T, o *app.Office) (record, household string) { return plantAmong(t, o, 12) }

func plantAmong(t *testing.T, o *app.Office, n int) (record, household string) {
	t.Helper()
	do(t, o, founder, "offices.open_office", &offices.OpenInput{Code: "bud", Name: "Budapest", Policy: o.Gate().Text()})
	others := func(from int) {
		for i := range n {
			do(t, o, registrar, "people.register", &people.RegisterInput{Name: fmt.Sprintf("Kovács, János %d", from+i), Birth: "1938"})
		}
	}
	others(0)
	out := do(t, o, registrar, "people.register", &people.RegisterInput{Site: "Traiskirchen", Members: []people.Person{
		{Name: plantedName, Birth: "3.5.1926", Occupation: plantedWork}, {Name: "Kis, Péter", Birth: "1950"}}}).(people.Registered)
	others(100)
	do(t, o, registrar, "people.correct", &people.CorrectInput{Record: out.Records[0], Birth: "4.5.1926", Reason: "certificate"})
	do(t, o, registrar, "people.open_file", &people.OpenInput{Record: out.Records[0], Reason: "a neighbour asks for " + plantedName})
	return out.Records[0], out.Household
}

// traces lists the planted texts and where they stand in a folder's files, which
// are decrypted block by block where there is a key.
func traces(t *testing.T, config store.Config) []string {
	t.Helper()
	name, err := value.ParseName(plantedName)
	if err != nil {
		t.Fatal(err)
	}
	planted := append(value.SearchKeys(name), "Quillfeather", plantedWork)
	files, err := filepath.Glob(filepath.Dir(config.URL) + "/*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var found []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if config.Key != nil && !strings.HasSuffix(file, "-shm") {
			text = decrypted(text, config.Key[:])
		}
		for _, p := range planted {
			if bytes.Contains(text, []byte(p)) {
				found = append(found, p+" in "+filepath.Base(file))
			}
		}
	}
	return found
}

func decrypted(text, key []byte) []byte {
	cipher := adiantum.New(key)
	out := bytes.Clone(text)
	for at := 0; at+4096 <= len(out); at += 4096 {
		cipher.Decrypt(out[at:at+4096], binary.LittleEndian.AppendUint64(nil, uint64(at)))
	}
	return out
}

func TestErasureLeavesNoTrace(t *testing.T) {
	var key [32]byte
	rand.Read(key[:])
	configs := map[string]store.Config{
		"in the clear": {URL: filepath.Join(t.TempDir(), "cairn.db")},
		"encrypted":    {URL: filepath.Join(t.TempDir(), "cairn.db"), Key: &key},
	}
	for name, config := range configs {
		t.Run(name, func(t *testing.T) {
			o := openWhole(t, config)
			record, _ := plantAmong(t, o, 100)
			if found := traces(t, config); len(found) < 3 {
				t.Fatalf("the search finds nothing before the erasure: %v", found)
			}
			do(t, o, protector, "offices.erase_subject", &offices.EraseInput{Subject: record, Reason: "asked_by_person"})
			if found := traces(t, config); len(found) > 0 {
				t.Errorf("while the office is open: %v", found)
			}
			if err := o.Close(); err != nil {
				t.Fatal(err)
			}
			if found := traces(t, config); len(found) > 0 {
				t.Errorf("after it was closed: %v", found)
			}
		})
	}
}

func TestErasure(t *testing.T) { storetest.Run(t, erasure) }

func erasure(t *testing.T, config store.Config) {
	o := openWhole(t, config)
	record, household := plant(t, o)
	refused := func(what string, actor gate.Actor, action string, in any, want blueprint.Fault) {
		t.Helper()
		if _, err := o.Do(t.Context(), actor, action, in, app.Options{}); blueprint.FaultOf(err) != want {
			t.Errorf("%s: %v", what, err)
		}
	}
	erase := &offices.EraseInput{Subject: record, Reason: "asked_by_person"}
	refused("a registrar", registrar, "offices.erase_subject", erase, blueprint.Denied)
	refused("words as a reason", protector, "offices.erase_subject", &offices.EraseInput{Subject: record, Reason: "Zsuzsanna asked"}, blueprint.Invalid)
	refused("nothing", protector, "offices.erase_subject", &offices.EraseInput{Subject: "none", Reason: "ordered"}, blueprint.NotFound)
	do(t, o, founder, "offices.record_backup", &offices.BackupInput{Expires: inDays(40)})
	out := do(t, o, protector, "offices.erase_subject", erase).(offices.Erased)
	if out.Pending != inDays(40) {
		t.Errorf("pending until %q", out.Pending)
	}
	refused("twice", protector, "offices.erase_subject", erase, blueprint.Conflict)
	refused("the erased", registrar, "people.correct", &people.CorrectInput{Record: record, Birth: "1927", Reason: "x"}, blueprint.Conflict)
	refused("what is not about a person", protector, "offices.erase_subject", &offices.EraseInput{Subject: out.Erasure, Reason: "ordered"}, blueprint.Conflict)

	sound := func(when string) {
		t.Helper()
		if report := verify(t, o); len(report.Faults) > 0 || report.Erased != 3 {
			t.Errorf("%s: %+v", when, report)
		}
	}
	sound("after the erasure")
	before, err := o.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprint(before); strings.Contains(text, "Quillfeather") {
		t.Error("a table still names who was erased")
	}
	if _, err := o.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	sound("after a rebuild")
	if after, err := o.Dump(t.Context()); err != nil || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("a rebuild gives other tables: %v", err)
	}
	for name, in := range map[string]any{"people.household": &people.HouseholdInput{Household: household}, "offices.erasures": &offices.ListInput{}} {
		if _, err := o.See(t.Context(), protector, name, in, app.Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestVerifyFindsLostKeys takes a key away without an erasure.
func TestVerifyFindsLostKeys(t *testing.T) { storetest.Run(t, findsLostKeys) }

func findsLostKeys(t *testing.T, config store.Config) {
	o := openWhole(t, config)
	record, _ := plant(t, o)
	err := o.Store().Maintain(t.Context(), func(tx store.Tx) error {
		_, err := tx.ExecContext(t.Context(), "DELETE FROM subject_keys WHERE subject = $1", record)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if faults := strings.Join(verify(t, o).Faults, "\n"); !strings.Contains(faults, "no erasure of it is recorded") {
		t.Fatalf("faults: %q", faults)
	}
}

func inDays(n int) string { return time.Now().UTC().AddDate(0, 0, n).Format(time.DateOnly) }
