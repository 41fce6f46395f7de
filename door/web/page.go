package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"cairn/domain/movement"
	"cairn/domain/people"
	"cairn/domain/resettlement"
	"cairn/format/bars"
	"cairn/reference"
)

// frame is what every page stands in.
type frame struct {
	Locale  *locale
	Locales []*locale
	Path    string // of this page, to come back to
	Who     *staffMember
	Nav     []navItem
	Notice  string
	Office  string
	Version string
	Page    any
}

// show answers with a page.
func (x *exchange) show(status int, name string, page any) error {
	t, found := x.language.pages[name]
	if !found {
		return fmt.Errorf("there is no page %q", name)
	}
	f := frame{Locale: x.language, Locales: x.languages.all, Path: "/", Who: x.who, Nav: x.navigation(),
		Office: x.code, Version: x.Version, Page: page}
	if x.r.Method == http.MethodGet {
		f.Path = x.r.URL.RequestURI()
	}
	if x.who != nil {
		f.Notice = x.sessions.PopString(x.ctx(), keyNotice)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "frame", f); err != nil {
		return fmt.Errorf("write page %s: %w", name, err)
	}
	h := x.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", x.language.Tag)
	h.Add("Vary", "Accept-Language, Cookie")
	return x.send(status, []byte(visible.Replace(b.String())))
}

// send writes an answer, compressed where the browser takes that: lines are slow
// where people cross borders. Pages hold no secret of the session that guessing by
// length could find.
func (x *exchange) send(status int, body []byte) error {
	h := x.w.Header()
	h.Add("Vary", "Accept-Encoding")
	if !strings.Contains(x.r.Header.Get("Accept-Encoding"), "gzip") {
		x.w.WriteHeader(status)
		_, _ = x.w.Write(body) // who went away cannot be told
		return nil
	}
	h.Set("Content-Encoding", "gzip")
	x.w.WriteHeader(status)
	z := gzip.NewWriter(x.w)
	_, _ = z.Write(body)
	_ = z.Close()
	return nil
}

// readPages reads the templates of all pages, bound to one language.
func (l *locale) readPages(assets map[string]asset) (map[string]*template.Template, error) {
	common, err := template.New("").Funcs(l.functions(assets)).ParseFS(files, "templates/frame.html", "templates/parts.html")
	if err != nil {
		return nil, fmt.Errorf("read the frame of pages: %w", err)
	}
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*template.Template{}
	for _, file := range names {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == "frame" || name == "parts" {
			continue
		}
		t, err := common.Clone()
		if err == nil {
			t, err = t.ParseFS(files, file)
		}
		if err != nil {
			return nil, fmt.Errorf("read page %s: %w", name, err)
		}
		pages[name] = t
	}
	return pages, nil
}

// functions are what templates may call.
func (l *locale) functions(assets map[string]asset) template.FuncMap {
	return template.FuncMap{
		"t": l.text, "word": l.word, "spell": l.spell, "say": l.say, "scarce": l.scarce, "comma": l.comma, "detailed": detailed, "n": l.number, "dict": dict, "join": strings.Join,
		"asset":    func(name string) string { return "/static/" + name + "?v=" + assets[name].version },
		"country":  func(code string) string { return countryName(code, l.Tag) },
		"percent":  func(share float64) string { return l.numbers.Sprintf("%.1f", 100*share) + " %" },
		"decimal":  func(v float64) string { return l.numbers.Sprintf("%.1f", v) },
		"whole":    func(v float64) string { return l.numbers.Sprintf("%.0f", v) },
		"duration": func(minutes int) string { return l.duration(minutes) },
		"when":     when, "clock": clock, "add1": func(i int) int { return i + 1 }, "add": func(a, b int64) int64 { return a + b },
		"hundredths": l.hundredths, "part": part[int], "partOf": part[float64], "ratio": ratio, "hundred": hundred, "feature": l.feature,
		"dimensions": resettlement.Dimensions, "seats": movement.SeatKinds,
		"bars":  barsOf,
		"short": short, "unread": func(words []people.Unread) []people.Unread { return words[:min(len(words), shownRefusals)] },
		"errorAt": errorAt, "mixed": mixed, "source": sourceSummary, "cite": sourceCite, "grouped": groupRefusals,
		"language": func(code string) string { return languageName(code, l.Tag) },
	}
}

// feature names what a model of outcomes looks at.
func (l *locale) feature(name string) string {
	if code, isCountry := strings.CutPrefix(name, "country:"); isCountry {
		return countryName(code, l.Tag)
	}
	return l.word("feature", name)
}

func countryName(code, tag string) string {
	if c, known := reference.CountryByCode(code); known {
		if name := c.Name(tag); name != "" {
			return name
		}
	}
	return code
}

func languageName(code, tag string) string {
	if l, known := reference.LanguageByCode(code); known {
		if name := l.Name(tag); name != "" {
			return name
		}
	}
	return code
}

// sourceCite names an instrument of law with its article, in English.
func sourceCite(id string) string {
	if s, known := reference.SourceByID(id); known {
		return s.Cite()
	}
	return id
}

// sourceSummary says in English what the article says.
func sourceSummary(id string) string {
	s, _ := reference.SourceByID(id)
	return s.Summary
}

// barsOf draws a number as bars; nil where it has letters for which there are none.
func barsOf(number string) *bars.Code {
	code, err := bars.Code128(number)
	if err != nil {
		return nil
	}
	return &code
}

// when shortens a moment to minutes: 2026-05-03 07:30. Days stay days.
func when(text string) string {
	if len(text) < 16 || text[10] != 'T' {
		return text
	}
	return text[:10] + " " + text[11:16]
}

// detailed says whether the domain's sentence on an entry tells more than its kind.
func detailed(kind string) bool {
	domain, _, _ := strings.Cut(kind, ".")
	return slices.Contains([]string{"people", "cases", "resettlement"}, domain)
}

// clock is the hour and minute of a moment whose day stands above it.
func clock(text string) string {
	if short := when(text); len(short) == 16 {
		return short[11:]
	}
	return text
}

// part is a value as a share of the most there is, in hundredths: the width of a bar.
func part[N int | int64 | float64](value, most N) float64 {
	if most <= 0 {
		return 0
	}
	return round(100 * min(1, max(0, float64(value)/float64(most))))
}

// hundred is a share in hundredths as it is typed; 0 is nothing.
func hundred(share float64) string {
	if share <= 0 {
		return ""
	}
	return strconv.FormatFloat(round(100*share), 'g', -1, 64)
}

// ratio is a share of a whole; of nothing, all of it.
func ratio(value, whole float64) float64 {
	if whole <= 0 {
		return 1
	}
	return value / whole
}

// errorAt gives the message that belongs to a field of a form.
func errorAt(p *problem, field string) string {
	if p == nil || p.Field != field {
		return ""
	}
	return p.Message
}

func dict(pairs ...any) (map[string]any, error) {
	out := map[string]any{}
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("%d values are not pairs", len(pairs))
	}
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("%v is no name", pairs[i])
		}
		out[name] = pairs[i+1]
	}
	return out, nil
}

// asset is a file that pages load: the style, the icon.
type asset struct {
	body    []byte
	kind    string
	version string // start of its digest
}

func readAssets() (map[string]asset, error) {
	names, err := fs.Glob(files, "assets/*")
	if err != nil {
		return nil, err
	}
	out := map[string]asset{}
	for _, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		digest := sha256.Sum256(body)
		out[path.Base(name)] = asset{body, mime.TypeByExtension(path.Ext(name)), hex.EncodeToString(digest[:6])}
	}
	return out, nil
}

// asset serves one; its address changes with its content, so it may be kept.
func (c *console) asset(w http.ResponseWriter, r *http.Request) {
	a, found := c.assets[r.PathValue("name")]
	if !found {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", a.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	x := &exchange{console: c, w: w, r: r}
	_ = x.send(http.StatusOK, a.body)
}

// pageNumber reads which page of a list is asked for, from 1.
func (x *exchange) pageNumber() int {
	n, err := strconv.Atoi(x.r.FormValue("page"))
	if err != nil {
		return 1
	}
	return max(n, 1)
}
