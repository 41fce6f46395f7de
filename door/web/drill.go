package web

import (
	"net/http"

	"cairn/domain/movement"
)

// showDrill says what a cancelled service would do, and records nothing.
func showDrill(x *exchange) error {
	drill, err := see[movement.Drill](x, "movement.drill", &movement.DrillInput{Service: x.r.PathValue("service")})
	if err != nil {
		return err
	}
	return x.show(http.StatusOK, "drill", drill)
}

type tightPage struct {
	movement.Tight
	MostPrice float64
	MostWorth float64
	Map       *flowMap // nil for those who may not see flows
}

// showTight says where seats are short, and between which countries people travel.
func showTight(x *exchange) error {
	tight, err := see[movement.Tight](x, "movement.bottlenecks", &movement.TightInput{})
	if err != nil {
		return err
	}
	p := tightPage{Tight: tight}
	if len(tight.Seats) > 0 {
		p.MostPrice, p.MostWorth = tight.Seats[0].Price, tight.Lines[0].Worth
	}
	if x.may("movement.flows", "views.overview") {
		flows, err := see[[]movement.Flow](x, "movement.flows", &movement.FlowsInput{Crossing: true, Booked: true})
		if err != nil {
			return err
		}
		drawn := drawFlows(flows, func(code string) string { return countryName(code, x.language.Tag) })
		p.Map = &drawn
	}
	return x.show(http.StatusOK, "tight", p)
}
