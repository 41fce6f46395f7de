package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"cairn/door/api"
	"cairn/door/input"
	"cairn/door/login"
	"cairn/door/web/webtest"
)

// described is an answer as the outside validator takes it.
type described struct {
	Method string `json:"method"`
	Path   string `json:"path"` // as the document has it
	Status int    `json:"status"`
	Type   string `json:"type"`
	Body   string `json:"body"`
}

// asker asks everything that a filled office answers, and keeps the answers.
type asker struct {
	*bench
	office *webtest.Office
	tokens map[string]string // by role
	kept   []described
}

func newAsker(t *testing.T) *asker {
	t.Helper()
	o, err := webtest.Found(filepath.Join(t.TempDir(), "cairn.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	if err := o.Fill(); err != nil {
		t.Fatal(err)
	}
	desk, err := login.New(o.Office, login.Options{Clock: o.Now})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := api.New(o.Office, api.Options{Desk: desk})
	if err != nil {
		t.Fatal(err)
	}
	a := &asker{bench: &bench{office: o.Office, handler: handler}, office: o, tokens: map[string]string{}}
	for _, role := range webtest.Roles {
		got := a.keep(t, "", "POST", "/api/login", "", `{"login":"`+webtest.Login(role)+`","password":"`+webtest.Password+`"}`)
		var in api.LoggedIn
		if err := json.Unmarshal([]byte(got.text), &in); err != nil || in.Token == "" {
			t.Fatalf("%s: %s", role, got.text)
		}
		a.tokens[role] = "Bearer " + in.Token
	}
	return a
}

func (a *asker) keep(t *testing.T, auth, method, path, query, body string) answer {
	t.Helper()
	got := a.ask(t, auth, method, path+query, body)
	a.kept = append(a.kept, described{method, path, got.status, got.header.Get("Content-Type"), got.text})
	return got
}

// known are values of fields, by their names, that the filled office has.
func (a *asker) known() map[string]any {
	o := a.office
	return map[string]any{"record": o.Family.Records[0], "records": o.Family.Records, "case": o.Cases[0], "cases": o.Cases[:1], "place": o.Places[0],
		"service": o.Services[0], "plan": o.Plan, "household": o.Family.ID, "q": "kovacs", "name": "Kovacs Janos", "a": o.Family.Records[0],
		"b": o.Family.Records[1], "country": "CAN", "from": "1957-01-01", "to": "1957-03-01", "town": "Ottawa", "withdraw": []string{"CAN"}, "sender": "CAIRN", "recipient": "CAAPIS"}
}

// views asks each view as everybody, until somebody gets an answer; it counts those.
func (a *asker) views(t *testing.T) (answered int) {
	t.Helper()
	for _, d := range a.office.Domains {
		for _, v := range d.Views {
			ok := false
			for _, all := range []bool{true, false} {
				fields := map[string]any{}
				for _, f := range input.Fields(v.NewInput()) {
					value, has := a.known()[f.Name]
					if has && (all || f.Needed) && (reflect.TypeOf(value).Kind() == reflect.Slice) == (f.Type.Kind() == reflect.Slice) {
						fields[f.Name] = value
					}
				}
				body, err := json.Marshal(fields)
				if err != nil {
					t.Fatal(err)
				}
				for _, role := range webtest.Roles {
					if a.keep(t, a.tokens[role], "POST", "/api/views/"+v.Name, "", string(body)).status == http.StatusOK {
						ok = true
						break
					}
				}
			}
			if ok {
				answered++
			} else {
				t.Logf("nobody is answered: %s", v.Name)
			}
		}
	}
	return answered
}

// actions does some of what changes something, and what fails in each way.
func (a *asker) actions(t *testing.T) {
	t.Helper()
	list := base64.StdEncoding.EncodeToString([]byte("Name,Born\nNagy Ida,1950-02-31\nNagy Pál,1951-01-02\n"))
	family := `"` + strings.Join(a.office.Family.Records, `","`) + `"`
	for _, c := range []struct {
		role, action, body string
		status             int
	}{
		{"registrar", "people.register", `{"name":"Nagy Pál","birth":"1951"}`, 200},
		{"registrar", "people.register", `{"colour":"red"}`, 422},
		{"registrar", "people.import", `{"name":"a.csv","content":"` + list + `","dry_run":true}`, 200},
		{"registrar", "people.import", `{"name":"a.csv","content":"` + list + `","good_rows_only":true}`, 200},
		{"registrar", "people.import", `{"name":"a.csv","content":"` + list + `"}`, 200}, // the same file again
		{"protection_officer", "people.open_file", `{"record":"` + a.office.Family.Records[0] + `","reason":"asked"}`, 200},
		{"escort", "movement.open_papers", `{"service":"` + a.office.Services[0] + `","reason":"boarding"}`, 200},
		{"receiving_state", "movement.open_arrivals", `{"country":"CAN","town":"Ottawa","reason":"rooms"}`, 200},
		{"reviewer", "identity.find_doubles", `{}`, 200},
		{"caseworker", "cases.open", `{"all_without_case":true}`, 200},
		{"protection_officer", "rights.report_risk", `{"records":[` + family + `],"countries":["CAN"],"basis":"a threat"}`, 200},
		{"placement_officer", "resettlement.change", `{"case":"` + a.office.Cases[2] + `","place":"` + a.office.Places[1] + `","reason":"her sister"}`, 200},
		{"movement_officer", "movement.board", `{"service":"` + a.office.Services[0] + `"}`, 0}, // perhaps refused: described all the same
		{"escort", "movement.board", `{"service":"` + a.office.Services[0] + `"}`, 0},
		{"administrator", "people.register", `{"name":"x"}`, 403},
		{"administrator", "offices.dismiss_staff", `{"staff":"nobody","reason":"x"}`, 404},
	} {
		if got := a.keep(t, a.tokens[c.role], "POST", "/api/actions/"+c.action, "", c.body); c.status != 0 && got.status != c.status {
			t.Errorf("%s as %s: %d %s", c.action, c.role, got.status, got.text)
		}
	}
	a.keep(t, "", "POST", "/api/actions/people.register", "", "{}")
	a.keep(t, a.tokens["registrar"], "GET", "/api/views/people.search", "?q=kovacs&limit=2", "")
	a.keep(t, a.tokens["monitor"], "DELETE", "/api/login", "", "")
	delete(a.tokens, "monitor")
}

// TestAnOutsideValidatorAgrees has a validator that we did not write look at the document,
// and hold every answer against what the document says of it.
func TestAnOutsideValidatorAgrees(t *testing.T) {
	_, missing := os.Stat("../../node_modules/@seriousme/openapi-schema-validator")
	node, err := exec.LookPath("node")
	if missing != nil || err != nil {
		if os.Getenv("CAIRN_TEST_BROWSER") == "1" {
			t.Fatal("the npm packages are missing: run scripts/setup")
		}
		t.Skip("the npm packages are missing: run scripts/setup, which installs them, or make test")
	}
	a := newAsker(t)
	a.actions(t)
	answered, all := a.views(t), 0
	for _, d := range a.office.Domains {
		all += len(d.Views)
	}
	if answered*10 < all*8 {
		t.Errorf("%d of %d views were answered", answered, all)
	}
	given, err := json.Marshal(map[string]any{"answers": a.kept, "document": json.RawMessage(a.ask(t, "", "GET", "/api/openapi.json", "").text)})
	if err != nil {
		t.Fatal(err)
	}
	var wrong []string
	for i, found := range [][]string{validate(t, node, given), validate(t, node, []byte(strings.ReplaceAll(string(given), `"openapi":"3.1.0"`, `"opened":"3.1.0"`))),
		validate(t, node, []byte(strings.ReplaceAll(string(given), `\"people\":2`, `\"people\":\"two\"`)))} {
		if i == 0 {
			wrong = found
		} else if len(found) <= len(wrong) {
			t.Errorf("the validator finds nothing wrong where something is (%d)", i)
		}
	}
	t.Logf("%d answers, of %d of %d views", len(a.kept), answered, all)
	for _, w := range wrong {
		t.Error(w)
	}
}

func validate(t *testing.T, node string, given []byte) (wrong []string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), node, "testdata/validate.mjs")
	var errOut bytes.Buffer
	command.Stdin, command.Stderr = bytes.NewReader(given), &errOut
	out, err := command.Output()
	if err == nil {
		err = json.Unmarshal(out, &wrong)
	}
	if err != nil {
		t.Fatalf("%v: %s", err, errOut.String())
	}
	return wrong
}
