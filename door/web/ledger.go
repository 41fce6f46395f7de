package web

// recordCheck is the check of the whole record, one at a time.
type recordCheck struct{}
