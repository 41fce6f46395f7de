package route

import "strconv"

// Money is an amount in sixtieths of a cent, so that a rate of whole cents per
// hour gives a whole number for every minute and all sums are exact.
type Money int64

// One cent, and one unit (a dollar, a euro) of 100 cents.
const (
	Cent Money = 60
	Unit Money = 100 * Cent
)

// String gives units with two decimals, rounded half away from zero.
func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	cents := int64((m + Cent/2) / Cent)
	text := strconv.FormatInt(cents%100, 10)
	if len(text) == 1 {
		text = "0" + text
	}
	return sign + strconv.FormatInt(cents/100, 10) + "." + text
}

// Float gives units, for charts and ratios, never for sums.
func (m Money) Float() float64 { return float64(m) / float64(Unit) }
