// Package store keeps the ledger, subjects' keys, claims, attachments and the
// rows of every table, in SQLite or PostgreSQL, with one dialect and one suite.
//
// Words: a Submission is what one action wants to append, prepared outside of
// any lock: entries already sealed, the heads they rest on, and the rows and
// claims that follow from them. Submissions that wait together are committed
// together: one transaction and one fsync for all, each in its savepoint. What
// Append has acknowledged is durable.
//
//	s, err := store.Open(ctx, store.Config{URL: "cairn.db", Key: &key})
//	…
//	err = s.Append(ctx, &store.Submission{…})
//	if errors.Is(err, store.ErrMoved) { … read again and retry … }
package store
