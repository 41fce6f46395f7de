package headers

import (
	_ "embed"
	"encoding/csv"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed words.csv
var wordText string

// further are names of fields in languages and turns that the lists themselves do not
// give: "list field" to language to names. TestFurtherNames reads all of it.
var further = sync.OnceValue(func() map[string]map[string][]string {
	rows, err := csv.NewReader(strings.NewReader(wordText)).ReadAll()
	if err != nil {
		panic("headers: words.csv is damaged: " + err.Error())
	}
	out := map[string]map[string][]string{}
	for _, row := range rows[1:] {
		key := row[0] + " " + row[1]
		if out[key] == nil {
			out[key] = map[string][]string{}
		}
		out[key][row[2]] = strings.Split(row[3], "|")
	}
	return out
})

// withFurther adds the further names of a list to its fields.
func withFurther(list string, fields Fields) Fields {
	for i, field := range fields {
		synonyms := maps.Clone(field.Synonyms)
		for language, names := range further()[list+" "+field.ID] {
			synonyms[language] = append(slices.Clone(synonyms[language]), names...)
		}
		fields[i].Synonyms = synonyms
	}
	return fields
}
