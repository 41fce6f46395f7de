// Package keys holds the secrets that everything sealed rests on, and the few
// operations that are allowed on them. It composes standard primitives and
// invents none: AES-256-GCM, HKDF and HMAC with SHA-256, Ed25519, HPKE
// (RFC 9180), Argon2id (RFC 9106) and the age file format.
//
// The words:
//
//   - A subject's key ([Subject]) seals what is recorded about one person. To
//     destroy it is to erase what it sealed.
//   - An office ([Office]) has a signing key, a key that wraps subjects' keys at
//     rest, a key for blind indexes, a key for its database file, and a key pair
//     to which other offices encrypt. [Public] is the half that others may know.
//   - A wrapped key is a subject's key sealed for storage in its own office; a
//     grant is a subject's key sealed for another office and signed by the giver.
//   - A blind index finds a document number again without storing it.
//   - Recovery splits an office's secret among three holders: any two shares
//     together open it, one share alone gives nothing.
//
// Secrets never show in logs: printing one gives the word "secret". The
// exception is a secret in an unexported field of another package's struct,
// where package fmt cannot call its methods; keep such structs out of logs.
//
// Memory is erased on request as far as Go allows: the collector and the
// expanded keys inside ciphers may keep copies until they are reused.
//
//	office, err := keys.NewOffice("vienna", rand.Reader)
//	subject, err := keys.NewSubject(rand.Reader)
//	sealed, err := subject.Seal(rand.Reader, header, body)
//	wrapped, err := office.Wrap("person-17", subject)       // to keep beside the ledger
//	grant, err := office.WrapFor(geneva, "person-17", subject) // to send to Geneva
package keys
