package paxlst

import (
	"errors"
	"fmt"
	"strconv"

	"cairn/format/mrz"
)

func (w *writer) person(p *Person) error {
	if err := w.name(p); err != nil {
		return err
	}
	if p.Sex != "" {
		w.segment("ATT", "2", "", p.Sex)
	}
	if err := w.date("329", p.Birth); err != nil {
		return fmt.Errorf("born: %w", err)
	}
	w.luggage(p)
	for _, place := range [][2]string{{"22", p.Clears}, {"174", p.Residence}, {"178", p.Embarks}, {"179", p.Disembarks}} {
		if place[1] != "" {
			w.segment("LOC", place[0], cut(place[1], 25))
		}
	}
	if p.Birthplace != "" {
		w.begin("LOC")
		w.element("180")
		w.element("", "", "", cut(p.Birthplace, 70))
		w.end()
	}
	w.contacts(p.Phone, "", p.Email)
	if p.CrewKind != "" {
		w.begin("EMP")
		w.element("1")
		w.element(p.CrewKind, "110", "111")
		w.end()
	}
	if p.Nationality != "" {
		w.segment("NAT", "2", p.Nationality)
	}
	for _, r := range [][2]string{{"AVF", p.Booking}, {"ABO", p.Reference}, {"SEA", p.Seat}} {
		if r[1] != "" {
			w.coded("RFF", r[0], cut(r[1], 35))
		}
	}
	for _, d := range p.Documents {
		if err := w.document(d); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) name(p *Person) error {
	surname, err := mrz.Latin(p.Surname)
	if err != nil {
		return err
	}
	given, err := mrz.Latin(p.Given)
	if err != nil {
		return err
	}
	middle, err := mrz.Latin(p.Middle)
	if err != nil {
		return err
	}
	if surname == "" {
		return errors.New("has no surname: a person with one name has it there")
	}
	role := p.Role
	if role == "" {
		role = Passenger
	}
	w.begin("NAD")
	w.element(string(role))
	w.element("")
	w.element("")
	w.element(cut(surname, 35), cut(given, 35), cut(middle, 35))
	w.element(cut(p.Street, 35))
	w.element(cut(p.City, 35))
	w.element(cut(p.Region, 9))
	w.element(cut(p.Postcode, 17))
	w.element(p.Country)
	w.end()
	return nil
}

func (w *writer) date(kind, text string) error {
	if text == "" {
		return nil
	}
	short, err := shortDate(text)
	if err != nil {
		return err
	}
	w.coded("DTM", kind, short)
	return nil
}

func (w *writer) luggage(p *Person) {
	measure := func(kind, unit string, value int) {
		if value > 0 {
			w.begin("MEA")
			w.element(kind)
			w.element("")
			w.element(unit, strconv.Itoa(value))
			w.end()
		}
	}
	measure("CT", "", p.Bags)
	measure("WT", "KGM", p.BagKilos)
	if p.Verified {
		w.segment("GEI", "4", "173")
	}
	for _, tag := range p.BagTags {
		w.segment("FTX", "BAG", "", "", cut(tag, 17))
	}
	for _, n := range p.Needs {
		w.begin("FTX")
		w.element("AAI")
		w.element("")
		w.element("")
		w.element(cut(spelled(n.Code), 8), cut(spelled(n.Text), 70))
		w.end()
	}
}

func (w *writer) document(d Document) error {
	if d.Kind == "" || d.Number == "" {
		return fmt.Errorf("document %q: has no kind or no number", d.Number)
	}
	w.begin("DOC")
	w.element(d.Kind, "110", "111")
	w.element(cut(d.Number, 35))
	w.end()
	if err := w.date("36", d.Expiry); err != nil {
		return fmt.Errorf("document %q expires: %w", d.Number, err)
	}
	if err := w.date("182", d.Issued); err != nil {
		return fmt.Errorf("document %q issued: %w", d.Number, err)
	}
	if d.Issuer != "" {
		w.segment("LOC", "91", d.Issuer)
	}
	return nil
}
