package link

import (
	"slices"
	"strconv"
	"strings"
)

// inferAgeYear finds the year in which ages were stated from rows that have both
// an age and a birth date; 0 if there are none.
func inferAgeYear(p plan, rows [][]string) int {
	if len(p.birth) == 0 || len(p.age) == 0 {
		return 0
	}
	var years []int
	for _, row := range rows {
		age, err := strconv.Atoi(strings.TrimSpace(row[p.age[0]]))
		if err != nil || age <= 0 || age >= 120 {
			continue
		}
		if born := parseDate(row[p.birth[0]]); born.known() {
			years = append(years, int(born.year)+age)
		}
	}
	if len(years) == 0 {
		return 0
	}
	slices.Sort(years)
	return years[len(years)/2]
}

const (
	fewestVotes    = 6
	votesAbove     = 3.0 // how many times the usual number of votes the best year needs
	ageBase        = 2000
	largestNameset = 8
)

// settleAges gives ages a year of birth when no row told the year in which they
// were stated. Records of one name, one with an age and one with a date, are often
// one person: the year of which most such pairs speak, if it stands out, is it.
func (d *prepared) settleAges() {
	if d.ageYear != 0 || d.plan.givenField < 0 || d.plan.birthField < 0 {
		return
	}
	if d.ageYear = d.votedYear(); d.ageYear == 0 {
		return
	}
	for i := range d.people {
		if b := &d.people[i].birth; b.floating {
			age := ageBase - int(b.year)
			*b = date{year: int16(d.ageYear - age), about: true}
		}
	}
}

func (d *prepared) votedYear() int {
	named := make(map[uint64][]int32)
	floating := 0
	for i := range d.people {
		p := &d.people[i]
		if p.birth.floating {
			floating++
		}
		if p.given >= 0 && p.families > 0 && p.birth.known() {
			key := uint64(uint32(p.given))<<32 | uint64(uint32(p.family[0]))
			named[key] = append(named[key], int32(i))
		}
	}
	if floating == 0 || floating == len(d.people) {
		return 0
	}
	var votes [400]float64 // by year - 1800
	for _, group := range named {
		if len(group) > largestNameset {
			continue
		}
		for _, i := range group {
			for _, j := range group {
				x, y := d.people[i].birth, d.people[j].birth
				if year := int(y.year) + ageBase - int(x.year) - 1800; x.floating && !y.floating && year > 0 && year < len(votes) {
					votes[year]++
				}
			}
		}
	}
	return bestYear(votes[:])
}

// bestYear looks at two years together, since somebody's birthday may be to come
// in the year in which the age was stated.
func bestYear(votes []float64) int {
	best, total, filled := 0, 0.0, 0.0
	for i := 1; i < len(votes); i++ {
		total += votes[i]
		if votes[i] > 0 {
			filled++
		}
		if votes[i]+votes[i-1] > votes[best]+votes[max(best, 1)-1] {
			best = i
		}
	}
	two := votes[best] + votes[max(best, 1)-1]
	rest := (total - two) / max(filled-2, 1)
	if two < fewestVotes || two < 2*votesAbove*rest {
		return 0
	}
	return 1800 + best
}
