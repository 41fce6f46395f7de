package web

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"cairn/app"
	"cairn/door/login"
)

//go:embed templates/*.html assets/* locales/*.toml
var files embed.FS

// Config says for which office the console is, and how.
type Config struct {
	Office  *app.Office
	Desk    *login.Desk      // nil: its own; shared with other doors, attempts to log in count together
	Clock   func() time.Time // nil: the machine's clock
	Secure  bool             // cookies only over HTTPS
	Version string           // of the program, at the foot of each page
	Log     *slog.Logger     // nil: slog's default; gets no personal data
}

// console is an open console. It is safe for concurrent use.
type console struct {
	Config
	code      string // the office's
	sessions  *scs.SessionManager
	languages *locales
	assets    map[string]asset
	check     *recordCheck
	visits    visits
	uploads   *uploads
}

// New makes the console. Its handler wants a server with time limits of its own.
func New(config Config) (http.Handler, error) {
	if config.Office == nil {
		return nil, fmt.Errorf("open the console: no office was given")
	}
	if config.Clock == nil {
		config.Clock = time.Now
	}
	if config.Log == nil {
		config.Log = slog.Default()
	}
	if config.Desk == nil {
		desk, err := login.New(config.Office, login.Options{Clock: config.Clock, Lifetime: sessionLifetime})
		if err != nil {
			return nil, err
		}
		config.Desk = desk
	}
	c := &console{Config: config, code: config.Office.Code(), sessions: newSessions(config.Secure), check: &recordCheck{}, uploads: newUploads()}
	var err error
	if c.assets, err = readAssets(); err != nil {
		return nil, err
	}
	if c.languages, err = readLocales(c.assets); err != nil {
		return nil, err
	}
	return c.protect(c.routes()), nil
}

// handler answers one exchange of somebody who is logged in. An error becomes a page.
type handler func(*exchange) error

func (c *console) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /static/{name}", c.asset)
	mux.HandleFunc("GET /worker.js", c.worker)
	mux.Handle("GET /login", c.open(showLogin))
	mux.Handle("POST /login", c.open(logIn))
	mux.Handle("POST /language", c.open(chooseLanguage))
	for pattern, h := range map[string]handler{
		"POST /logout": logOut, "GET /{$}": showHome, "GET /overview": showOverview,
		"GET /people": showSearch, "GET /people/{record}": showFile, "POST /people/{record}": openFile,
		"GET /people/{record}/slip": showSlip, "GET /register": showRegister, "POST /register": register,
		"GET /register/slips": showNewSlips, "GET /doubles": showDoubles, "GET /doubles/compare": showCompare,
		"POST /doubles/compare": judge, "GET /doubles/decisions": showDecisions, "POST /doubles/decisions": undo,
		"GET /doubles/contests": showContests, "POST /doubles/contests": answerContest,
		"GET /import": showImport, "POST /import": sendList, "GET /import/{list}": showList, "POST /import/{list}": changeList,
		"GET /import/{list}/report.csv": saveListReport,
		"GET /refusals":                 showRefusals, "GET /placement": showPlacement, "GET /placement/cases": showPlacements,
		"GET /placement/places/{place}": showPlace, "GET /placement/what-if": showWhatIf, "GET /placement/scarce": showScarce,
		"GET /placement/outcomes": showOutcomes, "POST /placement/outcomes": fitOutcomes, "POST /placement": proposePlan, "POST /cases/{case}/outcome": observeOutcome,
		"GET /placement/plans/{plan}": showPlan, "POST /placement/plans/{plan}": studyPlan, "GET /cases/{case}": showCase, "POST /cases/{case}": changePlacement,
		"GET /cases/{case}/letter": showLetter, "GET /movement": showMovement, "GET /movement/{service}": showService,
		"POST /movement/{service}": moveService, "GET /movement/{service}/manifest": showManifest,
		"GET /movement/{service}/manifest.csv": saveManifest, "GET /movement/{service}/needs": showSpecial, "GET /movement/{service}/tags": showTags,
		"GET /movement/tight": showTight, "GET /movement/{service}/drill": showDrill,
		"GET /movement/{service}/crew": showCrew, "POST /movement/{service}/crew": confirmCrew, "POST /movement/{service}/notes": takeNotes,
		"POST /movement/{service}/open": openPapers, "POST /arrivals/open": openPapers,
		"GET /movement/{service}/report": showReport, "POST /movement/{service}/report": saveReport, "GET /arrivals": showArrivals,
		"GET /offers": showOffers, "POST /offers": answerOffer, "GET /missing": showMissing, "POST /missing": followUp, "GET /ledger": showLedger, "POST /ledger/verify": verifyRecord,
		"GET /staff": showStaff, "POST /staff/appoint": appoint, "GET /staff/{staff}": showMember, "POST /staff/{staff}": changeMember,
	} {
		mux.Handle(pattern, c.known(h))
	}
	mux.Handle("/", c.known(func(*exchange) error { return errNoPage }))
	return mux
}

// exchange is one request and its answer.
type exchange struct {
	*console
	w        http.ResponseWriter
	r        *http.Request
	language *locale
	who      *staffMember // nil before the log-in
}

func (x *exchange) ctx() context.Context { return x.r.Context() }

// open wraps a handler of a page that everybody may see.
func (c *console) open(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{console: c, w: w, r: r, language: c.languages.of(r)}
		if err := h(x); err != nil {
			x.fail(err)
		}
	})
}

// known wraps a handler of a page for those who are logged in.
func (c *console) known(h handler) http.Handler {
	return c.open(func(x *exchange) error {
		who, err := x.member()
		if err != nil {
			return err
		}
		if who == nil {
			return x.askToLogIn()
		}
		x.who = who
		return x.askWhy(h(x))
	})
}

// see runs a view as the member of staff.
func see[Out any](x *exchange, view string, in any) (Out, error) {
	var none Out
	out, err := x.Office.See(x.ctx(), x.who.Actor, view, in, app.Options{Reason: x.reason()})
	if err != nil {
		return none, err
	}
	typed, ok := out.(Out)
	if !ok {
		return none, fmt.Errorf("view %s gave %T, not %T", view, out, none)
	}
	return typed, nil
}

// do runs an action as the member of staff. Where safeguards kept a part out of it,
// the rest is done and the error says what was kept out.
func do[Out any](x *exchange, action string, in any) (Out, error) {
	var none Out
	outcome, err := x.Office.Do(x.ctx(), x.who.Actor, action, in, app.Options{Reason: x.reason()})
	if err != nil {
		return none, err
	}
	typed, ok := outcome.Out.(Out)
	if !ok {
		return none, fmt.Errorf("action %s gave %T, not %T", action, outcome.Out, none)
	}
	if len(outcome.Refusals) > 0 {
		return typed, &partly{outcome.Refusals}
	}
	return typed, nil
}
