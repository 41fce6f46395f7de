package names

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"slices"
	"sync"

	"cairn/engine/names/joint"
)

//go:embed models/*.gz
var modelFiles embed.FS

// learned describes one learned model.
type learned struct {
	name   string
	script Script
}

var learnedModels = []learned{
	{"arabic", Arabic}, {"hebrew", Hebrew}, {"russian", Cyrillic}, {"chinese", Chinese}, {"korean", Korean}, {"katakana", Kana},
}

// ModelNames lists the learned models.
func ModelNames() []string {
	var list []string
	for _, l := range learnedModels {
		list = append(list, l.name)
	}
	return list
}

// Training is how a model of the list is trained: all in one way.
func Training(name string) (joint.Options, error) {
	if !slices.ContainsFunc(learnedModels, func(l learned) bool { return l.name == name }) {
		return joint.Options{}, fmt.Errorf("no model is called %q; the models are %v", name, ModelNames())
	}
	return joint.Options{Order: 5, LeastBlock: 0.5, LeastGram: 2}, nil
}

// voice is a model with working memory for its users.
type voice struct {
	model   *joint.Model
	scorers sync.Pool
	readers sync.Pool
}

func newVoice(model *joint.Model) *voice {
	v := &voice{model: model}
	v.scorers.New = func() any { return model.NewScorer() }
	v.readers.New = func() any { return model.NewReader() }
	return v
}

func (v *voice) score(foreign, latin []uint16, floor float32) float32 {
	s := v.scorers.Get().(*joint.Scorer)
	defer v.scorers.Put(s)
	return s.Score(foreign, latin, floor)
}

func (v *voice) read(foreign []uint16, k int) []joint.Reading {
	r := v.readers.Get().(*joint.Reader)
	defer v.readers.Put(r)
	return r.Read(foreign, k)
}

// unpack decodes an embedded model.
func unpack(name string) (*joint.Model, error) {
	packed, err := modelFiles.ReadFile("models/" + name + ".gz")
	if err != nil {
		return nil, fmt.Errorf("reading the %s name model: %w", name, err)
	}
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("reading the %s name model: %w", name, err)
	}
	var data bytes.Buffer
	if _, err := data.ReadFrom(unzip); err != nil {
		return nil, fmt.Errorf("reading the %s name model: %w", name, err)
	}
	return joint.Unmarshal(data.Bytes())
}
