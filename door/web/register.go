package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cairn/blueprint"
	"cairn/domain/people"
)

// Bounds on the rows of the form for a household.
const (
	fewestRows = 4
	mostRows   = 30
)

// keyNew holds the records and numbers of the newest registration in a session, for
// slips of files that are closed to whoever registered them.
const keyNew = "new"

// memberRow is one person as typed.
type memberRow struct {
	Index, Shown                       int // from 0, from 1
	Name, Birth, Sex, Relation         string
	Nationality, Language, Paper, Need string
	Sensitive                          bool
	Doubles                            []alikePerson
	Problem                            *problem
}

// Unplaced says that none of the fields shows what is wrong with the row.
func (m memberRow) Unplaced() bool {
	fields := []string{"name", "birth", "sex", "relation", "nationalities", "languages", "documents"}
	return m.Problem != nil && !slices.Contains(fields, m.Problem.Field)
}

func (m *memberRow) blank() bool {
	return m.Name+m.Birth+m.Sex+m.Nationality+m.Language+m.Paper+m.Need == ""
}

type registerPage struct {
	Site, Arrived, Wishes string
	Rows                  []memberRow
	Problem               *problem
	Found                 bool // somebody like them is registered already
	Sexes, Relations      []string
	MayImport             bool
}

func newRegisterPage() registerPage {
	return registerPage{Sexes: []string{"female", "male", "other", "unknown"}, Relations: []string{people.RelationHead,
		people.RelationSpouse, people.RelationChild, people.RelationParent, people.RelationSibling, people.RelationGrandchild,
		people.RelationGrandparent, people.RelationUnaccompanied, people.RelationOther}}
}

func showRegister(x *exchange) error {
	if err := x.require("people.register", "registration.write"); err != nil {
		return err
	}
	p := newRegisterPage()
	p.Site, p.MayImport = x.r.FormValue("site"), x.may("people.import", "registration.import")
	p.grow(fewestRows)
	return x.show(http.StatusOK, "register", p)
}

func (p *registerPage) grow(n int) {
	for i := len(p.Rows); i < min(n, mostRows); i++ {
		p.Rows = append(p.Rows, memberRow{Index: i, Shown: i + 1})
	}
}

// typed reads the form.
func (x *exchange) typedHousehold() registerPage {
	p := newRegisterPage()
	text := func(name string) string { return strings.TrimSpace(x.r.PostFormValue(name)) }
	p.Site, p.Arrived, p.Wishes = text("site"), text("arrived"), text("wishes")
	rows, err := strconv.Atoi(text("rows"))
	if err != nil {
		rows = fewestRows
	}
	p.grow(rows)
	for i := range p.Rows {
		m, prefix := &p.Rows[i], "m"+strconv.Itoa(i)+"-"
		m.Name, m.Birth, m.Sex, m.Relation = text(prefix+"name"), text(prefix+"birth"), text(prefix+"sex"), text(prefix+"relation")
		m.Nationality, m.Language = text(prefix+"nationality"), text(prefix+"language")
		m.Paper, m.Need, m.Sensitive = text(prefix+"paper"), text(prefix+"need"), text(prefix+"sensitive") != ""
	}
	return p
}

// words parts a list as people type it, in any script.
func words(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;،؛、", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

func (p *registerPage) input() *people.RegisterInput {
	in := &people.RegisterInput{Site: p.Site, Arrived: p.Arrived, Wishes: words(p.Wishes)}
	for i := range p.Rows {
		m := &p.Rows[i]
		if m.blank() {
			continue
		}
		person := people.Person{Name: m.Name, Birth: m.Birth, Sex: m.Sex, Relation: m.Relation, Head: m.Relation == people.RelationHead,
			Nationalities: words(m.Nationality), Languages: words(m.Language), Needs: words(m.Need), Sensitive: m.Sensitive}
		for _, number := range words(m.Paper) {
			person.Documents = append(person.Documents, people.PaperInput{Number: number})
		}
		in.Members = append(in.Members, person)
	}
	return in
}

// register takes the form in steps: more rows, then a look for likely doubles, then
// the registration, at once where nobody alike was found.
func register(x *exchange) error {
	if err := x.require("people.register", "registration.write"); err != nil {
		return err
	}
	p := x.typedHousehold()
	step := x.r.PostFormValue("step")
	if step == "more" {
		p.grow(len(p.Rows) + 3)
		return x.show(http.StatusOK, "register", p)
	}
	if len(p.input().Members) == 0 {
		text, err := x.language.text("register-nobody")
		if err != nil {
			return err
		}
		p.Rows[0].Problem = newProblem("name", text)
		return x.show(http.StatusUnprocessableEntity, "register", p)
	}
	if step != "anyway" {
		if err := x.findAlike(&p); err != nil {
			return err
		}
	}
	if p.Found || slices.ContainsFunc(p.Rows, func(m memberRow) bool { return m.Problem != nil }) {
		return x.show(http.StatusUnprocessableEntity, "register", p)
	}
	return x.saveHousehold(&p)
}

func (x *exchange) saveHousehold(p *registerPage) error {
	out, err := do[people.Registered](x, "people.register", p.input())
	if problem := x.formProblem(err); problem != nil {
		p.place(problem)
		return x.show(http.StatusUnprocessableEntity, "register", p)
	}
	if err != nil {
		return err
	}
	q, pairs := url.Values{}, []string{}
	for i, record := range out.Records {
		q.Add("r", record)
		pairs = append(pairs, record+"="+string(out.Numbers[i]))
	}
	x.sessions.Put(x.ctx(), keyNew, strings.Join(pairs, " "))
	x.suspect(out.Records)
	return x.redirect("/register/slips?" + q.Encode())
}

// place puts a problem at the row whose text it quotes, or else above the form.
func (p *registerPage) place(problem *problem) {
	for i := range p.Rows {
		m := &p.Rows[i]
		typed, known := map[string]string{"name": m.Name, "birth": m.Birth, "sex": m.Sex, "relation": m.Relation,
			"nationalities": m.Nationality, "languages": m.Language, "documents": m.Paper}[problem.Field]
		if !known {
			break
		}
		for _, part := range append(words(typed), typed) {
			if part != "" && strings.Contains(problem.Message, part) {
				m.Problem = problem
				return
			}
		}
	}
	p.Problem = problem
}

func showNewSlips(x *exchange) error {
	if err := x.r.ParseForm(); err != nil {
		return blueprint.Refuse(blueprint.Invalid, "the address of this page is not complete")
	}
	numbers := map[string]string{}
	for _, pair := range strings.Fields(x.sessions.GetString(x.ctx(), keyNew)) {
		record, number, _ := strings.Cut(pair, "=")
		numbers[record] = number
	}
	p := slipsPage{New: true}
	records := x.r.Form["r"]
	for _, record := range records[:min(len(records), mostRows)] {
		slip, err := see[people.Slip](x, "people.slip", &people.FileInput{Record: record})
		if number := numbers[record]; blueprint.FaultOf(err) == blueprint.Denied && number != "" {
			p.Closed = append(p.Closed, number)
			continue
		}
		if err != nil {
			return err
		}
		p.Slips = append(p.Slips, slip)
	}
	return x.show(http.StatusOK, "slip", p)
}
