// The crew's list: what is ticked is kept on this device at once and sent when there
// is a connection. Without this script the page is an ordinary form.
"use strict"

const form = document.getElementById("crew"), state = document.getElementById("crew-state"), words = form.dataset
const rows = [...form.querySelectorAll("[data-record]")]
const aboard = ["boarded", "departed", "arrived"]
const box = (row, did) => row.querySelector(`input[name=${did}]`)
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
const untaken = "input[name=boarded]:not(:disabled, :checked)"
let sending, trouble = ""

// settle shows where somebody stands by the record.
function settle(row, status, stands) {
	if (status) row.dataset.status = status
	if (stands) row.querySelector("[data-stands]").textContent = stands
	const at = row.dataset.status
	box(row, "boarded").checked = aboard.includes(at)
	box(row, "boarded").disabled = at !== "booked"
	box(row, "arrived").checked = at === "arrived"
	box(row, "arrived").disabled = at === "arrived" || !aboard.concat("booked").includes(at)
	row.querySelector("details").hidden = at !== "booked" && at !== "boarded"
}

// show puts a note on its row.
function show(note) {
	const row = rows.find(row => row.dataset.record === note.record && row.dataset.journey === note.journey)
	if (!row || note.service !== words.service) return
	const text = row.querySelector("[data-said]")
	if (note.answer) {
		settle(row, note.answer.now, note.answer.now === row.dataset.status ? "" : note.answer.stands)
		text.className = note.answer.outcome === "already" ? "said" : "said late"
		text.replaceChildren(note.answer.text + " ", seen(note))
		return
	}
	if (note.did !== "absent") {
		const tick = box(row, note.did)
		tick.checked = true
		tick.disabled = note.submission !== "" // on its way: it cannot be taken back
	}
	text.className = "said"
	text.textContent = (note.did === "absent" ? words.absent + " " : "") + words.row
}

function seen(note) {
	const button = document.createElement("button")
	button.type = "button"
	button.className = "second small"
	button.textContent = words.seen
	button.addEventListener("click", async () => {
		await notes.remove(note.id)
		await draw()
	})
	return button
}

// draw shows the record as the page has it, and over it what is noted, in one go:
// nothing may move under a finger.
async function draw() {
	const list = await notes.all()
	for (const row of rows) {
		settle(row)
		row.querySelector("[data-said]").replaceChildren()
	}
	list.forEach(show)
	for (const all of form.querySelectorAll("[data-all]")) all.hidden = !all.closest("[data-party]").querySelector(untaken)
	const waiting = list.filter(note => !note.answer), others = waiting.filter(note => note.who !== words.who).length
	const parts = [waiting.length - others ? fill(words.waiting, { n: waiting.length - others }) : words.sent]
	if (others) parts.push(fill(words.others, { n: others }))
	if (list.length > waiting.length) parts.push(fill(words.unread, { n: list.length - waiting.length }))
	if (trouble === "offline" && waiting.length) parts.push(words.offline)
	if (trouble === "login" && waiting.length) parts.push(words.login)
	state.textContent = parts.join(" ")
	state.className = waiting.length || list.length ? "alert" : "notice"
	document.getElementById("crew-login").hidden = trouble !== "login" || !waiting.length
}

async function send() {
	clearTimeout(sending)
	trouble = await notes.send()
	await draw()
	if ((await notes.all()).some(note => !note.answer)) sending = setTimeout(send, 15000)
	else keep()
}

// later gives the crew time to tick those who come together.
function later() {
	clearTimeout(sending)
	sending = setTimeout(send, 2000)
}

async function take(row, did, reason) {
	const noted = new Date().toISOString().slice(0, 19) + "Z"
	await notes.add({ service: words.service, who: words.who, journey: row.dataset.journey, record: row.dataset.record, did, reason, noted })
	await draw()
	later()
}

// takeBack forgets a note that was not sent yet.
async function takeBack(row, did) {
	for (const note of await notes.all()) {
		if (note.record === row.dataset.record && note.did === did && !note.submission) await notes.remove(note.id)
	}
	await draw()
}

// keep has the worker keep this list and the parts of its page.
async function keep() {
	const { active } = await navigator.serviceWorker.ready
	const channel = new MessageChannel()
	channel.port1.onmessage = ({ data }) => {
		const text = data ? fill(words.kept, { time: new Date(data).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short", numberingSystem: "latn" }) }) : words.unkept
		document.getElementById("crew-kept").textContent = text
	}
	const assets = [...document.querySelectorAll("link[href], script[src], img[src]")].map(e => e.getAttribute("src") || e.getAttribute("href"))
	active.postMessage({ path: location.pathname, assets: [...new Set(assets.filter(path => path.startsWith("/static/")))] }, [channel.port2])
}

// find goes to the party of a number that was typed or scanned.
function find(number) {
	const wanted = number.trim().toUpperCase().split("/")[0]
	const row = rows.find(row => [row.dataset.number, row.closest("[data-party]").dataset.party].some(text => text.toUpperCase() === wanted))
	document.querySelector("[data-found]")?.removeAttribute("data-found")
	document.getElementById("crew-found").textContent = row || !wanted ? "" : words.nobody
	if (!row) return
	const party = row.closest("[data-party]")
	party.setAttribute("data-found", "")
	party.scrollIntoView({ block: "center" });
	(party.querySelector("input:not(:disabled, :checked)") || party.querySelector("summary")).focus({ preventScroll: true })
}

function listen() {
	form.addEventListener("change", event => {
		const { name, checked } = event.target
		if (name !== "boarded" && name !== "arrived") return
		const row = event.target.closest("[data-record]")
		checked ? take(row, name, "") : takeBack(row, name)
	})
	form.addEventListener("submit", event => event.preventDefault())
	form.addEventListener("click", event => {
		const absent = event.target.closest("button[name=absent]"), all = event.target.closest("[data-all]")
		if (absent) {
			const row = absent.closest("[data-record]"), reason = row.querySelector("input[type=text]")
			reason.value.trim() ? take(row, "absent", reason.value.trim()).then(() => row.querySelector("details").open = false) : reason.focus()
		}
		if (all) for (const tick of all.closest("[data-party]").querySelectorAll(untaken)) tick.click()
	})
	document.getElementById("crew-find").addEventListener("submit", event => {
		event.preventDefault()
		const field = event.target.querySelector("input")
		find(field.value)
		field.value = ""
	})
	new BroadcastChannel("cairn-notes").onmessage = async ({ data }) => {
		for (const answer of data) {
			const row = rows.find(row => row.dataset.record === answer.record && row.dataset.journey === answer.journey)
			if (row && answer.now) settle(row, answer.now, answer.stands)
		}
		await draw()
	}
	addEventListener("online", send)
}

async function start() {
	document.documentElement.classList.add("scripted")
	listen()
	await navigator.serviceWorker.register("/worker.js", { scope: "/", updateViaCache: "none" })
	if (words.keep) await keep()
	else document.getElementById("crew-kept").textContent = words.unkept
	await send()
}

// A device that cannot keep anything leaves the form as it is.
if (isSecureContext && "serviceWorker" in navigator && "indexedDB" in window && "locks" in navigator) start()
