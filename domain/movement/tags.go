package movement

import (
	"database/sql"
	"fmt"

	"cairn/blueprint"
)

// TagsInput says for whose luggage tags are printed.
type TagsInput struct {
	Service string `json:"service" required:"true" help:"The service on which the luggage begins its way, or any later one."`
	Pieces  int    `json:"pieces" help:"Pieces for each person; 1 unless told, 9 at most. Infants have none."`
	Case    string `json:"case" help:"Only this case."`
}

// TagLeg is a stretch of the luggage's way.
type TagLeg struct {
	Number string `json:"number,omitempty"`
	Mode   string `json:"mode"`
	To     string `json:"to"`
	Depart string `json:"depart"` // local, where the zone is known
}

// Tag is one piece's. Code is the person's number, which ends with two check
// characters, and the piece: BUD-34F7K-QX/1.
type Tag struct {
	Code    string   `json:"code"`
	Number  string   `json:"number"`
	Name    string   `json:"name"`
	Piece   int      `json:"piece"`
	Pieces  int      `json:"pieces"`
	Legs    []TagLeg `json:"legs"` // from this service on
	To      string   `json:"to"`   // the last stop
	Country string   `json:"country"`
	Seat    string   `json:"seat"`
	Case    string   `json:"case"`
}

// Tags are the luggage tags of a service, in boarding order.
type Tags struct {
	ServiceRow
	Tags []Tag `json:"tags"`
}

const mostPieces = 9

var viewTags = blueprint.See(blueprint.View{
	Name: "movement.tags", Group: "movement.read", Title: "Luggage tags",
	Help: "Gives a luggage tag for each person and piece of a service, with the way to the last stop. The code on it is the person's " +
		"number, so a mistyped one is noticed, and the piece.", Example: "cairn movement tags --service ID --pieces 2",
}, func(w *blueprint.Work, in TagsInput) (Tags, error) {
	if in.Pieces < 0 || in.Pieces > mostPieces {
		return Tags{}, blueprint.RefuseField("pieces", "give 1 to %d pieces for each person", mostPieces)
	}
	pieces := max(in.Pieces, 1)
	manifest, err := readManifest(w, in.Service)
	if err != nil {
		return Tags{}, err
	}
	ways, err := waysOf(w, in.Service, manifest.Passengers)
	if err != nil {
		return Tags{}, err
	}
	out := Tags{ServiceRow: manifest.ServiceRow, Tags: []Tag{}}
	for _, p := range manifest.Passengers {
		way := ways[p.Journey]
		if p.Status == NoShow || p.Status == Cancelled || in.Case != "" && p.Case != in.Case || len(way) == 0 ||
			needOfAge(p.Birth, manifest.Depart) == NeedInfant {
			continue
		}
		for piece := 1; piece <= pieces; piece++ {
			out.Tags = append(out.Tags, Tag{Code: fmt.Sprintf("%s/%d", p.Number, piece), Number: p.Number, Name: p.Name, Piece: piece, Pieces: pieces,
				Legs: way, To: way[len(way)-1].To, Country: p.Country, Seat: p.Seat, Case: p.Case})
		}
	}
	return out, nil
})

// waysOf reads the legs of the passengers' journeys from a service on.
func waysOf(w *blueprint.Work, service string, passengers []Passenger) (map[string][]TagLeg, error) {
	var ids []string
	for _, p := range passengers {
		ids = append(ids, p.Journey)
	}
	out := map[string][]TagLeg{}
	begun := map[string]bool{}
	err := w.Reader.In(w.Ctx, `SELECT l.journey, l.service, s.number, s.mode, l.to_stop, l.depart, s.from_zone FROM movement_leg l
		JOIN movement_service s ON s.service = l.service WHERE l.journey IN (%s) ORDER BY l.journey, l.leg`, distinct(ids), func(rows *sql.Rows) error {
		var journey, id, zone string
		var l TagLeg
		err := rows.Scan(&journey, &id, &l.Number, &l.Mode, &l.To, &l.Depart, &zone)
		if begun[journey] = begun[journey] || id == service; begun[journey] {
			l.Depart = orElse(local(l.Depart, zone), l.Depart)
			out[journey] = append(out[journey], l)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the ways of the luggage: %w", err)
	}
	return out, nil
}
