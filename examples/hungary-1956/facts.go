package hungary1956

import "time"

// status says how far a figure can be trusted.
type status string

const (
	sourced         status = "sourced"
	sourcedRounded  status = "sourced, rounded"
	recalledRounded status = "recalled, rounded"
)

// fact is one of history's figures, as history.csv shows it.
type fact struct {
	kind, key string
	value     int
	date      string
	status    status
	note      string
}

// Totals of the two borders (UNHCR, ICEM figures of 1957).
const (
	austriaTotal    = 180288
	yugoslaviaTotal = 19851
	movementTotal   = austriaTotal + yugoslaviaTotal
	airliftTotal    = 10184
	sailingsTotal   = 8944
	firstSailing    = 1750
)

// day makes a date; the calendar of the example runs from November 1956 to
// December 1957.
func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// arrivalSpan is a period of arrivals at one border. The draw inside a period is
// invented, except the peak day.
type arrivalSpan struct {
	from, to time.Time
	people   int
}

func austrianArrivals() []arrivalSpan {
	return []arrivalSpan{
		{day(1956, 10, 24), day(1956, 10, 27), 1021},
		{day(1956, 10, 28), day(1956, 10, 31), 780},
		{day(1956, 11, 1), day(1956, 11, 14), 26000},
		{day(1956, 11, 15), day(1956, 11, 22), 38000},
		{day(1956, 11, 23), day(1956, 11, 23), 8537},
		{day(1956, 11, 24), day(1956, 11, 30), 113810 - 26000 - 38000 - 8537},
		{day(1956, 12, 1), day(1956, 12, 31), 49750},
		{day(1957, 1, 1), day(1957, 1, 31), 12862},
		{day(1957, 2, 1), day(1957, 2, 28), 1149},
		// Ends in October, so that the last services of the year still serve everybody.
		{day(1957, 3, 1), day(1957, 10, 31), 1635},
	}
}

// yugoslavArrivals are invented shares of the sourced total.
func yugoslavArrivals() []arrivalSpan {
	return []arrivalSpan{
		{day(1956, 11, 4), day(1956, 11, 30), 1500},
		{day(1956, 12, 1), day(1956, 12, 31), 3900},
		{day(1957, 1, 1), day(1957, 1, 31), 11500},
		{day(1957, 2, 1), day(1957, 2, 28), 2400},
		{day(1957, 3, 1), day(1957, 5, 31), 551},
	}
}

// receiving is a row of the table of receiving countries, the scale of all offers.
type receiving struct {
	iso, name string
	people    int
	date      string
	status    status
	note      string
}

func receivingTable() []receiving {
	return []receiving{
		{"US", "United States", 38000, "final", recalledRounded, "32000 by May 1957"},
		{"CA", "Canada", 37500, "final", sourced, "24000 by May 1957"},
		{"GB", "United Kingdom", 20700, "final", recalledRounded, ""},
		{"DE", "Germany (Federal Republic)", 15500, "final", recalledRounded, ""},
		{"CH", "Switzerland", 12900, "final", recalledRounded, ""},
		{"FR", "France", 12700, "final", recalledRounded, ""},
		{"AU", "Australia", 11700, "final", recalledRounded, ""},
		{"SE", "Sweden", 7300, "final", recalledRounded, ""},
		{"BE", "Belgium", 5900, "final", recalledRounded, ""},
		{"IT", "Italy", 4000, "final", recalledRounded, ""},
		{"NL", "Netherlands", 3600, "final", recalledRounded, ""},
		{"IL", "Israel", 2100, "final", recalledRounded, ""},
		{"NO", "Norway", 1500, "final", recalledRounded, ""},
		{"DK", "Denmark", 1000, "final", recalledRounded, ""},
		{"NZ", "New Zealand", 1000, "final", recalledRounded, ""},
		{"IE", "Ireland", 530, "1957-05", sourcedRounded, ""},
		{"ZA", "South Africa", 500, "1957-05", sourcedRounded, ""},
		{"LU", "Luxembourg", 250, "1957-05", sourcedRounded, ""},
		{"ZW", "Rhodesia", 230, "1957-05", sourcedRounded, "today's code stands for the Federation of Rhodesia and Nyasaland"},
		{"VE", "Venezuela", 173, "1957-05", sourcedRounded, ""},
		{"BR", "Brazil", 155, "1957-05", sourcedRounded, ""},
		{"AR", "Argentina", 150, "1957-05", sourcedRounded, ""},
		{"IS", "Iceland", 52, "1957-05", sourcedRounded, ""},
		{"CL", "Chile", 50, "1957-05", sourcedRounded, ""},
	}
}

// otherFacts are history's figures beside the receiving table.
func otherFacts() []fact {
	return []fact{
		{"arrivals Austria", "1956-10-27 and before", 1021, "", sourced, ""},
		{"arrivals Austria", "1956-10-28 to 31", 780, "", sourced, ""},
		{"arrivals Austria", "1956-11", 113810, "", sourced, "peak day 8537 on 23 November"},
		{"arrivals Austria", "1956-12", 49750, "", sourced, ""},
		{"arrivals Austria", "1957-01", 12862, "", sourced, ""},
		{"arrivals Austria", "1957-02", 1149, "", sourced, ""},
		{"arrivals Austria", "1957-03 to 12", 1635, "", sourced, ""},
		{"arrivals Austria", "total", austriaTotal, "", sourced, "the periods above add to 181007; both stand in the sources"},
		{"arrivals Yugoslavia", "total", yugoslaviaTotal, "", sourced, "16017 went onward; 2766 returned"},
		{"left Austria", "total", 128921, "1957-04-05", sourced, "UNHCR"},
		{"left Yugoslavia", "total", 890, "1957-04-05", sourced, "UNHCR"},
		{"waiting Austria", "total", 37779, "1957-04-05", sourced, "UNHCR"},
		{"waiting Yugoslavia", "total", 15785, "1957-04-05", sourced, "UNHCR"},
		{"returned from Austria", "total", 4394, "1957-04-05", sourced, "UNHCR"},
		{"returned from Yugoslavia", "total", 2124, "1957-04-05", sourced, "UNHCR"},
		{"moved by ICEM", "total", 139531, "1957-06-07", sourced, ""},
		{"moved by mode", "military airlift", airliftTotal, "1956-12-11 to 1957-06-30", sourced, "first phase 107 flights of about 60; best day 984"},
		{"moved by mode", "ship Bremerhaven-New York", sailingsTotal, "1956-12-18 to 1957-02-14", sourced, "4 sailings; the first 1750"},
	}
}

// historyFacts joins both tables for history.csv.
func historyFacts() []fact {
	facts := otherFacts()
	for _, r := range receivingTable() {
		facts = append(facts, fact{"resettled", r.iso, r.people, r.date, r.status, joinNote(r.name, r.note)})
	}
	return facts
}

func joinNote(name, note string) string {
	if note == "" {
		return name
	}
	return name + "; " + note
}
