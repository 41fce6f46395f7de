package web

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/blueprint"
	"cairn/domain/resettlement"
	"cairn/engine/place"
	"cairn/value"
	"cairn/value/said"
)

// sayers are the functions that make a sentence, and where its format stands.
var sayers = map[string]int{"Refuse": 1, "RefuseField": 1, "notFound": 1, "Say": 0, "Errorf": 0, "Note": 0, "note": 0, "refuse": 1}

// sentences reads the formats of all sentences that stand in a folder's program.
func sentences(t *testing.T, folder string, into map[string]string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "apptest") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if format := sentenceOf(call); regexp.MustCompile(`[a-z]{2}`).MatchString(strings.NewReplacer("%s", "", "%v", "").Replace(format)) {
					into[format] = path
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sentenceOf gives the format of a call that makes a sentence, or "".
func sentenceOf(call *ast.CallExpr) string {
	name, of := "", ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if x, ok := f.X.(*ast.Ident); ok {
			of = x.Name
		}
	}
	at, says := sayers[name]
	if (name == "Say" || name == "Errorf") && of != "said" || !says || len(call.Args) <= at {
		return ""
	}
	return literal(call.Args[at])
}

func literal(e ast.Expr) string {
	switch v := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(v.Value)
		if err == nil {
			return text
		}
	case *ast.BinaryExpr:
		return literal(v.X) + literal(v.Y)
	}
	return ""
}

// filled fills a sentence in with values of which each is seen in the text.
func filled(format string) (text string, values []string) {
	var args []any
	for i, m := range regexp.MustCompile(`%(?:\[\d+\]|\.\d+)?(\w)`).FindAllStringSubmatch(format, -1) {
		switch m[1] {
		case "d":
			args = append(args, 7001+i)
		case "c", "U":
			args = append(args, 'a'+rune(i))
			continue
		default:
			args = append(args, fmt.Sprint("value", i))
		}
		values = append(values, fmt.Sprint(args[i]))
	}
	return said.Say(format, args...).String(), values
}

// TestDomainsSpeakEveryLanguage holds that whatever a page may show of what the
// domains say has its text in each language, with the same values in it.
func TestDomainsSpeakEveryLanguage(t *testing.T) {
	english := map[string]string{"log-in or password is wrong": "login"}
	for _, folder := range []string{"../../domain", "../../app", "../../blueprint", "../../value", "../../keys", "../../engine/route", "../../format/headers", "../../format/mrz", "../../format/sheet", "."} {
		sentences(t, folder, english)
	}
	if len(english) < 200 {
		t.Fatalf("%d sentences were found", len(english))
	}
	for _, tag := range []string{"ar", "fr"} {
		theirs, err := readSaid(tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range slices.Sorted(maps.Keys(english)) {
			ours, found := theirs[format]
			if !found {
				t.Errorf("%s lacks %q (%s)", tag, format, english[format])
				continue
			}
			_, values := filled(format)
			args := make([]any, len(values))
			for i, v := range values {
				args[i] = v
			}
			if strings.Contains(format, "%[") || strings.Contains(format, "%U") || strings.Contains(format, "%c") {
				continue // their arguments are not all of the text
			}
			text := said.Say(strings.NewReplacer("%d", "%v", "]d", "]v").Replace(ours), args...).String()
			for _, v := range values {
				if !strings.Contains(text, v) || strings.Contains(text, "%!") {
					t.Errorf("%s: %q becomes %q", tag, format, text)
				}
			}
		}
		for format := range theirs {
			if english[format] == "" {
				t.Errorf("%s has %q, which nothing says", tag, format)
			}
		}
	}
}

// TestAProblemIsSaidInTheReadersLanguage follows an error from a domain to a page.
func TestAProblemIsSaidInTheReadersLanguage(t *testing.T) {
	all, err := readLocales(map[string]asset{"style.css": {}, "icon.svg": {}, "land.svg": {}})
	if err != nil {
		t.Fatal(err)
	}
	_, wrong := value.ParseDate("31.2.1980", value.DMY)
	if wrong == nil {
		t.Fatal("31 February was taken")
	}
	for tag, want := range map[string][]string{
		"en": {"date of birth", "31 February does not exist", "the case is booked: cancel"},
		"fr": {"date de naissance", "le jour 31 du mois 2 n’existe pas", "le dossier est réservé"},
		"ar": {"تاريخ الميلاد", "31 من الشهر 2", "ألغِ رحلتها"},
	} {
		x := &exchange{language: all.byTag(tag), r: &http.Request{}}
		text := x.formProblem(blueprint.RefuseField("birth", "date of birth: %v", wrong)).Message +
			x.formProblem(blueprint.Refuse(blueprint.Conflict, "the case is %s: cancel its journey first", "booked")).Message
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s says %q, without %q", tag, text, part)
			}
		}
	}
}

// TestWhyAPlaceIsSaidInTheReadersLanguage checks an explanation with every part.
func TestWhyAPlaceIsSaidInTheReadersLanguage(t *testing.T) {
	all, err := readLocales(map[string]asset{"style.css": {}, "icon.svg": {}, "land.svg": {}})
	if err != nil {
		t.Fatal(err)
	}
	why := &resettlement.Explanation{Places: map[string]string{"a": "Ottawa", "b": "Bern", "c": "Wien"}, Explanation: place.Explanation{
		Place: "a", Score: 0.75, Together: []place.CaseID{"BUD-1"}, Alternatives: []place.Alternative{
			{Place: "b", OwnLoss: 0.5, OthersLoss: -0.25}, {Place: "c", OwnLoss: -0.125, OthersLoss: 2, Full: "people"}}}}
	for tag, want := range map[string]string{
		"en": "It goes to Ottawa with a score of 0.75; places open to it: 3. Places that would be better for it alone, where the room is worth more to others: 1. " +
			"It stays together with BUD-1. Bern {0.5 100 24.5 false} {-0.25 87.75 12.25 true} Wien {-0.125 93.87 6.13 true} {2 100 98 false} full now: People",
		"fr": "Il va à Ottawa avec une note de 0,75 ; lieux qui lui sont ouverts : 3. Lieux meilleurs pour lui seul, où la place vaut plus pour d’autres : 1. " +
			"Il reste avec BUD-1. Bern {0.5 100 24.5 false} {-0.25 87.75 12.25 true} Wien {-0.125 93.87 6.13 true} {2 100 98 false} complet : Personnes",
	} {
		l := all.byTag(tag)
		e := l.explanation(why)
		var parts []string
		for _, s := range e.Why {
			parts = append(parts, l.say(s))
		}
		for _, a := range e.Alternatives {
			parts = append(parts, fmt.Sprint(a.Place, " ", a.Own, a.Others))
			if a.IsFull {
				parts = append(parts, l.say(a.Full))
			}
		}
		if got := strings.Join(parts, " "); got != want {
			t.Errorf("%s says\n%s, not\n%s", tag, got, want)
		}
	}
	limits := &place.PlaceExplanation{Limits: []place.LimitUse{{Name: "school", Used: 3, Limit: 3, Price: 0.5}, {Name: "people", Used: 2, Limit: 9}}}
	if got := all.byTag("ar").scarce(limits); !strings.Contains(got, "3 من 3") || strings.Contains(got, "school") {
		t.Error(got)
	}
	if all.byTag("en").scarce(nil) != "" {
		t.Error("what no plan knows is said to be scarce")
	}
}
