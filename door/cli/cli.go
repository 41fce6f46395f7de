// Package cli is the command line's door: it reads the arguments, runs one
// command, and turns its error into a sentence and an exit code.
//
// Exit codes: 0 done, 1 failed (also: what was checked is not sound), 2 the arguments or
// the input cannot be right, 3 not found, 4 denied, 5 refused by a safeguard, 6
// contradicts what stands. docs/commands.md says them to users.
//
//	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
package cli

import (
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"cairn/app"
	"cairn/blueprint"
	"cairn/domain"
	"cairn/door/cli/demo"
	"cairn/door/cli/linktool"
	"cairn/door/cli/officecli"
	"cairn/door/cli/placetool"
	"cairn/door/cli/routetool"
)

// Exit codes of the program.
const (
	exitDone     = 0
	exitFailed   = 1
	exitInvalid  = 2
	exitNotFound = 3
	exitDenied   = 4
	exitRefused  = 5
	exitConflict = 6
)

func exitCode(f blueprint.Fault) int {
	switch f {
	case blueprint.Invalid:
		return exitInvalid
	case blueprint.NotFound:
		return exitNotFound
	case blueprint.Denied:
		return exitDenied
	case blueprint.Refused:
		return exitRefused
	case blueprint.Conflict, blueprint.Busy:
		return exitConflict
	default:
		return exitFailed
	}
}

type commands struct {
	Demo       demo.Command            `cmd:"" help:"Do the main job on the example of 1956–57, and verify it." group:"Examples"`
	Init       officecli.Init          `cmd:"" help:"Found an office: its keys, its record, its first administrator." group:"An office"`
	Do         officecli.Do            `cmd:"" help:"Run an action or see a view; without a name, list them." group:"An office"`
	Verify     officecli.Verify        `cmd:"" help:"Check the whole record, as somebody else would." group:"An office"`
	Checkpoint officecli.Checkpoint    `cmd:"" help:"Print the signed state of the log, to be kept elsewhere." group:"An office"`
	Password   officecli.Password      `cmd:"" help:"Print the hash of a password, for appointing staff." group:"An office"`
	Rebuild    officecli.Rebuild       `cmd:"" help:"Fill every table again from the ledger." group:"An office"`
	Serve      officecli.Serve         `cmd:"" help:"Answer over HTTPS until told to stop." group:"An office"`
	Backup     officecli.Backup        `cmd:"" help:"Write a sealed copy of the record." group:"An office"`
	Restore    officecli.Restore       `cmd:"" help:"Make an office's folder from a backup, and verify it." group:"An office"`
	Doctor     officecli.Doctor        `cmd:"" help:"Say what is wrong with how this office is kept." group:"An office"`
	Erase      officecli.Erase         `cmd:"" help:"Destroy what is known about a person." group:"An office"`
	Adopt      officecli.AdoptPolicies `cmd:"" name:"adopt-policies" help:"Put the policies of this program in force." group:"An office"`

	Link    linktool.Command  `cmd:"" help:"Find the records that are the same person, in one or several files." group:"Tools for two files and no server"`
	Place   placetool.Command `cmd:"" help:"Match cases to reception places, with a bound that proves how good the plan is." group:"Tools for two files and no server"`
	Route   routetool.Command `cmd:"" help:"Plan the journeys of parties over services with seats, with a bound." group:"Tools for two files and no server"`
	Example exampleCommand    `cmd:"" help:"Write the files of an example, as users would bring them." group:"Examples"`
}

// runner is a command of its own package; it prints results and progress apart.
type runner interface {
	Run(out, errOut io.Writer) error
}

// exited carries kong's wish to exit (after --help) out of its parser.
type exited int

// Main runs the program with its arguments and gives its exit code.
func Main(args []string, out, errOut io.Writer) (code int) {
	defer func() {
		if e := recover(); e != nil {
			status, ok := e.(exited)
			if !ok {
				panic(e)
			}
			code = int(status)
		}
	}()
	var c commands
	parser, err := kong.New(&c,
		kong.Name("cairn"),
		kong.Description("The work of a migration agency, where every decision about a person can be checked by somebody else. "+
			"By domain: cairn offices, people, identity, rights, cases, resettlement, movement, each followed by an action or a view. "+
			"Exit codes: 0 done, 1 failed or not sound, 2 arguments or input cannot be right, 3 not found, 4 denied, "+
			"5 refused by a safeguard, 6 contradicts what stands. With --json the result is one JSON document."),
		kong.Writers(out, errOut),
		kong.Exit(func(status int) { panic(exited(status)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.UsageOnError(),
	)
	if err != nil {
		fmt.Fprintln(errOut, "cairn:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	catalogue, err := app.NewCatalogue(domain.All())
	if err != nil {
		fmt.Fprintln(errOut, "cairn:", err)
		return exitFailed
	}
	selected, err := parser.Parse(officecli.Expand(catalogue, args))
	if err != nil {
		fmt.Fprintf(errOut, "cairn: %v\nSee 'cairn --help'.\n", err)
		return exitInvalid
	}
	return run(selected, out, errOut)
}

func run(selected *kong.Context, out, errOut io.Writer) int {
	node := selected.Selected()
	if node == nil || !node.Target.CanAddr() {
		fmt.Fprintln(errOut, "cairn: name a command; see 'cairn --help'")
		return exitInvalid
	}
	command, ok := node.Target.Addr().Interface().(runner)
	if !ok {
		fmt.Fprintf(errOut, "cairn: %s needs one of its subcommands; see 'cairn %s --help'\n", node.Name, node.Name)
		return exitInvalid
	}
	if shows, ok := command.(interface {
		Progress(func(stage string, done, total int64))
	}); ok {
		shows.Progress(progress(errOut))
	}
	err := command.Run(out, errOut)
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(errOut, "cairn:", err)
	return exitCode(blueprint.FaultOf(err))
}
