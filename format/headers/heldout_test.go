package headers

import (
	"slices"
	"testing"
)

// heldOut was written after the matching was settled and has not been used to
// tune it; its share of errors is the figure to quote.
func heldOut() []unseen {
	return []unseen{
		{language: "en", fields: PersonFields(), headers: map[string]string{
			"Applicant surname": FamilyName, "Given_Names": GivenName, "BirthDt": BirthDate, "Gendr": Sex, "Citizenshp": Nationality, "Family No": Household,
			"Mobile phone #": Phone, "Native tongue": Languages, "Arrived at camp on": ArrivalDate, "Trade / profession": Occupation, "Comments (free text)": Remarks,
			"Name of the father": Patronymic, "Country where born": BirthCountry, "Shoe size": "", "Blood group": "", "Photo file": "",
		}},
		{language: "de", fields: PersonFields(), headers: map[string]string{
			"Zuname (lt. Pass)": FamilyName, "Vornamen des Flüchtlings": GivenName, "Geboren am (TT.MM.JJ)": BirthDate, "Staatsbürgersch.": Nationality, "Berufsbezeichnung": Occupation,
			"Handy-Nr.": Phone, "Muttersprache(n)": Languages, "Datum der Ankunft": ArrivalDate, "Verwandtschaftsgrad": Relationship, "Lagername": Site, "Karteikarte Nr": RegistrationNumber, "Schuhgröße": "", "Impfung": "",
		}},
		{language: "fr", fields: PersonFields(), headers: map[string]string{
			"Nom famille": FamilyName, "Prénoms de la personne": GivenName, "Né(e) le": BirthDate, "Nationalité(s)": Nationality, "Métier exercé": Occupation, "Tel mobile": Phone,
			"Langue mat.": Languages, "Arrivé au centre le": ArrivalDate, "Parenté avec le chef": Relationship, "Remarque": Remarks, "Pointure": "",
		}},
		{language: "hu", fields: PersonFields(), headers: map[string]string{
			"Családi neve": FamilyName, "Utóneve": GivenName, "Születés dátuma": BirthDate, "Állampolgarsag": Nationality, "Foglalkozása": Occupation, "Mobil tel.": Phone, "Anyanyelve": Languages,
			"Érk. dátuma": ArrivalDate, "Rokoni fok": Relationship, "Tábor neve": Site, "Vércsoport": "",
		}},
		{language: "ar", fields: PersonFields(), headers: map[string]string{
			"الأسم الكامل": FullName, "الكنيه": FamilyName, "تاريخ ميلاد": BirthDate, "جنس": Sex, "المهنه": Occupation, "رقم الجوال للتواصل": Phone, "لغة الأم": Languages, "قرابة": Relationship, "فصيلة الدم": "",
		}},
		{language: "uk", fields: PersonFields(), headers: map[string]string{
			"Прізвище особи": FamilyName, "Ім'я особи": GivenName, "Дата нар.": BirthDate, "Громадянство (країна)": Nationality, "Професія / фах": Occupation, "Моб. телефон": Phone, "Рідна мов": Languages,
			"Дата прибутя": ArrivalDate, "Примітк.": Remarks, "Група крові": "",
		}},
		{language: "es", fields: PersonFields(), headers: map[string]string{
			"Apellidos (pasaporte)": FamilyName, "Fec. nacimiento": BirthDate, "Ciudadania": Nationality, "Teléf.": Phone, "Fecha de la llegada": ArrivalDate, "Idioma(s) hablado(s)": Languages, "Talla de zapato": "",
		}},
		{language: "en", fields: PlaceFields(), headers: map[string]string{"Host state": Country, "Municipality name": Locality, "Persons (max)": CapacityPeople, "Pupils places": SchoolPlaces, "Available until": PeriodEnd, "Quota (people)": Quota}},
		{language: "en", fields: ServiceFields(), headers: map[string]string{"Port of dep.": From, "Port of arr.": To, "Departure (local)": Departs, "Arrival (local)": Arrives, "Seats free": Seats, "Ticket price": Cost, "Vessel name": Carrier}},
	}
}

func TestGuessHeldOutHeaders(t *testing.T) {
	right, wrong, missing := 0, 0, 0
	for _, test := range heldOut() {
		var header []string
		for name := range test.headers {
			header = append(header, name)
		}
		slices.Sort(header)
		assertUnseen(t, test, header)
		for _, column := range Guess(header, nil, test.fields).Columns {
			want := test.headers[column.Header]
			switch {
			case column.Field == want:
				right++
				continue
			case column.Field == "":
				missing++
			default:
				wrong++
			}
			t.Logf("%s: %q → %q, want %q (%.2f, %s)", test.language, column.Header, column.Field, want, column.Confidence, column.Reason)
		}
	}
	total := right + wrong + missing
	t.Logf("%d headers: %d right, %d without a field, %d wrong", total, right, missing, wrong)
	if right*100 < total*85 || wrong*100 > total*8 {
		t.Errorf("only %d of %d held-out headers are right and %d are wrong", right, total, wrong)
	}
}
