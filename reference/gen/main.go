// Command gen makes the compact tables of package reference from published
// data. It is run by hand when a table is renewed; building needs none of it.
//
//	npm pack cldr-localenames-full@48.2.0 && tar xzf cldr-localenames-full-48.2.0.tgz -C names
//	npm pack cldr-core@48.2.0             && tar xzf cldr-core-48.2.0.tgz -C core
//	go run ./reference/gen -names names/package -core core/package -out reference/data
//
// With -actions FILE it converts a list of treaty actions (participant,
// instrument, signed, bound, mode; dates like "4 May 1967") to codes and dates.
// With -more it writes the names of countries in further languages, as the module
// golang.org/x/text carries them. The names and codes are those of the Unicode CLDR,
// under the Unicode License v3.
package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var locales = []string{"en", "fr", "ar", "hu", "de", "es", "ru", "uk"}

func main() {
	names := flag.String("names", "", "folder of the unpacked cldr-localenames-full")
	core := flag.String("core", "", "folder of the unpacked cldr-core")
	actions := flag.String("actions", "", "CSV of treaty actions to convert")
	out := flag.String("out", "reference/data", "folder to write to")
	more := flag.Bool("more", false, "write the names of countries in further languages")
	flag.Parse()
	err := run(*names, *core, *actions, *out)
	if *more {
		err = moreNames(filepath.Join(*out, "country_names.csv"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(names, core, actions, out string) error {
	if actions != "" {
		return convertActions(actions, filepath.Join(out, "treaty_actions.csv"))
	}
	if names == "" || core == "" {
		return errors.New("give -names and -core, or -actions; see the comment of this command")
	}
	if err := countries(names, core, filepath.Join(out, "countries.csv")); err != nil {
		return fmt.Errorf("countries: %w", err)
	}
	if err := languages(names, core, filepath.Join(out, "languages.csv")); err != nil {
		return fmt.Errorf("languages: %w", err)
	}
	return nil
}

// notISO are codes that CLDR lists and ISO 3166-1 does not assign to a country.
const notISO = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ"

func countries(names, core, out string) error {
	var mappings struct {
		Supplemental struct {
			CodeMappings map[string]struct {
				Numeric string `json:"_numeric"`
				Alpha3  string `json:"_alpha3"`
			} `json:"codeMappings"`
		} `json:"supplemental"`
	}
	if err := readJSON(filepath.Join(core, "supplemental/codeMappings.json"), &mappings); err != nil {
		return err
	}
	byLocale, err := display(names, "territories")
	if err != nil {
		return err
	}
	rows := [][]string{append([]string{"alpha2", "alpha3", "numeric"}, append(locales, "others")...)}
	for code := range byLocale["en"] {
		if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || strings.Contains(notISO, code) {
			continue
		}
		m := mappings.Supplemental.CodeMappings[code]
		if code == "XK" {
			// Kosovo has no code of ISO's; XKX is the one in wide use.
			m.Alpha3, m.Numeric = "XKX", ""
		}
		if m.Alpha3 == "" {
			return fmt.Errorf("territory %s has no alpha-3 code in codeMappings.json", code)
		}
		rows = append(rows, append([]string{code, m.Alpha3, m.Numeric}, named(byLocale, code)...))
	}
	return write(out, rows)
}

func languages(names, core, out string) error {
	scripts, err := likelyScripts(core)
	if err != nil {
		return err
	}
	long, err := alpha3Aliases(core)
	if err != nil {
		return err
	}
	byLocale, err := display(names, "languages")
	if err != nil {
		return err
	}
	tag := regexp.MustCompile(`^([a-z]{2,3}|zh-Han[st])$`)
	rows := [][]string{append([]string{"tag", "alpha3", "script", "autonym"}, append(locales, "others")...)}
	for code := range byLocale["en"] {
		if !tag.MatchString(code) {
			continue
		}
		own, err := autonym(names, code)
		if err != nil {
			return err
		}
		rows = append(rows, append([]string{code, strings.Join(long[code], " "), scripts[code], own}, named(byLocale, code)...))
	}
	return write(out, rows)
}

// named gives the name of a code in each locale, then its other names
// ("short", "variant" forms) joined by a bar.
func named(byLocale map[string]map[string]string, code string) []string {
	var row, others []string
	for _, l := range locales {
		row = append(row, byLocale[l][code])
		for key, name := range byLocale[l] {
			if strings.HasPrefix(key, code+"-alt-") && !strings.HasPrefix(key, code+"-alt-menu") {
				others = append(others, name)
			}
		}
	}
	slices.Sort(others)
	return append(row, strings.Join(slices.Compact(others), "|"))
}

func display(names, kind string) (map[string]map[string]string, error) {
	all := map[string]map[string]string{}
	for _, l := range locales {
		m, err := displayOf(names, l, kind)
		if err != nil {
			return nil, err
		}
		all[l] = m
	}
	return all, nil
}

func displayOf(names, locale, kind string) (map[string]string, error) {
	var doc struct {
		Main map[string]struct {
			LocaleDisplayNames map[string]json.RawMessage `json:"localeDisplayNames"`
		} `json:"main"`
	}
	if err := readJSON(filepath.Join(names, "main", locale, kind+".json"), &doc); err != nil {
		return nil, err
	}
	m := map[string]string{}
	if err := json.Unmarshal(doc.Main[locale].LocaleDisplayNames[kind], &m); err != nil {
		return nil, fmt.Errorf("%s of %s: %w", kind, locale, err)
	}
	return m, nil
}

// autonym is a language's name in itself, or nothing where CLDR has no such locale.
func autonym(names, code string) (string, error) {
	m, err := displayOf(names, code, "languages")
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if own := m[code]; own != code {
		return own, err
	}
	return "", err
}

func likelyScripts(core string) (map[string]string, error) {
	var doc struct {
		Supplemental struct {
			LikelySubtags map[string]string `json:"likelySubtags"`
		} `json:"supplemental"`
	}
	err := readJSON(filepath.Join(core, "supplemental/likelySubtags.json"), &doc)
	scripts := map[string]string{"zh-Hans": "Hans", "zh-Hant": "Hant"}
	for tag, full := range doc.Supplemental.LikelySubtags {
		if parts := strings.Split(full, "-"); len(parts) >= 2 && !strings.Contains(tag, "-") {
			scripts[tag] = parts[1]
		}
	}
	return scripts, err
}

// alpha3Aliases gives the ISO 639-2 and 639-3 codes that stand for a two-letter tag.
func alpha3Aliases(core string) (map[string][]string, error) {
	var doc struct {
		Supplemental struct {
			Metadata struct {
				Alias struct {
					LanguageAlias map[string]struct {
						Replacement string `json:"_replacement"`
						Reason      string `json:"_reason"`
					} `json:"languageAlias"`
				} `json:"alias"`
			} `json:"metadata"`
		} `json:"supplemental"`
	}
	err := readJSON(filepath.Join(core, "supplemental/aliases.json"), &doc)
	long := map[string][]string{}
	for code, a := range doc.Supplemental.Metadata.Alias.LanguageAlias {
		if len(code) == 3 && (a.Reason == "overlong" || a.Reason == "bibliographic") {
			long[a.Replacement] = append(long[a.Replacement], code)
		}
	}
	for _, codes := range long {
		slices.Sort(codes)
	}
	return long, err
}

func readJSON(path string, into any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read published data: %w", err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// write sorts the rows below the head and writes them as CSV.
func write(path string, rows [][]string) error {
	slices.SortFunc(rows[1:], slices.Compare)
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	w := csv.NewWriter(io.Writer(f))
	return errors.Join(w.WriteAll(rows), f.Close())
}
