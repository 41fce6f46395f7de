package web

import (
	"net/http"
	"net/url"
	"strconv"

	"cairn/domain/people"
)

type searchPage struct {
	Q, Site string
	people.Found
	Register bool // may register somebody who was not found
	pager
}

// pager links to the pages before and after; "" where there is none.
type pager struct{ Previous, Next string }

// pages makes the links of a list that is asked for by page number.
func (x *exchange) pages(page int, more bool) pager {
	var p pager
	if page > 1 {
		p.Previous = x.linkWith("page", strconv.Itoa(page-1))
	}
	if more {
		p.Next = x.linkWith("page", strconv.Itoa(page+1))
	}
	return p
}

// linkWith is this page's address with one parameter changed.
func (x *exchange) linkWith(name, text string) string {
	q := x.r.URL.Query()
	q.Set(name, text)
	if text == "" {
		q.Del(name)
	}
	return (&url.URL{Path: x.r.URL.Path, RawQuery: q.Encode()}).String()
}

func showSearch(x *exchange) error {
	in := &people.SearchInput{Q: x.r.FormValue("q"), Site: x.r.FormValue("site"), Page: x.pageNumber(), Per: 30}
	found, err := see[people.Found](x, "people.search", in)
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "search", searchPage{Q: in.Q, Site: in.Site, Found: found,
		Register: x.may("people.register", "registration.write"), pager: x.pages(found.Page, found.More)})
}
