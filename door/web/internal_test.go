package web

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"cairn/domain/movement"
	"cairn/reference"
)

func TestMapShowsEveryFlowOnce(t *testing.T) {
	codes := []string{"XXA"} // nowhere on a map
	for _, c := range reference.Countries() {
		codes = append(codes, c.Alpha3)
	}
	rapid.Check(t, func(t *rapid.T) {
		var people int64
		var flows []movement.Flow
		for range rapid.IntRange(0, 40).Draw(t, "flows") {
			f := movement.Flow{From: rapid.SampledFrom(codes).Draw(t, "from"), To: rapid.SampledFrom(codes).Draw(t, "to"),
				Mode: rapid.SampledFrom([]string{"bus", "ship"}).Draw(t, "mode"), People: rapid.Int64Range(1, 9000).Draw(t, "people")}
			people += f.People
			flows = append(flows, f)
		}
		m := drawFlows(flows, func(code string) string { return code })
		for i, f := range m.Flows {
			people -= f.People
			if i > 0 && m.Flows[i-1].People < f.People {
				t.Fatal("the largest is not first")
			}
		}
		if people != 0 {
			t.Fatalf("%d people are not on the list", people)
		}
		if strings.Contains(m.ViewBox, "NaN") || strings.Contains(m.ViewBox, "Inf") || len(m.Dots) > 0 && m.ViewBox == "" {
			t.Fatalf("canvas %q", m.ViewBox)
		}
		for _, labels := range [][]mapLabel{m.Labels, m.Narrow} {
			for i, l := range labels {
				for _, other := range labels[:i] {
					if l.box.meets(other.box) {
						t.Fatalf("%s and %s are written over each other", l.Name, other.Name)
					}
				}
			}
		}
		for _, a := range m.Arcs {
			if m.dot(a.From) == nil || m.dot(a.To) == nil || a.Width <= 0 {
				t.Fatalf("arc %+v", a)
			}
		}
	})
}

func TestAPanicTellsNothing(t *testing.T) {
	assets, err := readAssets()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	c := &console{Config: Config{Log: slog.New(slog.NewTextHandler(&log, nil))}, assets: assets, sessions: newSessions(false)}
	if c.languages, err = readLocales(assets); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h := c.protect(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("Kovács has tuberculosis") }))
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/people/7", nil))
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "Something failed inside") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "Kovács") || strings.Contains(log.String(), "Kovács") {
		t.Errorf("somebody is named: %s %s", w.Body, log.String())
	}
	if !strings.Contains(log.String(), "a page panicked") {
		t.Error("nothing is logged")
	}
}

func TestErrorsAreLoggedWithoutWhatTheyQuote(t *testing.T) {
	err := fmt.Errorf("read the name %q of row %d: %w", "Kovács \"Jani\"", 7, errors.New("`Éva` is cut"))
	if got := unquoted(err); got != `read the name … of row 7: … is cut` {
		t.Error(got)
	}
}

func TestOnlyOwnPathsAreGoneBackTo(t *testing.T) {
	for path, want := range map[string]string{"/people?q=a": "/people?q=a", "//x.example": "/", "https://x.example": "/",
		"/\\x.example": "/", "": "/", "/a\nb": "/", "javascript:x": "/"} {
		if got := localPath(path); got != want {
			t.Errorf("%q gives %q", path, got)
		}
	}
}

func TestHiddenCharactersAreSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\u202e\u200b\u00ad\u2066\U000e0041\u0007\u2028")))).Draw(t, "text")
		for _, r := range visible.Replace(text) {
			hidden := unicode.In(r, unicode.Cf, unicode.Cc, unicode.Zl, unicode.Zp)
			if hidden && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) && !strings.ContainsRune("\t\n\r\u200c\u200d", r) {
				t.Fatalf("%U stays hidden", r)
			}
		}
		if plain := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || r == ' ' {
				return r
			}
			return -1
		}, text); visible.Replace(plain) != plain {
			t.Fatalf("%q was changed", plain)
		}
	})
}

func TestLettersThatLookAlikeAreMarked(t *testing.T) {
	for text, want := range map[string]bool{"Kovács": false, "Ковач, Анна": false, "Kovács, Анна": false, "حسن، ليلى": false, "": false,
		"\u041aovács": true, "P\u0430vel": true, "Αle\u0445": true, "O’Brien-Ковач": false, "山田 Taro": false} {
		if mixed(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}

func TestTooManyRequestsFromOneNetwork(t *testing.T) {
	var v visits
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for i := range visitBurst {
		if !v.take(fmt.Sprintf("192.0.2.7:%d", 1000+i), now) {
			t.Fatalf("request %d was too many", i)
		}
	}
	if v.take("192.0.2.7:9", now) || !v.take("192.0.2.8:9", now) {
		t.Error("the wrong one was stopped")
	}
	if later := now.Add(visitPause); !v.take("192.0.2.7:9", later) || v.take("192.0.2.7:9", later) {
		t.Error("time does not free one request")
	}
}
