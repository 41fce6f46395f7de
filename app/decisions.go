package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cairn/fold"
	"cairn/gate"
)

// policy is implemented by the fact that puts a gate's text in force.
type policy interface{ PolicyText() gate.Text }

// adopt loads the policies that an entry put in force, so that decisions of their
// day are taken again under them. Offices are read first: their ids are the oldest.
func (v *verification) adopt(f fold.Fact) {
	adopted, ok := f.Value.(policy)
	if !ok {
		return
	}
	text := adopted.PolicyText()
	if _, known := v.gates[text.Digest().Short()]; known {
		return
	}
	g, err := gate.LoadText(text)
	if err != nil {
		v.report.fault("entry %d of %s: the policies that it put in force cannot be loaded: %v", f.Position, f.Office, err)
		return
	}
	v.gates[text.Digest().Short()] = g
}

// decision takes an entry's gate decision again from what the entry recorded.
func (v *verification) decision(f fold.Fact) error {
	if len(f.Gate) == 0 {
		return errors.New("it has no gate decision")
	}
	var record struct {
		Access json.RawMessage `json:"access"`
		Trips  []TripRecord    `json:"trips"`
	}
	if err := json.Unmarshal(f.Gate, &record); err != nil {
		return fmt.Errorf("its gate decision cannot be read: %w", err)
	}
	access := v.accessOf(record.Access)
	v.report.Decisions += int64(1 + len(record.Trips))
	if access.err != nil {
		return access.err
	}
	if access.actor != f.Actor {
		return errors.New("its gate decision is of another request")
	}
	if !slices.Contains(v.office.actions[access.action].Appends, f.Kind) && !v.office.refusalKind(f.Kind) {
		return fmt.Errorf("action %q does not append this kind", access.action)
	}
	stage := v.office.kinds[f.Kind].Stage
	if stage != "" && len(record.Trips) == 0 {
		return errors.New("it brings somebody closer to a departure without any safeguard decision")
	}
	for _, t := range record.Trips {
		if err := access.rules.CheckTravel(t.Trip, t.Decision); err != nil {
			return err
		}
		if !t.Decision.Allow || t.Trip.Stage != stage {
			return fmt.Errorf("it was appended although the safeguards of stage %s do not allow it", stage)
		}
	}
	return nil
}

// access is what came of taking one access decision again.
type access struct {
	action, actor string
	rules         *gate.Gate
	err           error
}

// keptDecisions bounds how many access decisions are remembered.
const keptDecisions = 1 << 14

// accessOf takes an access decision again. The entries of one bulk action carry the
// same text of it, so answers are kept.
func (v *verification) accessOf(text json.RawMessage) access {
	if found, known := v.decided[string(text)]; known {
		return found
	}
	if len(v.decided) > keptDecisions {
		clear(v.decided)
	}
	out := v.takeAgain(text)
	v.decided[string(text)] = out
	return out
}

func (v *verification) takeAgain(text json.RawMessage) access {
	var record AccessRecord
	if err := json.Unmarshal(text, &record); err != nil {
		return access{err: fmt.Errorf("its access decision cannot be read: %w", err)}
	}
	out := access{action: record.Action, actor: record.Request.Actor.ID}
	action, known := v.office.actions[record.Action]
	rules, adopted := v.gates[record.Decision.Policy]
	out.rules = rules
	switch {
	case !known || record.Request.Action != action.Name || record.Request.Group != action.Group:
		out.err = errors.New("its gate decision is of another request")
	case !adopted:
		out.err = fmt.Errorf("it was decided under rules %s, whose text is not in the log", record.Decision.Policy)
	case !record.Decision.Allow:
		out.err = errors.New("it was appended although access was denied")
	default:
		out.err = rules.CheckAct(record.Request, record.Decision)
	}
	return out
}

// refusalKind says whether the program itself appends this kind, to record that a
// safeguard refused.
func (o *Office) refusalKind(kind string) bool {
	return o.refusals[kind]
}
