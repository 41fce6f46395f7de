package headers

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/value"
)

// unseen lists headers that are not among the synonyms: abbreviated, qualified,
// misspelt, in another word order or another writing.
type unseen struct {
	language string
	fields   Fields
	headers  map[string]string // header: field
}

func unseenPeople() []unseen {
	return []unseen{
		{language: "en", fields: PersonFields(), headers: map[string]string{
			"SURNAME (as in passport)": FamilyName, "First Name(s)": GivenName, "D.O.B.": BirthDate, "Sex (M/F)": Sex, "HH_ID": Household,
			"Relationship to HoH": Relationship, "Natinality": Nationality, "Phone No.": Phone, "Spoken Language(s)": Languages,
			"Date of Arrival in Camp": ArrivalDate, "countryOfBirth": BirthCountry, "Passport No": DocumentNumber, "Camp / Site": Site, "Special needs / vulnerability": Needs, "Age (years)": Age,
		}},
		{language: "de", fields: PersonFields(), headers: map[string]string{
			"Fam.-Name": FamilyName, "Vorname(n)": GivenName, "Geb.-Dat.": BirthDate, "Geschl.": Sex, "Staatsangeh.": Nationality, "GEBURTS-ORT": BirthPlace,
			"Haushalts-Nr.": Household, "Tel.-Nr.": Phone, "Bemerkg.": Remarks, "Familen Stand": MaritalStatus, "Ankunft (Datum)": ArrivalDate, "Lager / Unterkunft": Site, "Mutterspr.": Languages,
		}},
		{language: "fr", fields: PersonFields(), headers: map[string]string{
			"NOM DE FAMILLE (usuel)": FamilyName, "Prenom(s)": GivenName, "Date de naiss.": BirthDate, "Sexe (H/F)": Sex, "Nationalite actuelle": Nationality, "Lieu naissance": BirthPlace,
			"N° ménage": Household, "Tél. portable": Phone, "Obs.": Remarks, "Langue(s) parlée(s)": Languages, "Date d’arrivee au camp": ArrivalDate, "Lien avec chef de menage": Relationship,
		}},
		{language: "hu", fields: PersonFields(), headers: map[string]string{
			"Vezeték név": FamilyName, "Kereszt-név": GivenName, "Szül. dátum": BirthDate, "Neme (F/N)": Sex, "Állampolg.": Nationality, "Szuletesi hely": BirthPlace,
			"Telefonsz.": Phone, "Megj.": Remarks, "Beszélt nyelv": Languages, "Érkezés napja, dátuma": ArrivalDate, "Háztartás sz.": Household, "ANYJA LEÁNYKORI NEV.": MotherName, "Cipőméret": "",
		}},
		{language: "ar", fields: PersonFields(), headers: map[string]string{
			"إسم العائلة": FamilyName, "تاريخ الميلاد (يوم/شهر/سنة)": BirthDate, "الجنس (ذكر/أنثى)": Sex, "الجنسيه": Nationality, "رقم هاتف": Phone,
			"مكان ولادة": BirthPlace, "تاريخ وصول": ArrivalDate, "رقم الاسره": Household, "الملاحظات": Remarks,
		}},
		{language: "uk", fields: PersonFields(), headers: map[string]string{
			"ПРІЗВИЩЕ (укр.)": FamilyName, "Імя": GivenName, "По-батькові": Patronymic, "Дата народж.": BirthDate, "Стать (ч/ж)": Sex, "Громадянств": Nationality,
			"Тел. номер": Phone, "Місце народж.": BirthPlace, "Дата прибуття до табору": ArrivalDate, "Номер домогосп.": Household, "Рідна мова (мови)": Languages,
		}},
		{language: "es", fields: PersonFields(), headers: map[string]string{
			"1er Apellido": FamilyName, "Fecha nac.": BirthDate, "Sexo (H/M)": Sex, "Nacionalidad actual": Nationality, "Tfno. móvil": Phone,
			"Lugar nacim.": BirthPlace, "Fecha llegada": ArrivalDate, "Nº hogar": Household, "Observac.": Remarks, "Parentesco con jefe": Relationship,
		}},
		{language: "ru", fields: PersonFields(), headers: map[string]string{
			"Фамилия (рус.)": FamilyName, "Отчество (при наличии)": Patronymic, "Дата рожд.": BirthDate, "Пол (м/ж)": Sex, "Гражданств": Nationality, "Место рожд.": BirthPlace,
		}},
	}
}

// unseenFurther are headers in the languages of words.csv.
func unseenFurther() []unseen {
	return []unseen{
		{language: "sh", fields: PersonFields(), headers: map[string]string{
			"PREZIME (latinica)": FamilyName, "Osobno ime / imena": GivenName, "Dat. rođenja": BirthDate, "Spol (m/ž)": Sex, "Drzavljanstvo": Nationality,
			"Место рођења": BirthPlace, "Br. domaćinstva": Household, "Tel. broj": Phone, "Napom.": Remarks, "Datum dolaska u logor": ArrivalDate,
			"Zanimanje (struka)": Occupation, "Djevojačko prez.": BirthName, "Željena zemlja (prva)": Destination, "Broj cipela": "",
		}},
		{language: "pl", fields: PersonFields(), headers: map[string]string{
			"NAZWISKO osoby": FamilyName, "Imiona (wszystkie)": GivenName, "Data ur.": BirthDate, "Plec": Sex, "Obywatelstwo (kraj)": Nationality,
			"Miejsce urodz.": BirthPlace, "Nr rodziny": Household, "Nr telefonu": Phone, "Uwagi dodatkowe": Remarks, "Data przybycia do obozu": ArrivalDate, "Jezyk ojczysty": Languages,
		}},
		{language: "tr", fields: PersonFields(), headers: map[string]string{
			"Soyadi": FamilyName, "Adı (ön ad)": GivenName, "Dogum tarihi": BirthDate, "Cinsiyet (E/K)": Sex, "Uyrugu": Nationality, "Doğum yeri (il)": BirthPlace,
			"Aile numarasi": Household, "Cep tel.": Phone, "Geliş tar.": ArrivalDate, "Mesleği / işi": Occupation, "Hedef ülkesi": Destination,
		}},
		{language: "it", fields: PersonFields(), headers: map[string]string{
			"COGNOME (di nascita)": BirthName, "Nome/i di battesimo": GivenName, "Data nascita": BirthDate, "Sesso (M/F)": Sex, "Cittadinanza attuale": Nationality,
			"Luogo nascita": BirthPlace, "N. famiglia": Household, "Cell.": Phone, "Data arrivo": ArrivalDate, "Lingue conosciute": Languages, "Grado parentela": Relationship,
		}},
		{language: "pt", fields: PersonFields(), headers: map[string]string{
			"Apelido(s)": FamilyName, "Data nasc.": BirthDate, "Nacionalid.": Nationality, "Local nascimento": BirthPlace, "Telemóv.": Phone, "Data da chegada": ArrivalDate,
			"Grau parentesco": Relationship, "Línguas faladas": Languages, "Observ.": Remarks,
		}},
		{language: "fa", fields: PersonFields(), headers: map[string]string{
			"نام خانوادگي": FamilyName, "تاريخ تولد": BirthDate, "جنسيت": Sex, "شماره تیلفون": Phone, "محل ولادت": BirthPlace, "شماره فامیلی": Household, "كشور مقصد": Destination,
		}},
		{language: "en", fields: PersonFields(), headers: map[string]string{
			"Would like to go to (country)": Destination, "N°": ExternalID, "Family N°": Household, "Maiden name, if married": BirthName, "2nd choice": Destination,
		}},
	}
}

func TestANameBesideGivenNames(t *testing.T) {
	for _, test := range []struct {
		header []string
		want   string // of the first column
	}{
		{[]string{"Name", "Vornamen"}, FamilyName}, {[]string{"Name", "First name"}, FamilyName}, {[]string{"Név", "Utónév"}, FamilyName},
		{[]string{"Name", "Geburtsdatum"}, FullName}, {[]string{"Name", "Surname", "Given name"}, FullName},
	} {
		if got := Guess(test.header, [][]string{{"Simon", "Kálmán", "Simon"}}, PersonFields()).Columns[0]; got.Field != test.want && (test.want != FullName || got.Field == FamilyName) {
			t.Errorf("%q: %+v, want %s", test.header, got, test.want)
		}
	}
}

// TestFurtherNames holds that every line of words.csv names a field of its list.
func TestFurtherNames(t *testing.T) {
	lists := map[string]Fields{"person": PersonFields(), "place": PlaceFields(), "service": ServiceFields()}
	for key := range further() {
		list, id, _ := strings.Cut(key, " ")
		if _, known := lists[list].Find(id); !known {
			t.Errorf("words.csv: there is no field %q", key)
		}
	}
	if len(further()) < 40 {
		t.Errorf("only %d fields have further names", len(further()))
	}
}

func unseenOffers() []unseen {
	return []unseen{
		{language: "en", fields: PlaceFields(), headers: map[string]string{"Receiving Country": Country, "Town/City": Locality, "Max. persons": CapacityPeople, "School seats avail.": SchoolPlaces, "Medical cases (max)": MedicalPlaces, "Large fam. homes": LargeDwellings, "Valid From": PeriodStart}},
		{language: "de", fields: PlaceFields(), headers: map[string]string{"Aufnahme-Land": Country, "Gemeinde/Stadt": Locality, "Kapazität (Pers.)": CapacityPeople, "Schul-Plätze": SchoolPlaces, "Medizin. Plätze": MedicalPlaces, "Grosse Wohnungen": LargeDwellings, "Gesprochene Sprache": PlaceLanguages}},
		{language: "en", fields: ServiceFields(), headers: map[string]string{"From (station)": From, "To (station)": To, "Dep. time": Departs, "Arr. time": Arrives, "Wheel-chairs": Wheelchair, "No. of seats": Seats, "Fare p.p.": Cost, "Transport mode": Mode}},
		{language: "fr", fields: ServiceFields(), headers: map[string]string{"Gare depart": From, "Gare arrivee": To, "Heure de dép.": Departs, "Nb places": Seats, "Prix/pers.": Cost, "Moyen transport": Mode}},
	}
}

func TestGuessUnseenHeaders(t *testing.T) {
	wrong, missing, total := 0, 0, 0
	for _, test := range slices.Concat(unseenPeople(), unseenFurther(), unseenOffers()) {
		var header []string
		for name := range test.headers {
			header = append(header, name)
		}
		slices.Sort(header)
		assertUnseen(t, test, header)
		mapping := Guess(header, nil, test.fields)
		if err := mapping.Check(test.fields); err != nil {
			t.Errorf("%s: a guess contradicts itself: %v", test.language, err)
		}
		for _, column := range mapping.Columns {
			want := test.headers[column.Header]
			total++
			switch {
			case column.Field == want:
				continue
			case column.Field == "":
				missing++
			default:
				wrong++
			}
			t.Logf("%s: %q → %q, want %q (%.2f, %s)", test.language, column.Header, column.Field, want, column.Confidence, column.Reason)
		}
	}
	t.Logf("%d headers: %d without a field, %d wrong", total, missing, wrong)
	if wrong*50 > total || missing*12 > total {
		t.Errorf("of %d unseen headers %d got a wrong field and %d none", total, wrong, missing)
	}
}

// assertUnseen keeps the test honest: no header may be a synonym as it stands.
func assertUnseen(t *testing.T, test unseen, header []string) {
	t.Helper()
	for _, field := range test.fields {
		for _, synonyms := range field.Synonyms {
			for _, synonym := range synonyms {
				if slices.Contains(header, synonym) {
					t.Errorf("%q is literally a synonym", synonym)
				}
			}
		}
	}
}

func TestValuesDecideBetweenFields(t *testing.T) {
	fields := PersonFields()
	mapping := Guess([]string{"born", "Name"}, [][]string{{"1956", "Kovács"}, {"1931", "Nagy"}}, fields)
	if mapping.Columns[0].Field == BirthDate && mapping.Columns[0].Confidence > 0.8 {
		t.Errorf("a column of years is surely a birth date: %+v", mapping.Columns[0])
	}
	mapping = Guess([]string{"sex"}, [][]string{{"Budapest"}, {"Wien"}}, fields)
	if mapping.Columns[0].Confidence > 0.6 || !strings.Contains(mapping.Columns[0].Reason, "0 %") {
		t.Errorf("towns are taken for sexes: %+v", mapping.Columns[0])
	}
	mapping = Guess([]string{"Nom", "Prénom", "Sexe"}, [][]string{{"Kovács", "Anna", "F"}}, fields)
	if got := []string{mapping.Columns[0].Field, mapping.Columns[1].Field, mapping.Columns[2].Field}; !slices.Equal(got, []string{FamilyName, GivenName, Sex}) {
		t.Errorf("French columns: %q", got)
	}
	mapping = Guess([]string{"Name", "Vorname"}, nil, fields)
	if got := mapping.Columns[1].Field; got != GivenName {
		t.Errorf("Vorname: %q", got)
	}
}

func TestEverySynonymFindsItsField(t *testing.T) {
	for _, fields := range []Fields{PersonFields(), PlaceFields(), ServiceFields(), OutcomeFields()} {
		meanings := map[string][]string{}
		for _, field := range fields {
			for _, synonyms := range field.Synonyms {
				for _, synonym := range synonyms {
					key := strings.Join(words(synonym), "")
					meanings[key] = append(meanings[key], field.ID)
				}
			}
		}
		lexicon := newLexicon(fields)
		for _, field := range fields {
			if len(field.Synonyms) < 8 {
				t.Errorf("%s has names in %d languages", field.ID, len(field.Synonyms))
			}
			for language, synonyms := range field.Synonyms {
				for _, synonym := range synonyms {
					found := lexicon.candidates(0, strings.ToUpper(synonym), nil)
					best := slices.MaxFunc(found, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
					if !slices.Contains(meanings[strings.Join(words(synonym), "")], fields[best.field].ID) {
						t.Errorf("%s: %q finds %q, not %q", language, synonym, fields[best.field].ID, field.ID)
					}
				}
			}
		}
	}
}

func TestCheckRefusesContradictions(t *testing.T) {
	fields := PersonFields()
	mapping := Guess([]string{"family name", "born", "language 1", "language 2"}, nil, fields)
	if err := mapping.Check(fields, FamilyName+"|"+FullName); err != nil {
		t.Fatalf("%v\n%s", err, mapping)
	}
	if got := mapping.ColumnsOf(Languages); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("language columns %v\n%s", got, mapping)
	}
	for field, want := range map[string]string{FamilyName: "both taken", "shoe_size": "no field", "": "no column is taken for birth_date"} {
		changed := Mapping{Columns: slices.Clone(mapping.Columns)}
		if err := changed.Set(1, field); err != nil {
			t.Fatal(err)
		}
		if err := changed.Check(fields, BirthDate); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("set to %q: %v, want %q", field, err, want)
		}
	}
	if mapping.Set(4, Sex) == nil || mapping.Set(-1, Sex) == nil {
		t.Error("a column outside the table is set")
	}
	if mapping.Fits([]string{"family name"}) == nil || mapping.Fits([]string{"family name", "born", "language 2", "language 1"}) == nil {
		t.Error("a mapping fits another table")
	}
	if err := mapping.Fits([]string{"family name", "born", "language 1", "language 2"}); err != nil {
		t.Error(err)
	}
	if column, ok := mapping.Column(BirthDate); !ok || column != 1 {
		t.Errorf("birth date in column %d, %v", column, ok)
	}
}

func TestMappingRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m Mapping
		for range rapid.IntRange(1, 5).Draw(t, "columns") {
			column := Column{Header: rapid.String().Draw(t, "header"), Field: rapid.SampledFrom([]string{"", Sex, Age}).Draw(t, "field")}
			if rapid.Bool().Draw(t, "guessed") {
				column.Confidence, column.Reason = 0.75, `the name is like "x: # y" (de)`
			}
			m.Columns = append(m.Columns, column)
		}
		again, err := ParseMapping("# edited by hand\n\n" + m.String())
		if err != nil || !slices.Equal(again.Columns, m.Columns) {
			t.Fatalf("%s\n→ %+v, %v", m, again, err)
		}
	})
	m := Guess([]string{"Geb.-Dat.", "x"}, nil, PersonFields())
	text, err := json.Marshal(m)
	var again Mapping
	if err != nil || json.Unmarshal(text, &again) != nil || !slices.Equal(again.Columns, m.Columns) {
		t.Errorf("JSON: %s, %v", text, err)
	}
	for _, bad := range []string{`2 "a" = sex`, `1 a = sex`, `1 "a" sex`, `1 "a" = sex age`, `1 "a" =`, `1 "a`} {
		if _, err := ParseMapping(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("ParseMapping(%q): %v", bad, err)
		}
	}
}

func TestParseSex(t *testing.T) {
	for want, spellings := range map[value.Sex][]string{
		value.Female:     {"F", "female", "Weiblich", "w", "femme", "mujer", "nő", "n", "أنثى", "жінка", "Ж", "женский", "жіноча", "2"},
		value.Male:       {"M", "Male", "männlich", "homme", "H", "hombre", "férfi", "ffi", "ذكر", "ч", "чоловік", "муж.", "м", "1"},
		value.OtherSex:   {"X", "divers", "other", "<"},
		value.UnknownSex: {"unknown", "unbekannt", "U", "0"},
		"":               {"", "  "},
	} {
		for _, s := range spellings {
			if got, err := ParseSex(s); err != nil || got != want {
				t.Errorf("ParseSex(%q) = %q, %v; want %q", s, got, err, want)
			}
		}
	}
	if _, err := ParseSex("Budapest"); err == nil {
		t.Error("Budapest is a sex")
	}
	spanish, hungarian, english := SexReader([]string{"H", "M"}), SexReader([]string{"F", "N"}), SexReader([]string{"F", "M", ""})
	for i, read := range []func(string) (value.Sex, error){spanish, hungarian, english} {
		letter := []string{"M", "F", "F"}[i]
		want := []value.Sex{value.Female, value.Male, value.Female}[i]
		if got, err := read(letter); err != nil || got != want {
			t.Errorf("column %d: %s = %q, %v", i, letter, got, err)
		}
	}
}

func TestGuessDateOrder(t *testing.T) {
	for _, test := range []struct {
		values    string
		order     value.DateOrder
		ambiguous bool
	}{
		{"3.5.1956|25.12.1931", value.DMY, false},
		{"3/5/1956|12/25/1931", value.MDY, false},
		{"1956-05-03|1931-12-25", value.YMD, false},
		{"1956. 5. 3.", value.YMD, false},
		{"3.5.1956|4.6.1931", value.DMY, true},
		{"25.12.1931|12.25.1931|24.12.1931", value.DMY, true},
		{"1956-05-03 10:00:00|3.5.1956", value.DMY, true},
		{"56.05.23", value.YMD, false},
		{"5.5.1956|3 May 1956", value.DMY, false},
		{"٢٥/١٢/١٩٣١", value.DMY, false},
		{"", value.DMY, false},
	} {
		order, ambiguous := GuessDateOrder(strings.Split(test.values, "|"))
		if order != test.order || ambiguous != test.ambiguous {
			t.Errorf("GuessDateOrder(%q) = %s, %v; want %s, %v", test.values, order, ambiguous, test.order, test.ambiguous)
		}
	}
}

func FuzzParseMapping(f *testing.F) {
	f.Add("1 \"Name\" = full_name  # 0.90: reason\n2 \"x\" = -\n")
	f.Add("1 \"\\x")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMapping(text)
		if err != nil {
			return
		}
		if _, err := ParseMapping(m.String()); err != nil {
			t.Fatalf("%q → %q: %v", text, m, err)
		}
	})
}

func BenchmarkGuess(b *testing.B) {
	header := []string{"Fam.-Name", "Vorname(n)", "Geb.-Dat.", "Geschl.", "Staatsangeh.", "Tel.-Nr.", "Bemerkg.", "Lager"}
	for b.Loop() {
		Guess(header, nil, PersonFields())
	}
}
