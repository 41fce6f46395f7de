package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"cairn/app"
	"cairn/domain"
	"cairn/domain/offices"
	"cairn/gate"
	"cairn/keys"
	"cairn/store"
)

// clock is the simulation's: it stands still until a step sets it on, so that every
// run of the same example tells the same story.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// simulation is one run: its office, its staff, and what it noted on the way.
type simulation struct {
	ctx    context.Context
	people int // as many as were asked for
	office *app.Office
	clock  *clock
	staff  map[string]gate.Actor // by role
	files  string                // the folder with the example's files
	report *report
	// password opens every simulated account; it is drawn anew for each run.
	password, hash string
	events         *eventBook
	show           func(stage string, done, total int64)
}

// roles are those that the simulation needs somebody for.
var roles = []string{"registrar", "reviewer", "caseworker", "protection_officer",
	"medical_officer", "placement_officer", "movement_officer", "escort", "monitor", "system"}

// found opens an office for the simulation in a folder or on a database.
func (s *simulation) found(c *Command, folder string) error {
	g, err := gate.Load()
	if err != nil {
		return err
	}
	k, err := keys.NewOffice("bud", rand.Reader)
	if err != nil {
		return err
	}
	key := [32]byte(k.Database)
	config := store.Config{URL: filepath.Join(folder, "cairn.db"), Key: &key}
	switch {
	case c.store != nil:
		config = *c.store
	case c.DB != "":
		config = store.Config{URL: c.DB}
	}
	if _, err := os.Stat(config.URL); err == nil {
		return fmt.Errorf("there is a record in %s already: the demo wants an empty folder", folder)
	}
	s.office, err = app.Open(s.ctx, app.Config{Store: config, Keys: k, Gate: g, Domains: domain.All(), Clock: s.clock.now})
	if err != nil {
		return err
	}
	return s.appoint(k)
}

func (s *simulation) appoint(k *keys.Office) error {
	s.staff = map[string]gate.Actor{"founder": {ID: "founder", Office: s.office.Code(), Roles: []string{"administrator"}}}
	open := &offices.OpenInput{Code: s.office.Code(), Name: "Cairn demonstration", Public: k.Public().String(), Policy: s.office.Gate().Text()}
	if _, err := s.do("founder", "offices.open_office", open); err != nil {
		return fmt.Errorf("open the office's log (is the database empty?): %w", err)
	}
	s.password = "demo-" + strings.ToLower(rand.Text())
	var err error
	if s.hash, err = keys.HashPassword(s.password, rand.Reader, keys.CheapPassword()); err != nil {
		return err
	}
	for _, role := range roles {
		if err := s.employ(role, role, ""); err != nil {
			return err
		}
	}
	return nil
}

// employ appoints a simulated member of staff, known to the simulation by a name.
func (s *simulation) employ(name, role, country string) error {
	out, err := s.do("founder", "offices.appoint_staff", &offices.AppointInput{
		Login: "demo." + strings.ToLower(name), Name: "Simulated " + strings.ReplaceAll(name, "_", " "), Roles: []string{role}, Country: country, Password: s.hash})
	if err != nil {
		return err
	}
	appointed, ok := out.Out.(offices.Appointed)
	if !ok {
		return fmt.Errorf("appointing gave %T", out.Out)
	}
	s.staff[name] = gate.Actor{ID: appointed.Staff, Office: s.office.Code(), Roles: []string{role}, Country: country}
	return nil
}

// commissionOf names the simulated commission of a receiving state.
func commissionOf(country string) string { return "commission-" + country }

// appointCommission appoints it when it is first asked.
func (s *simulation) appointCommission(country string) error {
	if _, found := s.staff[commissionOf(country)]; found {
		return nil
	}
	return s.employ(commissionOf(country), "receiving_state", country)
}

// do runs an action as the simulated member of staff with a role, and shows its progress.
func (s *simulation) do(role, action string, in any) (app.Outcome, error) {
	return s.doWith(role, action, in, app.Options{Progress: s.show})
}

func (s *simulation) doWith(role, action string, in any, options app.Options) (app.Outcome, error) {
	out, err := s.office.Do(s.ctx, s.staff[role], action, in, options)
	if err != nil {
		return out, fmt.Errorf("%s: %w", action, err)
	}
	s.report.note(out)
	return out, nil
}

// texts runs a query of the simulated people's own look at the tables and gives
// rows of texts.
func (s *simulation) texts(query string, args ...any) ([][]string, error) {
	var out [][]string
	err := s.office.Store().Read(s.ctx, func(r *store.Reader) error {
		rows, err := r.Query(s.ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		for rows.Next() {
			values := make([]string, len(columns))
			targets := make([]any, len(columns))
			for i := range values {
				targets[i] = &values[i]
			}
			if err := rows.Scan(targets...); err != nil {
				return err
			}
			out = append(out, values)
		}
		return rows.Err()
	})
	return out, err
}
