package rights

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/value"
)

// AppealInput lodges one appeal for each record.
type AppealInput struct {
	Records    []string `json:"records" required:"true" help:"Who appeals, by id or number."`
	Suspensive bool     `json:"suspensive" help:"Nobody departs while it is pending."`
	Against    string   `json:"against" help:"The decision that is appealed."`
}

var lodgeAppeal = blueprint.Act(blueprint.Action{
	Name: "rights.lodge_appeal", Group: "rights.write", Title: "Lodge an appeal",
	Help:     "Records an appeal. One that suspends stops booking and departure until it is decided or waived.",
	Example:  "cairn rights lodge-appeal --records ID --suspensive true --against 'refusal of family reunion'",
	Appends:  []string{"rights.appeal_lodged"},
	Resource: identity.ResourceOf(func(in *AppealInput) []string { return in.Records }),
}, func(w *blueprint.Work, in AppealInput) (Done, error) {
	var ids []string
	done, err := addToEach(w, in.Records, func(string) blueprint.Fact {
		id := w.NewID()
		ids = append(ids, id)
		return &AppealLodged{Appeal: id, Suspensive: in.Suspensive, Against: in.Against}
	})
	done.IDs = ids
	return done, err
})

// DecideAppealInput ends appeals.
type DecideAppealInput struct {
	Appeals []string `json:"appeals" required:"true" help:"Appeals that are pending."`
	Outcome string   `json:"outcome" required:"true" help:"upheld, dismissed or withdrawn."`
	Reason  string   `json:"reason" required:"true" help:"What it rests on."`
}

var decideAppeal = blueprint.Act(blueprint.Action{
	Name: "rights.decide_appeal", Group: "rights.write", Title: "Decide appeals",
	Help:     "Records how appeals ended. Where one was upheld and the journey must not go ahead, place a hold as well.",
	Example:  "cairn rights decide-appeal --appeals ID --outcome dismissed --reason 'decision of the court of 3 May'",
	Appends:  []string{"rights.appeal_decided"},
	Resource: standingResource("appeal", appealsQuery, func(in *DecideAppealInput) []string { return in.Appeals }),
}, func(w *blueprint.Work, in DecideAppealInput) (Done, error) {
	if err := oneOf("outcome", in.Outcome, AppealUpheld, AppealDismissed, AppealWithdrawn); err != nil {
		return Done{}, err
	}
	if err := required("reason", in.Reason, "what the decision rests on"); err != nil {
		return Done{}, err
	}
	return onPending(w, in.Appeals, func(id string) blueprint.Fact {
		return &AppealDecided{Appeal: id, Outcome: in.Outcome, Reason: in.Reason}
	})
})

// WaiveInput gives up the protection of pending appeals.
type WaiveInput struct {
	Appeals   []string `json:"appeals" required:"true" help:"Appeals that are pending."`
	Statement string   `json:"statement" required:"true" help:"The person's own words, and who explained what they give up."`
}

var waiveAppeal = blueprint.Act(blueprint.Action{
	Name: "rights.waive_appeal", Group: "rights.write", Title: "Waive an appeal's protection",
	Help:     "Records that people choose to depart although their appeal is pending. The appeal goes on.",
	Example:  "cairn rights waive-appeal --appeals ID --statement 'I want to go with my sister.'",
	Appends:  []string{"rights.appeal_waived"},
	Resource: standingResource("appeal", appealsQuery, func(in *WaiveInput) []string { return in.Appeals }),
}, func(w *blueprint.Work, in WaiveInput) (Done, error) {
	if err := required("statement", in.Statement, "what the person said, and who explained it"); err != nil {
		return Done{}, err
	}
	return onPending(w, in.Appeals, func(id string) blueprint.Fact {
		return &AppealWaived{Appeal: id, Statement: in.Statement}
	})
})

// onPending drafts one fact for each appeal that is not decided.
func onPending(w *blueprint.Work, appeals []string, fact func(id string) blueprint.Fact) (Done, error) {
	found, err := standing(w, "appeal", appealsQuery, appeals)
	if err != nil {
		return Done{}, err
	}
	var done Done
	for _, a := range found {
		if a.words[0] != "" {
			return Done{}, blueprint.Refuse(blueprint.Conflict, "appeal %s is decided already", a.id)
		}
		w.Add(a.record, fact(a.id))
		done.Records = append(done.Records, a.record)
	}
	return done, nil
}

// SplitInput records that people agree to be parted.
type SplitInput struct {
	Records     []string `json:"records" required:"true" help:"Who agrees, each for themselves: those who go and those who stay."`
	Household   string   `json:"household" help:"The household that is parted; that of each record unless told."`
	Destination string   `json:"destination" required:"true" help:"Where some of them go, by code or name."`
	Language    string   `json:"language" required:"true" help:"The language in which it was explained."`
}

var agreeSplit = blueprint.Act(blueprint.Action{
	Name: "rights.agree_split", Group: "rights.write", Title: "Agree to travel apart",
	Help: "Records that members of a household agree that some go to a country without the others. " +
		"Every adult agrees, those who go and those who stay.",
	Example:  "cairn rights agree-split --records ID,ID --destination CAN --language hu",
	Appends:  []string{"rights.split_agreed"},
	Resource: identity.ResourceOf(func(in *SplitInput) []string { return in.Records }),
}, func(w *blueprint.Work, in SplitInput) (Done, error) {
	to, err := destination(in.Destination)
	if err != nil {
		return Done{}, err
	}
	language, err := value.ParseLanguage(in.Language)
	if err != nil {
		return Done{}, blueprint.RefuseField("language", "%v", err)
	}
	records, err := onRecords(w, in.Records)
	if err != nil {
		return Done{}, err
	}
	homes := map[string]string{}
	err = w.Reader.In(w.Ctx, "SELECT record, household FROM people_member WHERE record IN (%s)", records, func(rows *sql.Rows) error {
		var record, household string
		err := rows.Scan(&record, &household)
		if in.Household == "" || in.Household == household {
			homes[record] = household
		}
		return err
	})
	if err != nil {
		return Done{}, fmt.Errorf("read households: %w", err)
	}
	for _, r := range records {
		if homes[r] == "" {
			return Done{}, blueprint.Refuse(blueprint.Conflict, "record %s is no member of that household: look at the file with people.file", r)
		}
		if err := w.Guard(homes[r]); err != nil {
			return Done{}, err
		}
		w.Add(r, &SplitAgreed{Household: homes[r], Destination: to, Language: string(language)})
	}
	return Done{Records: records}, nil
})
