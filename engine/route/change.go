package route

import (
	"fmt"
	"maps"
	"slices"
)

// apply makes the changed problem; the old one is left as it was.
func (c Change) apply(p Problem) (Problem, error) {
	p.Services, p.Parties = slices.Clone(p.Services), slices.Clone(p.Parties)
	if err := c.applyServices(&p); err != nil {
		return p, err
	}
	if err := c.applyParties(&p); err != nil {
		return p, err
	}
	return p, nil
}

func (c Change) applyServices(p *Problem) error {
	place := make(map[ServiceID]int, len(p.Services))
	for i, s := range p.Services {
		place[s.ID] = i
	}
	for _, d := range c.Delayed {
		i, ok := place[d.Service]
		if !ok {
			return fmt.Errorf("delay: unknown service %q: correct its id", d.Service)
		}
		p.Services[i].Depart, p.Services[i].Arrive = d.Depart, d.Arrive
	}
	for _, s := range c.Resized {
		i, ok := place[s.Service]
		if !ok {
			return fmt.Errorf("resize: unknown service %q: correct its id", s.Service)
		}
		p.Services[i].Seats = slices.Clone(s.Seats)
	}
	gone := map[ServiceID]bool{}
	for _, id := range c.Cancelled {
		if _, ok := place[id]; !ok {
			return fmt.Errorf("cancel: unknown service %q: correct its id", id)
		}
		gone[id] = true
	}
	p.Services = slices.DeleteFunc(p.Services, func(s Service) bool { return gone[s.ID] })
	p.Services = append(p.Services, c.Opened...)
	return nil
}

func (c Change) applyParties(p *Problem) error {
	place := make(map[PartyID]int, len(p.Parties))
	for i, q := range p.Parties {
		place[q.ID] = i
	}
	for _, n := range c.NoShows {
		i, ok := place[n.Party]
		s := slices.IndexFunc(p.Services, func(s Service) bool { return s.ID == n.Service })
		if !ok || s < 0 {
			return fmt.Errorf("no-show: unknown party %q or service %q: correct the ids", n.Party, n.Service)
		}
		p.Parties[i].Origin, p.Parties[i].Ready = p.Services[s].From, max(n.Ready, c.Now)
	}
	for _, q := range c.Amended {
		i, ok := place[q.ID]
		if !ok {
			return fmt.Errorf("amend: unknown party %q: correct its id, or add the party", q.ID)
		}
		p.Parties[i] = q
	}
	gone := map[PartyID]bool{}
	for _, id := range c.Withdrawn {
		if _, ok := place[id]; !ok {
			return fmt.Errorf("withdraw: unknown party %q: correct its id", id)
		}
		gone[id] = true
	}
	p.Parties = slices.DeleteFunc(p.Parties, func(q Party) bool { return gone[q.ID] })
	p.Parties = append(p.Parties, c.Added...)
	return nil
}

// news compares the plan with the one before.
func (u *update) news(r Result) *Changed {
	out, touched, retimed := &Changed{}, map[ServiceID]bool{}, u.retimed()
	for i, j := range r.Journeys {
		before := u.old[j.Party].Services
		n := Notice{Party: j.Party, Before: before, After: j.Services}
		switch same := slices.Equal(before, j.Services); {
		case same && slices.ContainsFunc(before, func(s ServiceID) bool { return retimed[s] }):
			n.News = NewsRetimed
		case same && (len(before) > 0 || u.known(j.Party)):
			continue
		case len(j.Services) == 0:
			n.News = NewsStranded
		case len(before) == 0:
			n.News = NewsServed
		case u.home[i] != nil:
			n.News = NewsMadeRoom
			out.MadeRoom++
		default:
			n.News = NewsMoved
		}
		out.Notices = append(out.Notices, n)
	}
	for _, id := range u.change.Withdrawn {
		out.Notices = append(out.Notices, Notice{Party: id, News: NewsWithdrawn, Before: u.old[id].Services})
	}
	for _, n := range out.Notices {
		for _, s := range n.Before {
			touched[s] = touched[s] || !slices.Contains(n.After, s)
		}
		for _, s := range n.After {
			touched[s] = touched[s] || !slices.Contains(n.Before, s)
		}
	}
	maps.DeleteFunc(touched, func(s ServiceID, changed bool) bool { return !changed && !retimed[s] })
	out.Services = slices.Sorted(maps.Keys(touched))
	return out
}

func (u *update) known(id PartyID) bool {
	_, ok := u.old[id]
	return ok
}

func (u *update) retimed() map[ServiceID]bool {
	times := map[ServiceID][2]Minute{}
	for _, s := range u.before.Services {
		times[s.ID] = [2]Minute{s.Depart, s.Arrive}
	}
	changed := map[ServiceID]bool{}
	for _, d := range u.change.Delayed {
		if times[d.Service] != [2]Minute{d.Depart, d.Arrive} {
			changed[d.Service] = true
		}
	}
	return changed
}
