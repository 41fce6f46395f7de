package names

import (
	"testing"
)

func TestChineseIsReadByItsSounds(t *testing.T) {
	for _, c := range []struct{ word, sounds string }{
		{"贾", "ㄐㄧㄚ"},
		{"賈", "ㄐㄧㄚ"},
		{"斯", "ㄙ"},
		{"张伟", "ㄓㄤㄨㄟ"},
		{"張偉", "ㄓㄤㄨㄟ"},
		{"女", "ㄋㄩ"},
		{"\U00020000", "\U00020000"},
	} {
		if got := Spelling(c.word); got != c.sounds {
			t.Errorf("%s is read %s, not %s", c.word, got, c.sounds)
		}
	}
}

func TestReadingsCoverCommonCharacters(t *testing.T) {
	read := 0
	for r := rune(firstHan); r <= lastHan; r++ {
		if sounds := hanReading(r); len(sounds) > 0 && sounds[0] != r {
			read++
		}
		for _, s := range hanReading(r) {
			if s != r && (s < 0x3105 || s > 0x312F) {
				t.Fatalf("%c is read %c, which is no Bopomofo letter", r, s)
			}
		}
	}
	if read < 20000 {
		t.Errorf("only %d characters have a reading", read)
	}
}

func TestSpellingsReachTheModelsPlain(t *testing.T) {
	for _, c := range []struct{ word, letters string }{
		{"Núñez", "nunez"},
		{"Weiß", "weiss"},
		{"O'Dell", "odell"},
		{"Łukasz", "lukasz"},
		{"한", "\u1112\u1161\u11ab"},
	} {
		if got := Spelling(c.word); got != c.letters {
			t.Errorf("%s reaches the models as %q, not %q", c.word, got, c.letters)
		}
	}
}

func TestChineseFormsFindOneName(t *testing.T) {
	m := load(t)
	x := m.NewIndex([]string{"Jordan", "Michaela", "Roberto", "Zhang", "Weiss"})
	for _, c := range []struct {
		query string
		item  int
	}{{"罗伯托", 2}, {"羅伯托", 2}, {"乔丹", 0}, {"喬丹", 0}, {"張", 3}, {"张", 3}} {
		if hits := x.Search(c.query, 1); len(hits) == 0 || hits[0].Item != c.item {
			t.Errorf("%s finds %v", c.query, hits)
		}
	}
}
