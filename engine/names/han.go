package names

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed han.txt
var hanTable string

//go:embed simplified.txt
var simplifiedTable string

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

// newJapanese are characters as Japan has written them since 1946, each followed by the
// traditional one that it replaced (Tōyō and Jōyō kanji lists), as far as both are written
// in names and the new one is not another character in Chinese.
const newJapanese = "沢澤浜濱斎齋辺邊広廣桜櫻栄榮竜龍関關鉄鐵豊豐恵惠実實楽樂滝瀧桧檜徳德黒黑巌巖" +
	"増增瀬瀨頼賴渋澁浅淺絵繪亀龜団團図圖塩鹽壱壹寿壽歩步穂穗薫薰検檢抜拔緑綠録錄髙高"

// simplified holds, for each Chinese character from firstHan on, its simplified form;
// 0 is none.
var simplified = sync.OnceValue(func() *[lastHan - firstHan + 1]rune {
	var to [lastHan - firstHan + 1]rune
	pair := func(from, form rune) {
		if from >= firstHan && from <= lastHan {
			to[from-firstHan] = form
		}
	}
	for line := range strings.Lines(simplifiedTable) {
		if line[0] == '#' {
			continue
		}
		characters := []rune(strings.TrimSpace(line))
		for i := 0; i+1 < len(characters); i += 2 {
			pair(characters[i], characters[i+1])
		}
	}
	characters := []rune(newJapanese)
	for i := 0; i+1 < len(characters); i += 2 {
		form := characters[i+1]
		if simple := to[form-firstHan]; simple != 0 {
			form = simple
		}
		pair(characters[i], form)
	}
	return &to
})

// Simplified gives the simplified form of a Chinese character, so that a name is one name
// in China, Taiwan, Hong Kong and Japan; other letters are given back. Forms that are read
// unlike stay apart.
func Simplified(r rune) rune {
	if r >= firstHan && r <= lastHan {
		if form := simplified()[r-firstHan]; form != 0 {
			return form
		}
	}
	return r
}
