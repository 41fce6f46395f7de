// Package ledger holds the record that everything else rests on: entries that
// are appended and never changed, a Merkle tree over each office's log, and the
// signed checkpoints that let a stranger find a changed or shortened history.
//
// It knows no domain, no database and no keys: it encodes, hashes, signs and
// checks. The words:
//
//   - An entry is a header and a body. The header says who recorded when about
//     which subject and what the author had seen of it; the body is the fact,
//     padded and, where it concerns a person, sealed under the subject's key.
//   - The id of an entry is its leaf hash in the tree. A subject's heads are the
//     ids of its entries that no other entry has seen yet.
//   - A checkpoint is a signed statement of a log's size and root hash
//     (C2SP tlog-checkpoint); the tree is that of RFC 6962, section 2.1.
//
// A log is checked without any key:
//
//	check := ledger.NewCheck("vienna")
//	for _, e := range entries {
//		check.Add(e)
//	}
//	err := check.Against(checkpoint)
package ledger
