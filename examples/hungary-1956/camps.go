package hungary1956

import "strings"

// field is what a list's column holds.
type field string

const (
	fNumber   field = "number"
	fHouse    field = "house"
	fFamily   field = "family"
	fGiven    field = "given"
	fFull     field = "full"
	fMaiden   field = "maiden"
	fSex      field = "sex"
	fBorn     field = "born"
	fAge      field = "age"
	fPlace    field = "birthplace"
	fRelation field = "relation"
	fNation   field = "nationality"
	fLanguage field = "languages"
	fWork     field = "occupation"
	fDocType  field = "docType"
	fDocument field = "document"
	fNeed     field = "need"
	fArrived  field = "arrived"
	fCamp     field = "camp"
	fWish1    field = "wish1"
	fWish2    field = "wish2"
	fWish3    field = "wish3"
	fWishes   field = "wishes" // all in one cell
	fConsent  field = "consent"
)

// column is a field under the header that the list gives it.
type column struct {
	field  field
	header string
}

// columns reads "field=Header" pairs, separated by bars.
func columns(spec string) []column {
	var out []column
	for _, pair := range strings.Split(spec, "|") {
		f, header, _ := strings.Cut(pair, "=")
		out = append(out, column{field(f), header})
	}
	return out
}

// campList is the registration list of one camp.
type campList struct {
	camp         string
	yugoslav     bool
	weight       int // share of the border's households
	table        table
	columns      []column
	style        style
	number       string // format of registration numbers
	houseNumber  string // format of household numbers
	singlesBlank bool   // singles have no household number
	groups       []group
	rows         int
}

const (
	traiskirchenColumns = "number=Lfd. Nr.|house=Familie Nr.|family=Familienname|given=Vorname|maiden=Mädchenname|sex=Geschlecht|born=Geburtsdatum|birthplace=Geburtsort|relation=Stellung in der Familie|nationality=Staatsangehörigkeit|languages=Sprachkenntnisse|occupation=Beruf|docType=Ausweisart|document=Ausweisnummer|need=Besondere Bedürfnisse|arrived=Ankunft|camp=Lager|wish1=Wunschland 1|wish2=Wunschland 2|wish3=Wunschland 3|consent=Einverständnis Umsiedlung"
	eisenstadtColumns   = "number=Karteinummer|family=Name|given=Vornamen|sex=m/w|born=geb. am|age=Alter|house=Haushalt|relation=Verwandtschaft|nationality=Nationalität|occupation=Beruf|need=Anmerkung Arzt|arrived=eingetroffen am|wishes=Auswanderungsziel|consent=Zustimmung"
	judenauColumns      = "number=Reg. No.|house=Family No.|family=Surname|given=Given name|maiden=Maiden name|sex=Sex|born=Date of birth|birthplace=Place of birth|relation=Relationship to head|nationality=Nationality|languages=Languages spoken|occupation=Occupation|docType=Document type|document=Document no.|need=Special needs|arrived=Date of arrival|camp=Camp|wish1=Destination 1st choice|wish2=Destination 2nd choice|wish3=Destination 3rd choice|consent=Consent to resettlement"
	korneuburgColumns   = "number=Sorszám|full=Név|maiden=Leánykori név|sex=Nem|born=Születési idő|birthplace=Születési hely|house=Család száma|relation=Családi állás|nationality=Állampolgárság|languages=Nyelvtudás|occupation=Foglalkozás|docType=Okmány|document=Okmány száma|need=Különleges szükséglet|arrived=Érkezés napja|wish1=Kívánt ország 1|wish2=Kívánt ország 2|wish3=Kívánt ország 3|consent=Hozzájárulás"
	siezenheimColumns   = "number=ID|family=Last Name|given=First Name|sex=Gender|born=DOB|age=Age|birthplace=Birthplace|house=Household|relation=Relation|languages=Language|occupation=Trade|document=ID Card No.|need=Medical|arrived=Arrived|wish1=Wants to go to|wish2=Second choice|wish3=Third choice|consent=Consents"
	welsColumns         = "number=N° d'enregistrement|house=N° de famille|family=Nom|given=Prénom|maiden=Nom de jeune fille|sex=Sexe|born=Date de naissance|birthplace=Lieu de naissance|relation=Lien de parenté|nationality=Nationalité|languages=Langues|occupation=Profession|docType=Type de document|document=N° du document|need=Besoins particuliers|arrived=Date d'arrivée|camp=Camp|wish1=Pays souhaité 1|wish2=Pays souhaité 2|wish3=Pays souhaité 3|consent=Consentement"
	glasenbachColumns   = "number=Nr.|house=Fam.-Nr.|family=Zuname|given=Vorname|sex=Geschl.|born=Geburtstag|relation=Familienstellung|nationality=Staatsbürgerschaft|languages=Sprachen|occupation=erlernter Beruf|document=Dokument Nr.|need=Gesundheit|arrived=Aufnahmetag|wish1=1. Wunsch|wish2=2. Wunsch|wish3=3. Wunsch|consent=einverstanden"
	grazColumns         = "number=Evidenznummer|house=Familiennummer|full=Familien- und Vorname|sex=Geschlecht|born=Geburtsdatum|birthplace=geboren in|relation=Stellung|nationality=Staatsangehörigkeit|occupation=Beruf|docType=Ausweis|document=Ausweis Nr.|need=Bedürfnisse|arrived=Ankunftsdatum|camp=Lager|wish1=Zielland|wish2=Zielland (2)|consent=Zustimmung zur Weiterreise"
	gerovoColumns       = "number=Redni broj|house=Broj porodice|family=Prezime|given=Ime|maiden=Djevojačko prezime|sex=Spol|born=Datum rođenja|birthplace=Mjesto rođenja|relation=Srodstvo|nationality=Državljanstvo|languages=Jezici|occupation=Zanimanje|docType=Vrsta isprave|document=Broj isprave|need=Posebne potrebe|arrived=Datum dolaska|camp=Logor|wish1=Željena zemlja 1|wish2=Željena zemlja 2|wish3=Željena zemlja 3|consent=Pristanak"
	osijekColumns       = "number=Broj|house=Domaćinstvo|family=Prezime|given=Ime|sex=Pol|born=Rođen(a)|relation=Odnos prema glavi|occupation=Zanimanje|document=Lična karta|need=Zdravstveno stanje|arrived=Dolazak|wish1=Zemlja 1|wish2=Zemlja 2|wish3=Zemlja 3|consent=Pristaje"
	belaCrkvaColumns    = "number=N°|house=Famille|full=Nom et prénoms|sex=Sexe|born=Né(e) le|age=Âge|relation=Parenté|nationality=Nationalité|languages=Langues|occupation=Métier|document=Pièce d'identité|need=Santé|arrived=Arrivée|wishes=Destinations souhaitées|consent=Accord"
)

func austrianLists() []*campList {
	return []*campList{
		{camp: "Traiskirchen", weight: 24, number: "T-%06d", houseNumber: "TF-%05d", columns: columns(traiskirchenColumns),
			table: table{name: "traiskirchen.csv", encoding: Windows1250, delimiter: ';', language: german, dates: "02.01.2006",
				titles: []string{"Bundesministerium für Inneres - Flüchtlingslager Traiskirchen", "Registrierung ungarischer Flüchtlinge 1956/57"}},
			style: style{drop: 0.05, transcribe: 0.02, firstJanuary: 0.03, wedded: 0.1, typo: 0.02, swap: 0.01}},
		{camp: "Eisenstadt", weight: 17, number: "%d/56", houseNumber: "%d", columns: columns(eisenstadtColumns),
			table: table{name: "eisenstadt.csv", encoding: UTF8, delimiter: ',', language: german, dates: "2.1.2006"},
			style: style{drop: 0.95, transcribe: 0.12, foreignGiven: 0.12, firstJanuary: 0.04, ageOnly: 0.2, typo: 0.03, swap: 0.02}},
		{camp: "Judenau", weight: 8, number: "JUD/%05d", houseNumber: "J%04d", columns: columns(judenauColumns),
			table: table{name: "judenau.xlsx", encoding: XLSX, language: english, dates: dateCells, sheet: "Registration",
				titles: []string{"League of Red Cross Societies - Camp Judenau - Register of refugees"}},
			style: style{drop: 0.6, transcribe: 0.04, foreignGiven: 0.05, firstJanuary: 0.03, typo: 0.02, swap: 0.015}},
		{camp: "Korneuburg", weight: 9, number: "K%05d", houseNumber: "KCs-%d", columns: columns(korneuburgColumns),
			table: table{name: "korneuburg.csv", encoding: UTF8BOM, delimiter: '\t', language: magyar, dates: "2006.01.02."},
			style: style{firstJanuary: 0.02, wedded: 0.45, typo: 0.015, swap: 0.01}},
		{camp: "Siezenheim", weight: 15, number: "S%06d", houseNumber: "H%05d", columns: columns(siezenheimColumns),
			table: table{name: "siezenheim.xlsx", encoding: XLSX, language: english, dates: "01/02/2006", sheet: "Camp Roeder"},
			style: style{drop: 1, transcribe: 0.1, foreignGiven: 0.15, firstJanuary: 0.04, ageOnly: 0.1, typo: 0.03, swap: 0.03}},
		{camp: "Wels", weight: 11, number: "W-%05d", houseNumber: "F%d", singlesBlank: true, columns: columns(welsColumns),
			table: table{name: "wels.csv", encoding: UTF8, delimiter: ';', language: french, dates: "02/01/2006",
				titles: []string{"Ligue des Sociétés de la Croix-Rouge, Camp de Wels", "Liste des réfugiés hongrois", "1956-1957"}},
			style: style{drop: 0.4, transcribe: 0.03, foreignGiven: 0.04, firstJanuary: 0.05, typo: 0.02, swap: 0.02}},
		{camp: "Glasenbach", weight: 7, number: "G %05d", houseNumber: "GF %04d", columns: columns(glasenbachColumns),
			table: table{name: "glasenbach.xlsx", encoding: XLSX, language: german, dates: dateCells, sheet: "Liste",
				titles: []string{"Lager Glasenbach", "Stand: laufend"}},
			style: style{drop: 0.3, transcribe: 0.04, foreignGiven: 0.05, firstJanuary: 0.03, typo: 0.02, swap: 0.015}},
		{camp: "Graz", weight: 9, number: "GR%05d", houseNumber: "GRF%d", columns: columns(grazColumns),
			table: table{name: "graz.csv", encoding: Windows1250, delimiter: ';', language: german, dates: "2006-01-02",
				titles: []string{"Landesregierung Steiermark"}},
			style: style{drop: 0.15, transcribe: 0.05, foreignGiven: 0.03, firstJanuary: 0.03, wedded: 0.2, typo: 0.025, swap: 0.02}},
	}
}

func yugoslavLists() []*campList {
	return []*campList{
		{camp: "Gerovo", yugoslav: true, weight: 50, number: "GE-%05d", houseNumber: "GP-%04d", columns: columns(gerovoColumns),
			table: table{name: "gerovo.csv", encoding: Windows1250, delimiter: ';', language: serboCroatian, dates: "2.1.2006.",
				titles: []string{"Crveni krst Jugoslavije - logor Gerovo"}},
			style: style{drop: 0.3, slavic: 0.3, foreignGiven: 0.08, firstJanuary: 0.04, typo: 0.02, swap: 0.02}},
		{camp: "Osijek", yugoslav: true, weight: 30, number: "%d", houseNumber: "D%d", columns: columns(osijekColumns),
			table: table{name: "osijek.xlsx", encoding: XLSX, language: serboCroatian, dates: "02.01.2006.", sheet: "Popis",
				titles: []string{"Popis mađarskih izbjeglica", "Osijek"}},
			style: style{drop: 0.4, slavic: 0.35, foreignGiven: 0.1, firstJanuary: 0.05, typo: 0.025, swap: 0.02}},
		{camp: "Bela Crkva", yugoslav: true, weight: 20, number: "BC%04d", houseNumber: "BCF%03d", columns: columns(belaCrkvaColumns),
			table: table{name: "bela_crkva.csv", encoding: UTF8BOM, delimiter: ',', language: french, dates: "2 January 2006"},
			style: style{drop: 0.6, slavic: 0.1, foreignGiven: 0.1, firstJanuary: 0.05, ageOnly: 0.12, typo: 0.03, swap: 0.02}},
	}
}
