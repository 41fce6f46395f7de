package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cairn/domain/resettlement"
)

// whatIfPage asks what a change of places would bring. The changes stand in the page's
// address, so that an answer can be kept and sent on.
type whatIfPage struct {
	Asked   *resettlement.WhatIf // nil before anything was asked
	Changes []askedChange
	Places  []resettlement.PlaceRow
	Lands   []string // that have open places
	Quotas  []resettlement.QuotaRow
	Move    bool
	Most    int // people at a place, for the picture
	Problem *problem
}

// askedChange is one change in the words of the address, and how to leave it out.
type askedChange struct {
	Word    string
	Without string // the address
	Rooms   []resettlement.RoomChange
	Land    *resettlement.Withdrawal
	Quota   *resettlement.QuotaChange
}

// mostChanges bounds what one question may hold.
const mostChanges = 20

func showWhatIf(x *exchange) error {
	board, err := see[resettlement.Board](x, "resettlement.board", &resettlement.BoardInput{Limit: 500})
	if err != nil {
		return err
	}
	p := whatIfPage{Move: x.r.FormValue("move") != "", Quotas: board.Quotas}
	for _, place := range board.Places {
		if place.Open {
			p.Places = append(p.Places, place)
			if !slices.Contains(p.Lands, place.Country) {
				p.Lands = append(p.Lands, place.Country)
			}
		}
	}
	words := p.words(x.r.Form)
	in := &resettlement.WhatIfInput{Move: p.Move}
	for _, word := range words {
		readChange(word, in)
	}
	status := http.StatusOK
	if len(words) == 0 {
		// The gate is asked all the same: the form is for those who may ask.
		if err := x.require("resettlement.what_if", "resettlement.propose"); err != nil {
			return err
		}
		return x.show(status, "whatif", p)
	}
	asked, err := see[resettlement.WhatIf](x, "resettlement.what_if", in)
	if p.Problem = x.formProblem(err); p.Problem != nil {
		status = http.StatusUnprocessableEntity
	} else if err != nil {
		return err
	} else {
		p.Asked = &asked
	}
	p.list(words, x.r.URL.Path)
	return x.show(status, "whatif", p)
}

// words are the changes of the address, with what the form adds to them. One about the
// same place, country or quota replaces the earlier.
func (p *whatIfPage) words(form url.Values) []string {
	words := slices.Clone(form["change"])
	if place := form.Get("place"); place != "" {
		room := ""
		for _, d := range []string{resettlement.People, resettlement.School} {
			if n := strings.TrimSpace(form.Get("more-" + d)); n != "" {
				room += ":" + d + "=" + n
			}
		}
		words = append(words, "room:"+place+room)
	}
	if land := form.Get("land"); land != "" {
		words = append(words, "withdraw:"+land)
	}
	if quota := form.Get("quota"); quota != "" {
		limit := strings.TrimSpace(form.Get("limit"))
		for _, q := range p.Quotas {
			if limit == "" && quota == q.Country+":"+q.Period {
				limit = strconv.FormatInt(2*q.People, 10)
			}
		}
		words = append(words, "quota:"+quota+":"+limit)
	}
	var out []string
	for _, word := range words {
		out = slices.DeleteFunc(out, func(earlier string) bool { return about(earlier) == about(word) })
		out = append(out, word)
	}
	return out[:min(len(out), mostChanges)]
}

// about is what a change concerns, without the figures.
func about(word string) string {
	parts := strings.Split(word, ":")
	if parts[0] == "quota" {
		return strings.Join(parts[:min(3, len(parts))], ":")
	}
	return strings.Join(parts[:min(2, len(parts))], ":")
}

// readChange adds a change in the words of the address to a question; what cannot be read
// is left as it is, for the program to refuse.
func readChange(word string, in *resettlement.WhatIfInput) {
	parts := strings.Split(word, ":")
	switch {
	case parts[0] == "room" && len(parts) > 1:
		room := resettlement.MoreRoom{Place: parts[1], Room: map[string]int64{}}
		for _, part := range parts[2:] {
			d, text, _ := strings.Cut(part, "=")
			n, err := strconv.ParseInt(text, 10, 32)
			if err != nil {
				n = 1 << 40 // no place has that much
			}
			room.Room[d] = n
		}
		in.Rooms = append(in.Rooms, room)
	case parts[0] == "withdraw" && len(parts) == 2:
		in.Withdraw = append(in.Withdraw, parts[1])
	case parts[0] == "quota" && len(parts) == 4:
		n, err := strconv.ParseInt(parts[3], 10, 64)
		if err != nil {
			n = -1
		}
		in.Quotas = append(in.Quotas, resettlement.OtherQuota{Country: parts[1], Period: parts[2], People: n})
	}
}

// list says each change as it was understood, and how to ask without it.
func (p *whatIfPage) list(words []string, path string) {
	for i, word := range words {
		rest := url.Values{"change": slices.Delete(slices.Clone(words), i, i+1)}
		if p.Move {
			rest.Set("move", "yes")
		}
		p.Changes = append(p.Changes, askedChange{Word: word, Without: (&url.URL{Path: path, RawQuery: rest.Encode()}).String()})
	}
	if p.Asked == nil {
		return
	}
	for i := range p.Changes {
		c := &p.Changes[i]
		for _, r := range p.Asked.Rooms {
			if about(c.Word) == "room:"+r.Place {
				c.Rooms = append(c.Rooms, r)
			}
		}
		for k, land := range p.Asked.Withdraw {
			if c.Word == "withdraw:"+land.Country {
				c.Land = &p.Asked.Withdraw[k]
			}
		}
		for k, q := range p.Asked.Quotas {
			if about(c.Word) == "quota:"+q.Country+":"+q.Period {
				c.Quota = &p.Asked.Quotas[k]
			}
		}
	}
	for _, place := range p.Asked.Places {
		p.Most = max(p.Most, place.Before, place.After)
	}
}
