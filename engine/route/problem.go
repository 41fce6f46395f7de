package route

// StopID, ServiceID, PartyID, VisaClassID name things; they are opaque.
type (
	StopID      string
	ServiceID   string
	PartyID     string
	VisaClassID string
)

// Country is a country code, compared as text (ISO 3166-1 alpha-2 by habit).
type Country string

// Kind is a kind of seat: "seat", "wheelchair", "stretcher".
type Kind string

// Minute counts UTC minutes since an epoch that the caller chooses, by habit
// 1970-01-01. Callers convert time zones.
type Minute int64

// Problem is everything a plan depends on.
type Problem struct {
	// Kinds of seats; every Seats slice has one number for each, in this order.
	Kinds       []Kind      `json:"kinds"`
	Stops       []Stop      `json:"stops"`
	Services    []Service   `json:"services"`
	Parties     []Party     `json:"parties"`
	Transfers   []Transfer  `json:"transfers,omitempty"`
	VisaClasses []VisaClass `json:"visa_classes,omitempty"`
	Weights     Weights     `json:"weights"`
}

// Stop is a place where journeys start, end or change.
type Stop struct {
	ID      StopID  `json:"id"`
	Country Country `json:"country,omitempty"`
	// MinConnection is the least number of minutes between arriving here and
	// leaving again. It does not apply at the start of a journey.
	MinConnection Minute `json:"min_connection,omitempty"`
	// Beds for people who spend a night between two services, each night.
	Beds int `json:"beds,omitempty"`
	// NightAt is the minute of the day, in UTC, at which a bed is needed.
	NightAt Minute `json:"night_at,omitempty"`
}

// Service is one departure with its seats.
type Service struct {
	ID     ServiceID `json:"id"`
	From   StopID    `json:"from"`
	To     StopID    `json:"to"`
	Depart Minute    `json:"depart"`
	Arrive Minute    `json:"arrive"`
	// Seats of each kind, in the order of Problem.Kinds.
	Seats []int `json:"seats"`
	// CostPerSeat is paid for every seat taken, of whatever kind.
	CostPerSeat Money `json:"cost_per_seat"`
	// GroupFares are what larger parties pay for a seat instead, by size.
	GroupFares []GroupFare `json:"group_fares,omitempty"`
	// OpenCost is paid once when anybody travels: a charter that need not run.
	OpenCost Money `json:"open_cost,omitempty"`
	// Block is how many seats are bought together; those of the last block that
	// stay empty cost CostPerSeat too. 0: seat by seat.
	Block int    `json:"block,omitempty"`
	Mode  string `json:"mode,omitempty"`
}

// GroupFare is what a party that takes at least so many seats pays for each.
type GroupFare struct {
	Seats       int   `json:"seats"`
	CostPerSeat Money `json:"cost_per_seat"`
}

// Party is people who travel together.
type Party struct {
	ID          PartyID `json:"id"`
	Origin      StopID  `json:"origin"`
	Destination StopID  `json:"destination"`
	// Ready is the earliest departure, Due the latest arrival.
	Ready Minute `json:"ready"`
	Due   Minute `json:"due"`
	// People counts heads, infants without a seat included.
	People int `json:"people"`
	// Seats needed of each kind on every service, in the order of Problem.Kinds.
	Seats []int `json:"seats"`
	// Avoid lists countries where the party must not change.
	Avoid []Country `json:"avoid,omitempty"`
	// VisaClass is one of Problem.VisaClasses, or empty: no transit refused.
	VisaClass VisaClassID `json:"visa_class,omitempty"`
	// Weight multiplies the party's hours of waiting and travelling; 0 means 1.
	Weight int `json:"weight,omitempty"`
	// Longest is the most minutes from first departure to arrival; 0: no limit.
	Longest Minute `json:"longest,omitempty"`
	// Beds is how many beds the party needs for a night between two services; it
	// then stops only where they are free. 0: it can sit up anywhere.
	Beds int `json:"beds,omitempty"`
}

// Transfer is a walk between two stops of one city, in one direction. It joins
// two services; a journey neither starts nor ends with one.
type Transfer struct {
	From    StopID `json:"from"`
	To      StopID `json:"to"`
	Minutes Minute `json:"minutes"`
}

// VisaClass groups parties whose nationality and documents open the same
// transit countries.
type VisaClass struct {
	ID VisaClassID `json:"id"`
	// RefusedTransit lists the countries where this class may not change.
	RefusedTransit []Country `json:"refused_transit"`
}

// Weights say what an hour of a person's life costs in this plan, in the open.
// Wait, Connect and Ride are money for one person and one hour, in whole cents:
// before the first departure, between two services, and aboard. Unserved is
// money for one person who is not brought home; it must exceed any journey that
// is worth making.
type Weights struct {
	Wait     Money `json:"wait"`
	Connect  Money `json:"connect"`
	Ride     Money `json:"ride"`
	Unserved Money `json:"unserved"`
}

// DefaultWeights are 0.50 an hour in a reception centre (12 a day), 3.00 on a
// platform, 1.50 aboard, and 10,000 for a person not brought home.
func DefaultWeights() Weights {
	return Weights{Wait: 50 * Cent, Connect: 300 * Cent, Ride: 150 * Cent, Unserved: 10_000 * Unit}
}
