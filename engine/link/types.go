package link

import "math"

// Kind says what a column holds.
type Kind string

// The kinds of columns. Names, birth date, age and so on are compared each in
// their own way; Ignore is never looked at.
const (
	FullName   Kind = "full name"
	GivenName  Kind = "given name"
	FamilyName Kind = "family name"
	BirthDate  Kind = "birth date" // 1956, 1956-05, 1956-05-03, 3.5.1956, 19560503
	Age        Kind = "age"        // age in years, or a year of birth
	Sex        Kind = "sex"
	Place      Kind = "place"
	Phone      Kind = "phone"
	Document   Kind = "document number"
	Postcode   Kind = "postcode"
	Occupation Kind = "occupation"
	Household  Kind = "household" // one value for all records of one household
	FreeText   Kind = "free text"
	Ignore     Kind = "ignore"
)

// Kinds lists every kind in the order in which a form would offer them.
func Kinds() []Kind {
	return []Kind{FullName, GivenName, FamilyName, BirthDate, Age, Sex, Place, Phone,
		Document, Postcode, Occupation, Household, FreeText, Ignore}
}

// Column names one column of the rows and says what it holds.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Pair names two records by their ids. The order of A and B means nothing.
type Pair struct {
	A string `json:"a"`
	B string `json:"b"`
}

// Problem is a register in which doubles are sought. Rows[i] belongs to IDs[i]
// and has one cell for each column; an empty cell is unknown.
type Problem struct {
	Columns []Column   `json:"columns"`
	IDs     []string   `json:"ids"`
	Rows    [][]string `json:"rows"`
	// Must and Cannot are decisions of people: the same, and not the same.
	Must   []Pair `json:"must,omitempty"`
	Cannot []Pair `json:"cannot,omitempty"`
	// AgeYear is the year in which ages were stated; 0 lets Solve infer it from
	// rows that have both an age and a birth date.
	AgeYear int `json:"age_year,omitempty"`
}

// Options steer Solve. The zero value is a good default.
type Options struct {
	Seed uint64
	// Work bounds the number of pairs looked at, of which a part is compared, and
	// with it time. 0 means a million and 150 for each record.
	Work int64
	// Workers is the number of goroutines; 0 means one for each core. The result
	// does not depend on it.
	Workers int
	// Progress, if set, is called now and then from one goroutine at a time.
	Progress func(stage string, done, total int64)
	// Threshold is the probability from which records are joined; 0 means
	// DefaultThreshold.
	Threshold float64
	// Model, if set, is used as it is instead of learning one.
	Model *Model
}

// DefaultThreshold is the probability from which Solve joins records;
// ReviewFloor is the one from which a pair is shown to a person.
const (
	DefaultThreshold = 0.5
	ReviewFloor      = 0.05
)

// Level is one way in which two records may agree or differ in a field.
type Level struct {
	Words string  `json:"words"`
	M     float64 `json:"m"`   // probability among pairs of the same person
	U     float64 `json:"u"`   // probability among pairs of strangers
	Kin   float64 `json:"kin"` // probability among kin; U where kin do not share the field
}

// Field is one piece of evidence. Levels[0] always means that the field is
// unknown in at least one of the records; its weight is zero.
type Field struct {
	Name    string  `json:"name"`
	Columns []int   `json:"columns"`
	Kind    Kind    `json:"kind"`
	Shared  bool    `json:"shared"` // kin and neighbours share this field
	Levels  []Level `json:"levels"`
	// Terms holds the share of records that have a value, for values that more
	// than one record has. A value that is not listed has the share Rare.
	Terms map[string]float64 `json:"terms,omitempty"`
	Rare  float64            `json:"rare"`
}

// Model is all that was learned. With it, any two records can be scored.
type Model struct {
	Fields    []Field     `json:"fields"`
	Prior     float64     `json:"prior"`     // probability that two records taken at random are the same person
	KinShare  float64     `json:"kin_share"` // probability that they are kin
	Threshold float64     `json:"threshold"`
	AgeYear   int         `json:"age_year,omitempty"`
	Blocks    BlockBounds `json:"blocks"`
	// Scripts says that names are in several scripts and are compared by sound.
	Scripts bool `json:"scripts,omitempty"`
	// Variants lists pairs of name tokens, separated by a space, that the register
	// itself shows to be forms of one name.
	Variants []string `json:"variants,omitempty"`
}

// BlockBounds say which pairs of records are compared: those that share two
// candidate keys that at most Largest records have, or one that at most Single have.
type BlockBounds struct {
	Largest int `json:"largest"`
	Single  int `json:"single"`
}

// Verdict is what a pair of records is taken for.
type Verdict string

// The verdicts.
const (
	Same      Verdict = "same"
	Review    Verdict = "review"
	Different Verdict = "different"
)

// FieldScore is the evidence of one field in one pair.
type FieldScore struct {
	Level  uint8   `json:"level"`
	Weight float32 `json:"weight"`         // bits, rarity included
	Term   string  `json:"term,omitempty"` // the shared value whose rarity was used
}

// ScoredPair is a pair of records with its evidence. A and B are indices of
// records, A < B. Weight is the sum of all field weights, the kin correction and
// the prior, in bits; Probability is 1/(1+2^-Weight).
type ScoredPair struct {
	A           int          `json:"a"`
	B           int          `json:"b"`
	Fields      []FieldScore `json:"fields"`
	Kin         float32      `json:"kin"` // correction in bits, at most zero
	Weight      float32      `json:"weight"`
	Probability float32      `json:"probability"`
	Verdict     Verdict      `json:"verdict"`
}

// Result says which records are the same person, and why.
type Result struct {
	// Clusters[i] is the index of the smallest record that is the same person as
	// record i.
	Clusters []int `json:"clusters"`
	// Persons[i] is a stable id of the person of record i: at first the id of the
	// first record of its cluster; Update keeps it through later changes.
	Persons []string `json:"persons,omitempty"`
	// Pairs lists the compared pairs from ReviewFloor upwards, ordered by A and B.
	Pairs []ScoredPair `json:"pairs"`
	Model Model        `json:"model"`
	// Precision and Recall are the engine's own estimates over pairs of records;
	// recall is that among the compared pairs.
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	Compared  int64   `json:"compared"`
	// Events says what an Update did to persons.
	Events []Event `json:"events,omitempty"`
	// Complete is false if the context ended first; Stage then says where.
	Complete bool   `json:"complete"`
	Stage    string `json:"stage,omitempty"`
}

func probability(bits float64) float64 {
	return 1 / (1 + math.Exp2(-bits))
}

func logit(p float64) float64 {
	return math.Log2(p / (1 - p))
}
