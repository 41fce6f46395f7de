// Package place matches cases to reception places: who goes where, with a
// proven upper bound on how good any plan could be.
//
// # Words
//
//   - A case is a household that stays whole. Its size is a vector, one number
//     for each dimension of the problem: people, school places, medical places.
//
//   - A place has a capacity in each dimension. A row caps a set of places in
//     one dimension, for all cases or for some groups or origins: a country's
//     quota, a locality's school places, a period's limit.
//
//   - A gate is a yes or no about one case at one place: language, services,
//     conditions, consent to the country, an earlier refusal, size. No score
//     opens a closed gate.
//
//   - Cases with the same tie are placed together at one place, or not at all.
//     They form one unit.
//
//   - A price is what one more unit of a capacity would be worth. Any
//     non-negative prices give a valid bound (Lagrangian relaxation: Geoffrion
//     1974; Fisher 1981), so a bound can be checked without trusting the search.
//
//   - A proof is more than prices, for problems of some hundred cases: inequalities
//     that every plan keeps (cuts), pairs that no better plan uses, and branches with
//     prices of their own. It shows that a plan is the best there is.
//
// # Objective
//
// Solve maximises, over the cases that are placed,
//
//	Σ weight(case) × (score(case, place) + PlacingBonus)
//
// where weight defaults to the people in the case. A case without a place
// counts 0. With scores in [0, 1] a PlacingBonus of 1 makes placing one more
// person worth more than any gain in score of another; 0 lets the scores
// decide alone. A score says what somebody predicted, never what will happen,
// and a model's own evaluation of its plan flatters it.
//
// # Beyond one plan
//
//   - WhatIf answers what a change would bring, from the prices of a plan.
//   - Shortfall proves how many people no plan can place, and names the limits to blame.
//   - Fair keeps a floor for every group, or raises the lowest share; the floors'
//     prices prove what that costs at least, and VerifyFair checks them.
//   - MeetWishes gives a stated part of the outcome for better ranks, and works out
//     the frontier between the two; VerifyWishes checks the rank that no plan passes.
//   - The package outcome learns scores from past placements, with their calibration.
//   - OpenStream places cases one by one at bid prices for what is still to come.
//   - Greedy and Random are plans to compare with.
//
// # Example
//
//	problem := place.Problem{
//		Dimensions: []string{"people"},
//		Cases:  []place.Case{{ID: "c1", Size: []int{3}, Preferences: []string{"Graz"}}},
//		Places: []place.Place{{ID: "Graz", Country: "AT", Capacity: []int{5}}},
//	}
//	result, err := place.Solve(ctx, problem, place.Options{Seed: 1})
//	err = place.Verify(problem, result)
package place
