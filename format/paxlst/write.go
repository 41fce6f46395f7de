package paxlst

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"cairn/format/mrz"
)

// Write writes one interchange with the message, one segment a line. It refuses
// a message without sender, recipient, control number, departure or arrival, and
// people without a name, naming them.
func Write(to io.Writer, m Message) error {
	if err := m.check(); err != nil {
		return fmt.Errorf("write the list of %q: %w", m.Transport.Number, err)
	}
	w := &writer{level: m.level(), out: make([]byte, 0, 600+320*len(m.People))}
	w.header(m)
	w.journey(m)
	for i := range m.People {
		if err := w.person(&m.People[i]); err != nil {
			return fmt.Errorf("write the list of %q: person %d: %w", m.Transport.Number, i+1, err)
		}
	}
	w.trailer(m)
	if _, err := to.Write(w.out); err != nil {
		return fmt.Errorf("write the list of %q: %w", m.Transport.Number, err)
	}
	return nil
}

func (m *Message) check() error {
	departs, arrives := false, false
	for _, c := range m.Calls {
		departs = departs || c.Kind == Departs
		arrives = arrives || c.Kind == Arrives
		if c.Place == "" || c.At.IsZero() {
			return fmt.Errorf("call %q: has no place or no time", c.Place)
		}
	}
	switch {
	case m.Sender.ID == "" || m.Recipient.ID == "":
		return errors.New("no sender or no recipient: name both as agreed with the authority")
	case m.Control == "" || len(m.Control) > 14:
		return fmt.Errorf("control number %q: give 1 to 14 characters", m.Control)
	case m.List != Passengers && m.List != Crew:
		return fmt.Errorf("list %q: is neither passengers nor crew", m.List)
	case !departs || !arrives:
		return errors.New("no departure or no arrival: give both calls")
	case m.Transport.Number == "":
		return errors.New("no number of the vehicle: give one")
	}
	return nil
}

// level is the least set of characters that the message needs.
func (m *Message) level() string {
	plain := func(texts ...string) bool {
		return !strings.ContainsFunc(strings.ToUpper(strings.Join(texts, "")), func(r rune) bool { return !isPlain(r) })
	}
	if !plain(m.Reporter.Email, m.Reporter.Phone) {
		return "UNOC"
	}
	for i := range m.People {
		if p := &m.People[i]; p.Email != "" || !plain(p.Birthplace, p.Street, p.City, p.Region) {
			return "UNOC"
		}
	}
	return "UNOA"
}

type writer struct {
	level    string
	out      []byte
	segments int // of the message
}

// begin starts a segment, element and parts continue it, end closes it.
func (w *writer) begin(tag string) { w.out = append(w.out, tag...) }

// element appends an element of components, cut to their longest; empty ones at
// the end are left out.
func (w *writer) element(parts ...string) {
	w.out = append(w.out, '+')
	for len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	for i, part := range parts {
		if i > 0 {
			w.out = append(w.out, ':')
		}
		if w.level == "UNOA" {
			part = strings.ToUpper(part)
		}
		w.out = escape(w.out, narrow(part))
	}
}

func (w *writer) end() {
	for w.out[len(w.out)-1] == '+' && w.out[len(w.out)-2] != '?' {
		w.out = w.out[:len(w.out)-1]
	}
	w.out = append(w.out, '\'', '\n')
	w.segments++
}

// segment writes a whole segment of elements with one component each.
func (w *writer) segment(tag string, elements ...string) {
	w.begin(tag)
	for _, e := range elements {
		w.element(e)
	}
	w.end()
}

// coded writes a segment of a qualifier and one composite.
func (w *writer) coded(tag string, parts ...string) {
	w.begin(tag)
	w.element(parts...)
	w.end()
}

func qualifier(s Station) string {
	if s.Qualifier == "" {
		return "ZZ"
	}
	return s.Qualifier
}

func (w *writer) header(m Message) {
	day, clock := m.Prepared.Format("060102"), m.Prepared.Format("1504")
	w.out = append(w.out, "UNA:+.?*'\n"...)
	w.begin("UNB")
	w.element(w.level, "4")
	w.element(m.Sender.ID, qualifier(m.Sender))
	w.element(m.Recipient.ID, qualifier(m.Recipient))
	w.element(day, clock)
	w.element(m.Control)
	w.element("")
	w.element("APIS")
	w.end()
	w.begin("UNG")
	w.element("PAXLST")
	w.element(m.Sender.ID, qualifier(m.Sender))
	w.element(m.Recipient.ID, qualifier(m.Recipient))
	w.element(day, clock)
	w.element(m.Control)
	w.element("UN")
	w.element("D", "12B")
	w.end()
	w.segments = 0
	w.begin("UNH")
	w.element(m.Control)
	w.element("PAXLST", "D", "12B", "UN", "IATA")
	if m.Part > 0 {
		w.element(cut(m.Reference, 35))
		w.element(fmt.Sprintf("%02d", m.Part), m.position())
	}
	w.end()
	w.segment("BGM", string(m.List))
	if m.Reference != "" {
		w.coded("RFF", "TN", cut(m.Reference, 35))
	}
}

// position is C for the first part and F for the last; parts between have none.
func (m *Message) position() string {
	switch {
	case m.Last:
		return "F"
	case m.Part == 1:
		return "C"
	}
	return ""
}

func (w *writer) journey(m Message) {
	if m.Reporter.Name != "" {
		w.begin("NAD")
		w.element("MS")
		w.element("")
		w.element("")
		w.element(cut(spelled(m.Reporter.Name), 35), cut(spelled(m.Reporter.Given), 35))
		w.end()
	}
	w.contacts(m.Reporter.Phone, m.Reporter.Fax, m.Reporter.Email)
	w.segment("TDT", "20", cut(m.Transport.Number, 17), m.Transport.Mode, "", m.Transport.Carrier)
	for _, c := range m.Calls {
		w.segment("LOC", string(c.Kind), c.Place)
		when := "232"
		if c.Kind == Departs {
			when = "189"
		}
		w.coded("DTM", when, c.At.Format("0601021504"), "201")
	}
}

func (w *writer) contacts(phone, fax, email string) {
	if phone == "" && fax == "" && email == "" {
		return
	}
	w.begin("COM")
	for _, c := range [][2]string{{phone, "TE"}, {fax, "FX"}, {email, "EM"}} {
		if c[0] != "" {
			w.element(c[0], c[1])
		}
	}
	w.end()
}

func (w *writer) trailer(m Message) {
	kind := "42"
	if m.List == Crew {
		kind = "41"
	}
	w.coded("CNT", kind, strconv.Itoa(max(m.Total, len(m.People))))
	w.segment("UNT", strconv.Itoa(w.segments+1), m.Control)
	w.segment("UNE", "1", m.Control)
	w.segment("UNZ", "1", m.Control)
}

// spelled is a name in Latin capitals; what cannot be spelled stays as it is.
func spelled(name string) string {
	if latin, err := mrz.Latin(name); err == nil {
		return latin
	}
	return name
}

// narrow spells the words that ISO 8859-1 has no letters for.
func narrow(text string) string {
	wide := func(r rune) bool { return r > 0xff }
	if !strings.ContainsFunc(text, wide) {
		return text
	}
	words := strings.Split(text, " ")
	for i, word := range words {
		if strings.ContainsFunc(word, wide) {
			words[i] = spelled(word)
		}
	}
	return strings.Join(words, " ")
}

// shortDate is YYMMDD of a date of six or eight digits.
func shortDate(text string) (string, error) {
	if len(text) == 8 {
		text = text[2:]
	}
	if _, err := time.Parse("060102", text); err != nil {
		return "", fmt.Errorf("date %q: write YYMMDD or CCYYMMDD", text)
	}
	return text, nil
}
