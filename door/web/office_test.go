package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cairn/door/web/webtest"
)

// office is a real office; the tests share one that is filled.
type office struct{ *webtest.Office }

var filled = sync.OnceValues(func() (*office, error) {
	folder, err := os.MkdirTemp("", "cairn-web-")
	if err != nil {
		return nil, err
	}
	o, err := webtest.Found(filepath.Join(folder, "cairn.db"))
	if err != nil {
		return nil, err
	}
	return &office{o}, o.Fill()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if o, err := filled(); err == nil {
		o.Close()
	}
	os.Exit(code)
}

// client is a browser of somebody.
type client struct {
	t      *testing.T
	server *httptest.Server
	http   *http.Client
	header http.Header
}

func share(t *testing.T) *office {
	t.Helper()
	o, err := filled()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// browser opens the console without logging in; redirects are not followed.
func (o *office) browser(t *testing.T) *client {
	t.Helper()
	server := httptest.NewServer(o.Pages)
	t.Cleanup(server.Close)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t: t, server: server, header: http.Header{}, http: &http.Client{Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as opens the console as a member of staff with a role.
func (o *office) as(t *testing.T, role string) *client {
	t.Helper()
	return o.withLogin(t, webtest.Login(role))
}

// withLogin opens the console with a log-in.
func (o *office) withLogin(t *testing.T, login string) *client {
	t.Helper()
	c := o.browser(t)
	got := c.post("/login", url.Values{"login": {login}, "password": {webtest.Password}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("%s cannot log in: %d", login, got.status)
	}
	return c
}

type answer struct {
	status int
	header http.Header
	text   string
	size   int // as it came over the line
}

func (c *client) send(method, path string, form url.Values) answer {
	c.t.Helper()
	if form == nil {
		return c.sendBody(method, path, "", nil)
	}
	return c.sendBody(method, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (c *client) postJSON(path, text string) answer {
	c.t.Helper()
	return c.sendBody(http.MethodPost, path, "application/json", strings.NewReader(text))
}

func (c *client) sendBody(method, path, kind string, body io.Reader) answer {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header = c.header.Clone()
	r.Header.Set("Accept-Encoding", "gzip")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	w, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer w.Body.Close()
	raw, err := io.ReadAll(w.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	plain := raw
	if w.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			c.t.Fatal(err)
		}
		if plain, err = io.ReadAll(z); err != nil {
			c.t.Fatal(err)
		}
	}
	return answer{w.StatusCode, w.Header, string(plain), len(raw)}
}

func (c *client) get(path string) answer { c.t.Helper(); return c.send(http.MethodGet, path, nil) }

func (c *client) post(path string, form url.Values) answer {
	c.t.Helper()
	return c.send(http.MethodPost, path, form)
}

// wants checks the status of an answer and texts that it must hold.
func (a answer) wants(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	_, shown, _ := strings.Cut(a.text, "<main")
	if a.status != status {
		t.Errorf("status %d, want %d: %s", a.status, status, shown)
	}
	for _, text := range texts {
		if !strings.Contains(a.text, text) {
			t.Errorf("%q is not in %s", text, shown)
		}
	}
	return a
}

// lacks checks that an answer does not hold a text.
func (a answer) lacks(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(a.text, text) {
		t.Errorf("%q is in the answer", text)
	}
}
