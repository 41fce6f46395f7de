package linktool

import (
	"cairn/engine/link"
	"cairn/format/headers"
)

// kinds says what the engine makes of the meanings that headers knows.
var kinds = map[string]link.Kind{
	headers.FullName: link.FullName, headers.GivenName: link.GivenName, headers.FamilyName: link.FamilyName, headers.Patronymic: link.FullName,
	headers.BirthDate: link.BirthDate, headers.BirthYear: link.Age, headers.Age: link.Age, headers.Sex: link.Sex,
	headers.BirthPlace: link.Place, headers.Residence: link.Place, headers.BirthCountry: link.Place, headers.Nationality: link.Place,
	headers.DocumentNumber: link.Document, headers.Phone: link.Phone, headers.Email: link.Document, headers.Occupation: link.Occupation, headers.Household: link.Household,
}

// recognise asks the engine what a column holds, and where it cannot say, the
// header words of many languages that imports know.
func recognise(header string, sample []string) link.Kind {
	if kind := link.Recognise(header, sample); kind != link.Ignore {
		return kind
	}
	rows := make([][]string, len(sample))
	for i, cell := range sample {
		rows[i] = []string{cell}
	}
	column := headers.Guess([]string{header}, rows, headers.PersonFields()).Columns[0]
	if kind, ok := kinds[column.Field]; ok {
		return kind
	}
	return link.Ignore
}
