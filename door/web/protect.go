package web

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// maxBody bounds what a form may send.
const maxBody = 1 << 20

// policy lets pages load the console's own style and pictures, send forms to the
// console, and nothing else; no page stands in a frame.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'"

// protect puts around all pages what none of them may forget.
func (c *console) protect(pages http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(c.open(func(*exchange) error { return errCrossOrigin }))
	inner := c.sessions.LoadAndSave(origin.Handler(pages))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer c.caught(w, r)
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if c.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !c.visits.take(r.RemoteAddr, time.Now()) {
			h.Set("Retry-After", "5")
			c.open(func(*exchange) error { return errTooMany }).ServeHTTP(w, r)
			return
		}
		most := int64(maxBody)
		if r.URL.Path == importPath { // what is read of it, and by whom, is decided there
			most += mostUpload
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		inner.ServeHTTP(w, r)
	})
}

// caught turns a panic into an answer without details. The log gets the place in the
// program and the kind of panic, which holds no personal data, not its text.
func (c *console) caught(w http.ResponseWriter, r *http.Request) {
	problem := recover()
	if problem == nil {
		return
	}
	if problem == http.ErrAbortHandler {
		panic(problem)
	}
	c.Log.Error("a page panicked", "method", r.Method, "pattern", r.Pattern,
		"kind", fmt.Sprintf("%T", problem), "stack", string(debug.Stack()))
	x := &exchange{console: c, w: w, r: r, language: c.languages.of(r)}
	x.failInternally()
}

// localPath gives a path of the console to go back to; anything else gives "/".
func localPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
