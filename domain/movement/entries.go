package movement

// Kinds of seats.
const (
	Seat       = "seat"
	Wheelchair = "wheelchair"
	Stretcher  = "stretcher"
)

// SeatKinds lists the kinds of seats in the order in which plans use them.
func SeatKinds() []string { return []string{Seat, Wheelchair, Stretcher} }

// ServiceScheduled is one departure of one vehicle from one stop to the next.
type ServiceScheduled struct {
	Number      string           `json:"number,omitempty"` // of the carrier
	Mode        string           `json:"mode"`             // one of Modes, or as written
	Carrier     string           `json:"carrier,omitempty"`
	From        string           `json:"from"` // names of stops
	To          string           `json:"to"`
	FromCountry string           `json:"from_country"` // alpha-3
	ToCountry   string           `json:"to_country"`
	Depart      string           `json:"depart"` // RFC 3339, UTC
	Arrive      string           `json:"arrive"`
	FromZone    string           `json:"from_zone,omitempty"` // IANA name or ±hh:mm, for papers in local time
	ToZone      string           `json:"to_zone,omitempty"`
	Seats       map[string]int64 `json:"seats"` // by kind
	Cost        int64            `json:"cost"`  // for each seat, in hundredths of the office's unit of money
	// OpenCost is paid once where anybody travels: a charter that need not run. Block is how
	// many seats are bought together; 0 is one by one.
	OpenCost int64 `json:"open_cost,omitempty"`
	Block    int64 `json:"block,omitempty"`

	Import string `json:"import,omitempty"` // digest of the file it came with
	Row    int    `json:"row,omitempty"`    // its row there, from 1
}

// Kind implements blueprint.Fact.
func (*ServiceScheduled) Kind() string { return "movement.service_scheduled" }

// ServiceCancelled ends a service: nobody is booked or boards any more.
type ServiceCancelled struct {
	Reason string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*ServiceCancelled) Kind() string { return "movement.service_cancelled" }

// PlanProposed is one answer of the engine route. Cost and bound are those of the
// attached result, in sixtieths of a hundredth (route.Money); Gap is (cost − bound) / cost.
type PlanProposed struct {
	Problem  string  `json:"problem"` // digests of the attachments
	Result   string  `json:"result"`
	Cost     int64   `json:"cost"`
	Bound    int64   `json:"bound"`
	Gap      float64 `json:"gap"`
	Served   int     `json:"served"` // parties
	Unserved int     `json:"unserved"`
	People   int     `json:"people"`             // served
	LeftOut  int     `json:"left_out,omitempty"` // parties for whom no stop is known
	Complete bool    `json:"complete"`
	Seed     uint64  `json:"seed"`
}

// Kind implements blueprint.Fact.
func (*PlanProposed) Kind() string { return "movement.plan_proposed" }

// Leg is one service of a journey.
type Leg struct {
	Service     string `json:"service"`
	From        string `json:"from"`
	To          string `json:"to"`
	Depart      string `json:"depart"` // RFC 3339, UTC
	Arrive      string `json:"arrive"`
	FromCountry string `json:"from_country"`
	ToCountry   string `json:"to_country"`
}

// Traveller is one person on a journey and the kind of seat that they need.
type Traveller struct {
	Record string `json:"record"`
	Seat   string `json:"seat"`
}

// JourneyBooked begins a journey of a case, or of those of its members who travel
// together.
type JourneyBooked struct {
	Case        string      `json:"case"`
	Travellers  []Traveller `json:"travellers"`
	Legs        []Leg       `json:"legs"`        // at least one, in order
	Destination string      `json:"destination"` // alpha-3
	Origin      string      `json:"origin,omitempty"`
	Pathway     string      `json:"pathway"`
	Plan        string      `json:"plan,omitempty"`
	// Escorts are ordinary seats, on every leg, for staff who travel with somebody.
	Escorts int `json:"escorts,omitempty"`
	// Continues is the journey that these travellers could not go on with.
	Continues string `json:"continues,omitempty"`
}

// Kind implements blueprint.Fact.
func (*JourneyBooked) Kind() string { return "movement.journey_booked" }

// Travelling names the records for whom the safeguards must have decided.
func (j *JourneyBooked) Travelling() []string {
	records := make([]string, len(j.Travellers))
	for i, t := range j.Travellers {
		records[i] = t.Record
	}
	return records
}

// Boarded says who is aboard. Leg counts from 0.
type Boarded struct {
	Service string   `json:"service"`
	Leg     int      `json:"leg"`
	Records []string `json:"records"`
}

// Kind implements blueprint.Fact.
func (*Boarded) Kind() string { return "movement.boarded" }

// Travelling names the records for whom the safeguards must have decided.
func (b *Boarded) Travelling() []string { return b.Records }

// NotShown says who did not come, or was taken off before departure. Of a connection
// they may still be on the way on the leg before: then nobody saw them arrive there.
type NotShown struct {
	Service string   `json:"service"`
	Leg     int      `json:"leg"`
	Records []string `json:"records"`
	Reason  string   `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*NotShown) Kind() string { return "movement.not_shown" }

// Departed says who left. Boarded: by the manifest they boarded and left, both said
// at once, and whoever was on the way on the leg before has arrived there; else only
// who had boarded before leaves.
type Departed struct {
	Service string   `json:"service"`
	Leg     int      `json:"leg"`
	Records []string `json:"records"`
	Boarded bool     `json:"boarded,omitempty"`
}

// Kind implements blueprint.Fact.
func (*Departed) Kind() string { return "movement.departed" }

// Travelling names the records for whom the safeguards must have decided.
func (d *Departed) Travelling() []string { return d.Records }

// Arrived says who was seen at the end of a leg.
type Arrived struct {
	Service string   `json:"service"`
	Leg     int      `json:"leg"`
	Stop    string   `json:"stop"`
	Records []string `json:"records"`
}

// Kind implements blueprint.Fact.
func (*Arrived) Kind() string { return "movement.arrived" }

// Missed says who came too late for a service, through no fault of theirs.
type Missed struct {
	Service string   `json:"service"`
	Leg     int      `json:"leg"`
	Records []string `json:"records"`
	Reason  string   `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*Missed) Kind() string { return "movement.missed" }

// JourneyDisrupted says that a service of the journey does not run.
type JourneyDisrupted struct {
	Service string `json:"service"`
	Leg     int    `json:"leg"`
	Reason  string `json:"reason"`
}

// Kind implements blueprint.Fact.
func (*JourneyDisrupted) Kind() string { return "movement.journey_disrupted" }

// FollowedUp says what became known of travellers who were not accounted for.
type FollowedUp struct {
	Records []string `json:"records"`
	Reason  string   `json:"reason"`
	Next    string   `json:"next"` // what is done next
	// Owner is the member of staff who sees to it; "" who recorded it.
	Owner string `json:"owner,omitempty"`
	// Open says that they are still not accounted for: the alarm goes on, with an owner.
	Open bool `json:"open,omitempty"`
}

// Kind implements blueprint.Fact.
func (*FollowedUp) Kind() string { return "movement.followed_up" }

// JourneyCancelled ends the journey for the listed travellers.
type JourneyCancelled struct {
	Records []string `json:"records"`
	Reason  string   `json:"reason"`
	// Next is the journey on which they travel instead.
	Next string `json:"next,omitempty"`
}

// Kind implements blueprint.Fact.
func (*JourneyCancelled) Kind() string { return "movement.journey_cancelled" }
