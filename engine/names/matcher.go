package names

import (
	"fmt"
	"sync"

	"cairn/engine/names/joint"
)

// Matcher reads and compares names. It is loaded once, never changes and may be
// used by many goroutines at the same time.
type Matcher struct {
	voices [scripts]func() *voice
}

// Load checks the embedded models. Each is decoded at the first name in its
// script, in some tens of milliseconds.
func Load() (*Matcher, error) {
	m := &Matcher{}
	for s := range m.voices {
		m.voices[s] = func() *voice { return nil }
	}
	for _, l := range learnedModels {
		if _, err := modelFiles.Open("models/" + l.name + ".gz"); err != nil {
			return nil, fmt.Errorf("loading the %s name model: %w", l.name, err)
		}
		m.voices[l.script] = sync.OnceValue(func() *voice {
			model, err := unpack(l.name)
			if err != nil {
				return nil // a damaged model is found by the package's tests; its script is then compared by letters
			}
			return newVoice(model)
		})
	}
	return m, nil
}

// With gives a matcher that reads a script with another model, for measuring
// models.
func (m *Matcher) With(name string, model *joint.Model) *Matcher {
	out := &Matcher{voices: m.voices}
	v := newVoice(model)
	for _, l := range learnedModels {
		if l.name == name {
			out.voices[l.script] = func() *voice { return v }
		}
	}
	return out
}

func (m *Matcher) voice(s Script) *voice { return m.voices[s]() }
