package hungary1956

import (
	"strconv"
	"strings"
)

// placeTable holds the receiving countries' reception centres and localities.
// A country's line: = code | centre | time zone | profile of months | languages.
// A locality's line: name | time zone | weight | hours from the centre | cost in
// US dollars | mode. The centre itself may be a locality ("0 hours").
// The towns received refugees in history; weights, hours and costs are invented.
const placeTable = `
=US|Camp Kilmer|America/New_York|us|en
New York|America/New_York|9|2|3|bus
New Brunswick|America/New_York|4|1|1|bus
Cleveland|America/New_York|6|12|18|train
Pittsburgh|America/New_York|4|10|15|train
Chicago|America/Chicago|5|20|28|train
Detroit|America/Detroit|4|16|22|train
Philadelphia|America/New_York|4|3|4|bus
Bridgeport|America/New_York|3|4|5|bus
Toledo|America/New_York|2|15|20|train
Milwaukee|America/Chicago|2|23|31|train
St. Louis|America/Chicago|2|25|33|train
Los Angeles|America/Los_Angeles|4|68|75|train
San Francisco|America/Los_Angeles|2|70|78|train
Boston|America/New_York|2|7|9|train
=CA|Montreal|America/Montreal|late|en,fr
Montreal|America/Montreal|5|0|0|train
Toronto|America/Toronto|8|8|11|train
Hamilton|America/Toronto|3|10|13|train
Ottawa|America/Toronto|2|3|4|train
Winnipeg|America/Winnipeg|3|36|38|train
Calgary|America/Edmonton|2|56|52|train
Edmonton|America/Edmonton|2|58|54|train
Vancouver|America/Vancouver|3|80|70|train
Powell River|America/Vancouver|1|92|74|train
Welland|America/Toronto|1|11|13|train
=GB|London|Europe/London|early|en
London|Europe/London|6|0|0|train
Birmingham|Europe/London|3|3|3|train
Manchester|Europe/London|3|5|4|train
Leeds|Europe/London|2|5|4|train
Nottingham|Europe/London|2|3|3|train
Bradford|Europe/London|2|6|4|train
Cardiff|Europe/London|2|4|4|train
Glasgow|Europe/London|1|9|7|train
Rugeley|Europe/London|1|4|3|bus
=DE|München|Europe/Berlin|early|de
München|Europe/Berlin|4|0|0|train
Stuttgart|Europe/Berlin|3|4|4|train
Frankfurt|Europe/Berlin|3|6|5|train
Köln|Europe/Berlin|3|9|7|train
Dortmund|Europe/Berlin|3|10|8|train
Hamburg|Europe/Berlin|2|11|9|train
Hannover|Europe/Berlin|2|9|7|train
Nürnberg|Europe/Berlin|2|3|3|train
=CH|Buchs|Europe/Zurich|early|de,fr,it
Zürich|Europe/Zurich|5|2|2|train
Basel|Europe/Zurich|3|4|3|train
Bern|Europe/Zurich|3|4|3|train
St. Gallen|Europe/Zurich|2|1|1|train
Luzern|Europe/Zurich|2|3|3|train
Genève|Europe/Zurich|2|6|5|train
Lausanne|Europe/Zurich|2|5|5|train
Davos|Europe/Zurich|1|2|2|train
=FR|Strasbourg|Europe/Paris|early|fr
Paris|Europe/Paris|5|6|6|train
Lyon|Europe/Paris|3|7|6|train
Lille|Europe/Paris|2|7|7|train
Metz|Europe/Paris|2|3|2|train
Strasbourg|Europe/Paris|2|0|0|train
Montluçon|Europe/Paris|1|10|8|train
Marseille|Europe/Paris|2|12|9|train
Roanne|Europe/Paris|1|9|7|train
=AU|Melbourne|Australia/Melbourne|sea|en
Bonegilla|Australia/Melbourne|5|6|3|train
Melbourne|Australia/Melbourne|4|0|0|train
Sydney|Australia/Sydney|5|14|10|train
Adelaide|Australia/Adelaide|2|13|9|train
Brisbane|Australia/Brisbane|2|30|18|train
Perth|Australia/Perth|1|70|32|train
=SE|Malmö|Europe/Stockholm|early|sv
Stockholm|Europe/Stockholm|4|9|8|train
Göteborg|Europe/Stockholm|3|5|5|train
Malmö|Europe/Stockholm|2|0|0|train
Eskilstuna|Europe/Stockholm|2|8|7|train
Västerås|Europe/Stockholm|2|9|8|train
Borås|Europe/Stockholm|1|5|5|train
=BE|Bruxelles|Europe/Brussels|early|fr,nl
Bruxelles|Europe/Brussels|2|0|0|train
Liège|Europe/Brussels|3|2|1|train
Charleroi|Europe/Brussels|3|1|1|train
Antwerpen|Europe/Brussels|2|1|1|train
Gent|Europe/Brussels|1|1|1|train
=IT|Milano|Europe/Rome|other|it
Milano|Europe/Rome|2|0|0|train
Torino|Europe/Rome|2|3|2|train
Roma|Europe/Rome|2|9|7|train
Latina|Europe/Rome|2|11|8|train
=NL|Utrecht|Europe/Amsterdam|early|nl
Utrecht|Europe/Amsterdam|2|0|0|train
Rotterdam|Europe/Amsterdam|2|1|1|train
Eindhoven|Europe/Amsterdam|2|2|1|train
Enschede|Europe/Amsterdam|1|2|2|train
Den Haag|Europe/Amsterdam|1|1|1|train
=IL|Haifa|Asia/Jerusalem|other|he
Haifa|Asia/Jerusalem|2|0|0|bus
Tel Aviv|Asia/Jerusalem|3|2|1|bus
Be'er Sheva|Asia/Jerusalem|1|5|2|bus
=NO|Oslo|Europe/Oslo|early|no
Oslo|Europe/Oslo|3|0|0|train
Bergen|Europe/Oslo|1|12|9|train
Trondheim|Europe/Oslo|1|11|9|train
=DK|København|Europe/Copenhagen|early|da
København|Europe/Copenhagen|3|0|0|train
Odense|Europe/Copenhagen|1|4|3|train
Aarhus|Europe/Copenhagen|1|6|4|train
=NZ|Wellington|Pacific/Auckland|other|en
Wellington|Pacific/Auckland|2|0|0|train
Auckland|Pacific/Auckland|2|15|8|train
Christchurch|Pacific/Auckland|1|12|7|ship
=IE|Shannon|Europe/Dublin|other|en
Limerick|Europe/Dublin|3|1|1|bus
Dublin|Europe/Dublin|1|5|3|bus
=ZA|Johannesburg|Africa/Johannesburg|other|en
Johannesburg|Africa/Johannesburg|3|0|0|train
Cape Town|Africa/Johannesburg|1|26|14|train
=LU|Luxembourg|Europe/Luxembourg|early|fr,de
Luxembourg|Europe/Luxembourg|2|0|0|train
Esch-sur-Alzette|Europe/Luxembourg|1|1|1|train
=ZW|Salisbury|Africa/Harare|other|en
Salisbury|Africa/Harare|2|0|0|train
Bulawayo|Africa/Harare|1|12|7|train
=VE|La Guaira|America/Caracas|other|es
Caracas|America/Caracas|3|1|1|bus
Valencia|America/Caracas|1|5|3|bus
=BR|Santos|America/Sao_Paulo|other|pt
São Paulo|America/Sao_Paulo|3|3|1|train
Rio de Janeiro|America/Sao_Paulo|1|14|6|train
=AR|Buenos Aires|America/Argentina/Buenos_Aires|other|es
Buenos Aires|America/Argentina/Buenos_Aires|3|0|0|train
Rosario|America/Argentina/Buenos_Aires|1|5|3|train
=IS|Reykjavík|Atlantic/Reykjavik|early|is
Reykjavík|Atlantic/Reykjavik|1|0|0|bus
=CL|Valparaíso|America/Santiago|other|es
Santiago|America/Santiago|1|4|2|train
`

// months of the calendar: November 1956 to December 1957.
const months = 14

type monthly [months]float64

// profiles say in which months a country takes its people, in per cent.
// Invented, so that three quarters have left by April 1957 as in history.
func profiles() map[string]monthly {
	return map[string]monthly{
		"early": {22, 34, 14, 8, 5, 4, 3, 2, 2, 1, 1, 1, 1, 2},
		"us":    {3, 32, 20, 10, 6, 5, 4, 5, 3, 3, 3, 2, 2, 2},
		"late":  {2, 10, 14, 12, 12, 10, 10, 8, 6, 4, 4, 3, 3, 2},
		"sea":   {0, 4, 10, 10, 10, 10, 10, 10, 8, 8, 8, 6, 4, 2},
		"other": {2, 14, 14, 12, 10, 10, 8, 8, 6, 4, 4, 3, 3, 2},
	}
}

// locality is a town that receives people, reached from its country's centre.
type locality struct {
	name, zone string
	weight     int
	hours      int
	cost       int
	mode       string
}

// country is a receiving country.
type country struct {
	receiving
	centre, zone string
	profile      monthly
	languages    []string
	localities   []locality
}

// countries joins the receiving table with its localities, in the table's order.
func countries() []country {
	byCode := map[string]*country{}
	table := receivingTable()
	out := make([]country, len(table))
	for i, row := range table {
		out[i].receiving = row
		byCode[row.iso] = &out[i]
	}
	months := profiles()
	var c *country
	for _, line := range strings.Split(strings.TrimSpace(placeTable), "\n") {
		cells := strings.Split(line, "|")
		if code, ok := strings.CutPrefix(line, "="); ok {
			c = byCode[code[:2]]
			c.centre, c.zone, c.profile = cells[1], cells[2], months[cells[3]]
			c.languages = strings.Split(cells[4], ",")
			continue
		}
		l := locality{name: cells[0], zone: cells[1], mode: cells[5]}
		l.weight, _ = strconv.Atoi(cells[2])
		l.hours, _ = strconv.Atoi(cells[3])
		l.cost, _ = strconv.Atoi(cells[4])
		c.localities = append(c.localities, l)
	}
	return out
}
