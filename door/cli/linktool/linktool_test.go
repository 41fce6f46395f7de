package linktool

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"cairn/engine/link"
)

const campA = "\ufeffid;Családnév;Keresztnév;Született;Hely;person\n" +
	"=1;Kovács;István;1931-05-03;Győr;p1\n2;Nagy;Mária;1940-02-11;Pécs;p2\n3;Szabó;Anna;1950-07-30;Eger;p3\n4;Varga;Péter;1922-09-09;Baja;p4\n"

const campB = "id,Családnév,Keresztnév,Született,Hely,person\n" +
	"10,Kovacs,Istvan,1931-05-03,Gyor,p1\n-11,Nagy,Maria,1940-02-11,Pecs,p2\n12,Molnár,Ilona,1911-01-25,Makó,p5\n"

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func runTool(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var c Command
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		return "", err
	}
	var out, errOut bytes.Buffer
	err = c.Run(&out, &errOut)
	return out.String() + errOut.String(), err
}

func TestTwoCamps(t *testing.T) {
	a, b := file(t, "a.csv", campA), file(t, "b.csv", campB)
	clusters, pairs := filepath.Join(t.TempDir(), "c.csv"), filepath.Join(t.TempDir(), "p.csv")
	out, err := runTool(t, a, b, "--out", clusters, "--pairs", pairs, "--truth", "person", "--verify", "--explain", "=1,10")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"7 records, 5 persons", "F1 1.0000", "verified", "=1 and 10: same", "birth date: same date", "Családnév                family name"} {
		if !strings.Contains(out, want) {
			t.Errorf("output lacks %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "person                   ") {
		t.Error("the truth is shown as a column in use")
	}
	got, err := os.ReadFile(clusters)
	if err != nil {
		t.Fatal(err)
	}
	want := "id,cluster\n'=1,'=1\n2,2\n3,3\n4,4\n10,'=1\n-11,2\n12,12\n"
	if string(got) != want {
		t.Errorf("clusters:\n%s\nwant:\n%s", got, want)
	}
	data, err := os.ReadFile(pairs)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) < 3 || rows[1][0] != "'=1" || rows[1][2] != "same" {
		t.Errorf("pairs %v, error %v", rows, err)
	}
}

func TestTruthInTheID(t *testing.T) {
	f := file(t, "f.csv", "rec_id, given_name, surname, date_of_birth\nrec-1-org, anna, green, 19560401\nrec-1-dup-0, ana, green, 19560401\nrec-2-org, tom, stone, 19330302\n")
	out, err := runTool(t, f, "--out", "-", "--truth-id-pattern", `rec-(\d+)-`, "-q")
	if err != nil || !strings.HasPrefix(out, "id,cluster\nrec-1-org,rec-1-org\nrec-1-dup-0,rec-1-org\nrec-2-org,rec-2-org\n") {
		t.Errorf("error %v, output:\n%s", err, out)
	}
}

func TestRefusals(t *testing.T) {
	good := file(t, "good.csv", campB)
	for name, c := range map[string]struct {
		content string
		args    []string
		want    string
	}{
		"ragged":       {"id,name\n1,Anna\n2\n", nil, "line 3: 1 cells, but the header has 2"},
		"same id":      {"id,name\n1,Anna\n1,Péter\n", nil, "was seen before"},
		"same header":  {"name,name\nAnna,Péter\n", nil, "two columns"},
		"empty":        {"id,name\n", nil, "no records"},
		"nothing":      {"", nil, "no records"},
		"not UTF-8":    {"id,name\n1,M\xe1ria\n", nil, "not UTF-8"},
		"zero bytes":   {"id,name\n1,A\x00\n", nil, "zero bytes"},
		"quote":        {"id,name\n1,\"Anna\n", nil, "mend the line"},
		"no columns":   {"id,colour\n1,red\n", nil, "no column can be compared"},
		"truth":        {campB, []string{"--truth", "nobody"}, "no file has that column"},
		"kind":         {campB, []string{"--column", "Hely=colour"}, "the kinds are"},
		"column":       {campB, []string{"--column", "nothing=place"}, "no file has that column"},
		"id":           {campB, []string{"--id", "nothing"}, "no file has the id column"},
		"pattern":      {campB, []string{"--truth-id-pattern", "x"}, "needs one group"},
		"pattern fits": {campB, []string{"--truth-id-pattern", "x(.)"}, "does not match"},
		"threshold":    {campB, []string{"--threshold", "1.5"}, "not a probability"},
		"explain":      {campB, []string{"--explain", "10"}, "two ids with a comma"},
		"twice":        {campB, []string{good}, "was seen before"},
	} {
		args := append([]string{file(t, "bad.csv", c.content)}, c.args...)
		args = append(args, "--out", filepath.Join(t.TempDir(), "out.csv"), "-q")
		if _, err := runTool(t, args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestScoreClusters(t *testing.T) {
	s := ScoreClusters([]int{0, 0, 0, 3, 4}, []string{"a", "a", "b", "b", ""})
	if s.Precision != 1.0/3 || s.Recall != 0.5 {
		t.Errorf("pairs: %+v", s)
	}
	if want := (2.0/3 + 2.0/3 + 1.0/3 + 1 + 1) / 5; abs(s.BCubedPrecision-want) > 1e-12 || abs(s.BCubedRecall-4.0/5) > 1e-12 {
		t.Errorf("B-cubed: %+v, want precision %g and recall 0.8", s, want)
	}
}

func abs(x float64) float64 { return max(x, -x) }

func TestDecisionsQueueAndReview(t *testing.T) {
	a, b := file(t, "a.csv", campA), file(t, "b.csv", campB)
	queue, clusters := filepath.Join(t.TempDir(), "q.csv"), filepath.Join(t.TempDir(), "c.csv")
	decided := file(t, "d.csv", "a,b,verdict\n=1,10,different\n3,4,same\n")
	out, err := runTool(t, a, b, "--out", clusters, "--decisions", decided, "--queue", queue, "--verify", "-q")
	if err != nil || !strings.Contains(out, "expected by the model: precision ") {
		t.Fatal(out, err)
	}
	got, err := os.ReadFile(clusters)
	if err != nil || !strings.Contains(string(got), "\n10,10\n") || !strings.Contains(string(got), "\n4,3\n") {
		t.Errorf("decisions do not hold: %v\n%s", err, got)
	}
	data, err := os.ReadFile(queue)
	if err != nil || !strings.HasPrefix(string(data), "a,b,same,why,worth,probability,joined\n") || !strings.Contains(string(data), "'=1,10,,worth,") {
		t.Fatalf("queue: %v\n%s", err, data)
	}
	reviewed := file(t, "r.csv", strings.ReplaceAll(string(data), ",,sample,", ",yes,sample,"))
	out, err = runTool(t, a, b, "--out", clusters, "--decisions", decided, "--reviewed", reviewed, "-q")
	if err != nil || !strings.Contains(out, "reviewed pairs: precision 1.000") {
		t.Errorf("reviewed: %v\n%s", err, out)
	}
	for content, want := range map[string]string{
		"a,b\n1,2\n": "needs the columns", "a,b,same,why\n1,2,yes,sample\n": "no pair of this run",
		"a,b,same,why\n'=1,10,perhaps,sample\n": "neither yes nor no"} {
		if _, err := runTool(t, a, b, "--out", clusters, "--reviewed", file(t, "x.csv", content), "-q"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", content, err, want)
		}
	}
	for content, want := range map[string]string{"x,y,z\n1,2,same\n": "needs the columns", "a,b,verdict\n3,4,perhaps\n": "neither", "a,b,verdict\n3,99,same\n": "not in the register"} {
		if _, err := runTool(t, a, b, "--out", clusters, "--decisions", file(t, "x.csv", content), "-q"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", content, err, want)
		}
	}
}

func TestRecogniseManyLanguages(t *testing.T) {
	for header, want := range map[string]link.Kind{"Full Name": link.FullName, "Prénom": link.GivenName, "Фамилия": link.FamilyName, "تاريخ الميلاد": link.BirthDate,
		"отчество": link.FullName, "Passport No.": link.Document, "رقم الهاتف": link.Phone, "E-mail": link.Document, "remarks": link.Ignore, "cluster": link.Ignore} {
		if got := recognise(header, nil); got != want {
			t.Errorf("%q is taken for %q, want %q", header, got, want)
		}
	}
}
