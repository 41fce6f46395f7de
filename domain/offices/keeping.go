package offices

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"cairn/blueprint"
	"cairn/fold"
	"cairn/gate"
)

// BackupMade says that a copy of the ledger and its keys left the office, and
// until when it is kept: what is erased afterwards is gone only then.
type BackupMade struct {
	Expires string `json:"expires"` // YYYY-MM-DD, the last day on which the copy exists
}

// Kind implements blueprint.Fact.
func (*BackupMade) Kind() string { return "offices.backup_made" }

// SubjectErased says that the key and the rows of a subject were destroyed. It
// names no person: the reason is one of EraseReasons, never free text.
type SubjectErased struct {
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*SubjectErased) Kind() string { return "offices.subject_erased" }

// EraseReasons are the reasons for which a subject may be erased.
var EraseReasons = []string{"asked_by_person", "no_longer_needed", "recorded_unlawfully", "ordered"}

var (
	backupTable  = &fold.Table{Name: "offices_backup", Columns: []string{"backup", "made", "expires"}}
	erasureTable = &fold.Table{Name: "offices_erasure", Columns: []string{"erasure", "subject", "reason", "at"}}
)

func onlyFact(f *fold.Fact, next fold.Fact) { *f = next }

var backupProjection = fold.New("offices.backup", "backup", []*fold.Table{backupTable},
	[]string{"offices.backup_made"}, onlyFact, func(subject string, f *fold.Fact) fold.Output {
		v := f.Value.(*BackupMade)
		return fold.Output{Rows: []fold.Row{{Table: backupTable, Values: []any{subject, f.Time.String(), v.Expires}}}}
	})

var erasureProjection = fold.New("offices.erasure", "erasure", []*fold.Table{erasureTable},
	[]string{"offices.subject_erased"}, onlyFact, func(subject string, f *fold.Fact) fold.Output {
		v := f.Value.(*SubjectErased)
		return fold.Output{
			Rows:   []fold.Row{{Table: erasureTable, Values: []any{subject, v.Subject, v.Reason, f.Time.String()}}},
			Claims: []fold.Claim{{Name: "erasure:" + v.Subject, Amount: 1}},
		}
	})

// BackupInput says how long a copy is kept.
type BackupInput struct {
	Expires string `json:"expires" required:"true" help:"The last day on which the copy exists, YYYY-MM-DD."`
}

// Recorded names the entry's subject.
type Recorded struct {
	ID string `json:"id"`
}

// maxKept bounds how long a copy may be kept: erasure stays pending as long.
const maxKept = 2 * 366 * 24 * time.Hour

var recordBackup = blueprint.Act(blueprint.Action{
	Name: "offices.record_backup", Group: "offices.admin", Title: "Record a backup",
	Help:    "Records that a copy leaves the office and until when it is kept; 'cairn backup' does it by itself.",
	Example: "cairn backup /media/stick/bud.backup --as eva", Appends: []string{"offices.backup_made"},
}, func(w *blueprint.Work, in BackupInput) (Recorded, error) {
	day, err := time.Parse(time.DateOnly, in.Expires)
	switch {
	case err != nil:
		return Recorded{}, blueprint.RefuseField("expires", "%q is not a day as YYYY-MM-DD", in.Expires)
	case in.Expires < w.Today() || day.Sub(w.Now()) > maxKept:
		return Recorded{}, blueprint.RefuseField("expires", "a copy is kept from today on, for two years at most")
	}
	id := w.NewID()
	w.Add(id, &BackupMade{Expires: in.Expires})
	return Recorded{id}, nil
})

// AdoptInput has no fields: the program's own policies are put in force.
type AdoptInput struct{}

var adoptPolicy = blueprint.Act(blueprint.Action{
	Name: "offices.adopt_policy", Group: "offices.admin", Title: "Put the program's policies in force",
	Help:    "After an upgrade: records the text of the policies that this program decides by.",
	Example: "cairn adopt-policies --as eva", Appends: []string{"offices.policy_adopted"},
}, func(w *blueprint.Work, _ AdoptInput) (Recorded, error) {
	var id, inForce string
	err := w.QueryRow("SELECT office, policy FROM offices_office WHERE code = $1", w.OfficeCode()).Scan(&id, &inForce)
	if errors.Is(err, sql.ErrNoRows) {
		return Recorded{}, blueprint.Refuse(blueprint.NotFound, "the office is not open yet")
	}
	if err != nil {
		return Recorded{}, err
	}
	text := w.Policy()
	if inForce == string(text.Digest()) {
		return Recorded{}, blueprint.Refuse(blueprint.Conflict, "the program's policies are in force already")
	}
	w.Add(id, &PolicyAdopted{Digest: string(text.Digest()), Access: text.Access, Safeguard: text.Safeguard, Schema: text.Schema})
	return Recorded{id}, nil
})

// EraseInput names what is erased and why.
type EraseInput struct {
	Subject string `json:"subject" required:"true" help:"The id of what is about the person: a record, a household, a case."`
	Reason  string `json:"reason" required:"true" help:"asked_by_person, no_longer_needed, recorded_unlawfully or ordered."`
}

// Erased says what was erased. While copies made before still exist, it is pending.
type Erased struct {
	Erasure string `json:"erasure"`
	With    int    `json:"with,omitempty"`          // how many records about the subject alone went with it
	Pending string `json:"pending_until,omitempty"` // the day on which the last copy expires
}

var eraseSubject = blueprint.Act(blueprint.Action{
	Name: "offices.erase_subject", Group: "data.erase", Title: "Erase",
	Help: "Destroys the key and the rows of one subject for ever, and what says nothing but about it, such as who " +
		"opened a person's file and why. The ledger stays and says erased. " +
		"Other subjects about the same person (a household, a case) are erased one by one.",
	Example: "cairn erase ID --reason asked_by_person --as lin", Appends: []string{"offices.subject_erased"},
	Resource: blueprint.ResourceOf(func(w *blueprint.Work, in *EraseInput) (gate.Resource, error) {
		subject := in.Subject
		if err := w.Guard(subject); err != nil {
			return gate.Resource{}, err
		}
		return gate.Resource{Type: w.Head(subject).Type, ID: subject}, nil
	}),
}, func(w *blueprint.Work, in EraseInput) (Erased, error) {
	if !slices.Contains(EraseReasons, in.Reason) {
		return Erased{}, blueprint.RefuseField("reason", "%q is no reason: take one of %s", in.Reason, strings.Join(EraseReasons, ", "))
	}
	if _, err := w.Load(in.Subject); err != nil {
		return Erased{}, err
	}
	if w.Head(in.Subject).Entries == 0 {
		return Erased{}, blueprint.Refuse(blueprint.NotFound, "there is nothing with the id %q here", in.Subject)
	}
	if w.Wrapped(in.Subject) == nil {
		return Erased{}, blueprint.Refuse(blueprint.Conflict, "%s has no key: it was erased before, or is not about a person", in.Subject)
	}
	id := w.NewID()
	w.Add(id, &SubjectErased{Subject: in.Subject, Reason: in.Reason})
	w.Erase(in.Subject)
	with, err := w.Dependents(in.Subject)
	if err == nil {
		err = w.LoadAll(with...)
	}
	if err != nil {
		return Erased{}, err
	}
	for _, subject := range with {
		w.Add(w.NewID(), &SubjectErased{Subject: subject, Reason: in.Reason})
		w.Erase(subject)
	}
	pending, err := pendingUntil(w, "9999")
	return Erased{Erasure: id, With: len(with), Pending: pending}, err
})

// pendingUntil is the last day on which a copy exists that was made before a time.
func pendingUntil(w *blueprint.Work, before string) (string, error) {
	var day string
	err := w.QueryRow("SELECT COALESCE(MAX(expires), '') FROM offices_backup WHERE made < $1 AND expires >= $2", before, w.Today()).Scan(&day)
	return day, err
}

// ErasureRow is one erasure.
type ErasureRow struct {
	Erasure string `json:"erasure"`
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
	At      string `json:"at"`
	Pending string `json:"pending_until,omitempty"`
}

var listErasures = blueprint.See(blueprint.View{
	Name: "offices.erasures", Group: "offices.read", Title: "Erasures",
	Help: "What was erased, why, and until when copies of its keys may exist.", Example: "cairn offices erasures",
}, func(w *blueprint.Work, _ ListInput) ([]ErasureRow, error) {
	rows, err := blueprint.Collect(w, func(rows *sql.Rows) (ErasureRow, error) {
		var r ErasureRow
		err := rows.Scan(&r.Erasure, &r.Subject, &r.Reason, &r.At)
		return r, err
	}, "SELECT erasure, subject, reason, at FROM offices_erasure ORDER BY at, erasure")
	for i := range rows {
		if err == nil {
			rows[i].Pending, err = pendingUntil(w, rows[i].At)
		}
	}
	return rows, err
})

// erasuresHold checks that what was erased has no key, and that nothing else lost its key.
var erasuresHold = blueprint.Check{Name: "erasures", Run: func(w *blueprint.Work) (int, []string, error) {
	subjects := func(query string) ([]string, error) {
		return blueprint.Collect(w, func(rows *sql.Rows) (string, error) {
			var s string
			err := rows.Scan(&s)
			return s, err
		}, query)
	}
	var faults []string
	erased, err := subjects("SELECT subject FROM offices_erasure")
	if err != nil {
		return 0, nil, err
	}
	stand, err := subjects("SELECT e.subject FROM offices_erasure e JOIN subject_keys k ON k.subject = e.subject ORDER BY e.subject")
	if err != nil {
		return 0, nil, err
	}
	for _, s := range stand {
		faults = append(faults, s+" is recorded as erased, but a key of it stands")
	}
	lost, err := subjects(`SELECT DISTINCT e.subject FROM entries e WHERE e.sealed = 1
		AND NOT EXISTS (SELECT 1 FROM subject_keys k WHERE k.subject = e.subject)
		AND NOT EXISTS (SELECT 1 FROM offices_erasure o WHERE o.subject = e.subject) ORDER BY e.subject`)
	for _, s := range lost {
		faults = append(faults, s+" has no key, and no erasure of it is recorded")
	}
	return len(erased), faults, err
}}
