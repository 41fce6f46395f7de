package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cairn/blueprint"
	"cairn/blueprint/lists"
	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/format/headers"
	"cairn/format/sheet"
	"cairn/value/said"
)

// importPath is where lists are sent; it alone takes more than a form.
const importPath = "/import"

// uploadLimits bound what an uploaded file may ask for, below what somebody at the
// machine itself may: a larger list is taken over there.
var uploadLimits = sheet.Limits{UnzippedBytes: 256 << 20, Rows: 200_000, Columns: 300}

// listKind is a kind of list that can be taken over.
type listKind struct {
	Name, Action, Group string
	fields              headers.Fields
	run                 func(x *exchange, u *upload, dry, good bool) (tally, error)
}

var listKinds = []listKind{
	{"people", "people.import", "registration.import", headers.PersonFields(), importPeople},
	{"places", "resettlement.import_places", "places.write", headers.PlaceFields(), importPlaces},
	{"services", "movement.import_services", "services.write", headers.ServiceFields(), importServices},
}

func importPeople(x *exchange, u *upload, dry, good bool) (tally, error) {
	out, err := do[people.Imported](x, "people.import", &people.ImportInput{Input: u.input(dry, good), Site: u.Site, Arrived: u.Arrived})
	return tally{out.Report, []wordCount{{"import-people", out.People}, {"import-households", out.Households}}, out.Unread}, err
}

func importPlaces(x *exchange, u *upload, dry, good bool) (tally, error) {
	out, err := do[resettlement.Imported](x, "resettlement.import_places", &resettlement.ImportInput{Input: u.input(dry, good)})
	return tally{out.Report, []wordCount{{"import-places", out.Places}, {"import-room", int(out.People)}}, nil}, err
}

func importServices(x *exchange, u *upload, dry, good bool) (tally, error) {
	out, err := do[movement.Imported](x, "movement.import_services", &movement.ImportInput{Input: u.input(dry, good), Zone: u.Zone})
	return tally{out.Report, []wordCount{{"import-services", out.Services}, {"import-seats", int(out.Seats)}}, nil}, err
}

// kindOf finds a kind by its name.
func kindOf(kinds []listKind, name string) (listKind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return listKind{}, false
}

// mayImport gives the kinds of lists that somebody may take over, or refuses.
func (x *exchange) mayImport() ([]listKind, error) {
	var out []listKind
	for _, k := range listKinds {
		if x.may(k.Action, k.Group) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return nil, x.require(listKinds[0].Action, listKinds[0].Group)
	}
	return out, nil
}

type importPage struct {
	Kinds   []listKind
	Kind    string
	Most    int // megabytes
	Problem *problem
}

func showImport(x *exchange) error {
	kinds, err := x.mayImport()
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "import", importPage{Kinds: kinds, Kind: x.r.URL.Query().Get("kind"), Most: mostUpload >> 20})
}

// sendList takes a file. It is read as it comes, never through a file of the system's.
func sendList(x *exchange) error {
	kinds, err := x.mayImport()
	if err != nil {
		return err
	}
	if err := x.uploads.admit(x.who.ID, time.Now()); err != nil {
		return err
	}
	u := &upload{ID: newID(), Owner: x.who.ID, at: time.Now()}
	refused := x.receive(u)
	k, known := kindOf(kinds, u.Kind)
	if refused == nil && !known {
		refused = blueprint.RefuseField("kind", "choose what the file lists")
	}
	if refused != nil {
		p := importPage{Kinds: kinds, Kind: u.Kind, Most: mostUpload >> 20, Problem: x.formProblem(refused)}
		if p.Problem == nil {
			return refused
		}
		return x.show(http.StatusUnprocessableEntity, "import", p)
	}
	if err := x.analyse(u, k); err != nil {
		return err
	}
	return x.redirect(importPath + "/" + u.ID)
}

// receive reads the parts of the form.
func (x *exchange) receive(u *upload) error {
	parts, err := x.r.MultipartReader()
	if err != nil {
		return blueprint.RefuseField("file", "choose a file")
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return cut(err)
		}
		most := int64(mostUpload)
		if part.FormName() != "file" {
			most = 1 << 10
		}
		body, err := io.ReadAll(io.LimitReader(part, most+1))
		if err != nil {
			return cut(err)
		}
		if int64(len(body)) > most {
			return tooLargeFile()
		}
		switch part.FormName() {
		case "kind":
			u.Kind = string(body)
		case "file":
			u.Name, u.body = baseName(part.FileName()), body
		}
	}
	if len(u.body) == 0 {
		return blueprint.RefuseField("file", "choose a file that is not empty")
	}
	return nil
}

func tooLargeFile() error {
	return blueprint.RefuseField("file", "the file has more than %d megabytes: part it, or have it taken over at the office's own machine", mostUpload>>20)
}

// cut says why a form ended early.
func cut(err error) error {
	if strings.Contains(err.Error(), "request body too large") { // the parts' reader keeps the text alone
		return tooLargeFile()
	}
	return blueprint.RefuseField("file", "the file did not come whole: send it again")
}

// baseName is a file's name without folders, as some browsers send them.
func baseName(name string) string {
	return path.Base("/" + strings.ReplaceAll(name, `\`, "/"))
}

// samplesShown is how many values of a column a clerk sees; they are cut when long.
const (
	samplesShown = 3
	sampleLength = 60
)

// short cuts what stands in a cell.
func short(text string) string {
	for i := range text {
		if i >= sampleLength*utf8.UTFMax || utf8.RuneCountInString(text[:i]) >= sampleLength {
			return text[:i] + "…"
		}
	}
	return text
}

// analyse reads a list as its settings say, tries it, and holds what it found.
func (x *exchange) analyse(u *upload, k listKind) error {
	done, err := x.uploads.wait(x.ctx())
	if err != nil {
		return err
	}
	defer done()
	u.Version, u.wrong = newID(), u.look(k)
	if u.wrong == nil {
		u.Report, u.wrong = k.run(x, u, true, false)
	}
	if u.wrong != nil && x.formProblem(u.wrong) == nil {
		return u.wrong
	}
	if mapping, err := headers.ParseMapping(u.Report.Mapping); u.wrong == nil && err == nil && u.Report.Mapping != "" {
		u.Mapping = mapping
	}
	return x.uploads.put(u)
}

// look reads columns and samples, and what the columns mean as far as that can be told.
func (u *upload) look(k listKind) error {
	in := u.input(true, false)
	file, err := in.File()
	if err != nil {
		return err
	}
	l, err := in.Read(file)
	if err != nil {
		return err
	}
	u.Header, u.Samples = l.Header, make([][]string, len(l.Header))
	for column := range l.Header {
		for _, row := range l.Sample() {
			text := short(lists.Text(row, column))
			if text != "" && !slices.Contains(u.Samples[column], text) {
				u.Samples[column] = append(u.Samples[column], text)
			}
			if len(u.Samples[column]) == samplesShown {
				break
			}
		}
	}
	err = l.Understand(k.fields, said.Say("a list"))
	u.Mapping = l.Mapping
	if len(u.Mapping.Columns) != len(u.Header) && err != nil {
		return err
	}
	return nil
}

// held gives the list of the page's address with its kind.
func (x *exchange) held() (*upload, listKind, error) {
	kinds, err := x.mayImport()
	if err != nil {
		return nil, listKind{}, err
	}
	u := x.uploads.of(x.who.ID, x.r.PathValue("list"))
	if u != nil {
		if k, known := kindOf(kinds, u.Kind); known {
			return u, k, nil
		}
	}
	return nil, listKind{}, blueprint.Refuse(blueprint.NotFound, "this list is no longer held here: send the file again")
}

// shownRefusals bounds the page; the file with the report has all of them.
const shownRefusals = 200

type listPage struct {
	*upload
	Fields   headers.Fields
	Orders   []string
	Refusals []lists.Refusal
	More     int // that are not shown
	Good     int // rows that can be taken
	Problem  *problem
}

func (x *exchange) showListPage(status int, u *upload, k listKind, wrong *problem) error {
	p := listPage{upload: u, Fields: k.fields, Orders: []string{"dmy", "mdy", "ymd"}, Problem: wrong, Good: u.Report.Rows - u.Report.LeftOut}
	p.Refusals = u.Report.Refusals[:min(len(u.Report.Refusals), shownRefusals)]
	p.More = len(u.Report.Refusals) - len(p.Refusals)
	return x.show(status, "list", p)
}

func showList(x *exchange) error {
	u, k, err := x.held()
	if err != nil {
		return err
	}
	return x.showListPage(http.StatusOK, u, k, x.formProblem(u.wrong))
}

// changeList reads the list anew with other settings, takes it over, or forgets it.
func changeList(x *exchange) error {
	u, k, err := x.held()
	if err != nil {
		return err
	}
	switch step := x.r.PostFormValue("step"); step {
	case "forget":
		x.uploads.drop(func(other *upload) bool { return other.ID == u.ID })
		return x.redirect(importPath)
	case "check":
		next := x.settings(u, k)
		if err := x.analyse(next, k); err != nil {
			return err
		}
		if next.wrong != nil {
			return x.showListPage(http.StatusUnprocessableEntity, next, k, x.formProblem(next.wrong))
		}
		return x.redirect(importPath + "/" + u.ID)
	case "all", "good":
		return x.takeOver(u, k, step == "good")
	}
	return blueprint.Refuse(blueprint.Invalid, "the form is not complete: open the page again")
}

// settings is the list with what the form says of its columns.
func (x *exchange) settings(u *upload, k listKind) *upload {
	next := *u
	text := func(name string) string { return strings.TrimSpace(x.r.PostFormValue(name)) }
	next.Site, next.Arrived, next.Zone, next.DateOrder = text("site"), text("arrived"), text("zone"), text("order")
	mapping := headers.Mapping{Columns: slices.Clone(u.Mapping.Columns)}
	for i, c := range mapping.Columns {
		chosen, sent := x.r.PostForm["c"+strconv.Itoa(i)]
		if !sent || chosen[0] == c.Field {
			continue
		}
		if _, known := k.fields.Find(chosen[0]); known || chosen[0] == "" {
			_ = mapping.Set(i, chosen[0]) // the column is there
		}
	}
	if len(mapping.Columns) > 0 {
		next.mapping = mapping.String()
	}
	return &next
}

// takeOver does what the dry run said that it would.
func (x *exchange) takeOver(u *upload, k listKind, good bool) error {
	done, err := x.uploads.wait(x.ctx())
	if err != nil {
		return err
	}
	defer done()
	if now := x.uploads.of(u.Owner, u.ID); now != u || u.Taken || x.r.PostFormValue("version") != u.Version {
		return x.showListPage(http.StatusConflict, u, k, x.formProblem(
			blueprint.Refuse(blueprint.Conflict, "the list was read anew or taken over since: look at the report again")))
	}
	report, err := k.run(x, u, false, good)
	if wrong := x.formProblem(err); wrong != nil {
		return x.showListPage(http.StatusUnprocessableEntity, u, k, wrong)
	}
	if err != nil {
		return err
	}
	next := *u
	next.Report, next.Taken, next.Version = report, true, newID()
	next.body, next.Samples = nil, nil // what was taken over is in the record
	if err := x.uploads.put(&next); err != nil {
		return err
	}
	x.notice("import-done")
	return x.redirect(importPath + "/" + u.ID)
}

// saveListReport gives every refusal as a file, for whoever made the list.
func saveListReport(x *exchange) error {
	u, _, err := x.held()
	if err != nil {
		return err
	}
	var heads []string
	for _, id := range []string{"import-row", "import-column", "import-value", "why"} {
		text, err := x.language.text(id)
		if err != nil {
			return err
		}
		heads = append(heads, text)
	}
	var out bytes.Buffer
	err = sheet.WriteCSV(&out, sheet.CSVOptions{ByteOrderMark: true}, heads, func(yield func([]string) bool) {
		for _, r := range u.Report.Refusals {
			if !yield([]string{strconv.Itoa(r.Row), r.Column, r.Value, x.language.say(r.Reason)}) {
				return
			}
		}
	})
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return x.save("report.csv", "text/csv; charset=utf-8", out.String())
}
