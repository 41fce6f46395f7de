package headers

import "strings"

// Field is a meaning that a column can have.
type Field struct {
	ID string // a word that is stored and typed
	// Synonyms are names of the field by BCP 47 language.
	Synonyms map[string][]string
	// Content says from 0 to 1 how well filled values fit; nil: values say nothing.
	Content func(values []string) float64
	// Repeatable fields may have several columns, such as languages or needs.
	Repeatable bool
}

// Fields is a list of meanings to choose from.
type Fields []Field

// Find gives the field with the id.
func (f Fields) Find(id string) (Field, bool) {
	for _, field := range f {
		if field.ID == id {
			return field, true
		}
	}
	return Field{}, false
}

// FieldID is a field's id within a sentence, where a door may say the field's name
// in its reader's language instead.
type FieldID string

// FieldIDs are some of them, as a list.
type FieldIDs []FieldID

func (f FieldIDs) String() string {
	var out strings.Builder
	for i, id := range f {
		if i > 0 {
			out.WriteString(", ")
		}
		out.WriteString(string(id))
	}
	return out.String()
}

func (f Fields) ids() FieldIDs {
	var out FieldIDs
	for _, field := range f {
		out = append(out, FieldID(field.ID))
	}
	return out
}

// names writes synonyms compactly: a language, then its names parted by "|".
func names(languageAndNames ...string) map[string][]string {
	synonyms := make(map[string][]string, len(languageAndNames)/2)
	for i := 0; i+1 < len(languageAndNames); i += 2 {
		synonyms[languageAndNames[i]] = strings.Split(languageAndNames[i+1], "|")
	}
	return synonyms
}
