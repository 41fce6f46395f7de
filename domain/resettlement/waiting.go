package resettlement

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"cairn/blueprint"
	"cairn/domain/identity"
)

// waitingCases reads the open cases of a pathway that have no placement, with all
// that a plan needs; ids narrows them down.
func waitingCases(w *blueprint.Work, pathway string, ids []string) ([]household, error) {
	found, err := blueprint.Collect(w, func(rows *sql.Rows) (household, error) {
		var h household
		err := rows.Scan(&h.id, &h.origin, &h.priority)
		return h, err
	}, `SELECT c.case_id, c.origin, c.priority FROM cases_case c WHERE c.closed = '' AND c.pathway = $1 AND c.stage IN ('opened', 'assessed')
		AND NOT EXISTS (SELECT 1 FROM resettlement_placement p WHERE p.case_id = c.case_id AND p.standing = 1) ORDER BY c.case_id`, pathway)
	if err != nil {
		return nil, fmt.Errorf("read the cases that wait: %w", err)
	}
	if len(ids) > 0 {
		wanted := map[string]bool{}
		for _, id := range ids {
			wanted[id] = true
		}
		found = slices.DeleteFunc(found, func(h household) bool { return !wanted[h.id] })
	}
	return complete(w, found)
}

// complete reads what a plan needs to know of households beside their cases; those of
// whom nobody is left are left out.
func complete(w *blueprint.Work, out []household) ([]household, error) {
	at := map[string]int{}
	for i := range out {
		at[out[i].id] = i
		out[i].unsafe, out[i].declined = map[string]bool{}, map[string]bool{}
	}
	get := func(id string) *household {
		if i, ok := at[id]; ok {
			return &out[i]
		}
		return nil
	}
	err := errors.Join(readMembers(w, keys(at), get), readWishes(w, keys(at), get), readDeclined(w, keys(at), get))
	if err == nil {
		err = readProtection(w, out)
	}
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(out, func(h household) bool { return len(h.members) == 0 }), nil
}

func keys(at map[string]int) []string { return slices.Sorted(maps.Keys(at)) }

func readMembers(w *blueprint.Work, ids []string, get func(string) *household) error {
	err := w.Reader.In(w.Ctx, `SELECT m.case_id, r.record, r.birth, r.needs, r.languages FROM cases_member m
		JOIN people_record r ON r.record = m.record WHERE r.dead = 0 AND m.case_id IN (%s) ORDER BY m.case_id, r.record`, ids,
		func(rows *sql.Rows) error {
			var id, needs, languages string
			var p person
			if err := rows.Scan(&id, &p.record, &p.birth, &needs, &languages); err != nil {
				return err
			}
			p.needs, p.languages = commas(needs), commas(languages)
			h := get(id)
			h.members = append(h.members, p)
			return nil
		})
	if err != nil {
		return fmt.Errorf("read the cases' members: %w", err)
	}
	return nil
}

func readWishes(w *blueprint.Work, ids []string, get func(string) *household) error {
	err := w.Reader.In(w.Ctx, "SELECT case_id, country FROM cases_wish WHERE case_id IN (%s) ORDER BY case_id, rank", ids,
		func(rows *sql.Rows) error {
			var id, country string
			err := rows.Scan(&id, &country)
			h := get(id)
			h.wishes = append(h.wishes, country)
			return err
		})
	if err != nil {
		return fmt.Errorf("read the cases' wishes: %w", err)
	}
	return nil
}

func readDeclined(w *blueprint.Work, ids []string, get func(string) *household) error {
	err := w.Reader.In(w.Ctx, "SELECT case_id, place, country, by_whom FROM resettlement_declined WHERE case_id IN (%s)", ids,
		func(rows *sql.Rows) error {
			var id, place, country, by string
			err := rows.Scan(&id, &place, &country, &by)
			h := get(id)
			h.declined[place] = true
			if by == StateDeclined {
				h.unsafe[country] = true
			}
			return err
		})
	if err != nil {
		return fmt.Errorf("read what was declined: %w", err)
	}
	return nil
}

// readProtection reads risk findings and consents of all records of the members'
// persons.
func readProtection(w *blueprint.Work, out []household) error {
	var records []string
	for i := range out {
		for _, m := range out[i].members {
			records = append(records, m.record)
		}
	}
	persons, err := identity.Members(w, records)
	if err != nil {
		return err
	}
	var all []string
	for _, members := range persons {
		all = append(all, members...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	risks, consents, withdrawn := map[string][]string{}, map[string][]string{}, map[string][]string{}
	err = w.Reader.In(w.Ctx, "SELECT record, country FROM rights_finding WHERE status IN ('open', 'affirmed') AND record IN (%s)", all,
		func(rows *sql.Rows) error { return pair(rows, risks) })
	if err != nil {
		return fmt.Errorf("read the risk findings: %w", err)
	}
	for query, into := range map[string]map[string][]string{
		"SELECT record, destination FROM people_consent WHERE purpose = 'resettlement' AND withdrawn = '' AND record IN (%s)":  consents,
		"SELECT record, destination FROM people_consent WHERE purpose = 'resettlement' AND withdrawn <> '' AND record IN (%s)": withdrawn,
	} {
		if err := w.Reader.In(w.Ctx, query, all, func(rows *sql.Rows) error { return pair(rows, into) }); err != nil {
			return fmt.Errorf("read the consents: %w", err)
		}
	}
	for i := range out {
		out[i].protect(persons, risks, consents, withdrawn)
	}
	return nil
}

// protect closes countries to a household: those with a risk to a member, and those
// to which a member no longer agrees.
func (h *household) protect(persons, risks, consents, withdrawn map[string][]string) {
	said := map[string][]string{}
	for _, m := range h.members {
		for _, r := range persons[m.record] {
			for _, country := range slices.Concat(risks[r], withdrawn[r]) {
				h.unsafe[country] = true
			}
			said[m.record] = append(said[m.record], consents[r]...)
		}
	}
	h.agreed = agreedTo(said)
}

func pair(rows *sql.Rows, into map[string][]string) error {
	var key, text string
	err := rows.Scan(&key, &text)
	into[key] = append(into[key], text)
	return err
}

// receptions reads places with what is used of them. With open, only those to which
// somebody may still be proposed on a day; with ids, only those.
func receptions(w *blueprint.Work, today string, ids ...string) ([]reception, error) {
	const columns = "SELECT place, country, locality, languages, services, conditions, starts, ends FROM resettlement_place "
	var out []reception
	scan := func(rows *sql.Rows) error {
		var r reception
		var languages, services, conditions string
		err := rows.Scan(&r.ID, &r.Country, &r.Locality, &languages, &services, &conditions, &r.From, &r.To)
		r.Languages, r.Services, r.Conditions = split(languages), split(services), split(conditions)
		r.Capacity, r.Used = map[string]int64{}, map[string]int64{}
		out = append(out, r)
		return err
	}
	var err error
	if len(ids) > 0 {
		err = w.Reader.In(w.Ctx, columns+"WHERE place IN (%s) ORDER BY place", ids, scan)
	} else {
		_, err = blueprint.Collect(w, func(rows *sql.Rows) (struct{}, error) { return struct{}{}, scan(rows) },
			columns+"WHERE open = 1 AND (ends = '' OR ends >= $1) ORDER BY place", today)
	}
	if err != nil {
		return nil, fmt.Errorf("read the places: %w", err)
	}
	return out, readRoom(w, out)
}

func readRoom(w *blueprint.Work, places []reception) error {
	at, ids := map[string]*reception{}, []string{}
	for i := range places {
		at[places[i].ID] = &places[i]
		ids = append(ids, places[i].ID)
	}
	err := w.Reader.In(w.Ctx, "SELECT place, dimension, amount FROM resettlement_capacity WHERE place IN (%s)", ids, func(rows *sql.Rows) error {
		var id, dimension string
		var n int64
		err := rows.Scan(&id, &dimension, &n)
		at[id].Capacity[dimension] = n
		return err
	})
	if err != nil {
		return fmt.Errorf("read the places' room: %w", err)
	}
	err = w.Reader.In(w.Ctx, `SELECT place, SUM(people), SUM(school), SUM(medical), SUM(large) FROM resettlement_placement
		WHERE standing = 1 AND place IN (%s) GROUP BY place`, ids, func(rows *sql.Rows) error {
		var id string
		var people, school, medical, large int64
		err := rows.Scan(&id, &people, &school, &medical, &large)
		at[id].Used = map[string]int64{People: people, School: school, Medical: medical, Large: large}
		return err
	})
	if err != nil {
		return fmt.Errorf("add up what is used of the places: %w", err)
	}
	return nil
}

func readQuotas(w *blueprint.Work) ([]quota, error) {
	quotas, err := blueprint.Collect(w, func(rows *sql.Rows) (quota, error) {
		var q quota
		err := rows.Scan(&q.id, &q.country, &q.period, &q.people)
		if err == nil {
			q.from, q.to, err = bounds(q.period)
		}
		return q, err
	}, "SELECT quota, country, period, people FROM resettlement_quota ORDER BY country, period")
	if err != nil {
		return nil, fmt.Errorf("read the quotas: %w", err)
	}
	return quotas, nil
}
