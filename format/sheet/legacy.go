package sheet

import (
	"math"
	"unicode"

	"cairn/value/said"
)

// model says which letters outside ASCII a language uses and about how often,
// in parts of all such letters. Only the differences between languages matter,
// so the figures are coarse: rank them by the usual letter counts.
type model struct {
	encoding Encoding
	letters  string // each letter followed by a digit: its weight
	own      bool   // the script shares no word with ASCII letters
}

func models() []model {
	return []model{
		{Windows1250, "á9é9ó4ö4í3ő4ü3ú2ű1", false},                                                // Hungarian
		{Windows1250, "ł9ą5ę5ó5ś4ż4ć3ń4ź1", false},                                                // Polish
		{Windows1250, "á8í9é5ě5š5č5ř5ž4ý4ů2ú1ň1ť1ď1", false},                                      // Czech
		{Windows1250, "á9í7é6š4č5ž4ý4ľ2ú3ň2ť2ô1ä1ď1", false},                                      // Slovak
		{Windows1250, "ă9î4â3ş5ţ5", false},                                                        // Romanian
		{Windows1250, "č8š7ž6ć8đ2", false},                                                        // Croatian, Serbian, Slovene
		{Windows1252, "ü9ä7ö7ß4é1", false},                                                        // German
		{Windows1252, "é9è4à4ê2ç2ô1î1û1ë1ï1ù1â1œ1", false},                                        // French
		{Windows1252, "ó8í8á8é6ñ5ú3ü1", false},                                                    // Spanish
		{Windows1252, "ã8ç6é5á5í4ó4ê3õ2ú2â1à1ô1", false},                                          // Portuguese
		{Windows1252, "à5è5é2ì3ò4ù3", false},                                                      // Italian
		{Windows1252, "å7ä7ö7ø6æ5é1", false},                                                      // Nordic
		{Windows1251, "о9е8а9и7н6т5с5р5в5л4к4м3д3п2у2я2ы2ь2з2б2г2й2ч1х1ж1ш1ю1ц1щ1э1ф1ё1", true},   // Russian
		{Windows1251, "о9а9и6н6в5е5т5р5і5с4к4л4у3м3д3п3я2з2ь2б2г2й2ч1х1ж1ш1ю1ц1щ1ї2є1ф1ґ1", true}, // Ukrainian
		{Windows1256, "ا9ل8ي6م6و5ن5ر4ت3ب3ع3د3ه3س2ف2ك2ق2ح2ج1ش1ط1ص1خ1ذ1ض1غ1ث1ز1ء1أ2إ1ة3ى1آ1", true}, // Arabic
		{Windows1256, "ا9ی6ر5د5ن5ه4م4و4ت3ب3س3ش2ز2ل2ک2گ1ف1ق1ع1خ1ح1ج1پ1چ1ط1ص1غ1ض1ذ1ث1ژ1ي4ك2", true}, // Persian
	}
}

const (
	strangeLetter = -7.0 // log likelihood of a letter that the language does not use
	symbolInWord  = -9.0 // of a sign such as ¿ or ³ between letters
	unlikelyPair  = -3.0 // of two accented letters side by side, or of two scripts in a word
	caseInWord    = -3.0 // of a capital after a small letter
	sureMargin    = 4.0  // difference of log likelihoods that needs no note
)

// guessLegacy takes the language under whose letters the sample is likeliest.
func guessLegacy(sample []byte) (name Encoding, doubts []said.Sentence) {
	best, bestScore, rivalScore := Windows1252, math.Inf(-1), math.Inf(-1)
	texts := map[Encoding][]rune{}
	for _, m := range models() {
		if texts[m.encoding] == nil {
			texts[m.encoding] = decodeSample(sample, m.encoding)
		}
		score := m.score(texts[m.encoding])
		switch {
		case score > bestScore:
			if m.encoding != best {
				rivalScore = bestScore
			}
			best, bestScore = m.encoding, score
		case m.encoding != best && score > rivalScore:
			rivalScore = score
		}
	}
	if bestScore-rivalScore < sureMargin && !sameText(texts, best) {
		doubts = append(doubts, said.Say("the encoding is taken for %s on little evidence: if letters look wrong, set another", best))
	}
	return best, doubts
}

// sameText reports whether the nearest rivals spell the sample alike, so that
// the choice makes no difference.
func sameText(texts map[Encoding][]rune, best Encoding) bool {
	if best != Windows1250 && best != Windows1252 {
		return false
	}
	return string(texts[Windows1250]) == string(texts[Windows1252])
}

func decodeSample(sample []byte, name Encoding) []rune {
	table := singleByte()[name]
	text := make([]rune, len(sample))
	for i, b := range sample {
		text[i] = table.DecodeByte(b)
	}
	return text
}

func (m model) score(text []rune) float64 {
	weights, total := m.weights()
	score := 0.0
	previous := ' '
	for _, r := range text {
		if r >= 0x80 {
			score += m.letterScore(r, previous, weights, total)
		} else if m.own && isASCIILetter(r) && previous >= 0x80 && unicode.IsLetter(previous) {
			score += unlikelyPair
		}
		if unicode.IsUpper(r) && unicode.IsLower(previous) {
			score += caseInWord
		}
		previous = r
	}
	return score
}

func (m model) letterScore(r, previous rune, weights map[rune]float64, total float64) float64 {
	if !unicode.IsLetter(r) {
		if unicode.IsLetter(previous) && !isTypographic(r) {
			return symbolInWord
		}
		return -3
	}
	score := strangeLetter
	if weight := weights[unicode.ToLower(r)]; weight > 0 {
		score = math.Log(weight / total)
	}
	if m.own && isASCIILetter(previous) || !m.own && previous >= 0x80 && unicode.IsLetter(previous) {
		score += unlikelyPair
	}
	return score
}

// isTypographic: signs that all Windows code pages have at the same places.
func isTypographic(r rune) bool {
	return r >= 0x2010 && r <= 0x2026 || r == 0xa0 || r == '°' || r == '§' || r == '’' || r == '€' || r == '\u200c' || r == '،' || r == '؟'
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func (m model) weights() (weights map[rune]float64, total float64) {
	weights = map[rune]float64{}
	letters := []rune(m.letters)
	for i := 0; i+1 < len(letters); i += 2 {
		weight := float64(letters[i+1] - '0')
		weights[letters[i]] = weight
		total += weight
	}
	return weights, total
}
