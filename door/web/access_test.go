package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"golang.org/x/net/html"

	"cairn/gate"
)

// TestPagesAreAccessible checks of each page, in each language, what a program can
// check: names, labels, one heading, landmarks, and that nothing needs a script.
func TestPagesAreAccessible(t *testing.T) {
	o := share(t)
	paths := strings.NewReplacer("PLACE", o.Places[1], "CASE", o.Cases[0], "SERVICE", o.Services[0])
	for _, tag := range []string{"en", "ar", "fr"} {
		anybody := o.browser(t)
		anybody.header.Set("Accept-Language", tag)
		checkPage(t, tag+" /login", anybody.get("/login").text)
		for _, p := range append(pages, page{path: "/people/" + o.Family.Records[0], right: "protection_officer"},
			page{path: "/nothing", right: "registrar"}) {
			c := o.as(t, p.right)
			c.header.Set("Accept-Language", tag)
			checkPage(t, tag+" "+p.path, c.get(paths.Replace(p.path)).text)
		}
	}
}

type checker struct {
	t      *testing.T
	page   string
	ids    map[string]int
	labels map[string]bool
	count  map[string]int
	fields []map[string]string
	refers []string
}

func checkPage(t *testing.T, page, text string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := &checker{t: t, page: page, ids: map[string]int{}, labels: map[string]bool{}, count: map[string]int{}}
	c.walk(root, false)
	for id, n := range c.ids {
		if n > 1 {
			t.Errorf("%s: the id %q stands %d times", page, id, n)
		}
	}
	for _, id := range c.refers {
		if c.ids[id] == 0 {
			t.Errorf("%s: nothing has the id %q", page, id)
		}
	}
	for _, f := range c.fields {
		if !c.labels[f["id"]] && f["labelled"] == "" {
			t.Errorf("%s: the field %q has no label", page, f["name"])
		}
	}
	for _, want := range []string{"h1", "main", "header", "footer", "title"} {
		if c.count[want] != 1 {
			t.Errorf("%s: %d of %s", page, c.count[want], want)
		}
	}
}

func (c *checker) walk(n *html.Node, inLabel bool) {
	if n.Type == html.ElementNode {
		c.element(n, inLabel)
		inLabel = inLabel || n.Data == "label"
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, inLabel)
	}
}

func (c *checker) element(n *html.Node, inLabel bool) {
	has := map[string]string{}
	for _, a := range n.Attr {
		has[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
			c.t.Errorf("%s: %s has the attribute %s, which the policy forbids", c.page, n.Data, a.Key)
		}
	}
	if n.Namespace == "" {
		c.count[n.Data]++
	}
	if id := has["id"]; id != "" {
		c.ids[id]++
	}
	for _, key := range []string{"aria-describedby", "aria-labelledby"} {
		c.refers = append(c.refers, strings.Fields(has[key])...)
	}
	switch n.Data {
	case "script", "iframe", "style":
		if n.Namespace == "" {
			c.t.Errorf("%s: there is a %s", c.page, n.Data)
		}
	case "label":
		c.labels[has["for"]] = true
	case "input", "select", "textarea":
		if has["type"] != "hidden" {
			if inLabel {
				has["labelled"] = "around"
			}
			c.fields = append(c.fields, has)
		}
	case "img":
		if _, found := has["alt"]; !found {
			c.t.Errorf("%s: a picture has no alternative", c.page)
		}
	case "meter", "progress", "nav":
		if has["aria-label"] == "" {
			c.t.Errorf("%s: a %s has no name", c.page, n.Data)
		}
	case "a", "button":
		if strings.TrimSpace(textOf(n)) == "" {
			c.t.Errorf("%s: a %s says nothing", c.page, n.Data)
		}
	}
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		b.WriteString(textOf(child))
	}
	return b.String()
}

func readCatalogue(t *testing.T, tag string) map[string]any {
	t.Helper()
	out := map[string]any{}
	if _, err := toml.DecodeFile(filepath.Join("locales", tag+".toml"), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCataloguesSayTheSame checks that each language has each sentence, with the
// same words to fill in, and that pages use no sentence that is missing.
func TestCataloguesSayTheSame(t *testing.T) {
	english := readCatalogue(t, "en")
	for _, tag := range []string{"ar", "fr"} {
		theirs := readCatalogue(t, tag)
		for id := range theirs {
			if english[id] == nil && !strings.HasPrefix(id, "says-") && !strings.HasPrefix(id, "opens-") {
				t.Errorf("%s says %s, which English does not", tag, id)
			}
		}
		for id, text := range english {
			if theirs[id] == nil {
				t.Errorf("%s does not say %s", tag, id)
			} else if one, ok := text.(string); ok && slots(one) != slots(theirs[id].(string)) {
				t.Errorf("%s fills in %s differently", tag, id)
			}
		}
	}
	used := regexp.MustCompile(`\bt "([a-z_-]+)"|(?:notice|language.text)\("([a-z_-]+)"`)
	for _, pattern := range []string{"templates/*.html", "*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range used.FindAllStringSubmatch(string(body), -1) {
				if id := m[1] + m[2]; english[id] == nil && !strings.HasSuffix(id, "-") {
					t.Errorf("%s uses %q, which no catalogue says", name, id)
				}
			}
		}
	}
}

// TestRulesAreSpelledInEachLanguage checks that whoever is refused can read why, and
// what would open the gate, in the console's languages; English stands in the rules.
func TestRulesAreSpelledInEachLanguage(t *testing.T) {
	g, err := gate.Load()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"says-" + gate.NothingPermits, "opens-" + gate.NothingPermits}
	for _, rule := range g.Rules() {
		if rule.Forbids {
			want = append(want, "says-"+rule.ID, "opens-"+rule.ID)
		}
	}
	slices.Sort(want)
	for _, tag := range []string{"ar", "fr"} {
		var got []string
		for id := range readCatalogue(t, tag) {
			if strings.HasPrefix(id, "says-") || strings.HasPrefix(id, "opens-") {
				got = append(got, id)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s spells %v, want %v", tag, got, want)
		}
	}
}

func slots(text string) string {
	all := regexp.MustCompile(`\{\{\.\w+\}\}`).FindAllString(text, -1)
	slices.Sort(all)
	return strings.Join(all, " ")
}
