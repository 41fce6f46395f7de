package said_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"cairn/value/said"
)

var french = map[string]string{
	"read date %q: %w":             "lire la date %q : %w",
	"year %d is outside %d to %d":  "l’année %d n’est pas entre %d et %d",
	"%s is full, %d cases wait":    "%[2]d dossiers attendent, %[1]s est complet",
	"the case is %s: cancel first": "le dossier est %s : annulez d’abord",
}

func word(text any) any {
	if text == "booked" {
		return "réservé"
	}
	return text
}

func TestSentencesInALanguage(t *testing.T) {
	year := said.Errorf("year %d is outside %d to %d", 3000, 1850, 2200)
	for _, c := range []struct{ got, want string }{
		{said.Say("%s is full, %d cases wait", "Wien", 3).In(french, word), "3 dossiers attendent, Wien est complet"},
		{said.Say("%s is full, %d cases wait", "Wien", 3).In(nil, word), "Wien is full, 3 cases wait"},
		{said.Say("the case is %s: cancel first", "booked").In(french, word), "le dossier est réservé : annulez d’abord"},
		{said.InError(said.Errorf("read date %q: %w", "3000", year), french, word), `lire la date "3000" : l’année 3000 n’est pas entre 1850 et 2200`},
		{said.InError(fmt.Errorf("row 3: %w", year), french, word), "l’année 3000 n’est pas entre 1850 et 2200"},
		{said.InError(errors.New("plain"), french, word), "plain"},
	} {
		if !strings.HasPrefix(c.got, c.want) {
			t.Errorf("it says %q, not %q", c.got, c.want)
		}
	}
}

// The sentence of an error is that of the first that says one, and an error that says none
// is given as it is.
func TestTheSentenceOfAnError(t *testing.T) {
	year := said.Errorf("year %d is outside %d to %d", 3000, 1850, 2200)
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("row 3: %w", year), "year 3000 is outside 1850 to 2200"},
		{errors.New("100 % plain"), "100 % plain"},
	} {
		if got := said.Of(c.err).String(); got != c.want {
			t.Errorf("it says %q, not %q", got, c.want)
		}
	}
}

func TestErrorsWrap(t *testing.T) {
	err := said.Errorf("read %s: %w", "list", fs.ErrNotExist)
	if err.Error() != "read list: file does not exist" || !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if errors.Is(said.Errorf("read: %v", fs.ErrNotExist), fs.ErrNotExist) {
		t.Error("a sentence wraps that does not say so")
	}
}

func TestDocumentsAreEnglish(t *testing.T) {
	text, err := json.Marshal(struct{ S said.Sentence }{said.Say("%d of %s", 2, "them")})
	if err != nil || string(text) != `{"S":"2 of them"}` {
		t.Error(string(text), err)
	}
	var back struct{ S said.Sentence }
	if err := json.Unmarshal(text, &back); err != nil || back.S.String() != "2 of them" {
		t.Error(back.S, err)
	}
}
