// Package officecli is the part of the command line that works with an office's
// record: founding it, running every action and view of the domains, checking it.
//
// An office is a folder: office.key (its secret, under a passphrase), cairn.db
// (its record, encrypted) or a file "database" with a PostgreSQL address, and
// recovery.json (useless without two of the three printed shares).
//
// Who acts is a member of staff: --as LOGIN with the password in CAIRN_PASSWORD,
// or typed. The passphrase of the office's key comes from CAIRN_PASSPHRASE, or is
// typed.
//
//	cairn init office --code bud --name Budapest --admin eva
//	cairn do offices.staff --as eva
//	cairn verify
package officecli
