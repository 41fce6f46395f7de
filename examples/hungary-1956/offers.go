package hungary1956

import (
	"math"
	"sort"
	"strings"
	"time"
)

// Supply over demand, by dimension.
const (
	peopleSupply = 1.07
	otherSupply  = 1.10
)

// offer is a number of places in one locality for one period.
type offer struct {
	country    *country
	locality   string
	from, to   time.Time
	places     Dimensions
	weight     float64
	services   []string
	conditions []string
}

// apportion shares out whole numbers by largest remainder; ties go to the earlier.
func apportion(total int, weights []float64) []int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	out := make([]int, len(weights))
	if sum == 0 {
		return out
	}
	order := make([]int, len(weights))
	rest := make([]float64, len(weights))
	left := total
	for i, w := range weights {
		exact := float64(total) * w / sum
		out[i] = int(exact)
		left -= out[i]
		order[i], rest[i] = i, exact-float64(out[i])
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	for k := 0; left > 0; k, left = k+1, left-1 {
		out[order[k%len(order)]]++
	}
	return out
}

func scaleUp(n int, by float64) int { return int(math.Ceil(float64(n)*by - 1e-9)) }

// period is a span of the calendar's months for which a quota holds.
type period struct{ first, last int }

func quotaPeriods() []period { return []period{{0, 2}, {3, 6}, {7, months - 1}} }

// monthStart is the first day of the m-th month of the calendar; the first month
// begins on the 12th, when the first offers stood.
func monthStart(m int) time.Time {
	if m == 0 {
		return day(1956, 11, 12)
	}
	return day(1956, time.Month(11+m), 1)
}

func (p period) from() time.Time { return monthStart(p.first) }
func (p period) to() time.Time   { return day(1956, time.Month(12+p.last), 1).AddDate(0, 0, -1) }

func (p period) share(profile monthly) float64 {
	sum := 0.0
	for m := p.first; m <= p.last; m++ {
		sum += profile[m]
	}
	return sum
}

// makeOffers scales the receiving table to the people and spreads each country's
// places over its localities and periods.
func (g *generator) makeOffers() {
	r := g.stream(3)
	all := countries()
	weights := make([]float64, len(all))
	for i, c := range all {
		weights[i] = float64(c.people)
	}
	demand := g.sum.Demand
	for i, n := range apportion(scaleUp(demand.People, peopleSupply), weights) {
		if n > 0 {
			g.offers = append(g.offers, offersOf(&all[i], n)...)
		}
	}
	g.spread(r, scaleUp(demand.School, otherSupply), 4, func(o *offer) *int { return &o.places.School })
	g.spread(r, scaleUp(demand.Medical, otherSupply), 8, func(o *offer) *int { return &o.places.Medical })
	g.spread(r, scaleUp(demand.Large, otherSupply), 6, func(o *offer) *int { return &o.places.Large })
	for i := range g.offers {
		g.offers[i].describe(r)
	}
	g.sum.Offers = len(g.offers)
	for _, o := range g.offers {
		g.sum.Supply.People += o.places.People
		g.sum.Supply.School += o.places.School
		g.sum.Supply.Medical += o.places.Medical
		g.sum.Supply.Large += o.places.Large
	}
	g.progress("offers", int64(len(g.offers)), int64(len(g.offers)))
}

// offersOf spreads one country's places; small numbers stay together, so that a
// family still fits.
func offersOf(c *country, places int) []offer {
	towns := max(1, min(len(c.localities), places/14))
	var out []offer
	for _, l := range c.localities[:towns] {
		out = append(out, offer{country: c, locality: l.name, weight: float64(l.weight)})
	}
	var split []offer
	for i, n := range apportion(places, offerWeights(out)) {
		for _, p := range quotaPeriods() {
			part := out[i]
			part.from, part.to, part.weight = p.from(), p.to(), p.share(c.profile)*float64(n)
			if n < 45 {
				part.from, part.to, part.weight = quotaPeriods()[0].from(), quotaPeriods()[2].to(), 100*float64(n)
			}
			split = append(split, part)
			if n < 45 {
				break
			}
		}
	}
	var kept []offer
	for i, n := range apportion(places, offerWeights(split)) {
		if split[i].places.People = n; n > 0 {
			kept = append(kept, split[i])
		}
	}
	return kept
}

func offerWeights(offers []offer) []float64 {
	out := make([]float64, len(offers))
	for i, o := range offers {
		out[i] = o.weight
	}
	return out
}

// spread shares a dimension over the offers, unevenly, never more than a share of
// an offer's people; what does not fit goes to the offers with most room.
func (g *generator) spread(r rng, total, perPeople int, of func(*offer) *int) {
	weights := make([]float64, len(g.offers))
	for i := range g.offers {
		weights[i] = float64(g.offers[i].places.People) * pick(r, []float64{0, 0.5, 1, 1, 1.5})
	}
	left := 0
	for i, n := range apportion(total, weights) {
		fits := min(n, (g.offers[i].places.People+perPeople-1)/perPeople)
		*of(&g.offers[i]) = fits
		left += n - fits
	}
	if sum := sumOf(weights); sum == 0 {
		left = total
	}
	for i := 0; left > 0; i = (i + 1) % len(g.offers) {
		step := max(1, min(left, g.offers[i].places.People/perPeople/4))
		*of(&g.offers[i]) += step
		left -= step
	}
}

func sumOf(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum
}

// describe draws services and conditions, in English keys.
func (o *offer) describe(r rng) {
	if o.places.Medical > 0 {
		o.services = append(o.services, pick(r, []string{"hospital", "hospital", "sanatorium"}))
	}
	if o.places.School > 0 {
		o.services = append(o.services, "school")
	}
	for _, s := range []string{"Hungarian chaplain", "language course", "step-free housing", "nursery", "university places"} {
		if r.chance(0.22) {
			o.services = append(o.services, s)
		}
	}
	for _, c := range []struct {
		words string
		share float64
	}{{"families preferred", 0.12}, {"single men preferred", 0.08}, {"miners preferred", 0.05}, {"farm workers preferred", 0.05},
		{"unaccompanied minors accepted", 0.25}, {"no tuberculosis", 0.08}} {
		if c.words == "no tuberculosis" && o.places.Medical > 0 {
			continue
		}
		if r.chance(c.share) {
			o.conditions = append(o.conditions, c.words)
		}
	}
}

// continental countries hand in the spreadsheet, the others the CSV.
const continental = "DE CH FR SE BE IT NL NO DK LU"

// frenchTerms are the spreadsheet's words.
func frenchTerms() map[string]string {
	return map[string]string{"hospital": "hôpital", "sanatorium": "sanatorium", "school": "école", "Hungarian chaplain": "aumônier hongrois",
		"language course": "cours de langue", "step-free housing": "logement accessible", "nursery": "crèche", "university places": "places à l'université",
		"families preferred": "familles de préférence", "single men preferred": "hommes seuls de préférence", "miners preferred": "mineurs de fond de préférence",
		"farm workers preferred": "ouvriers agricoles de préférence", "unaccompanied minors accepted": "mineurs non accompagnés acceptés", "no tuberculosis": "sans tuberculose",
		"en": "anglais", "fr": "français", "de": "allemand", "it": "italien", "sv": "suédois", "nl": "néerlandais", "no": "norvégien", "da": "danois"}
}

func (g *generator) writeOffers() error {
	overseas, err := g.create(table{name: "places_overseas.csv", kind: KindOffers, encoding: UTF8, delimiter: ',', language: english, dates: "2006-01-02",
		header: strings.Split("Offer|Country|Country code|Locality|From|Until|People|School places|Medical places|Large dwellings|Languages|Services|Conditions", "|")})
	if err != nil {
		return err
	}
	europe, err := g.create(table{name: "places_europe.xlsx", kind: KindOffers, encoding: XLSX, language: french, dates: dateCells, sheet: "Offres",
		titles: []string{"Offres d'accueil des pays européens", "Réfugiés hongrois 1956-1957"},
		header: strings.Split("N° d'offre|Pays|Code pays|Localité|Début|Fin|Places|Places scolaires|Places médicales|Grands logements|Langues|Services|Conditions", "|")})
	if err != nil {
		return err
	}
	words, terms := newDictionary(), frenchTerms()
	for i, o := range g.offers {
		w, name := overseas, words.say(english, "to "+o.country.iso)
		languages := languageNames(o.country.languages)
		if strings.Contains(continental, o.country.iso) {
			w, name = europe, words.say(french, "to "+o.country.iso)
			languages = translate(o.country.languages, terms)
			o.services, o.conditions = translate(o.services, terms), translate(o.conditions, terms)
		}
		d := o.places
		if err := w.row(offerNumber(o.country.iso, i), name, o.country.iso, o.locality, o.from, o.to, d.People, d.School, d.Medical, d.Large,
			strings.Join(languages, ", "), strings.Join(o.services, ", "), strings.Join(o.conditions, ", ")); err != nil {
			return err
		}
	}
	if err := g.finish(overseas); err != nil {
		return err
	}
	return g.finish(europe)
}

func translate(keys []string, terms map[string]string) []string {
	var out []string
	for _, k := range keys {
		out = append(out, terms[k])
	}
	return out
}

func languageNames(codes []string) []string {
	return translate(codes, map[string]string{"en": "English", "fr": "French", "he": "Hebrew", "es": "Spanish", "pt": "Portuguese", "is": "Icelandic"})
}
