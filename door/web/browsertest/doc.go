// Package browsertest has people's tasks done in a real browser, and has every page
// of the console examined by axe.
//
// Words: a tab is one browser window with cookies of its own; a job is a task of a
// member of staff, done from the log-in on, without typing an address; a way of
// looking is a language, a width and a colour scheme.
//
// The tests need Chromium and the npm package axe-core. Where one is missing they
// are skipped, unless CAIRN_TEST_BROWSER=1 demands them; `make test` does, after
// `scripts/setup` has installed both.
//
//	CAIRN_TEST_BROWSER=1 go test ./door/web/browsertest -shots /tmp/shots
package browsertest
