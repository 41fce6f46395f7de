package identity

const (
	subjectRecord    = "record"
	subjectSuspicion = "suspicion"
	subjectRun       = "linkrun"
)

// FieldEvidence says how two records agree in one field. It holds no value of the
// field, only the words of the level.
type FieldEvidence struct {
	Field  string  `json:"field"`
	Level  string  `json:"level"`
	Weight float64 `json:"weight"` // bits: log2 of how much likelier it is for one person
}

// JudgedSame says that this record and the other are the same person. It stands
// on both records under one decision.
type JudgedSame struct {
	Other    string          `json:"other"`
	Decision string          `json:"decision"`
	Weight   float64         `json:"weight"` // bits, as the engine had it; 0 when it had none
	Fields   []FieldEvidence `json:"fields,omitempty"`
	Reason   string          `json:"reason,omitempty"`
}

// Kind implements blueprint.Fact.
func (*JudgedSame) Kind() string { return "identity.judged_same" }

// JudgedDifferent says that this record and the other are two people.
type JudgedDifferent struct {
	Other    string  `json:"other"`
	Decision string  `json:"decision"`
	Weight   float64 `json:"weight"`
	Reason   string  `json:"reason,omitempty"`
}

// Kind implements blueprint.Fact.
func (*JudgedDifferent) Kind() string { return "identity.judged_different" }

// JudgementUndone takes a decision back, as if it had not been taken.
type JudgementUndone struct {
	Other    string `json:"other"`
	Decision string `json:"decision"`
	Reason   string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*JudgementUndone) Kind() string { return "identity.judgement_undone" }

// MatchContested says that the person holds a decision about them to be wrong.
type MatchContested struct {
	Contest   string `json:"contest"`
	Other     string `json:"other"`
	Decision  string `json:"decision"`
	Statement string `json:"statement"`
}

// Kind implements blueprint.Fact.
func (*MatchContested) Kind() string { return "identity.match_contested" }

// Answers to a contest.
const (
	AnswerStands = "stands" // the decision was right
	AnswerUndone = "undone" // it was wrong and was taken back with the answer
)

// ContestAnswered answers a contest.
type ContestAnswered struct {
	Contest string `json:"contest"`
	Other   string `json:"other"`
	Answer  string `json:"answer"`
	Reason  string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*ContestAnswered) Kind() string { return "identity.contest_answered" }

// DoublesSuspected says that the engine takes two records, perhaps, for one person.
type DoublesSuspected struct {
	Run         string          `json:"run"`
	A           string          `json:"a"` // the smaller id
	B           string          `json:"b"`
	Verdict     string          `json:"verdict"` // same or review
	Weight      float64         `json:"weight"`  // bits
	Probability float64         `json:"probability"`
	Fields      []FieldEvidence `json:"fields,omitempty"`
}

// Kind implements blueprint.Fact.
func (*DoublesSuspected) Kind() string { return "identity.doubles_suspected" }

// LinkRun is one search for doubles. Problem and Result name attachments that hold
// ids and numbers only (RunProblem, RunResult).
type LinkRun struct {
	Problem   string  `json:"problem"`
	Result    string  `json:"result"`
	Records   int     `json:"records"`
	Pairs     int     `json:"pairs"`     // with at least the engine's floor
	Compared  int64   `json:"compared"`  // pairs that were looked at
	Suspected int     `json:"suspected"` // new suspicions of this run
	Threshold float64 `json:"threshold"`
	Precision float64 `json:"precision"` // the engine's own estimates
	Recall    float64 `json:"recall"`
	Complete  bool    `json:"complete"`
}

// Kind implements blueprint.Fact.
func (*LinkRun) Kind() string { return "identity.link_run" }
