package bars_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/format/bars"
)

// widths are the symbols of Code 128 by their values: the widths of bar, space, bar …
// (ISO/IEC 15417, table 1). 103 to 105 start, 106 stops.
var widths = strings.Fields(`212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231
	113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121
	111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131
	213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221
	112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212
	421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214
	211232 2331112`)

var bar = regexp.MustCompile(`M(\d+) 0h(\d+)v40h-\d+z`)

// symbols reads the values off a code's bars, as a scanner does.
func symbols(t interface{ Fatalf(string, ...any) }, c bars.Code) []int {
	var runs []string
	at := 10 // after the quiet zone
	for _, m := range bar.FindAllStringSubmatch(c.Path, -1) {
		x, _ := strconv.Atoi(m[1])
		w, _ := strconv.Atoi(m[2])
		if x > at || len(runs) > 0 {
			runs = append(runs, strconv.Itoa(x-at))
		}
		runs, at = append(runs, strconv.Itoa(w)), x+w
	}
	if at+10 != c.Width {
		t.Fatalf("the bars end at %d of %d: ten modules must be white", at, c.Width)
	}
	text := strings.Join(runs, "")
	var out []int
	for len(text) > 0 {
		n := min(6, len(text))
		if len(text) == 7 {
			n = 7
		}
		value := -1
		for v, w := range widths {
			if w == text[:n] {
				value = v
			}
		}
		if value < 0 {
			t.Fatalf("%q is no symbol", text[:n])
		}
		out, text = append(out, value), text[n:]
	}
	return out
}

// scan gives what a scanner types, once the check symbol fits.
func scan(t interface{ Fatalf(string, ...any) }, values []int) string {
	last := len(values) - 1
	sum := values[0]
	for i, v := range values[1 : last-1] {
		sum += (i + 1) * v
	}
	if values[last] != 106 || sum%103 != values[last-1] {
		t.Fatalf("%v: the check symbol should be %d", values, sum%103)
	}
	var out strings.Builder
	set := values[0]
	for _, v := range values[1 : last-1] {
		switch {
		case set == 105 && v < 100:
			fmt.Fprintf(&out, "%02d", v)
		case v == 99:
			set = 105
		case v == 100:
			set = 104
		case set == 104 && v < 95:
			out.WriteByte(byte(v + ' '))
		default:
			t.Fatalf("%v: %d in set %d", values, v, set)
		}
	}
	return out.String()
}

func TestWhatAScannerReads(t *testing.T) {
	for text, values := range map[string]string{
		"A":              "[104 33 34 106]",              // start B, 104 + 33 = 137 = 103 + 34
		"0000":           "[105 0 0 2 106]",              // start C, 105 = 103 + 2
		"BUD-34F7K-QX/1": "",                             // a piece of luggage
		"BUD-K2-7":       "[104 34 53 36 13 43 18 13 23", // the check symbol is worked out by scan
	} {
		code, err := bars.Code128(text)
		if err != nil {
			t.Fatal(err)
		}
		got := symbols(t, code)
		if !strings.HasPrefix(fmt.Sprint(got), values) {
			t.Errorf("%s: %v, not %s", text, got, values)
		}
		if read := scan(t, got); read != text {
			t.Errorf("a scanner reads %q as %q", text, read)
		}
	}
	for _, text := range []string{"", "Kovács", "a\tb", strings.Repeat("x", 81)} {
		if code, err := bars.Code128(text); err == nil {
			t.Errorf("%q has bars: %+v", text, code)
		}
	}
}

func TestEveryTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[ -~]{1,40}`).Draw(t, "text")
		code, err := bars.Code128(text)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if read := scan(t, symbols(t, code)); read != text {
			t.Fatalf("%q is read as %q", text, read)
		}
	})
}
