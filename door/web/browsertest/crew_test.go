package browsertest

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"cairn/app"
	"cairn/domain/movement"
	"cairn/door/web/webtest"
	"cairn/store"
	"cairn/store/storetest"
)

// line is the connection of a phone: while it is cut, the console's connections end
// without an answer, and the browser is told that it is off-line.
type line struct {
	cut   atomic.Bool
	pages http.Handler
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if l.cut.Load() {
		panic(http.ErrAbortHandler)
	}
	l.pages.ServeHTTP(w, r)
}

// set cuts the line or mends it.
func (l *line) set(b *tab, cut bool) {
	b.Helper()
	l.cut.Store(cut)
	b.run("cut or mend the line", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{EmulateOfflineServiceWorker: &cut,
			MatchedNetworkConditions: []*network.Conditions{{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}}})
		if err != nil {
			return err
		}
		_, err = chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1})
		return err
	}))
}

// await waits until the page says something.
func (b *tab) await(text string) {
	b.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if ask[bool](b, fmt.Sprintf(`document.body.innerText.replace(/\s+/g, " ").includes(%q)`, text)) {
			return
		}
	}
	b.shows(text)
}

// tick presses one of the boxes of somebody on the crew's list.
func (b *tab) tick(record, did string) {
	b.Helper()
	b.run("tick "+did, chromedp.Click(chromedp.JSPath(fmt.Sprintf(`document.querySelector('[data-record=%q] input[name=%s]')`, record, did))))
}

// row is what stands on somebody's row.
func (b *tab) row(record string) string {
	b.Helper()
	return ask[string](b, fmt.Sprintf(`document.querySelector('[data-record=%q]').innerText.replace(/\s+/g, " ")`, record))
}

// top is where somebody's row begins on the page, in pixels.
func (b *tab) top(record string) float64 {
	b.Helper()
	return ask[float64](b, fmt.Sprintf(`document.querySelector('[data-record=%q]').getBoundingClientRect().top + scrollY`, record))
}

// stands is where the record has somebody, as far as a service is concerned.
func (b *tab) stands(service, record string) string {
	b.Helper()
	out, err := b.office.See(b.Context(), b.office.Staff["escort"], "movement.manifest", &movement.ServiceViewInput{Service: service}, app.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range out.(movement.Manifest).Passengers {
		if p.Record == record {
			return p.Status
		}
	}
	return ""
}

// kept counts what the device keeps: notes, and lists of travellers.
func (b *tab) kept() string {
	b.Helper()
	return ask[string](b, `(async () => {
		const lists = await (await caches.open("cairn-crew")).keys()
		const db = await new Promise((ok, no) => { const r = indexedDB.open("cairn-notes", 1); r.onsuccess = () => ok(r.result); r.onerror = no; r.onupgradeneeded = () => r.result.createObjectStore("notes", { keyPath: "id", autoIncrement: true }) })
		const notes = await new Promise(ok => { const r = db.transaction("notes").objectStore("notes").getAll(); r.onsuccess = () => ok(r.result) })
		db.close()
		return notes.length + " notes, " + lists.length + " lists"
	})()`)
}

// TestACrewWithoutAConnection boards and receives people on a phone that loses its
// connection, while the office goes on.
func TestACrewWithoutAConnection(t *testing.T) { storetest.Run(t, crewWithoutAConnection) }

func crewWithoutAConnection(t *testing.T, config store.Config) {
	o, err := webtest.FoundIn(config)
	if err == nil {
		err = o.Fill()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	line := &line{pages: o.Pages}
	b := openAt(t, o, line)
	b.look(phone)
	b.logIn("escort")
	b.openCrewList(o.Services[0])

	train, family := o.Services[0], o.Family.Records
	line.set(b, true)
	b.visit("/movement/" + train + "/crew") // as after the phone was put away
	b.shows("Kovács, János", "Boarding and arrival")
	stood := b.top(family[2])
	b.tick(o.Traveller, "arrived")
	b.tick(family[0], "boarded")
	b.tick(family[2], "boarded")
	b.await("3 noted, not sent yet")
	b.await("There is no connection.")
	if now := b.top(family[2]); math.Abs(now-stood) > 1 {
		t.Errorf("a row stood at %v px and stands at %v: a finger would miss it", stood, now)
	}
	b.visit("/movement/" + train + "/crew")
	b.await("3 noted, not sent yet")
	b.picture("crew-offline-phone")
	if got := b.stands(train, o.Traveller); got != movement.Aboard {
		t.Fatalf("the record has %s while the phone is alone", got)
	}
	if _, err := o.Act("movement_officer", "movement.board", &movement.BoardInput{Service: train, NoShows: []movement.Absent{{Record: family[2], Reason: "ill"}}}); err != nil {
		t.Fatal(err)
	}
	line.set(b, false)
	b.await("Everything noted is sent.")
	if got := b.stands(train, o.Traveller); got != movement.Home {
		t.Fatalf("the record has %s after the phone came back", got)
	}
	for record, words := range map[string]string{o.Traveller: "arrived", family[0]: "A safeguard holds them back", family[2]: "the record says otherwise"} {
		if text := b.row(record); !strings.Contains(strings.ToLower(text), strings.ToLower(words)) {
			t.Errorf("%s lacks %q", text, words)
		}
	}
	b.picture("crew-conflicts-phone")
	b.shows("Everything noted is sent. 2 to read below.")
	for _, language := range []string{"العربية", "English"} {
		b.button(language)
		b.await("BUD-")
		b.examineIn("crew list "+language, ways)
	}
	b.look(phone)
	if got := b.kept(); got != "2 notes, 1 lists" {
		t.Errorf("the device keeps %s: what is not read yet, and the list", got)
	}
	b.readAndLeave(family)
}

// openCrewList opens the list of a service from the board on, for a reason.
func (b *tab) openCrewList(service string) {
	b.Helper()
	b.visit("/movement/" + service)
	b.follow("Boarding and arrival")
	b.shows("keep the device locked")
	b.fill("Reason", "boarding at platform 4")
	b.button("Open")
	b.await("This device keeps the list until")
	b.await("Everything noted is sent.")
}

// readAndLeave reads the conflicts, finds somebody by a number, and logs out, which
// wipes the device.
func (b *tab) readAndLeave(family []string) {
	b.Helper()
	for range 2 {
		b.run("say that it is read", chromedp.Click(chromedp.JSPath(named("button", "I have read this"))))
		time.Sleep(300 * time.Millisecond)
	}
	if got := b.kept(); got != "0 notes, 1 lists" {
		b.Errorf("the device keeps %s", got)
	}
	b.fill("Number on the letter", strings.ToLower(b.office.Family.Numbers[1])+"/1")
	b.run("find", chromedp.Click(chromedp.JSPath(named("#crew-find button", "Find"))))
	if !ask[bool](b, fmt.Sprintf(`!!document.querySelector('[data-found] [data-record=%q]')`, family[1])) {
		b.Errorf("a number on a tag finds nobody")
	}
	b.press("form[action='/logout'] button", "")
	if got := b.kept(); got != "0 notes, 0 lists" {
		b.Errorf("after the log-out the device keeps %s", got)
	}
}
