package value

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, test := range []struct {
		in    string
		order DateOrder
		want  string
	}{
		{"", DMY, ""}, {"1956", DMY, "1956"}, {"~1956", DMY, "~1956"}, {"XXXX-05-03", DMY, "XXXX-05-03"},
		{"3.5.1956", DMY, "1956-05-03"}, {"3.5.1956", MDY, "1956-03-05"}, {"1956. 5. 3.", DMY, "1956-05-03"},
		{"3 May 1956", MDY, "1956-05-03"}, {"May 3, 1956", DMY, "1956-05-03"}, {"3. März 1956", DMY, "1956-03-03"},
		{"1er août 1956", DMY, "1956-08-01"}, {"3 de mayo de 1956", DMY, "1956-05-03"}, {"1956. május 3.", YMD, "1956-05-03"},
		{"3 травня 1956 року", DMY, "1956-05-03"}, {"03-мая-1956", DMY, "1956-05-03"}, {"3 مايو 1956", DMY, "1956-05-03"},
		{"٣/٥/١٩٥٦", DMY, "1956-05-03"}, {"ca. 1956", DMY, "~1956"}, {"kb. 1956", DMY, "~1956"}, {"um 3.5.1956", DMY, "~1956"},
		{"00.05.1956", DMY, "1956-05"}, {"1956-00-00", DMY, "1956"}, {"??.??.1956", DMY, "1956"}, {"xx/05/1956", DMY, "1956-05"},
		{"12/1956", DMY, "1956-12"}, {"1956/12", MDY, "1956-12"}, {"19560503", DMY, "1956-05-03"}, {"03051956", DMY, "1956-05-03"},
		{"1956-05-03T00:00:00Z", DMY, "1956-05-03"}, {"3.5.1956 00:00", DMY, "1956-05-03"}, {"29.2.1956", DMY, "1956-02-29"},
	} {
		got, err := ParseDate(test.in, test.order)
		if err != nil || got.String() != test.want {
			t.Errorf("ParseDate(%q, %s) = %q, %v; want %q", test.in, test.order, got, err, test.want)
		}
	}
}

func TestParseDateRefusals(t *testing.T) {
	for in, want := range map[string]string{
		"31.02.1956":  "31 February does not exist",
		"29.02.1957":  "not a leap year",
		"29.2.1900":   "not a leap year",
		"31.4.1956":   "April has 30 days",
		"3.13.1956":   "month 13",
		"3.5.56":      "four digits",
		"5.6":         "four digits",
		"3.1956.5":    "year stands in the middle",
		"Budapest":    "no part of a date",
		"1.2.3.1956":  "4 parts",
		"0056-01-01":  "outside 1000",
		"12 May June": "month's name",
		"99999999999": "no part of a date",

		strings.Repeat("1.", 500): "1000 bytes",
	} {
		if got, err := ParseDate(in, DMY); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseDate(%.30q) = %v, %v; want error %q", in, got, err, want)
		}
	}
}

func TestParseDateNear(t *testing.T) {
	for in, want := range map[string]string{"3.5.56": "1956-05-03", "3.5.26": "2026-05-03", "3.5.27": "1927-05-03", "7": "2007", "3.5.1890": "1890-05-03"} {
		if got, err := ParseDateNear(in, DMY, 2026); err != nil || got.String() != want {
			t.Errorf("ParseDateNear(%q) = %v, %v; want %s", in, got, err, want)
		}
	}
}

func TestDateTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawDate(t)
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Date
		if err := json.Unmarshal(text, &got); err != nil || got != want {
			t.Fatalf("%+v → %s → %+v, %v", want, text, got, err)
		}
	})
	for _, bad := range []string{"1956-5-3", "1956-02-31", "~1956-05", "1956-05-03-01", "56", "XXXX-XX-0", "~"} {
		var d Date
		if err := d.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is read as %v", bad, d)
		}
	}
}

// drawDate leaves out what has no text of its own, such as nothing but X.
func drawDate(t *rapid.T) Date {
	year := rapid.OneOf(rapid.Just(0), rapid.IntRange(1890, 2026)).Draw(t, "year")
	if year != 0 && rapid.Bool().Draw(t, "approximate") {
		return Date{Year: year, Approx: true}
	}
	month := rapid.IntRange(0, 12).Draw(t, "month")
	return Date{Year: year, Month: month, Day: rapid.IntRange(0, daysIn(year, max(month, 1))).Draw(t, "day") % (daysIn(year, max(month, 1)) + 1)}
}

func TestAge(t *testing.T) {
	for _, test := range []struct {
		born, at        string
		least, greatest int
		adult           Answer
	}{
		{"1956-05-03", "1974-05-02", 17, 17, No},
		{"1956-05-03", "1974-05-03", 18, 18, Yes},
		{"1956-05", "1974-05-15", 17, 18, Unknown},
		{"1956", "1974-05-15", 17, 18, Unknown},
		{"1956", "1974-12-31", 18, 18, Yes},
		{"1956", "1974-01-01", 17, 18, Unknown},
		{"1956-XX-03", "1974-12-03", 18, 18, Yes},
		{"~1956", "1974-06-01", 16, 19, Unknown},
		{"~1956", "1976-06-01", 18, 21, Yes},
		{"~1956", "1972-06-01", 14, 17, No},
		{"1956-02-29", "1974-02-28", 17, 17, No},
		{"1956-02-29", "1974-03-01", 18, 18, Yes},
		{"XXXX-05-03", "1974-05-03", 0, MaxAge, Unknown},
		{"", "1974-05-03", 0, MaxAge, Unknown},
		{"1980-01-01", "1974-05-03", 0, 0, No},
	} {
		born, at := mustDate(t, test.born), mustDate(t, test.at)
		least, greatest := born.Age(at)
		if adult := born.AdultAt(18, at); least != test.least || greatest != test.greatest || adult != test.adult {
			t.Errorf("born %s, on %s: age %d to %d, adult %s; want %d to %d, %s",
				test.born, test.at, least, greatest, adult, test.least, test.greatest, test.adult)
		}
	}
}

func mustDate(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s, DMY)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Whatever the true birth date, a date estimated from the age that follows from
// it must leave the true age possible.
func TestDateFromAgeHoldsTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := Date{Year: rapid.IntRange(1900, 1990).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day")}
		asked := Date{Year: 1990, Month: rapid.IntRange(1, 12).Draw(t, "asked month"), Day: rapid.IntRange(1, 28).Draw(t, "asked day")}
		age, _ := born.Age(asked)
		estimate, err := DateFromAge(age, asked)
		if err != nil {
			t.Fatal(err)
		}
		later := Date{Year: 2000, Month: 6, Day: 15}
		truth, _ := born.Age(later)
		if least, greatest := estimate.Age(later); truth < least || truth > greatest && born.Compare(asked) <= 0 {
			t.Fatalf("born %v, estimated %v: age %d outside %d to %d", born, estimate, truth, least, greatest)
		}
	})
	if _, err := DateFromAge(200, Date{Year: 1956}); err == nil {
		t.Error("age 200 passes")
	}
	if _, err := DateFromAge(20, Date{}); err == nil {
		t.Error("an age without a day passes")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"3.5.1956", "~1956", "1956. május 3.", "XXXX-05-03", "٣/٥/١٩٥٦", "\xff\x00", "?"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDateNear(s, DMY, 2026)
		if err != nil {
			return
		}
		if err := d.Check(); err != nil {
			t.Fatalf("%q gives %v", s, err)
		}
		if again, err := ParseDate(d.String(), DMY); err != nil || again != d {
			t.Fatalf("%q → %v → %v, %v", s, d, again, err)
		}
	})
}
