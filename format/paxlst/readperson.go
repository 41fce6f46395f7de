package paxlst

import (
	"fmt"
	"strconv"
)

func (r *reader) name(s *segment) error {
	role := Role(s.part(1, 0))
	if role == "MS" {
		r.now.Reporter.Name, r.now.Reporter.Given = s.part(4, 0), s.part(4, 1)
		return nil
	}
	if s.part(4, 0) == "" {
		return fmt.Errorf("person %d has no name", len(r.now.People)+1)
	}
	r.now.People = append(r.now.People, Person{Role: role, Surname: s.part(4, 0), Given: s.part(4, 1), Middle: s.part(4, 2),
		Street: s.part(5, 0), City: s.part(6, 0), Region: s.part(7, 0), Postcode: s.part(8, 0), Country: s.part(9, 0)})
	r.person = &r.now.People[len(r.now.People)-1]
	r.document = nil
	return nil
}

// detail reads the segments of one person, and CNT behind the last.
func (r *reader) detail(s *segment) error {
	p := r.person
	switch s.tag {
	case "ATT":
		if s.part(1, 0) == "2" {
			p.Sex = s.part(3, 0)
		}
	case "DTM":
		r.date(s)
	case "MEA":
		return r.measure(s)
	case "GEI":
		p.Verified = p.Verified || s.part(1, 0) == "4" && s.part(2, 0) == "173"
	case "FTX":
		switch s.part(1, 0) {
		case "BAG":
			p.BagTags = append(p.BagTags, s.part(4, 0))
		case "AAI":
			p.Needs = append(p.Needs, Need{s.part(4, 0), s.part(4, 1)})
		}
	case "LOC":
		r.place(s)
	case "COM":
		fax := ""
		contacts(s, &p.Phone, &fax, &p.Email)
	case "EMP":
		p.CrewKind = s.part(2, 0)
	case "NAT":
		p.Nationality = s.part(2, 0)
	case "RFF":
		r.reference(s)
	case "DOC":
		p.Documents = append(p.Documents, Document{Kind: s.part(1, 0), Number: s.part(2, 0)})
		r.document = &p.Documents[len(p.Documents)-1]
	case "CNT":
		total, err := strconv.Atoi(s.part(1, 1))
		if err != nil {
			return fmt.Errorf("total %q: is not a number", s.part(1, 1))
		}
		r.now.Total = total
	}
	return nil
}

func (r *reader) date(s *segment) {
	text := s.part(1, 1)
	switch kind := s.part(1, 0); {
	case kind == "329":
		r.person.Birth = text
	case kind == "36" && r.document != nil:
		r.document.Expiry = text
	case kind == "182" && r.document != nil:
		r.document.Issued = text
	}
}

func (r *reader) measure(s *segment) error {
	value, err := strconv.Atoi(s.part(3, 1))
	if err != nil || value < 0 {
		return fmt.Errorf("measure %q: is not a whole number", s.part(3, 1))
	}
	switch s.part(1, 0) {
	case "CT":
		r.person.Bags = value
	case "WT":
		r.person.BagKilos = value
	}
	return nil
}

func (r *reader) place(s *segment) {
	p, place := r.person, s.part(2, 0)
	switch s.part(1, 0) {
	case "22":
		p.Clears = place
	case "174":
		p.Residence = place
	case "178":
		p.Embarks = place
	case "179":
		p.Disembarks = place
	case "180":
		p.Birthplace = s.part(2, 3)
	case "91":
		if r.document != nil {
			r.document.Issuer = place
		}
	}
}

func (r *reader) reference(s *segment) {
	switch s.part(1, 0) {
	case "AVF":
		r.person.Booking = s.part(1, 1)
	case "ABO":
		r.person.Reference = s.part(1, 1)
	case "SEA":
		r.person.Seat = s.part(1, 1)
	}
}
