// Package app joins everything: it opens an office's record, asks the gate,
// runs the domains' actions and views, and appends what they draft.
//
// Words: an Office is one open record with its keys; a Catalogue is the list of
// domains, indexed. Do runs an action: snapshot, action, gate, append under the
// heads of all that was read, again when somebody else was faster.
//
//	office, err := app.Open(ctx, app.Config{Dir: "office", Passphrase: "…", Domains: domain.All()})
//	out, err := office.Do(ctx, actor, "people.register", &people.RegisterInput{…})
package app
