package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// badInput is a file that is hardly a register.
type badInput struct {
	name    string
	content func() string
}

func badInputsList() []badInput {
	repeat := func(header string, n int, row func(i int) string) func() string {
		return func() string {
			var b strings.Builder
			b.WriteString(header + "\n")
			for i := range n {
				b.WriteString(row(i) + "\n")
			}
			return b.String()
		}
	}
	odd := []string{"😀", "\u202eAnna\u202c", "محمد", "Олег", "李小龙", "a\u0301\u0301", "", "'"}
	return []badInput{
		{"empty file", func() string { return "" }},
		{"header alone", func() string { return "id,name,born\n" }},
		{"no such columns", repeat("id,colour", 9, func(i int) string { return fmt.Sprint(i, ",red") })},
		{"empty columns", repeat("name,born,place", 1000, func(int) string { return ",," })},
		{"one column", repeat("name", 1000, func(i int) string { return fmt.Sprint("Anna Nagy ", string(rune('a'+i%26))) })},
		{"all equal", repeat("name,born", 5000, func(int) string { return "Anna Nagy,1950-05-03" })},
		{"100,000 of one name", repeat("name,born", 100_000, func(i int) string { return fmt.Sprintf("Anna Nagy,19%02d-%02d-%02d", i%90, 1+i%12, 1+i%28) })},
		{"Latin-1 bytes", repeat("name,born", 100, func(int) string { return "M\xe1ria,1950" })},
		{"zero bytes", repeat("name,born", 100, func(int) string { return "Anna\x00,1950" })},
		{"name of 10,000 letters", repeat("name,born", 200, func(i int) string { return strings.Repeat("ab", 5000) + fmt.Sprint(",19", 10+i%80) })},
		{"emoji, bidi, scripts", repeat("name,born", 2000, func(i int) string {
			return fmt.Sprintf("%s %s,19%02d", odd[i%len(odd)], odd[i/9%len(odd)], i%90)
		})},
		{"ragged", func() string { return "id,name\n1,Anna\n2\n" }},
		{"open quote", func() string { return "id,name\n1,\"Anna\n2,Béla\n" }},
	}
}

// badInputs runs the command on each and prints what it said. A crash, or a run
// of more than 30 CPU seconds, is an error.
func (b bench) badInputs() error {
	fmt.Printf("%-24s %8s %8s  %s\n", "input", "CPU s", "MB", "the command says")
	failed := 0
	for _, x := range badInputsList() {
		path := filepath.Join(b.folder, "bad.csv")
		if err := os.WriteFile(path, []byte(x.content()), 0o600); err != nil {
			return fmt.Errorf("writing a bad input: %w", err)
		}
		m, _ := b.command([]string{"link", path, "-q", "--out", filepath.Join(b.folder, "out.csv"), "--verify"})
		said, _, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(m.output, b.folder+"/", "")), "\n")
		if strings.Contains(m.output, "goroutine ") || m.cpu.Seconds() > 30 {
			failed++
			said = "FAILED: " + said
		}
		fmt.Printf("%-24s %8.2f %8.0f  %s\n", x.name, m.cpu.Seconds(), m.megabytes, said)
	}
	if failed > 0 {
		return fmt.Errorf("%d bad inputs crashed the command or took too long", failed)
	}
	return nil
}
