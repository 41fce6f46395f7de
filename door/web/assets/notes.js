// Notes of a crew, kept on the device until the office has them. A note holds ids and
// what was seen, no names. The page and the worker share this file.
"use strict"

const notes = (() => {
	const changes = new BroadcastChannel("cairn-notes")
	let opened

	const done = request => new Promise((ok, no) => {
		request.onsuccess = () => ok(request.result)
		request.onerror = () => no(request.error)
	})

	function open() {
		opened ??= new Promise((ok, no) => {
			const request = indexedDB.open("cairn-notes", 1)
			request.onupgradeneeded = () => request.result.createObjectStore("notes", { keyPath: "id", autoIncrement: true })
			request.onsuccess = () => ok(request.result)
			request.onerror = () => no(request.error)
		})
		return opened
	}

	async function store(mode) {
		const db = await open()
		return db.transaction("notes", mode).objectStore("notes")
	}

	const all = async () => done((await store("readonly")).getAll())
	const add = async note => done((await store("readwrite")).add({ ...note, submission: "", answer: null }))
	const remove = async id => done((await store("readwrite")).delete(id))

	// change puts notes back that were changed, all or none.
	async function change(list) {
		const notes = await store("readwrite")
		await Promise.all(list.map(note => done(notes.put(note))))
	}

	// bundles are the notes that wait, by submission. What was sent before without an
	// answer is sent again under its own name; the rest gets a new one, which is kept
	// before anything is sent.
	async function bundles() {
		const waiting = (await all()).filter(note => !note.answer)
		const fresh = new Map()
		for (const note of waiting.filter(note => !note.submission)) {
			const of = note.service + " " + note.who
			if (!fresh.has(of)) fresh.set(of, crypto.randomUUID())
			note.submission = fresh.get(of)
		}
		await change(waiting)
		return [...new Set(waiting.map(note => note.submission))].map(name => waiting.filter(note => note.submission === name))
	}

	async function post(bundle) {
		const { service, who, submission } = bundle[0]
		const sent = new Date().toISOString().slice(0, 19) + "Z"
		const list = bundle.map(({ record, journey, did, reason, noted }) => ({ record, journey, did, reason, noted }))
		return fetch("/movement/" + service + "/notes", {
			method: "POST", credentials: "same-origin", redirect: "manual", headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ who, submission, sent, notes: list }),
		})
	}

	// settle keeps what the crew must still read, and forgets what is recorded.
	async function settle(bundle, reply) {
		const answers = bundle.map((note, i) => reply.answers ? reply.answers[i] : { ...note, outcome: "refused", now: "", text: reply.text })
		await change(bundle.map((note, i) => ({ ...note, answer: answers[i] })).filter(note => note.answer.text))
		for (const [i, note] of bundle.entries()) if (!answers[i].text) await remove(note.id)
		changes.postMessage(answers)
	}

	// send sends all that waits. It gives "sent", or what is in the way: "offline",
	// "login", or "other" where somebody else took the notes.
	async function send() {
		let state = "sent"
		await navigator.locks.request("cairn-notes", async () => {
			for (const bundle of await bundles()) {
				let response
				try {
					response = await post(bundle)
				} catch {
					state = "offline"
					return
				}
				if (response.type === "opaqueredirect" || response.status === 401) {
					state = "login"
					return
				}
				if (response.status === 412) {
					state = "other"
					continue
				}
				if (response.status >= 500 || response.status === 409 || response.status === 429) {
					state = "offline"
					continue
				}
				await settle(bundle, await response.json())
			}
		})
		return state
	}

	return { all, add, remove, send }
})()
