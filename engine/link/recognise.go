package link

import (
	"slices"
	"strings"
)

// headerWords gives header words for kinds, folded, in English, German,
// French, Spanish, Hungarian, Polish, Ukrainian, Russian and Arabic (the last
// three romanised as foldText does). A header matches a phrase of several words
// if it holds them all; earlier lines win.
var headerWords = []struct {
	kind    Kind
	phrases string
}{
	{Household, "household,household id,household no,household number,family id,family no,family number,family code,haushalt,haushaltsnummer,menage,foyer,hogar,haztartas,gospodarstwo,hh id,hhid,hh no,case no,group id,gruppe"},
	{GivenName, "first name,firstname,given name,givenname,given names,forename,forenames,vorname,vornamen,prenom,prenoms,nombre de pila,nombres,keresztnev,utonev,imie,imya,imia,im ya,ism awwl,first,given"},
	{FamilyName, "family name,familyname,surname,last name,lastname,nachname,familienname,zuname,nom de famille,apellido,apellidos,vezeteknev,csaladnev,nazwisko,prizvyshche,prizvishche,familiya,familia,last"},
	{FullName, "full name,fullname,complete name,vollstandiger name,nom complet,nom et prenom,nombre completo,teljes nev,first and surname,pib,fio,alasm,alism,alasm alkaml,name,nev,nom,nombre,imie i nazwisko"},
	{Place, "birth place,birthplace,place of birth,pob,geburtsort,lieu de naissance,lugar de nacimiento,szuletesi hely,miejsce urodzenia,misce narodzhennya,mkan almylad"},
	{BirthDate, "date of birth,birth date,birthdate,dob,born,born on,birthday,geburtsdatum,geboren,geb,date de naissance,naissance,ne le,fecha de nacimiento,szuletesi ido,szuletesi datum,szuletett,szul,data urodzenia,data narodzhennya,data rozhdeniya,tarykh almylad,date birth"},
	{Age, "age,alter,edad,eletkor,kor,wiek,vik,vozrast,alamr,year of birth,birth year,yob,geburtsjahr,jahrgang,annee de naissance,szuletesi ev,rok urodzenia"},
	{Sex, "sex,gender,geschlecht,sexe,genre,sexo,neme,nem,plec,stat,pol,aljns"},
	{Phone, "phone,telephone,mobile,phone number,telefon,telefonnummer,handy,portable,telefono,movil,telefonszam,komorka,hatf,tel"},
	{Document, "document,document no,document number,passport,passport no,passport number,id card,identity card,id number,national id,soc sec id,ssn,social security,ausweis,passnummer,reisepass,ausweisnummer,passeport,numero de document,pasaporte,documento,okmany,okmanyszam,utlevel,igazolvany,dowod,paszport,pasport,jwaz,papers"},
	{Postcode, "postcode,post code,postal code,zip,zip code,zipcode,plz,postleitzahl,code postal,codigo postal,iranyitoszam,kod pocztowy,postcode fake"},
	{Occupation, "occupation,profession,job,trade,beruf,metier,profesion,ocupacion,foglalkozas,zawod,profesiya,almhna"},
	{Place, "place,town,city,village,suburb,district,state,county,province,region,origin,residence,ort,stadt,wohnort,herkunft,heimatort,lieu,ville,ciudad,lugar,provincia,lakohely,hely,helyseg,varos,megye,miejscowosc,miasto,misto,gorod,almdyna"},
	{FreeText, "address,street,street number,adresse,strasse,rue,direccion,calle,cim,lakcim,ulica,adres,adresa,address 1,address 2,alanwan"},
}

// Recognise guesses what a column holds from its header, in several languages,
// and from sample cells. It says Ignore when neither tells.
func Recognise(header string, sample []string) Kind {
	folded := strings.TrimSpace(foldText(header))
	if folded == "" {
		return recogniseCells(sample)
	}
	for _, line := range headerWords {
		if slices.Contains(strings.Split(line.phrases, ","), folded) {
			return checked(line.kind, sample)
		}
	}
	words := strings.Fields(folded)
	if slices.Contains(words, "id") && !slices.Contains(words, "household") || slices.Contains(words, "cluster") || slices.Contains(words, "notes") {
		return Ignore
	}
	for _, line := range headerWords {
		for _, phrase := range strings.Split(line.phrases, ",") {
			if len(phrase) > 2 && holdsAll(words, strings.Fields(phrase)) {
				return checked(line.kind, sample)
			}
		}
	}
	return recogniseCells(sample)
}

func holdsAll(words, wanted []string) bool {
	for _, w := range wanted {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}

// checked corrects a header that its cells contradict: "born" may hold years or
// a place, "age" dates.
func checked(kind Kind, sample []string) Kind {
	dates := share(sample, func(s string) bool { return parseDate(s).known() })
	numbers := share(sample, func(s string) bool { return len(s) <= 3 && digitsOf(s) == s })
	switch {
	case kind == Age && dates > 0.6 && numbers < 0.4:
		return BirthDate
	case kind == BirthDate && numbers > 0.8:
		return Age
	case kind == BirthDate && known(sample) && dates < 0.1:
		return Ignore
	case kind == Place && dates > 0.9:
		return BirthDate
	}
	return kind
}

func known(sample []string) bool {
	return slices.ContainsFunc(sample, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// share is the part of the filled cells for which the test holds.
func share(sample []string, test func(string) bool) float64 {
	filled, good := 0, 0
	for _, s := range sample {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		filled++
		if test(s) {
			good++
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(good) / float64(filled)
}

// recogniseCells knows only what its cells alone show safely.
func recogniseCells(sample []string) Kind {
	switch {
	case share(sample, func(s string) bool { return sexOf(foldText(s)) != "" && digitsOf(s) == "" }) > 0.9:
		return Sex
	case share(sample, func(s string) bool {
		d := parseDate(s)
		return d.known() && d.day != 0 && d.year > 1800 && d.year < 2100 && d.month <= 12
	}) > 0.9:
		return BirthDate
	}
	return Ignore
}
