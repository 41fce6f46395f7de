package identity_test

import (
	"slices"
	"strings"
	"testing"

	"cairn/app"
	"cairn/app/apptest"
	"cairn/blueprint"
	"cairn/domain/identity"
	"cairn/domain/offices"
	"cairn/domain/people"
	"cairn/gate"
	"cairn/store"
	"cairn/store/storetest"
)

var (
	clerk    = gate.Actor{ID: "clerk", Office: "bud", Roles: []string{"registrar"}}
	reviewer = gate.Actor{ID: "reviewer", Office: "bud", Roles: []string{"reviewer"}}
	second   = gate.Actor{ID: "second", Office: "bud", Roles: []string{"reviewer"}}
	monitor  = gate.Actor{ID: "monitor", Office: "bud", Roles: []string{"monitor"}}
)

type desk struct {
	*testing.T
	*app.Office
}

func open(t *testing.T, config store.Config) desk {
	t.Helper()
	o := apptest.Found(t, app.Config{Store: config,
		Domains: []blueprint.Domain{offices.Domain(), people.Domain(), identity.Domain()}})
	return desk{t, o}
}

func act[Out any](d desk, actor gate.Actor, name string, in any) Out {
	d.Helper()
	out, err := d.Do(d.Context(), actor, name, in, app.Options{})
	if err != nil {
		d.Fatalf("%s: %v", name, err)
	}
	typed, _ := out.Out.(Out)
	return typed
}

func look[Out any](d desk, actor gate.Actor, name string, in any) Out {
	d.Helper()
	out, err := d.See(d.Context(), actor, name, in, app.Options{})
	if err != nil {
		d.Fatalf("%s: %v", name, err)
	}
	return out.(Out)
}

func (d desk) refuses(actor gate.Actor, name string, in any, want blueprint.Fault, words ...string) {
	d.Helper()
	_, err := d.Do(d.Context(), actor, name, in, app.Options{})
	if err == nil || blueprint.FaultOf(err) != want {
		d.Errorf("%s gave %v, want a fault %s", name, err, want)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			d.Errorf("%s: %q does not say %q", name, err, w)
		}
	}
}

func (d desk) sound() {
	d.Helper()
	apptest.Sound(d, d.Office)
}

func (d desk) register(persons ...people.Person) []string {
	d.Helper()
	return act[people.Registered](d, clerk, "people.register", &people.RegisterInput{Site: "Traiskirchen", Members: persons}).Records
}

var given = []string{"János", "Éva", "Pál", "Ilona", "Gábor", "Mária", "Ferenc", "Katalin", "Miklós", "Zsuzsanna"}
var family = []string{"Kovács", "Nagy", "Szabó", "Horváth", "Varga", "Kiss", "Molnár", "Farkas"}

// crowd registers eighty strangers and a second record, under another spelling, of each
// of the last ones.
func (d desk) crowd() (doubles [][2]string) {
	d.Helper()
	for i := range 80 {
		born := []string{"1926", "1931", "1938", "1944"}[i%4] + "-0" + string(rune('1'+i%9)) + "-1" + string(rune('0'+i/9%10))
		name := family[i/10] + ", " + given[i%10]
		first := d.register(people.Person{Name: name, Birth: born, BirthPlace: "Győr"})
		if i%10 == 9 {
			again := strings.ReplaceAll(strings.ReplaceAll(name, "á", "a"), "Zs", "S")
			doubles = append(doubles, [2]string{first[0], d.register(people.Person{Name: again, Birth: born, BirthPlace: "Gyor"})[0]})
		}
	}
	return doubles
}

func TestDoublesAreFoundJudgedAndUndone(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		doubles := d.crowd()
		found := act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{})
		if found.Records != 88 || found.Suspected < len(doubles)-2 || !found.Complete {
			t.Fatalf("%+v", found)
		}
		if again := act[identity.Found](d, clerk, "identity.find_doubles", &identity.FindInput{}); again.Suspected != 0 || again.Known != found.Suspected {
			t.Errorf("a second search suspects pairs again: %+v", again)
		}
		queue := look[identity.Queue](d, reviewer, "identity.queue", &identity.QueueInput{Per: 5})
		if queue.Total != int64(found.Suspected) || len(queue.Rows) != 5 || queue.Rows[0].Probability < queue.Rows[4].Probability {
			t.Fatalf("%+v", queue)
		}
		d.orders()
		top := queue.Rows[0]
		if !slices.Contains(doubles, [2]string{top.A.Record, top.B.Record}) || top.A.Name == "" || len(top.Evidence) == 0 {
			t.Errorf("the likeliest pair is no double: %+v", top)
		}
		side := look[identity.Comparison](d, reviewer, "identity.compare", &identity.CompareInput{Suspicion: top.Suspicion})
		if len(side.Turns) == 0 || side.Turns[0].Weight >= 0 {
			t.Errorf("nothing would turn the verdict: %+v", side.Turns)
		}
		if side.Household || len(side.Sides) < 8 || len(side.Words) == 0 || side.Probability != top.Probability {
			t.Errorf("%+v", side)
		}
		ids := []string{queue.Rows[0].Suspicion, queue.Rows[1].Suspicion}
		judged := act[identity.Judged](d, reviewer, "identity.judge_same", &identity.JudgeInput{Suspicions: ids})
		if again := act[identity.Judged](d, second, "identity.judge_same", &identity.JudgeInput{Suspicions: ids}); again.Already != 2 || len(again.Decisions) != 0 {
			t.Errorf("judged twice: %+v", again)
		}
		act[identity.Judged](d, reviewer, "identity.judge_different", &identity.JudgeInput{Suspicions: []string{queue.Rows[2].Suspicion}})
		person := look[identity.PersonView](d, reviewer, "identity.person", &identity.PersonInput{Record: top.B.Number})
		if person.Person != top.A.Record || len(person.Members) != 2 || len(person.History) != 1 || len(person.History[0].Fields) == 0 {
			t.Errorf("%+v", person)
		}
		act[identity.Undone](d, reviewer, "identity.undo", &identity.UndoInput{Decisions: []string{judged.Decisions[0].Decision}, Reason: "mistaken"})
		d.refuses(reviewer, "identity.undo", &identity.UndoInput{Decisions: []string{judged.Decisions[0].Decision}, Reason: "again"}, blueprint.NotFound)
		person = look[identity.PersonView](d, reviewer, "identity.person", &identity.PersonInput{Record: top.B.Record})
		if len(person.Members) != 1 || len(person.History) != 2 || person.History[0].Stands {
			t.Errorf("after the undoing: %+v", person)
		}
		counts := look[identity.Counts](d, monitor, "identity.counts", &identity.CountsInput{})
		if counts.Undecided != int64(found.Suspected-2) || counts.Same != 1 || counts.Different != 1 || counts.Runs != 2 {
			t.Errorf("%+v", counts)
		}
		q := look[identity.Quality](d, monitor, "identity.quality", &identity.QualityInput{})
		if q.Suspected < 3 || q.Reviewed != 2 || q.Confirmed+q.Refuted+q.Missed > 2 || len(q.Words) != 2 || !(q.Precision.Low <= q.Precision.Value && q.Precision.Value <= q.Precision.High) {
			t.Errorf("%+v", q)
		}
		if none := look[identity.Quality](d, monitor, "identity.quality", &identity.QualityInput{Run: "no such run"}); none.Suspected != 0 || len(none.Words) != 1 {
			t.Errorf("%+v", none)
		}
		d.sound()
	})
}

// orders asks for the queue in each order.
func (d desk) orders() {
	d.Helper()
	for _, order := range []string{identity.OrderLikelihood, identity.OrderDoubt, identity.OrderSample} {
		if other := look[identity.Queue](d, reviewer, "identity.queue", &identity.QueueInput{Order: order}); other.Total == 0 || len(other.Rows) == 0 || other.Rows[0].A.Record == "" {
			d.Errorf("by %s: %+v", order, other)
		}
	}
	if _, err := d.See(d.Context(), reviewer, "identity.queue", &identity.QueueInput{Order: "luck"}, app.Options{}); blueprint.FaultOf(err) != blueprint.Invalid {
		d.Errorf("an unknown order gave %v", err)
	}
}

func TestHouseholdsAndContradictions(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		home := d.register(people.Person{Name: "Kovács, János", Birth: "1926"}, people.Person{Name: "Kovács, János", Birth: "1950", Relation: "son"})
		other := d.register(people.Person{Name: "Kowatsch, Johann", Birth: "1926"})
		pairs := func(a, b string) []identity.PairInput { return []identity.PairInput{{A: a, B: b}} }
		d.refuses(reviewer, "identity.judge_same", &identity.JudgeInput{Pairs: pairs(home[0], home[1])}, blueprint.Conflict, "household")
		d.refuses(reviewer, "identity.judge_same", &identity.JudgeInput{Pairs: pairs(home[0], home[0])}, blueprint.Invalid)
		d.refuses(reviewer, "identity.judge_same", &identity.JudgeInput{Pairs: pairs(home[0], "nobody")}, blueprint.NotFound)
		d.refuses(reviewer, "identity.judge_same", &identity.JudgeInput{Suspicions: []string{"none"}}, blueprint.NotFound)
		d.refuses(clerk, "identity.judge_same", &identity.JudgeInput{Pairs: pairs(home[0], other[0])}, blueprint.Denied)
		act[identity.Judged](d, reviewer, "identity.judge_different", &identity.JudgeInput{Pairs: pairs(home[0], home[1]), Reason: "father and son"})
		same := act[identity.Judged](d, reviewer, "identity.judge_same", &identity.JudgeInput{Pairs: pairs(other[0], home[0])})
		d.refuses(reviewer, "identity.judge_same", &identity.JudgeInput{Pairs: pairs(other[0], home[1]), Reason: "r"}, blueprint.Conflict, home[0], home[1])
		d.refuses(reviewer, "identity.judge_different", &identity.JudgeInput{Pairs: pairs(home[0], other[0])}, blueprint.Conflict, same.Decisions[0].Decision)

		contest := act[identity.Contested](d, clerk, "identity.contest", &identity.ContestInput{Decision: same.Decisions[0].Decision, Statement: "my cousin"})
		d.refuses(clerk, "identity.contest", &identity.ContestInput{Decision: same.Decisions[0].Decision, Statement: "again"}, blueprint.Conflict)
		if rows := look[[]identity.ContestRow](d, reviewer, "identity.contests", &identity.ContestsInput{}); len(rows) != 1 || rows[0].Statement != "my cousin" {
			t.Errorf("%+v", rows)
		}
		answer := &identity.AnswerInput{Contest: contest.Contest, Answer: identity.AnswerUndone, Reason: "two photographs"}
		d.refuses(reviewer, "identity.answer_contest", answer, blueprint.Conflict, "somebody else")
		if undone := act[identity.Undone](d, second, "identity.answer_contest", answer); undone.Undone != 1 {
			t.Errorf("%+v", undone)
		}
		d.refuses(second, "identity.answer_contest", answer, blueprint.NotFound)
		if list := look[identity.Decisions](d, reviewer, "identity.decisions", &identity.DecisionsInput{}); list.Total != 1 || list.Rows[0].Verdict != identity.VerdictDifferent {
			t.Errorf("%+v", list)
		}
		d.sound()
	})
}

func TestSensitiveRecordsStayClosed(t *testing.T) {
	storetest.Run(t, func(t *testing.T, config store.Config) {
		d := open(t, config)
		officer := gate.Actor{ID: "officer", Office: "bud", Roles: []string{"protection_officer"}}
		closed := act[people.Registered](d, officer, "people.register", &people.RegisterInput{Name: "Nagy, Éva", Birth: "1930", Sensitive: true}).Records[0]
		plain := d.register(people.Person{Name: "Nagy, Eva", Birth: "1930"})[0]
		in := &identity.JudgeInput{Pairs: []identity.PairInput{{A: plain, B: closed}}, Reason: "she is hiding"}
		d.refuses(reviewer, "identity.judge_same", in, blueprint.Denied)
		act[identity.Judged](d, officer, "identity.judge_same", in)
		if _, err := d.See(t.Context(), reviewer, "identity.person", &identity.PersonInput{Record: plain}, app.Options{}); blueprint.FaultOf(err) != blueprint.Denied {
			t.Errorf("the person of a sensitive record was shown: %v", err)
		}
		list := look[identity.Decisions](d, reviewer, "identity.decisions", &identity.DecisionsInput{})
		if len(list.Rows) != 1 || list.Rows[0].B.Name+list.Rows[0].A.Name != "Nagy, Eva" || list.Rows[0].Reason != "" {
			t.Errorf("the list says too much: %+v", list.Rows)
		}
		person := look[identity.PersonView](d, officer, "identity.person", &identity.PersonInput{Record: plain})
		if person.Person != closed || person.Members[0].Name != "Nagy, Éva" {
			t.Errorf("%+v", person)
		}
	})
}
