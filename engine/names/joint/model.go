package joint

// Model is a trained joint-sequence model between one script and Latin letters.
// It never changes and may be used by many goroutines.
type Model struct {
	Foreign        *Alphabet
	inventory      *inventory
	blocks         *ngram // over blocks
	latinLetters   *ngram
	foreignLetters *ngram
}
