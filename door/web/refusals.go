package web

import (
	"net/http"

	"cairn/domain/rights"
)

type refusalsPage struct {
	rights.Refusals
	Rule  string
	Files bool // may open files at all, perhaps for a reason
	Names map[string]string
	pager
}

func showRefusals(x *exchange) error {
	in := &rights.RefusalsInput{Rule: x.r.FormValue("rule"), Page: x.pageNumber(), Per: 20}
	found, err := see[rights.Refusals](x, "rights.refusals", in)
	if err != nil {
		return err
	}
	p := refusalsPage{Refusals: found, Rule: in.Rule, Files: x.mayForAReason("people.file", "registration.read"),
		pager: x.pages(found.Page, int64(found.Page)*int64(found.Per) < found.Total)}
	if p.Names, err = x.names(); err != nil {
		return err
	}
	return x.show(http.StatusOK, "refusals", p)
}
