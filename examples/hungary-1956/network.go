package hungary1956

import (
	"strconv"
	"strings"
	"time"
)

// stopTable: name | country | time zone, for all stops that are not localities.
const stopTable = `
Traiskirchen|AT|Europe/Vienna
Eisenstadt|AT|Europe/Vienna
Judenau|AT|Europe/Vienna
Korneuburg|AT|Europe/Vienna
Graz|AT|Europe/Vienna
Siezenheim|AT|Europe/Vienna
Wels|AT|Europe/Vienna
Glasenbach|AT|Europe/Vienna
Wien|AT|Europe/Vienna
Salzburg|AT|Europe/Vienna
Gerovo|HR|Europe/Zagreb
Osijek|HR|Europe/Zagreb
Zagreb|HR|Europe/Zagreb
Bela Crkva|RS|Europe/Belgrade
Beograd|RS|Europe/Belgrade
Bremerhaven|DE|Europe/Berlin
Genova|IT|Europe/Rome
McGuire|US|America/New_York
Saint John|CA|America/Halifax
`

// lineTable: id | mode | carrier | from | to | hour of departure | hours | cost in
// US dollars | seats of a vehicle | first day | last day. Hours, costs and seats
// are invented; the days of the airlift and of the sailings to New York are
// sourced. "w" and "s" lines link the two hubs, Wien and Salzburg.
const lineTable = `
c1|bus|KÖB|Traiskirchen|Wien|7|1|1|45|1956-11-08|1957-12-20
c2|bus|KÖB|Eisenstadt|Wien|7|2|1|45|1956-11-08|1957-12-20
c3|bus|KÖB|Judenau|Wien|7|2|1|45|1956-11-08|1957-12-20
c4|bus|KÖB|Korneuburg|Wien|8|1|1|45|1956-11-08|1957-12-20
c5|train|ÖBB|Graz|Wien|6|5|2|200|1956-11-08|1957-12-20
c6|bus|US Army|Siezenheim|Salzburg|8|1|1|45|1956-11-08|1957-12-20
c7|train|ÖBB|Wels|Salzburg|7|2|1|200|1956-11-08|1957-12-20
c8|bus|ÖBB|Glasenbach|Salzburg|8|1|1|45|1956-11-08|1957-12-20
c9|bus|JDŽ|Gerovo|Zagreb|6|6|2|45|1956-12-01|1957-12-18
c10|train|JDŽ|Osijek|Zagreb|6|7|2|200|1956-12-01|1957-12-18
c11|bus|JDŽ|Bela Crkva|Beograd|6|4|1|45|1956-12-01|1957-12-17
c12|train|JDŽ|Beograd|Zagreb|13|8|3|200|1956-12-01|1957-12-18
c13|train|JDŽ/ÖBB|Zagreb|Salzburg|19|11|5|300|1956-12-01|1957-12-19
w1|train|ÖBB|Wien|Salzburg|13|5|3|400|1956-11-08|1957-12-21
s1|train|ÖBB|Salzburg|Wien|13|5|3|400|1956-11-08|1957-12-21
t1|train|ÖBB/DB|Salzburg|München|20|3|2|450|1956-11-12|1957-12-22
t2|train|ÖBB/DB|Salzburg|Bremerhaven|19|20|14|450|1956-11-20|1957-12-16
t3|train|ÖBB/SBB|Salzburg|Buchs|20|9|5|450|1956-11-08|1957-12-22
t4|train|ÖBB/SNCF|Salzburg|Strasbourg|19|12|9|450|1956-11-14|1957-12-22
t5|train|ÖBB/SJ|Salzburg|Malmö|20|30|22|350|1956-11-12|1957-12-22
t6|train|ÖBB/SNCB|Salzburg|Bruxelles|19|17|12|450|1956-11-12|1957-12-22
t7|train|ÖBB/FS|Salzburg|Milano|20|14|8|350|1956-11-16|1957-12-22
t8|train|ÖBB/NS|Salzburg|Utrecht|19|17|12|400|1956-11-12|1957-12-22
t9|train|ÖBB/NSB|Salzburg|Oslo|18|44|30|300|1956-11-20|1957-12-20
t10|train|ÖBB/DSB|Salzburg|København|20|26|19|300|1956-11-20|1957-12-21
t11|train|ÖBB/CFL|Salzburg|Luxembourg|19|15|10|200|1956-11-20|1957-12-22
t12|train|ÖBB/BR|Salzburg|London|18|30|24|400|1956-11-19|1957-12-21
t13|train|ÖBB/FS|Salzburg|Genova|20|18|11|350|1956-11-16|1957-12-12
t14|train|JDŽ/FS|Zagreb|Milano|18|13|7|250|1956-12-05|1957-12-20
f1|charter flight|BEA|Wien|London|11|5|48|66|1956-11-17|1957-12-21
f2|military flight|MATS|München|McGuire|10|17|0|60|1956-12-11|1957-06-30
f3|charter flight|Flying Tiger Line|Wien|New York|14|20|190|80|1956-11-20|1957-12-21
f4|charter flight|KLM|Wien|Montreal|13|19|185|75|1956-11-25|1957-12-20
f5|charter flight|Qantas|Wien|Melbourne|9|62|430|58|1956-11-28|1957-12-16
f6|charter flight|El Al|Wien|Haifa|9|9|95|60|1956-11-25|1957-12-21
f7|charter flight|KLM|Wien|Wellington|9|78|470|58|1956-12-10|1957-12-14
f8|charter flight|Aer Lingus|Wien|Shannon|10|7|60|58|1956-11-25|1957-12-20
f9|charter flight|South African Airways|Wien|Johannesburg|10|30|260|50|1956-12-01|1957-12-20
f10|charter flight|Central African Airways|Wien|Salisbury|10|28|250|50|1956-12-05|1957-12-20
f11|charter flight|Loftleiðir|Wien|Reykjavík|9|12|70|52|1956-12-20|1957-12-20
p1|ship|USNS|Bremerhaven|New York|15|240|110|2398|1956-12-18|1957-02-14
p2|ship|Arosa Line|Bremerhaven|Saint John|16|228|120|900|1956-12-01|1957-12-05
p3|ship|Sitmar|Bremerhaven|Melbourne|15|840|260|1300|1956-12-01|1957-11-10
p4|ship|Zim|Genova|Haifa|17|110|40|400|1956-12-01|1957-12-14
p5|ship|Costa|Genova|La Guaira|17|340|150|300|1956-12-10|1957-12-10
p6|ship|Costa|Genova|Santos|17|330|155|300|1956-12-10|1957-12-10
p7|ship|Costa|Genova|Buenos Aires|17|400|165|300|1956-12-10|1957-12-10
p8|ship|Italia|Genova|Valparaíso|17|620|190|200|1956-12-10|1957-11-28
e1|bus|US Army|McGuire|Camp Kilmer|12|2|1|45|1956-12-11|1957-07-20
e2|bus|US Army|New York|Camp Kilmer|11|2|1|45|1956-11-20|1957-12-23
e3|train|CPR|Saint John|Montreal|17|15|9|250|1956-12-08|1957-12-20
`

// routeTable: country | share of its people | lines from a hub to the centre. The
// last route of a country takes what the others leave.
const routeTable = `
US|0.27|t1 f2 e1
US|0.34|t2 p1 e2
US|0.45|f3 e2
CA|0.40|t2 p2 e3
CA|0.60|f4
GB|0.45|f1
GB|0.55|t12
DE|1|t1
CH|1|t3
FR|1|t4
AU|0.65|t2 p3
AU|0.35|f5
SE|1|t5
BE|1|t6
IT|0.15|t14
IT|0.9|t7
NL|1|t8
IL|0.5|t13 p4
IL|0.5|f6
NO|1|t9
DK|1|t10
NZ|1|f7
IE|1|f8
ZA|1|f9
LU|1|t11
ZW|1|f10
VE|1|t13 p5
BR|1|t13 p6
AR|1|t13 p7
IS|1|f11
CL|1|t13 p8
`

// stop is a place where services call.
type stop struct {
	country string
	zone    *time.Location
}

// line is a connection that runs again and again.
type line struct {
	id, mode, carrier string
	from, to          string
	hour, hours, cost int
	vehicle           int
	first, last       time.Time
	leastPerMonth     int
	flow              monthly // people expected to leave in each month
}

// route leads from a hub to a country's centre.
type route struct {
	iso   string
	share float64
	lines []string
}

func lines() []*line {
	var out []*line
	for _, text := range strings.Split(strings.TrimSpace(lineTable), "\n") {
		c := strings.Split(text, "|")
		l := &line{id: c[0], mode: c[1], carrier: c[2], from: c[3], to: c[4], leastPerMonth: 4}
		for i, number := range []*int{&l.hour, &l.hours, &l.cost, &l.vehicle} {
			*number, _ = strconv.Atoi(c[5+i])
		}
		l.first, _ = time.Parse(time.DateOnly, c[9])
		l.last, _ = time.Parse(time.DateOnly, c[10])
		switch {
		case strings.HasPrefix(l.id, "c"), strings.HasPrefix(l.id, "e"), l.id == "w1", l.id == "s1":
			l.leastPerMonth = 8
		case l.mode == "ship":
			l.leastPerMonth = 2
		}
		out = append(out, l)
	}
	return out
}

func routes() []route {
	var out []route
	for _, text := range strings.Split(strings.TrimSpace(routeTable), "\n") {
		c := strings.Split(text, "|")
		share, _ := strconv.ParseFloat(c[1], 64)
		out = append(out, route{c[0], share, strings.Fields(c[2])})
	}
	return out
}
