package people

import (
	"slices"
	"strings"

	"cairn/fold"
	"cairn/value"
)

var (
	recordTable = &fold.Table{Name: "people_record", Columns: []string{"record", "number", "name", "birth", "sex",
		"nationality", "birth_place", "languages", "occupation", "site", "arrived", "needs", "dead", "sensitive",
		"registered", "office", "import", "row_no", "listed"}}
	keyTable     = &fold.Table{Name: "people_key", Columns: []string{"record", "key"}}
	consentTable = &fold.Table{Name: "people_consent", Columns: []string{"record", "purpose", "destination",
		"language", "by_representative", "given", "withdrawn"}}
	documentTable  = &fold.Table{Name: "people_document", Columns: []string{"record", "type", "number_index"}}
	householdTable = &fold.Table{Name: "people_household", Columns: []string{"household", "number", "site", "size"}}
	memberTable    = &fold.Table{Name: "people_member", Columns: []string{"household", "record", "relation", "head"}}
	wishTable      = &fold.Table{Name: "people_wish", Columns: []string{"household", "rank", "country"}}
	openingTable   = &fold.Table{Name: "people_opening", Columns: []string{"opening", "record", "actor", "at", "reason"}}
	importingTable = &fold.Table{Name: "people_importing", Columns: []string{"importing", "digest", "name", "site",
		"people", "households", "consents", "left_out", "actor", "at"}}
)

var recordProjection = fold.New("people.record", SubjectRecord,
	[]*fold.Table{recordTable, keyTable, consentTable, documentTable},
	[]string{"people.record_registered", "people.record_corrected", "people.death_recorded",
		"people.consent_given", "people.consent_withdrawn"}, stepRecord, recordRows)

func recordRows(subject string, s *record) fold.Output {
	p := &s.RecordRegistered
	if p.Number == "" {
		return fold.Output{} // the entry that begins the record has not arrived yet
	}
	out := fold.Output{Claims: []fold.Claim{{Name: "number:" + string(p.Number), Amount: 1}}}
	out.Rows = append(out.Rows, fold.Row{Table: recordTable, Values: []any{subject, string(p.Number), p.Name.String(),
		p.Birth.String(), string(p.Sex), join(p.Nationalities), p.BirthPlace, join(p.Languages), p.Occupation, p.Site,
		p.Arrived.String(), join(p.Needs), number(s.dead), number(p.Sensitive), s.registered.String(), s.office,
		p.Import, int64(p.Row), p.Listed}})
	for _, key := range value.SearchKeys(p.Name) {
		out.Rows = append(out.Rows, fold.Row{Table: keyTable, Values: []any{subject, key}})
	}
	for _, c := range s.consents {
		withdrawn := ""
		if c.withdrawn != 0 {
			withdrawn = c.withdrawn.String()
		}
		out.Rows = append(out.Rows, fold.Row{Table: consentTable, Values: []any{subject, c.Purpose, string(c.Destination),
			string(c.Language), number(c.ByRepresentative), c.given.String(), withdrawn}})
	}
	for _, d := range p.Documents {
		out.Rows = append(out.Rows, fold.Row{Table: documentTable, Values: []any{subject, d.Type, d.Index}})
	}
	return out
}

var householdProjection = fold.New("people.household", SubjectHousehold,
	[]*fold.Table{householdTable, memberTable, wishTable},
	[]string{"people.household_formed", "people.member_joined", "people.member_left"}, stepHousehold, householdRows)

func householdRows(subject string, s *household) fold.Output {
	out := fold.Output{Rows: []fold.Row{{Table: householdTable,
		Values: []any{subject, s.number, s.site, int64(len(s.members))}}}}
	for _, m := range s.members {
		out.Rows = append(out.Rows, fold.Row{Table: memberTable, Values: []any{subject, m.Record, m.Relation, number(m.Head)}})
		out.Claims = append(out.Claims, fold.Claim{Name: householdClaim(m.Record), Amount: 1})
	}
	for i, country := range s.wishes {
		out.Rows = append(out.Rows, fold.Row{Table: wishTable, Values: []any{subject, int64(i + 1), string(country)}})
	}
	return out
}

func householdClaim(record string) string { return "household-of:" + record }

var openingProjection = fold.New("people.opening", SubjectOpening, []*fold.Table{openingTable},
	[]string{"people.file_opened"}, last, func(subject string, f *fold.Fact) fold.Output {
		o := f.Value.(*FileOpened)
		return fold.Output{Rows: []fold.Row{{Table: openingTable,
			Values: []any{subject, o.Record, f.Actor, f.Time.String(), o.Reason}}}}
	})

var importingProjection = fold.New("people.importing", SubjectImporting, []*fold.Table{importingTable},
	[]string{"people.list_imported"}, last, func(subject string, f *fold.Fact) fold.Output {
		l := f.Value.(*ListImported)
		return fold.Output{
			Rows: []fold.Row{{Table: importingTable, Values: []any{subject, l.Digest, l.Name, l.Site, int64(l.People),
				int64(l.Households), int64(l.Consents), int64(l.LeftOut), f.Actor, f.Time.String()}}},
			Claims: []fold.Claim{{Name: "import:" + l.Digest, Amount: 1}},
		}
	})

// last keeps the newest fact, for subjects that have only one.
func last(s *fold.Fact, f fold.Fact) { *s = f }

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func join[T ~string](parts []T) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = strings.ReplaceAll(string(p), ",", " ")
	}
	return strings.Join(texts, ",")
}

func split[T ~string](text string) []T {
	if text == "" {
		return nil
	}
	var out []T
	for part := range strings.SplitSeq(text, ",") {
		out = append(out, T(part))
	}
	return slices.Clip(out)
}
