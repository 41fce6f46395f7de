// Package web is the console: pages rendered on the server that work without
// scripts, in any browser, by keyboard, on paper and from right to left.
//
// Words: an exchange is one request of a member of staff and its answer; a page is
// a template with its data inside the common frame; a catalogue holds the console's
// own sentences in one language. What people wrote is shown as they wrote it, but
// characters that turn the direction of text are made visible.
//
// Everything goes through the office's actions and views as the member of staff who
// logged in, with the roles of that moment; the console itself decides nothing.
//
//	pages, err := web.New(web.Config{Office: office, Secure: true, Version: "1.2"})
//	server := &http.Server{Handler: pages, ReadHeaderTimeout: 10 * time.Second}
package web
