package browsertest

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// mostTabs bounds how far a field may be from the one before by keyboard.
const mostTabs = 60

// tabTo presses Tab until what has a name has the focus, and checks on the way that
// the focus is always seen.
func (b *tab) tabTo(name string) {
	b.Helper()
	for range mostTabs {
		b.run("press Tab", chromedp.KeyEvent(kb.Tab))
		if !ask[bool](b, `document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== "none"`) {
			b.Errorf("nothing shows the focus on %s", ask[string](b, `document.activeElement.outerHTML`))
		}
		if ask[bool](b, fmt.Sprintf(`(e => [...(e.labels || []), e].some(l => l.textContent.trim().startsWith(%q)))(document.activeElement)`, name)) {
			return
		}
	}
	b.Fatalf("Tab does not reach %q on\n%s", name, b.text())
}

func (b *tab) keys(text string) { b.Helper(); b.run("type "+text, chromedp.KeyEvent(text)) }

// enter presses Enter and waits for the next page.
func (b *tab) enter() {
	b.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		b.Fatalf("press Enter: %v\non the page %s", err, b.text())
	}
}

func TestRegisterAFamilyByKeyboardOnly(t *testing.T) {
	b := open(t)
	b.visit("/")
	b.tabTo("Log-in")
	b.keys("registrar")
	b.tabTo("Password")
	b.keys("a long enough password")
	b.enter()
	b.tabTo("Register a household")
	b.enter()
	for _, step := range [][2]string{{"Site", "Nickelsdorf"}, {"Countries asked for", "Canada"},
		{"Name", "Horváth, Gábor"}, {"Date of birth", "12.03.1921"}, {"Sex", "m"}, {"Relation", "head"}, {"Nationality", "Hungary"},
		{"Name", "Horváth, Zsófia"}, {"Date of birth", "1925"}, {"Sex", "f"}, {"Relation", "spouse"},
		{"Name", "Horváth, Imre"}, {"Date of birth", "31.11.1951"}, {"Relation", "child"}} {
		b.tabTo(step[0])
		b.keys(step[1])
	}
	b.tabTo("Look for doubles and register")
	b.enter()
	b.shows("31.11.1951") // there is no such day: what was typed stays, and the cursor is there
	b.examine("register, wrong date")
	b.run("correct the date", chromedp.KeyEvent("a", chromedp.KeyModifiers(kb.ModifierCtrl)), chromedp.KeyEvent("30.11.1951"))
	b.enter()
	b.shows("Registered. Give everybody their number.", "Horváth, Gábor", "Horváth, Zsófia", "Horváth, Imre", "Nickelsdorf", "BUD-")
	b.examine("slips")
}

func TestMergeDoublesAndUndo(t *testing.T) {
	b := open(t)
	b.logIn("reviewer")
	b.follow("Doubles")
	b.follow("Compare")
	b.shows("Kovács, János", "Kovacs, Janos", "Traiskirchen")
	b.examine("compare")
	b.fill("Reason", "same day of birth, same father")
	b.button("The same person")
	b.shows("The decision is recorded.")
	b.follow("Find people")
	b.fill("Name or number", "kovacs janos")
	b.button("Search")
	b.follow("Kovács, János")
	b.shows("Other records of this person", "Kovacs, Janos", "What happened")
	b.examine("file of one person")
	b.follow("Doubles")
	b.follow("Decisions that stand")
	b.shows("same day of birth, same father", "Staff reviewer")
	b.unfold("Undo")
	b.examine("undo")
	b.fill("Reason", "a cousin with the same name")
	b.button("Undo")
	b.shows("The decision was taken back.", "No decision stands.")
	b.follow("Doubles")
	b.shows("Kovacs, Janos")
}

func TestContestAMatch(t *testing.T) {
	b := open(t)
	b.logIn("protection_officer")
	b.follow("Doubles")
	b.follow("Compare")
	b.fill("Reason", "same day of birth")
	b.button("The same person")
	b.button("Log out")
	b.logIn("registrar")
	b.visit("/register")
	b.fill("Name", "Kovach, Yanosh")
	b.fill("Date of birth", "3.5.1926")
	b.button("Look for doubles and register")
	b.shows("Somebody alike is registered already.", "Kovács, János", "birth date: the same date")
	b.examine("register, somebody alike")
	b.visit("/doubles/decisions")
	b.unfold("Contest")
	b.examine("contest")
	b.fill("What the person says", "The other one is my cousin.")
	b.button("Record what the person says")
	b.shows("The other one is my cousin.", "waits for an answer")
	b.button("Log out")
	b.logIn("reviewer")
	b.visit("/doubles/contests")
	b.unfold("Answer")
	b.examine("answer a contest")
	b.button("العربية")
	b.examine("answer a contest, from right to left")
	b.visit("/doubles")
	b.examine("doubles, from right to left")
	b.button("English")
	b.visit("/doubles/contests")
	b.unfold("Answer")
	b.fill("What the person is told", "Two different photographs: you are right.")
	b.button("Take the decision back")
	b.shows("the decision was taken back", "Two different photographs")
}

func TestAskWhatAHouseWouldBring(t *testing.T) {
	b := open(t)
	b.logIn("placement_officer")
	b.follow("Placement")
	b.follow("What if")
	b.choose("Place", "Ottawa")
	b.fill("People more", "6")
	b.button("Calculate")
	b.shows("Ottawa, Canada", "12 → 18", "Nobody would be elsewhere.")
	b.choose("Country", "Canada")
	b.button("Calculate")
	b.shows("12 → 18", "withdraws", "people lose theirs")
	b.examine("what if, two changes")
	b.follow("Leave out")
	b.shows("withdraws", "people lose theirs")
	b.follow("Leave out")
	b.choose("Place", "Halifax")
	b.fill("People more", "-100")
	b.button("Calculate")
	b.shows("Please correct this:", "Halifax cannot have")
	b.examine("what if, wrong")
}

func TestReadARefusal(t *testing.T) {
	b := open(t)
	b.logIn("protection_officer")
	b.follow("Refusals")
	b.follow("risk-in-transit")
	b.shows("What would open the gate", "Choose a route that avoids the country", "Article 33")
	b.examine("refusals by rule")
}

func TestChangeAPlacementWithAReason(t *testing.T) {
	b := open(t)
	b.logIn("placement_officer")
	b.follow("Placement")
	b.follow("proposed")
	b.press("tbody a", "")
	b.shows("Why this place")
	b.choose("Place", "Halifax")
	b.fill("Reason", "her sister lives there")
	b.button("Choose another place")
	b.shows("The placement was changed.")
	b.examine("placement changed")
	b.follow("Placement")
	b.follow("changed by staff")
	b.shows("her sister lives there", "Halifax")
}

// TestNoShowAndWhoHasNotArrived is the work of three days at the railway: somebody
// does not come, a safeguard keeps the others of the family back, one person travels
// and is not seen at the end.
func TestNoShowAndWhoHasNotArrived(t *testing.T) {
	b := open(t)
	b.logIn("escort")
	b.follow("Movement")
	b.follow("Train")
	b.choose("Person", "1. ")
	b.fill("Reason", "ill in bed, Dr Weiss called")
	b.button("Did not come")
	b.shows("It is recorded that the person did not come.")
	b.examine("no-show")
	b.button("Everybody is aboard")
	b.shows("A safeguard kept somebody out", "The rest was done.", "What would open the gate")
	b.examine("a safeguard kept somebody out")
	b.follow("Back to the form")
	b.fill("Why those who are not aboard did not come", "stay with their father")
	b.button("It departed")
	b.shows("The departure is recorded.")
	b.follow("Not arrived")
	b.shows("did not come", "ill in bed, Dr Weiss called", "stay with their father", "3 people are not accounted for.")

	before := b.office.Now()
	b.office.MoveTo(time.Date(1957, 1, 8, 9, 0, 0, 0, time.UTC))
	defer b.office.MoveTo(before)
	b.logIn("escort") // the day before has ended
	b.follow("Not arrived")
	b.shows("4 people are not accounted for.", "should have arrived")
	b.examine("who has not arrived")
	b.unfold("Follow up")
	b.fill("What is known", "in the hospital of Wien")
	b.fill("What is done next", "the nurse calls on Friday")
	b.button("Save")
	b.shows("What is known was recorded.", "3 people are not accounted for.")
}
