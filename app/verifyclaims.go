package app

import (
	"context"
	"errors"

	"cairn/fold"
	"cairn/store"
)

// claimsTable holds who takes how much of a name; its rows are compared with the fold
// like those of any other table.
func claimsTable() *fold.Table { return store.ClaimTables()[0] }

// claimRows gives the rows of a subject's claims, one for each name.
func claimRows(subject string, claims []fold.Claim) []fold.Row {
	if len(claims) == 0 {
		return nil
	}
	table := claimsTable()
	var rows []fold.Row
	var amounts []int64
	at := map[string]int{}
	for _, c := range claims {
		i, seen := at[c.Name]
		if !seen {
			i = len(rows)
			amounts = append(amounts, 0)
			at[c.Name] = i
			rows = append(rows, fold.Row{Table: table, Values: []any{subject, c.Name, int64(0)}})
		}
		amounts[i] += c.Amount
		rows[i].Values[2] = amounts[i]
	}
	return rows
}

// claims compares what is taken of each name with what the entries add up to.
func (v *verification) claims(ctx context.Context, r *store.Reader) error {
	v.report.Claims = int64(len(v.totals))
	err := r.EachClaimTotal(ctx, func(name string, stored int64) {
		total, claimed := v.totals[name]
		delete(v.totals, name)
		switch {
		case !claimed:
			v.report.fault("claim %s: the store says %d, no entry does", name, stored)
		case stored != total:
			v.report.fault("claim %s: the entries add up to %d, the store says %d", name, total, stored)
		}
		v.withinLimit(name, total)
	})
	for name, total := range v.totals {
		if total != 0 {
			v.report.fault("claim %s: the entries add up to %d, the store says 0", name, total)
		}
		v.withinLimit(name, total)
	}
	return errors.Join(err, v.statedLimits(ctx, r))
}

// statedLimits compares the limits that the store keeps to with those of the entries.
func (v *verification) statedLimits(ctx context.Context, r *store.Reader) error {
	rows, err := r.Rows(ctx, store.ClaimTables()[1], "")
	if err != nil {
		return err
	}
	stored := map[string]int64{}
	for _, row := range rows {
		name, _ := row[0].(string)
		stored[name], _ = row[2].(int64)
	}
	for name, limit := range v.limits {
		if kept, found := stored[name]; !found || kept != limit {
			v.report.fault("claim_limits: the limit of %s is %d by its entries, the store says %d: run 'cairn rebuild'", name, limit, kept)
		}
		delete(stored, name)
	}
	for name := range stored {
		v.report.fault("claim_limits: the store limits %s, no entry does: run 'cairn rebuild'", name)
	}
	return nil
}

func (v *verification) withinLimit(name string, total int64) {
	limit, stated := v.limits[name]
	if !stated {
		limit = 1
	}
	if total > limit {
		v.report.fault("claim %s: %d taken of %d", name, total, limit)
	}
}
