package web

import (
	"net/http"
	"strings"

	"cairn/domain/resettlement"
)

// offersPage is what a receiving state sees of the offers made to it: no names.
type offersPage struct {
	resettlement.Offers
	Chosen  string // the case whose form is shown again
	Reason  string
	Problem *problem
	pager
}

func showOffers(x *exchange) error { return x.offers(http.StatusOK, offersPage{}) }

func (x *exchange) offers(status int, p offersPage) error {
	var err error
	p.Offers, err = see[resettlement.Offers](x, "resettlement.offers", &resettlement.OffersInput{After: x.r.FormValue("after"), Limit: 25})
	if err != nil {
		return err
	}
	p.pager = x.after(p.More)
	return x.show(status, "offers", p)
}

func answerOffer(x *exchange) error {
	answer := resettlement.Answer{Case: x.r.PostFormValue("case"), Accepted: x.r.PostFormValue("answer") == "accept",
		Reason: strings.TrimSpace(x.r.PostFormValue("reason"))}
	_, err := do[resettlement.Decided](x, "resettlement.answer_for_state", &resettlement.AnswersInput{Answers: []resettlement.Answer{answer}})
	if problem := x.formProblem(err); problem != nil {
		return x.offers(http.StatusUnprocessableEntity, offersPage{Chosen: answer.Case, Reason: answer.Reason, Problem: problem})
	}
	if err != nil {
		return err
	}
	x.notice("offers-answered")
	return x.redirect("/offers")
}
