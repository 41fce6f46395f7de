package movement

import (
	"errors"
	"slices"
	"strings"
	"time"

	"cairn/domain/people"
	"cairn/format/mrz"
	"cairn/value"
	"cairn/value/said"
)

// How a document on record stands.
const (
	PaperChecked    = "checked"    // its zone was read and its check digits are right
	PaperDoubtful   = "doubtful"   // its zone was read, and something does not fit: see Faults
	PaperUnreadable = "unreadable" // its zone is on record and cannot be read
	PaperStated     = "stated"     // only its number is on record
)

// What a check of a document can find. Stored nowhere; doors translate them.
const (
	FaultDigits      = "check_digits"        // a check digit does not fit: read the zone again
	FaultExpired     = "expired"             // before the day of departure
	FaultBirth       = "birth_differs"       // from the record
	FaultSex         = "sex_differs"         // from the record
	FaultNationality = "nationality_differs" // from the record
	FaultNumber      = "number_differs"      // from the number stated at the desk
	FaultName        = "name_differs"        // from the record, which is in Latin letters
)

// Paper is a passenger's document as it stands on record, checked by its zone.
type Paper struct {
	Type        string        `json:"type,omitempty"` // as stated at the desk
	Kind        string        `json:"kind,omitempty"` // of the zone: P passport, V visa, I, A or C card
	Number      string        `json:"number"`
	Issuer      string        `json:"issuer,omitempty"`
	Nationality string        `json:"nationality,omitempty"` // of the zone: XXA stateless, XXB refugee …
	Surname     string        `json:"surname,omitempty"`     // of the zone
	Given       string        `json:"given,omitempty"`
	Expiry      string        `json:"expiry,omitempty"` // YYYY-MM-DD
	State       string        `json:"state"`
	Faults      []string      `json:"faults,omitempty"`
	Detail      said.Sentence `json:"detail,omitzero"` // what exactly cannot be read, or does not fit
	Zone        string        `json:"zone,omitempty"`  // as it was read, where it cannot be understood
}

// checkPaper compares a document with its own check digits and with its holder's
// record, for a departure.
func checkPaper(d people.Document, holder people.RecordRegistered, departure time.Time) Paper {
	out := Paper{Type: d.Type, Number: d.Number, Issuer: string(d.Issuer), State: PaperStated}
	if blank(d.Zone) {
		return out
	}
	z, err := mrz.Parse(d.Zone)
	var digits *mrz.CheckError
	if err != nil && !errors.As(err, &digits) {
		out.State, out.Detail, out.Zone = PaperUnreadable, said.Of(err), d.Zone
		return out
	}
	out.Kind, out.Nationality, out.Surname, out.Given = z.Code, z.Nationality, z.Surname, z.Given
	out.Issuer = orElse(out.Issuer, z.Issuer)
	fault := func(is bool, what string) {
		if is {
			out.Faults = append(out.Faults, what)
		}
	}
	if digits != nil {
		fault(true, FaultDigits)
		out.Detail = digits.Which()
	}
	if until, err := mrz.Expires(z.Expiry, departure); err == nil {
		out.Expiry = until.Format(time.DateOnly)
		fault(until.Before(departure.Truncate(24*time.Hour)), FaultExpired)
	}
	fault(!sameBirth(z.Birth, holder.Birth), FaultBirth)
	fault(!sameSex(z.Sex, holder.Sex), FaultSex)
	fault(!sameNationality(z.Nationality, holder.Nationalities), FaultNationality)
	fault(plainNumber(z.Number) != plainNumber(d.Number), FaultNumber)
	fault(!sameName(z, holder.Name), FaultName)
	if out.State = PaperChecked; len(out.Faults) > 0 {
		out.State = PaperDoubtful
	}
	return out
}

// sameBirth compares as far as both are known.
func sameBirth(zone string, birth value.Date) bool {
	for i, part := range []int{birth.Year % 100, birth.Month, birth.Day} {
		text := zone[2*i : 2*i+2]
		unknown := part == 0 && (i > 0 || birth.Year == 0)
		if text != "<<" && !unknown && !birth.Approx && text != string([]byte{byte('0' + part/10), byte('0' + part%10)}) {
			return false
		}
	}
	return true
}

func sameSex(zone mrz.Sex, sex value.Sex) bool {
	switch {
	case zone == mrz.Female:
		return sex != value.Male
	case zone == mrz.Male:
		return sex != value.Female
	}
	return true
}

// sameNationality asks only of States: who is stateless or a refugee has, besides
// what the document says, the nationality that was or is.
func sameNationality(zone string, stated []value.Country) bool {
	status, alpha3 := mrz.Holder(zone)
	return status != mrz.StatusNational || len(stated) == 0 || slices.Contains(stated, value.Country(alpha3))
}

// sameName asks only of names in Latin letters: spellings of others differ between
// offices that are all right. The first word of the zone's surname stands somewhere in
// the name.
func sameName(z mrz.Document, name value.Name) bool {
	text := strings.Join([]string{name.Full, name.Given, name.Family, name.Other}, " ")
	if strings.ContainsFunc(text, func(r rune) bool { return r > 0x24f }) {
		return true
	}
	latin, err := mrz.Latin(text)
	if err != nil {
		return true
	}
	first := strings.Fields(z.Surname)
	return len(first) == 0 || slices.Contains(strings.Fields(latin), first[0])
}

// plainNumber is a number without spaces and signs, in capitals.
func plainNumber(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(text))
}
