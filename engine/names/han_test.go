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

func TestFormsOfOneCharacterAreOne(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"張偉", "张伟"}, {"劉曉波", "刘晓波"}, {"陳水扁", "陈水扁"}, {"馬英九", "马英九"}, {"賴清德", "赖清德"}, {"蔣中正", "蒋中正"},
		{"李登輝", "李登辉"}, {"梁振英", "梁振英"}, {"鄧小平", "邓小平"}, {"孫中山", "孙中山"}, {"臺北", "台北"}, {"廣州", "广州"},
		{"黒澤明", "黑泽明"}, {"渡邊謙", "渡辺謙"}, {"髙橋", "高橋"}, {"小澤征爾", "小沢征尔"},
	} {
		m := load(t)
		if w := m.Compare(m.Prepare(c.a), m.Prepare(c.b)); w < 6 {
			t.Errorf("%s and %s weigh %.1f", c.a, c.b, w)
		}
	}
	for _, c := range []struct{ a, b rune }{{'王', '汪'}, {'张', '章'}, {'芸', '艺'}, {'范', '饭'}, {'后', '厚'}} {
		if Simplified(c.a) == Simplified(c.b) {
			t.Errorf("%c and %c become one", c.a, c.b)
		}
	}
	for r := rune(firstHan); r <= lastHan; r++ {
		if once := Simplified(r); Simplified(once) != once {
			t.Errorf("%c becomes %c, and that %c", r, once, Simplified(once))
		}
	}
	if Simplified('a') != 'a' || Simplified(0x20000) != 0x20000 {
		t.Error("other letters are changed")
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
