package value

// MaxAge is the age that nobody is taken to exceed; it bounds what an unknown
// birth year can mean.
const MaxAge = 130

// Answer is a fact that may be unknown. Code that protects somebody must ask
// for the value it needs and never take Unknown for either.
type Answer string

// The three answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Earliest gives the first day that d can mean; without a year it gives the
// zero Date.
func (d Date) Earliest() Date {
	if d.Year == 0 {
		return Date{}
	}
	if d.Approx {
		return Date{Year: d.Year - 1, Month: 1, Day: 1}
	}
	return Date{Year: d.Year, Month: max(d.Month, 1), Day: max(d.Day, 1)}
}

// Latest gives the last day that d can mean; without a year it gives the zero Date.
func (d Date) Latest() Date {
	if d.Year == 0 {
		return Date{}
	}
	if d.Approx {
		return Date{Year: d.Year + 1, Month: 12, Day: 31}
	}
	month := d.Month
	if month == 0 {
		month = 12
	}
	day := d.Day
	if day == 0 {
		day = daysIn(d.Year, month)
	}
	return Date{Year: d.Year, Month: month, Day: day}
}

// Age gives the least and greatest age in whole years that a person born on d
// can have on at. A birth after at gives 0, 0; an unknown year gives 0, MaxAge.
// Somebody born on 29 February becomes a year older on 1 March of common years,
// the later of the two days that laws use.
func (d Date) Age(at Date) (least, greatest int) {
	if d.Year == 0 || at.Year == 0 {
		return 0, MaxAge
	}
	least = wholeYears(d.Latest(), at.Earliest())
	greatest = wholeYears(d.Earliest(), at.Latest())
	return max(least, 0), max(greatest, 0)
}

func wholeYears(birth, day Date) int {
	years := day.Year - birth.Year
	if day.Month < birth.Month || day.Month == birth.Month && day.Day < birth.Day {
		years--
	}
	return years
}

// AdultAt says whether a person born on d has reached age (in years) on day.
func (d Date) AdultAt(age int, day Date) Answer {
	if d.Year == 0 || day.Year == 0 {
		return Unknown
	}
	least, greatest := d.Age(day)
	switch {
	case least >= age:
		return Yes
	case greatest < age:
		return No
	}
	return Unknown
}
