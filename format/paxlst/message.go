package paxlst

import "time"

// List says who is on a message: the code of its BGM segment.
type List string

// The lists.
const (
	Passengers List = "745"
	Crew       List = "250"
)

// Message is one departure with its people.
type Message struct {
	Sender, Recipient Station
	// Prepared is when the message was made, to the minute.
	Prepared time.Time
	// Control is the interchange's number, up to 14 characters, unique for the sender.
	Control string
	// Reference names the report, so that a correction can name it too.
	Reference string
	List      List
	Reporter  Contact
	Transport Transport
	// Calls are in order: departure, stops, arrival.
	Calls  []Call
	People []Person
	// Total is the number of people on all parts; Write fills it in.
	Total int
	// Part counts from 1 when a list was cut; 0 for a whole one. Last says that
	// no part follows.
	Part int
	Last bool
}

// Station is a sender or recipient; Qualifier "" is "ZZ", agreed between the two.
type Station struct{ ID, Qualifier string }

// Contact is whom an authority can ask about the message.
type Contact struct{ Name, Given, Phone, Fax, Email string }

// Transport is the vehicle: Number with its carrier's prefix; Mode is 1 sea, 2
// rail, 3 road, 4 air, or empty.
type Transport struct{ Number, Carrier, Mode string }

// CallKind is the code of a place in the vehicle's course.
type CallKind string

// The kinds of call.
const (
	Departs CallKind = "125" // the last place before the border
	Arrives CallKind = "87"  // the first place behind it
	Stops   CallKind = "92"  // any other place
)

// Call is a place of the course. At is the local time there; its zone is not sent.
type Call struct {
	Kind CallKind
	// Place is a IATA or UN/LOCODE code.
	Place string
	At    time.Time
}

// Role is what somebody is aboard.
type Role string

// The roles.
const (
	Passenger        Role = "FL"
	CrewMember       Role = "FM"
	PassengerTransit Role = "DDU"
	CrewTransit      Role = "DDT"
)

// Person is one passenger or member of the crew. Empty fields are left out.
type Person struct {
	Role                   Role
	Surname, Given, Middle string
	Street, City, Region   string
	Postcode, Country      string // country of the address, alpha-3
	Sex                    string // F, M, X
	Birth                  string // YYMMDD or CCYYMMDD
	Birthplace             string
	Bags, BagKilos         int
	BagTags                []string
	Verified               bool // the document was seen by somebody
	Needs                  []Need
	Embarks, Disembarks    string // places
	Clears                 string // where the border is crossed
	Residence              string // alpha-3
	Phone, Email           string
	CrewKind               string // CR1 cockpit, CR2 cabin, CR3 operations, CR4 technical, CR5 other
	Nationality            string // as in the document's zone: XXA stateless, XXB refugee …
	Booking, Reference     string
	Seat                   string
	Documents              []Document
}

// Need is a special need: a code such as WCHC, STCR, OXYG, UMNR and words.
type Need struct{ Code, Text string }

// Document is a travel document or a visa. Kind is the first letter of its zone
// (P passport, I and A and C cards, V visa).
type Document struct{ Kind, Number, Issuer, Expiry, Issued string }
