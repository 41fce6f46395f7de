package paxlst

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Read reads the messages of an interchange. It checks the counts of segments
// and of people and the references of headers against trailers; an error names
// the segment by number and tag. Segments that the package does not know are
// left out; so are qualifiers without a field here.
func Read(from io.Reader) ([]Message, error) {
	segments, err := scan(from)
	if err != nil {
		return nil, fmt.Errorf("read the passenger list: %w", err)
	}
	r := &reader{}
	for i := range segments {
		if err := r.take(&segments[i]); err != nil {
			return nil, fmt.Errorf("read the passenger list: segment %d, %s: %w", i+1, segments[i].tag, err)
		}
	}
	if !r.closed {
		return nil, errors.New("read the passenger list: it ends without UNZ: the file may be cut")
	}
	return r.messages, nil
}

type reader struct {
	messages []Message
	now      *Message // between UNH and UNT
	person   *Person
	document *Document
	head     Message // what UNB says of all
	first    int     // number of the UNH segment
	control  string
	group    string
	closed   bool
}

func (r *reader) take(s *segment) error {
	if r.closed {
		return errors.New("stands behind UNZ")
	}
	switch s.tag {
	case "UNB":
		return r.open(s)
	case "UNG":
		r.group = s.part(5, 0)
		return nil
	case "UNH":
		return r.begin(s)
	case "UNT":
		return r.end(s)
	case "UNE":
		return r.trailer(s, r.group)
	case "UNZ":
		r.closed = true
		return r.trailer(s, r.head.Control)
	}
	if r.now == nil {
		return errors.New("stands outside a message")
	}
	if s.tag == "NAD" {
		return r.name(s)
	}
	if r.person != nil {
		return r.detail(s)
	}
	return r.heading(s)
}

func (r *reader) open(s *segment) error {
	prepared, err := time.Parse("0601021504", s.part(4, 0)+s.part(4, 1))
	if err != nil {
		if prepared, err = time.Parse("200601021504", s.part(4, 0)+s.part(4, 1)); err != nil {
			return fmt.Errorf("prepared %q %q: write YYMMDD and HHMM", s.part(4, 0), s.part(4, 1))
		}
	}
	r.head = Message{Sender: Station{s.part(2, 0), s.part(2, 1)}, Recipient: Station{s.part(3, 0), s.part(3, 1)}, Prepared: prepared, Control: s.part(5, 0)}
	return nil
}

func (r *reader) begin(s *segment) error {
	if r.now != nil {
		return errors.New("a message begins before the last has ended")
	}
	if kind := s.part(2, 0); kind != "PAXLST" {
		return fmt.Errorf("message %q: is not a PAXLST", kind)
	}
	m := r.head
	r.now, r.person, r.document, r.first, r.control = &m, nil, nil, s.number, s.part(1, 0)
	if part, err := strconv.Atoi(s.part(4, 0)); err == nil {
		m.Part, m.Last = part, s.part(4, 1) == "F"
	}
	return nil
}

func (r *reader) end(s *segment) error {
	if r.now == nil {
		return errors.New("no message has begun")
	}
	if count := s.number - r.first + 1; s.part(1, 0) != strconv.Itoa(count) {
		return fmt.Errorf("counts %q segments, there are %d: the list may be cut", s.part(1, 0), count)
	}
	if s.part(2, 0) != r.control {
		return fmt.Errorf("ends message %q, but %q began", s.part(2, 0), r.control)
	}
	if r.now.Part == 0 && r.now.Total != 0 && r.now.Total != len(r.now.People) {
		return fmt.Errorf("the list counts %d people and names %d", r.now.Total, len(r.now.People))
	}
	r.messages = append(r.messages, *r.now)
	r.now = nil
	return nil
}

func (r *reader) trailer(s *segment, control string) error {
	if r.now != nil {
		return errors.New("the message before has no UNT")
	}
	if s.part(2, 0) != control {
		return fmt.Errorf("closes %q, but %q was opened", s.part(2, 0), control)
	}
	return nil
}

// heading reads the segments before the first person.
func (r *reader) heading(s *segment) error {
	m := r.now
	switch s.tag {
	case "BGM":
		m.List = List(s.part(1, 0))
	case "RFF":
		if s.part(1, 0) == "TN" {
			m.Reference = s.part(1, 1)
		}
	case "COM":
		contacts(s, &m.Reporter.Phone, &m.Reporter.Fax, &m.Reporter.Email)
	case "TDT":
		m.Transport = Transport{Number: s.part(2, 0), Mode: s.part(3, 0), Carrier: s.part(5, 0)}
	case "LOC":
		m.Calls = append(m.Calls, Call{Kind: CallKind(s.part(1, 0)), Place: s.part(2, 0)})
	case "DTM":
		if len(m.Calls) == 0 {
			return nil
		}
		at, err := moment(s.part(1, 1), s.part(1, 2))
		if err != nil {
			return err
		}
		m.Calls[len(m.Calls)-1].At = at
	}
	return nil
}

func moment(text, format string) (time.Time, error) {
	layout := "0601021504"
	if format == "203" || len(text) == 12 {
		layout = "200601021504"
	}
	at, err := time.Parse(layout, text)
	if err != nil {
		return at, fmt.Errorf("time %q: write YYMMDDHHMM with format 201, or CCYYMMDDHHMM with 203", text)
	}
	return at, nil
}

func contacts(s *segment, phone, fax, email *string) {
	for i := range s.elements {
		switch s.part(i+1, 1) {
		case "TE":
			*phone = s.part(i+1, 0)
		case "FX":
			*fax = s.part(i+1, 0)
		case "EM":
			*email = s.part(i+1, 0)
		}
	}
}
