// Package blueprint is what a domain hands over so that the rest of the program
// can work with it: subjects, kinds of entries, projections, actions, views, and
// the facts that the gate asks for. Nothing registers itself; domains.go lists
// the domains in order.
//
// An action reads through its Work, decides by pure rules, and adds drafts. The
// program then asks the gate and appends, or refuses and says why:
//
//	var register = blueprint.Act(blueprint.Action{
//		Name: "people.register", Group: "registration.write", …
//	}, func(w *blueprint.Work, in RegisterInput) (Registered, error) {
//		id := w.NewID()
//		w.Add(id, &RecordRegistered{Name: in.Name})
//		return Registered{Record: id}, nil
//	})
package blueprint
