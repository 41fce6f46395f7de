// Package route plans how parties travel over trains, buses, ships and flights
// with a limited number of seats, and proves how good the plan is.
//
// # Words
//
//   - A party is people who travel together and are never split: a family, or
//     a patient with an escort.
//   - A stop is a place where a journey starts, ends or changes: a camp, a
//     station, a port, an airfield, a town.
//   - A service is one departure of one vehicle from one stop to the next,
//     with seats of each kind. A train with five halts is five services.
//   - A charter is a service with OpenCost: paid once if anybody takes it.
//   - A journey is the services that one party takes, in order.
//   - The price of a seat is what one more seat on a full service would save.
//     Prices are never negative; they prove the bound.
//   - The bound is a cost below which no plan can be, whoever makes it.
//     Gap = (cost − bound) / cost.
//
// # Rules that every plan keeps
//
// A party starts at its origin, not before Ready, and reaches its destination
// by Due. Between two services at one stop lie at least the stop's minimum
// connection minutes; between two stops joined by a [Transfer], the walk and
// the minimum connection of the second stop. No service carries more than its
// seats of any kind. A party changes at no stop in a country that it avoids,
// nor in one that refuses its visa class transit (its own countries of origin
// and destination excepted; [Problem.Classify] makes the classes from documents).
// From first departure to arrival it takes no more than Longest. A party that
// needs beds spends a night between services only where enough are free.
// Escorts travel as part of the party and go home as one of their own ([Escort]).
//
// # Method
//
// The timetable is one array in order of departure (Dibbelt, Pajor, Strasser
// and Wagner, "Connection Scan Algorithm", 2013). Seats are relaxed into
// prices (Lagrangian relaxation; Held and Karp 1971, Fisher 1981), which makes
// every party's choice a shortest path: one backward scan for each destination
// and kind of party answers all of them. Prices follow deflected subgradients;
// most rounds look only at a pool of journeys that full rounds have found
// (column generation). Where the bound stays far from the plan, prices of whole stretches
// of a line move together. All parties then choose from the pool with seats as soft
// limits that harden, and large neighbourhood search places again whoever pays
// more than its least price, or could have seats that stay empty, together with those who
// hold its seats. A charter's
// seats pay for opening it before they count in the bound. All sums are whole
// numbers, so that a result does not depend on the number of cores and [Verify]
// can demand exact equality.
//
// [Update] answers what happens later, [Explain] says why a party travels as it
// does, [OneMore] what another departure would bring.
//
//	result, err := route.Solve(ctx, problem, route.Options{Seed: 1})
//	if err != nil { … }
//	err = route.Verify(problem, result)
//	fmt.Println(result.Cost, result.Bound, result.Gap())
package route
