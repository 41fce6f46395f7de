package demo

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"cairn/blueprint/lists"
	"cairn/domain/identity"
	"cairn/domain/people"
	hungary1956 "cairn/examples/hungary-1956"
)

// register takes over the camps' lists as they stand, good rows only, as a hurried
// clerk would.
func (s *simulation) register(files []hungary1956.FileInfo) error {
	for _, f := range files {
		if f.Kind != hungary1956.KindRegistrations {
			continue
		}
		out, err := s.do("registrar", "people.import", &people.ImportInput{
			Input:       lists.Input{Path: filepath.Join(s.files, f.Name), GoodRowsOnly: true},
			Nationality: "HUN", Site: siteOf(f.Name),
		})
		if err != nil {
			return fmt.Errorf("take over %s: %w", f.Name, err)
		}
		imported, ok := out.Out.(people.Imported)
		if !ok {
			return fmt.Errorf("an import gave %T", out.Out)
		}
		s.report.registered += imported.People
		s.report.leftOut += imported.LeftOut
	}
	return nil
}

// siteOf names the camp of a list by its file, for lists that do not say it.
func siteOf(file string) string {
	sites := map[string]string{"bela_crkva": "Bela Crkva"}
	name := file[:len(file)-len(filepath.Ext(file))]
	if site, found := sites[name]; found {
		return site
	}
	return string(name[0]-'a'+'A') + name[1:]
}

// reviewAtOnce is how many pairs a simulated reviewer decides in one go.
const reviewAtOnce = 500

// resolve finds doubles; the simulated reviewer joins what the evidence makes all but
// certain, since a wrong merge harms more than a missed one, and never sees the truth.
func (s *simulation) resolve() error {
	if _, err := s.do("reviewer", "identity.find_doubles", &identity.FindInput{}); err != nil {
		return err
	}
	rows, err := s.texts("SELECT suspicion FROM identity_suspicion WHERE verdict = 'same' AND probability >= 950000 ORDER BY weight DESC, suspicion")
	if err != nil {
		return err
	}
	return s.judge("identity.judge_same", rows, "simulated: the evidence speaks for one person")
}

func (s *simulation) judge(action string, rows [][]string, reason string) error {
	done := 0
	for chunk := range slices.Chunk(rows, reviewAtOnce) {
		in := &identity.JudgeInput{Reason: reason}
		for _, r := range chunk {
			in.Suspicions = append(in.Suspicions, r[0])
		}
		if _, err := s.do("reviewer", action, in); err != nil {
			return err
		}
		done += len(chunk)
		s.show("review", int64(done), int64(len(rows)))
	}
	return nil
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 8, 0, 0, 0, time.UTC)
}
