package store

// Waiting is how many requests wait for the committer.
func (s *Store) Waiting() int { return len(s.queue) }
