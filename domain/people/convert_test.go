package people

import (
	"slices"
	"strings"
	"testing"

	"cairn/blueprint/lists"
	"cairn/value"
)

var someday = value.Date{Year: 1957, Month: 12, Day: 31}

func read(t testing.TB, in *ImportInput, content string) (*list, []listed) {
	t.Helper()
	l, err := readList(in, lists.File{Name: "list.csv", Body: []byte(content)})
	if err != nil {
		t.Fatal(err)
	}
	s := &settings{words: in.Words, site: in.Site, today: someday}
	if s.day, err = value.ParseDate(in.Arrived, value.DMY); err != nil {
		t.Fatal(err)
	}
	return l, l.convert(s)
}

func describe(r listed) string {
	f := r.fact
	return strings.Join([]string{f.Name.Family, f.Name.Given, f.Birth.String(), string(f.Sex), join(f.Nationalities),
		r.house, r.relation, join(r.wishes), f.Arrived.String()}, "|")
}

func TestListsOfFiveLanguages(t *testing.T) {
	tests := []struct {
		name, list string
		columns    map[string]string
		want       []string
	}{
		{"German", "Familie Nr.;Familienname;Vorname;Geschlecht;Geburtsdatum;Stellung in der Familie;Staatsangehörigkeit;Ankunft;Zielland\n" +
			"F1;Kovács;János;m;23.11.1926;Haushaltsvorstand;Ungarn;24.11.1956;Kanada, USA\nF1;Kovács;Anna;w;3.5.1930;Ehefrau;ungarisch;24.11.1956;\n", nil,
			[]string{"Kovács|János|1926-11-23|male|HUN|F1|head|CAN,USA|1956-11-24", "Kovács|Anna|1930-05-03|female|HUN|F1|spouse||1956-11-24"}},
		{"Hungarian", "Vezetéknév\tUtónév\tNem\tSzületési idő\tCsalád száma\tCsaládi állás\tÁllampolgárság\n" +
			"Nagy\tMária\tnő\t1931.05.23.\t7\tcsaládfő\tmagyar\nNagy\tPál\tférfi\t1951.\t7\tfia\tmagyar\n", nil,
			[]string{"Nagy|Mária|1931-05-23|female|HUN|7|head||", "Nagy|Pál|1951|male|HUN|7|child||"}},
		{"French", "Nom,Prénom,Sexe,Date de naissance,N° de famille,Nationalité,Pays souhaité\n" +
			"Szabó,Éva,F,25/12/1935,,hongroise,Suisse\nSzabó,Imre,M,00/00/1930,,apatride,\n", map[string]string{"N° de famille": "household"},
			[]string{"Szabó|Éva|1935-12-25|female|HUN|||CHE|", "Szabó|Imre|1930|male|XXA||||"}},
		{"Arabic", "الاسم الأول,اسم العائلة,الجنس,تاريخ الميلاد,الجنسية,رقم الأسرة,صلة القرابة\n" +
			"محمد,الأحمد,ذكر,١٩٥٠/٠٥/٠٣,سوري,12,رب الأسرة\nفاطمة,الأحمد,أنثى,1952-07-30,سوريا,12,زوجة\n", nil,
			[]string{"الأحمد|محمد|1950-05-03|male|SYR|12|head||", "الأحمد|فاطمة|1952-07-30|female|SYR|12|spouse||"}},
		{"Ukrainian", "Прізвище;Ім'я;Стать;Дата народження;Громадянство;Номер сім'ї;Родинний зв'язок\n" +
			"Шевченко;Оксана;ж;23.08.1940;Україна;5;голова сім'ї\nШевченко;Тарас;ч;9.3.1950;українець;5;син\n", nil,
			[]string{"Шевченко|Оксана|1940-08-23|female|UKR|5|head||", "Шевченко|Тарас|1950-03-09|male|UKR|5|child||"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, rows := read(t, &ImportInput{Input: lists.Input{Columns: tt.columns}}, tt.list)
			var got []string
			for _, r := range rows {
				for _, refused := range r.refused {
					t.Errorf("refused: %+v", refused)
				}
				got = append(got, describe(r))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s\nmapping\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"), l.Mapping)
			}
		})
	}
}

func TestAgesCountFromArrival(t *testing.T) {
	list := "Surname,Given name,Age,Date of arrival\nKis,Ida,20,1956-11-30\nKis,Bela,8,\n"
	_, rows := read(t, &ImportInput{}, list)
	if got := rows[0].fact.Birth.String(); got != "~1936" {
		t.Errorf("got %s", got)
	}
	if len(rows[1].refused) != 1 || rows[1].refused[0].Column != "Age" || rows[1].refused[0].Row != 3 {
		t.Errorf("an age of no day was taken: %+v", rows[1].refused)
	}
	_, rows = read(t, &ImportInput{Arrived: "1957-01-31"}, list)
	if len(rows[1].refused) != 0 || rows[1].fact.Birth.Year == 0 {
		t.Errorf("the list's day was not used: %+v", rows[1])
	}
}

func TestRowsAreRefusedWithReason(t *testing.T) {
	list := "Surname;Given name;Sex;Date of birth;Nationality\n" +
		";;F;1930-01-01;HUN\nKis;Ida;zzz;1930-01-01;HUN\nKis;Ida;F;31.2.1930;HUN\nKis;Ida;F;1999-01-01;HUN\nKis;Ida;F;1930;Ruritania\nKis;Ida;F;1930;HUN\n"
	_, rows := read(t, &ImportInput{}, list)
	want := []string{"Surname", "Sex", "Date of birth", "Date of birth", "Nationality", ""}
	for i, r := range rows {
		got := ""
		for _, refused := range r.refused {
			got += refused.Column
			if refused.Reason.String() == "" || refused.Row != i+2 {
				t.Errorf("%+v", refused)
			}
		}
		if got != want[i] {
			t.Errorf("row %d: refused for %q, want %q", i, got, want[i])
		}
	}
	_, rows = read(t, &ImportInput{Words: map[string]string{"ruritania": "HUN"}}, list)
	if r := rows[4]; len(r.refused) != 0 || !slices.Equal(r.fact.Nationalities, []value.Country{"HUN"}) {
		t.Errorf("the list's own word was not read: %+v", r.refused)
	}
}

func TestConsentOfAList(t *testing.T) {
	list := "Surname,Given name,Date of birth,Destination,Consent\n" +
		"A,Yes,1930-01-01,Canada,yes\nA,Any,1930-01-01,\"Canada, USA\",\"yes, any country\"\nA,No,1930-01-01,Canada,no\n" +
		"A,Named,1930-01-01,,\"Sweden, Norway\"\nA,Silent,1930-01-01,Canada,\nA,Child,1950-01-01,Canada,yes\nA,Odd,1930-01-01,Canada,perhaps\nA,Twice,1930-01-01,\"Canada, Canada\",yes\n"
	_, rows := read(t, &ImportInput{}, list)
	terms := &ConsentGiven{Purpose: PurposeResettlement, Language: "hu", Informed: true}
	want := []string{"CAN", "CAN,USA", "", "SWE,NOR", "", "", "", "CAN"}
	for i, r := range rows {
		var to []value.Country
		for _, c := range r.consents(terms, someday) {
			to = append(to, c.Destination)
		}
		if got := join(to); got != want[i] {
			t.Errorf("%s: consents to %q, want %q", r.fact.Name, got, want[i])
		}
	}
	if u := rows[6].unread; len(u) != 1 || u[0].Value != "perhaps" {
		t.Errorf("unread: %v", u)
	}
}

func TestHouseholdsStayWhole(t *testing.T) {
	_, rows := read(t, &ImportInput{}, "Household;Surname;Given name;Sex\n1;A;X;F\n1;A;Y;zzz\n2;B;X;M\n;C;X;M\n;C;Y;F\n2;B;Y;F\n")
	g := &gathering{}
	g.gather(rows)
	if r := g.report; r.People != 4 || r.Households != 3 || r.LeftOut != 2 || len(r.Refusals) != 2 {
		t.Errorf("%+v", r)
	}
	if r := g.report.Refusals[0]; r.Row != 2 || !strings.Contains(r.Reason.String(), "row 3") {
		t.Errorf("the other member does not wait: %+v", r)
	}
}

// TestWordsMeanOneThing holds that no word of a set stands under two codes.
func TestWordsMeanOneThing(t *testing.T) {
	codes := map[string]string{}
	for line := range strings.Lines(wordText) {
		head, words, found := strings.Cut(line, ":")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		set, code, _ := strings.Cut(head, " ")
		if set == "country" && !value.Country(code).Valid() || set == "language" && !value.Language(code).Valid() {
			t.Errorf("%s is no %s", code, set)
		}
		for word := range strings.SplitSeq(words, ",") {
			key := set + " " + value.Fold(word)
			if had := codes[key]; had != "" && had != code || value.Fold(word) == "" {
				t.Errorf("%q is %s and %s", key, had, code)
			}
			codes[key] = code
		}
	}
	if len(codes) < 500 {
		t.Errorf("only %d words were read", len(codes))
	}
}

func TestMappingCanBeChanged(t *testing.T) {
	in := &ImportInput{Input: lists.Input{Columns: map[string]string{"Prezime": "family_name", "Ime": "given_name"}}}
	l, rows := read(t, in, "Prezime,Ime\nHorvat,Ana\n")
	if rows[0].fact.Name.Family != "Horvat" || rows[0].fact.Name.Given != "Ana" {
		t.Errorf("%+v", rows[0].fact.Name)
	}
	_, again := read(t, &ImportInput{Input: lists.Input{Mapping: l.Mapping.String()}}, "Prezime,Ime\nHorvat,Ana\n")
	if again[0].fact.Name != rows[0].fact.Name {
		t.Errorf("the written mapping reads differently: %+v", again[0].fact.Name)
	}
	for _, columns := range []map[string]string{{"Nothing": "family_name"}, {"Ime": "nothing"}} {
		if _, err := readList(&ImportInput{Input: lists.Input{Columns: columns}}, lists.File{Name: "x", Body: []byte("Prezime,Ime\nHorvat,Ana\n")}); err == nil {
			t.Errorf("%v passed", columns)
		}
	}
}

// FuzzImportedList holds that no file makes the reading of lists fail otherwise
// than with an error, and that a row without refusal has a name.
func FuzzImportedList(f *testing.F) {
	f.Add("Name,Age,Date of arrival\nKis Ida,20,1956-11-30\n")
	f.Add("Familienname;Vorname;Geburtsdatum\nKovács;János;32.13.56\n")
	f.Fuzz(func(t *testing.T, content string) {
		l, err := readList(&ImportInput{}, lists.File{Name: "fuzz", Body: []byte(content)})
		if err != nil {
			return
		}
		for _, r := range l.convert(&settings{today: someday}) {
			if len(r.refused) == 0 && r.fact.Name.Check() != nil {
				t.Fatalf("row %d has no name and was not refused", r.row)
			}
		}
	})
}
