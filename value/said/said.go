// Package said keeps a sentence together with what fills it in, so that a door can
// say it in the reader's language.
//
// Words: the format of a sentence is its English text with the verbs of package fmt;
// it is also the key by which a catalogue has the sentence in other languages.
//
//	err := said.Errorf("year %d is outside %d to %d", 3000, 1850, 2200)
//	err.Error() // "year 3000 is outside 1850 to 2200"
package said

import (
	"errors"
	"fmt"
	"strings"
)

// Sentence is a format with its arguments. Its text is English.
type Sentence struct {
	Format string
	Args   []any
}

// Say makes a sentence.
func Say(format string, args ...any) Sentence { return Sentence{format, args} }

func (s Sentence) String() string {
	return fmt.Sprintf(strings.ReplaceAll(s.Format, "%w", "%v"), s.Args...)
}

// MarshalText gives the sentence in English, for documents that programs read.
func (s Sentence) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes a whole text as a sentence that no catalogue has.
func (s *Sentence) UnmarshalText(text []byte) error {
	*s = Say("%s", string(text))
	return nil
}

// Error is a sentence that says what is wrong.
type Error struct{ Sentence }

// Errorf is fmt.Errorf with the sentence kept apart; %w wraps as there.
func Errorf(format string, args ...any) error { return &Error{Say(format, args...)} }

func (e *Error) Error() string { return e.String() }

// Unwrap gives the errors among the arguments of a sentence that wraps.
func (e *Error) Unwrap() []error {
	if !strings.Contains(e.Format, "%w") {
		return nil
	}
	var out []error
	for _, arg := range e.Args {
		if err, ok := arg.(error); ok {
			out = append(out, err)
		}
	}
	return out
}

// In gives the sentence in the language of a catalogue, which has translations by
// format; what it has not stays English. Errors among the arguments are said in the
// language too, and word says other arguments in it, or gives them as they are.
func (s Sentence) In(catalogue map[string]string, word func(any) any) string {
	format, found := catalogue[s.Format]
	if !found {
		format = s.Format
	}
	args := make([]any, len(s.Args))
	for i, arg := range s.Args {
		switch v := arg.(type) {
		case error:
			args[i] = InError(v, catalogue, word)
		case Sentence:
			args[i] = v.In(catalogue, word)
		default:
			args[i] = word(arg)
		}
	}
	return fmt.Sprintf(strings.ReplaceAll(format, "%w", "%v"), args...)
}

// InError gives an error in the language of a catalogue.
func InError(err error, catalogue map[string]string, word func(any) any) string {
	if sentence, found := of(err); found {
		return sentence.In(catalogue, word)
	}
	return err.Error()
}

// Of gives the sentence that an error says, without the words of those who passed it on;
// an error that says none is given as it is.
func Of(err error) Sentence {
	if sentence, found := of(err); found {
		return sentence
	}
	return Say("%v", err)
}

func of(err error) (Sentence, bool) {
	var sentence interface{ Said() Sentence }
	if errors.As(err, &sentence) {
		return sentence.Said(), true
	}
	return Sentence{}, false
}

// Said gives the sentence of an error.
func (e *Error) Said() Sentence { return e.Sentence }
