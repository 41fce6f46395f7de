package paxlst

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cairn/format/mrz"
)

var update = flag.Bool("update", false, "write the golden files")

func charter() Message {
	at := func(text string) time.Time {
		t, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			panic(err)
		}
		return t
	}
	return Message{
		Sender: Station{"CAIRN", "ZZ"}, Recipient: Station{"CAAPIS", "ZZ"}, Prepared: at("2026-11-24 14:30"), Control: "000000042",
		Reference: "CAIRN-2026-42", List: Passengers, Reporter: Contact{Name: "DESK", Given: "VIENNA", Phone: "43 1 5550100", Email: "desk@example.org"},
		Transport: Transport{Number: "XX0123", Carrier: "XX", Mode: "4"},
		Calls:     []Call{{Departs, "VIE", at("2026-11-26 10:05")}, {Stops, "KEF", at("2026-11-26 12:40")}, {Arrives, "YYZ", at("2026-11-26 15:55")}},
		Total:     2,
		People: []Person{
			{Role: Passenger, Surname: "ERIKSSON", Given: "ANNA MARIA", Sex: "F", Birth: "740812", Bags: 2, BagKilos: 31, BagTags: []string{"XX123456"}, Verified: true,
				Needs: []Need{{"WCHC", "CANNOT CLIMB STAIRS"}}, Embarks: "VIE", Disembarks: "YYZ", Clears: "YYZ", Residence: "AUT", Nationality: "XXB",
				Booking: "ABC123", Reference: "P-1", Seat: "12A", Documents: []Document{{"P", "L898902C3", "AUT", "320415", "220416"}, {"V", "V77", "CAN", "270101", ""}}},
			{Role: Passenger, Surname: "OCONNOR", Middle: "J", Street: "12 O'Hara + Sons: flat ?", City: "Linz", Region: "OOE", Postcode: "4020", Country: "AUT", Sex: "X",
				Birthplace: "Győr", Phone: "43 732 5550199", Nationality: "XXA", CrewKind: "CR5"},
		},
	}
}

func TestGolden(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, charter()); err != nil {
		t.Fatal(err)
	}
	const path = "testdata/charter.edi"
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), want) {
		t.Errorf("wrote\n%s\nwant\n%s", out.String(), want)
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	var out bytes.Buffer
	m := charter()
	if err := Write(&out, m); err != nil {
		t.Fatal(err)
	}
	messages, err := Read(&out)
	if err != nil {
		t.Fatal(err)
	}
	m.People[1].Birthplace = "GYOR" // ő is not in ISO 8859-1
	if len(messages) != 1 || !reflect.DeepEqual(messages[0], m) {
		t.Errorf("read %+v\nwant %+v", messages, m)
	}
}

// TestForeignMessage reads signs, letters and dates as another system may write them.
func TestForeignMessage(t *testing.T) {
	text := "UNA|*.!~#UNB*UNOA|4*AIR*GOV*20261124|1430*7#UNH*A*PAXLST|D|02B|UN|IATA#BGM*250#TDT*20*YY9***YY#LOC*125*ATH#DTM*189|202611260100|203#" +
		"LOC*87*OSL#DTM*232|2611260500|201#NAD*FM***DE!*LA|JO!|!!#XYZ*new#CNT*41|1#UNT*11*A#UNZ*1*7#"
	messages, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	m := messages[0]
	if m.List != Crew || m.People[0].Surname != "DE*LA" || m.People[0].Given != "JO|!" || m.Calls[0].At.Hour() != 1 || m.Total != 1 || m.Prepared.Year() != 2026 {
		t.Errorf("read %+v", m)
	}
}

func TestFaultsAreNamed(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, charter()); err != nil {
		t.Fatal(err)
	}
	good := out.String()
	for says, edit := range map[string][2]string{
		"counts \"49\" segments":          {"UNT+49", "UNT+49"},
		"ends without UNZ":                {"UNZ+1+000000042'", ""},
		"is not a PAXLST":                 {"PAXLST:D", "IFTMIN:D"},
		"time \"2611261605X\"":            {"2611261005", "2611261605X"},
		"has no name":                     {"NAD+FL+++OCONNOR::J", "NAD+FL+++"},
		"ends message \"7\"":              {"+000000042'\nUNE", "+7'\nUNE"},
		"closes \"8\"":                    {"UNZ+1+000000042", "UNZ+1+8"},
		"ends without '\\''":              {"UNZ+1+000000042'", "UNZ+1+000000042"},
		"counts 3 people and names 2":     {"CNT+42:2", "CNT+42:3"},
		"measure \"x\"":                   {"MEA+CT++:2", "MEA+CT++:x"},
		"tag \"FT\"":                      {"FTX+BAG", "FT+BAG"},
		"prepared \"261399\"":             {"+261124:1430+000000042++APIS", "+261399:1430+000000042++APIS"},
		"read the passenger list: is emp": {good, " "},
	} {
		text := strings.Replace(good, edit[0], edit[1], 1)
		if strings.HasPrefix(says, "counts \"49\"") {
			text = strings.Replace(good, "GEI+4+173'\n", "", 1)
			says = "segments, there are"
		}
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	for says, damage := range map[string]func(*Message){
		"no sender":             func(m *Message) { m.Sender.ID = "" },
		"control number":        func(m *Message) { m.Control = "123456789012345" },
		"no departure":          func(m *Message) { m.Calls = m.Calls[1:] },
		"person 1: has no surn": func(m *Message) { m.People[0].Surname = "" },
		"person 2: name":        func(m *Message) { m.People[1].Given = "王" },
		"born: date":            func(m *Message) { m.People[0].Birth = "12 Aug" },
		"has no kind":           func(m *Message) { m.People[0].Documents[0].Kind = "" },
		"neither passengers":    func(m *Message) { m.List = "1" },
		"number of the vehicle": func(m *Message) { m.Transport.Number = "" },
		"call \"\"":             func(m *Message) { m.Calls[1].Place = "" },
	} {
		m := charter()
		damage(&m)
		if err := Write(&bytes.Buffer{}, m); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}

func TestPartsAddUp(t *testing.T) {
	m := charter()
	for len(m.People) < 25 {
		m.People = append(m.People, Person{Surname: fmt.Sprintf("FAMILY %c", 'A'+len(m.People)), Role: Passenger})
	}
	parts, seen := Cut(m, 10), 0
	for i, part := range parts {
		var out bytes.Buffer
		if err := Write(&out, part); err != nil {
			t.Fatal(err)
		}
		back, err := Read(&out)
		if err != nil || back[0].Part != i+1 || back[0].Last != (i == 2) || back[0].Total != 25 {
			t.Errorf("part %d: %v, %+v", i+1, err, back)
		}
		seen += len(back[0].People)
	}
	if len(parts) != 3 || seen != 25 {
		t.Errorf("%d parts with %d people", len(parts), seen)
	}
}

func TestAnyTextSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ -~]{0,30}`).Draw(t, "text")
		m := charter()
		m.People[1].Street, m.People[1].Email = text, "a@b"
		var out bytes.Buffer
		if err := Write(&out, m); err != nil {
			t.Fatal(err)
		}
		back, err := Read(&out)
		if err != nil || back[0].People[1].Street != text {
			t.Fatalf("%q became %q (%v)", text, back[0].People[1].Street, err)
		}
	})
}

func FuzzRead(f *testing.F) {
	var out bytes.Buffer
	if err := Write(&out, charter()); err != nil {
		f.Fatal(err)
	}
	f.Add(out.String())
	f.Add("UNA:+.? 'UNB+UNOA:4'")
	f.Fuzz(func(t *testing.T, text string) {
		messages, err := Read(strings.NewReader(text))
		if err == nil && strings.Count(text, "UNH") < len(messages) {
			t.Errorf("%d messages", len(messages))
		}
	})
}

// BenchmarkMillion writes the manifests of 1,000,000 people, 180 to a departure:
// the zone of each document, its check digits, and the message.
func BenchmarkMillion(b *testing.B) {
	const people, aboard = 1_000_000, 180
	for b.Loop() {
		bytesOut := 0
		m := charter()
		for begin := 0; begin < people; begin += aboard {
			m.People, m.Total = m.People[:0], 0
			for i := begin; i < min(begin+aboard, people); i++ {
				d := mrz.Document{Format: mrz.TD3, Code: "P", Issuer: "AUT", Nationality: "XXB", Surname: "ERIKSSON", Given: "ANNA", Number: fmt.Sprintf("P%08d", i),
					Birth: "740812", Sex: mrz.Female, Expiry: "320415"}
				zone, err := mrz.Build(d)
				if err != nil {
					b.Fatal(err)
				}
				bytesOut += len(zone[0]) + len(zone[1])
				m.People = append(m.People, Person{Role: Passenger, Surname: d.Surname, Given: d.Given, Sex: string(d.Sex), Birth: d.Birth, Embarks: "VIE", Disembarks: "YYZ",
					Nationality: d.Nationality, Bags: 1, Booking: "ABC123", Reference: fmt.Sprint(i), Documents: []Document{{"P", d.Number, d.Issuer, d.Expiry, ""}}})
			}
			var out bytes.Buffer
			if err := Write(&out, m); err != nil {
				b.Fatal(err)
			}
			bytesOut += out.Len()
		}
		b.ReportMetric(float64(bytesOut)/people, "bytes/person")
	}
}
