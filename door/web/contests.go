package web

import (
	"net/http"
	"strings"

	"cairn/domain/identity"
)

type contestsPage struct {
	Rows    []identity.ContestRow
	All     bool
	Names   map[string]string
	Answer  bool
	Chosen  string // the contest whose form is shown again
	Reason  string
	Problem *problem
	pager
}

func showContests(x *exchange) error { return x.contests(http.StatusOK, contestsPage{}) }

// contests shows what people say against decisions about who they are.
func (x *exchange) contests(status int, p contestsPage) error {
	in := &identity.ContestsInput{All: x.r.FormValue("all") != "", Page: x.pageNumber(), Per: 25}
	var err error
	if p.Rows, err = see[[]identity.ContestRow](x, "identity.contests", in); err != nil {
		return err
	}
	if p.Names, err = x.names(); err != nil {
		return err
	}
	p.All, p.Answer = in.All, x.may("identity.answer_contest", "identity.review")
	p.pager = x.pages(in.Page, len(p.Rows) == in.Per)
	return x.show(status, "contests", p)
}

func answerContest(x *exchange) error {
	in := &identity.AnswerInput{Contest: x.r.PostFormValue("contest"), Answer: x.r.PostFormValue("answer"),
		Reason: strings.TrimSpace(x.r.PostFormValue("reason"))}
	_, err := do[identity.Undone](x, "identity.answer_contest", in)
	if problem := x.formProblem(err); problem != nil {
		return x.contests(http.StatusUnprocessableEntity, contestsPage{Chosen: in.Contest, Reason: in.Reason, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice("contest-answered")
	return x.redirect("/doubles/contests?all=1")
}
