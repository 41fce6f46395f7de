package paxlst

import "fmt"

// Cut divides a message into parts of at most a number of people, each its own
// interchange, numbered after the message's control number. A message that is
// small enough is returned as it is.
func Cut(m Message, most int) []Message {
	if most < 1 || len(m.People) <= most {
		return []Message{m}
	}
	var parts []Message
	for begin := 0; begin < len(m.People); begin += most {
		part := m
		part.People = m.People[begin:min(begin+most, len(m.People))]
		part.Part, part.Total = len(parts)+1, len(m.People)
		part.Last = begin+most >= len(m.People)
		part.Control = fmt.Sprintf("%s%02d", cut(m.Control, 12), part.Part)
		parts = append(parts, part)
	}
	return parts
}
