package names

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed han.txt
var hanTable string

const firstHan, lastHan = 0x4E00, 0x9FFF

// hanReadings holds, for each Chinese character from firstHan on, the number of
// its reading; reading 0 is none.
type hanReadings struct {
	number   [lastHan - firstHan + 1]uint16
	readings [][]rune
}

var hanRead = sync.OnceValue(func() *hanReadings {
	h := &hanReadings{readings: [][]rune{nil}}
	for line := range strings.Lines(hanTable) {
		sound, characters, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || sound == "#" {
			continue
		}
		for _, r := range characters {
			if r >= firstHan && r <= lastHan {
				h.number[r-firstHan] = uint16(len(h.readings))
			}
		}
		h.readings = append(h.readings, []rune(sound))
	}
	return h
})

// hanReading is how a Chinese character is read, in Bopomofo letters without
// tones. Traditional and simplified forms of a character mostly read alike, and so
// do the characters among which a writer chooses for a foreign sound: the learned
// model needs to know some tens of sounds instead of thousands of characters. A
// character without a reading is returned itself.
func hanReading(r rune) []rune {
	if r >= firstHan && r <= lastHan {
		h := hanRead()
		if n := h.number[r-firstHan]; n != 0 {
			return h.readings[n]
		}
	}
	return []rune{r}
}
