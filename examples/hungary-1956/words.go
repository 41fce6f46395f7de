package hungary1956

import "strings"

// vocabulary holds the words that lists use, one line a word:
// key | German | English | Hungarian | French | Serbo-Croatian.
const vocabulary = `
male|m|M|férfi|M|muški
female|w|F|nő|F|ženski
head|Haushaltsvorstand|head|családfő|chef de famille|glava porodice
spouse|Ehefrau|wife|feleség|épouse|supruga
child:m|Sohn|son|fia|fils|sin
child:f|Tochter|daughter|lánya|fille|kći
parent:m|Vater|father|apa|père|otac
parent:f|Mutter|mother|anya|mère|majka
sibling:m|Bruder|brother|testvér|frère|brat
sibling:f|Schwester|sister|testvér|sœur|sestra
minor alone|unbegleitet|unaccompanied minor|egyedülálló kiskorú|mineur non accompagné|maloljetnik bez pratnje
HU|Ungarn|Hungarian|magyar|hongroise|mađarsko
stateless|staatenlos|stateless|hontalan|apatride|bez državljanstva
YU|Jugoslawien|Yugoslav|jugoszláv|yougoslave|jugoslavensko
AT|Österreich|Austrian|osztrák|autrichienne|austrijsko
RO|Rumänien|Romanian|román|roumaine|rumunjsko
lang hu|Ungarisch|Hungarian|magyar|hongrois|mađarski
lang de|Deutsch|German|német|allemand|njemački
lang hr|Kroatisch|Croatian|horvát|croate|hrvatski
lang sk|Slowakisch|Slovak|szlovák|slovaque|slovački
lang ru|Russisch|Russian|orosz|russe|ruski
lang en|Englisch|English|angol|anglais|engleski
lang fr|Französisch|French|francia|français|francuski
identity card|Personalausweis|identity card|személyi igazolvány|carte d'identité|lična karta
birth certificate|Geburtsurkunde|birth certificate|születési anyakönyvi kivonat|acte de naissance|rodni list
driving licence|Führerschein|driving licence|jogosítvány|permis de conduire|vozačka dozvola
student card|Studentenausweis|student card|diákigazolvány|carte d'étudiant|đačka knjižica
passport|Reisepass|passport|útlevél|passeport|pasoš
pregnant|schwanger|pregnant|terhes|enceinte|trudna
tuberculosis|Tuberkulose|tuberculosis|tüdőbeteg (tbc)|tuberculose|tuberkuloza
injured|verletzt|injured|sebesült|blessé|ranjen
heart|herzkrank|heart disease|szívbeteg|maladie de cœur|srčani bolesnik
wheelchair|Rollstuhl|wheelchair|tolókocsi|fauteuil roulant|invalidska kolica
stretcher|liegend|stretcher|fekvőbeteg|civière|nosila
deaf|gehörlos|deaf|süket|sourd|gluh
alone|unbegleiteter Minderjähriger|unaccompanied minor|egyedülálló kiskorú|mineur non accompagné|maloljetnik bez pratnje
any|ja, jedes Land|yes, any country|igen, bármely ország|oui, tout pays|da, svaka zemlja
named|ja, nur genannte|yes, named only|igen, csak a megnevezett|oui, pays indiqués|da, samo navedene
none|nein|no|nem|non|ne
to US|USA|United States|USA|États-Unis|SAD
to CA|Kanada|Canada|Kanada|Canada|Kanada
to GB|Großbritannien|United Kingdom|Anglia|Royaume-Uni|Velika Britanija
to DE|Deutschland|Germany|Németország|Allemagne|Njemačka
to CH|Schweiz|Switzerland|Svájc|Suisse|Švicarska
to FR|Frankreich|France|Franciaország|France|Francuska
to AU|Australien|Australia|Ausztrália|Australie|Australija
to SE|Schweden|Sweden|Svédország|Suède|Švedska
to BE|Belgien|Belgium|Belgium|Belgique|Belgija
to IT|Italien|Italy|Olaszország|Italie|Italija
to NL|Niederlande|Netherlands|Hollandia|Pays-Bas|Nizozemska
to IL|Israel|Israel|Izrael|Israël|Izrael
to NO|Norwegen|Norway|Norvégia|Norvège|Norveška
to DK|Dänemark|Denmark|Dánia|Danemark|Danska
to NZ|Neuseeland|New Zealand|Új-Zéland|Nouvelle-Zélande|Novi Zeland
to IE|Irland|Ireland|Írország|Irlande|Irska
to ZA|Südafrika|South Africa|Dél-Afrika|Afrique du Sud|Južna Afrika
to LU|Luxemburg|Luxembourg|Luxemburg|Luxembourg|Luksemburg
to ZW|Rhodesien|Rhodesia|Rodézia|Rhodésie|Rodezija
to VE|Venezuela|Venezuela|Venezuela|Venezuela|Venezuela
to BR|Brasilien|Brazil|Brazília|Brésil|Brazil
to AR|Argentinien|Argentina|Argentína|Argentine|Argentina
to IS|Island|Iceland|Izland|Islande|Island
to CL|Chile|Chile|Chile|Chili|Čile
to AT|Österreich|Austria|Ausztria|Autriche|Austrija
`

// trades is the vocabulary of occupations, in the same form.
const trades = `
locksmith|Schlosser|locksmith|lakatos|serrurier|bravar
miner|Bergmann|miner|bányász|mineur|rudar
driver|Kraftfahrer|driver|gépkocsivezető|chauffeur|šofer
mechanic|Mechaniker|mechanic|szerelő|mécanicien|mehaničar
turner|Dreher|turner|esztergályos|tourneur|tokar
electrician|Elektriker|electrician|villanyszerelő|électricien|električar
student|Student|student|egyetemi hallgató|étudiant|student
worker|Hilfsarbeiter|labourer|segédmunkás|manœuvre|radnik
farm worker|Landarbeiter|farm worker|mezőgazdasági munkás|ouvrier agricole|poljoprivredni radnik
farmer|Landwirt|farmer|földműves|cultivateur|zemljoradnik
carpenter|Tischler|carpenter|asztalos|menuisier|stolar
bricklayer|Maurer|bricklayer|kőműves|maçon|zidar
tailor|Schneider|tailor|szabó|tailleur|krojač
baker|Bäcker|baker|pék|boulanger|pekar
butcher|Fleischer|butcher|hentes|boucher|mesar
engineer|Ingenieur|engineer|mérnök|ingénieur|inženjer
technician|Techniker|technician|technikus|technicien|tehničar
clerk|Angestellter|clerk|tisztviselő|employé|činovnik
teacher|Lehrer|teacher|tanár|instituteur|nastavnik
physician|Arzt|physician|orvos|médecin|liječnik
soldier|Soldat|soldier|katona|soldat|vojnik
musician|Musiker|musician|zenész|musicien|muzičar
waiter|Kellner|waiter|pincér|garçon de café|konobar
welder|Schweißer|welder|hegesztő|soudeur|zavarivač
painter|Maler|painter|festő|peintre|moler
printer|Drucker|printer|nyomdász|imprimeur|tipograf
forester|Förster|forester|erdész|forestier|šumar
housewife|Hausfrau|housewife|háztartásbeli|ménagère|domaćica
seamstress|Näherin|seamstress|varrónő|couturière|švelja
nurse|Krankenschwester|nurse|ápolónő|infirmière|bolničarka
typist|Stenotypistin|typist|gépírónő|dactylo|daktilografkinja
shop assistant|Verkäuferin|shop assistant|eladó|vendeuse|prodavačica
cook|Köchin|cook|szakácsnő|cuisinière|kuharica
hairdresser|Friseurin|hairdresser|fodrász|coiffeuse|frizerka
weaver|Weberin|weaver|szövőnő|tisseuse|tkalja
waitress|Kellnerin|waitress|pincérnő|serveuse|konobarica
nursery nurse|Kindergärtnerin|nursery nurse|óvónő|jardinière d'enfants|odgajateljica
pupil|Schüler|pupil|tanuló|écolier|učenik
`

// language is a list's language.
type language string

// Languages of lists; Serbo-Croatian is written in Latin letters.
const (
	german        language = "de"
	english       language = "en"
	magyar        language = "hu"
	french        language = "fr"
	serboCroatian language = "sh"
)

// dictionary says a word in a language.
type dictionary map[language]map[string]string

func newDictionary() dictionary {
	columns := []language{german, english, magyar, french, serboCroatian}
	d := dictionary{}
	for _, l := range columns {
		d[l] = map[string]string{}
	}
	for _, line := range strings.Split(strings.TrimSpace(vocabulary)+"\n"+strings.TrimSpace(trades), "\n") {
		cells := strings.Split(line, "|")
		for i, l := range columns {
			d[l][cells[0]] = cells[i+1]
		}
	}
	return d
}

// say returns the word, or the key where a list has none ("" stays "").
func (d dictionary) say(l language, key string) string {
	if w, ok := d[l][key]; ok {
		return w
	}
	return key
}

// relationKey adds the sex where the word depends on it.
func relationKey(rel relation, s sex) string {
	switch rel {
	case child, parent, sibling:
		if s == male {
			return string(rel) + ":m"
		}
		return string(rel) + ":f"
	}
	return string(rel)
}
