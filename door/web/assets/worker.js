// The worker answers for a crew's list while the device has no connection. It keeps
// lists that the office allows to be kept, as long as it allows, and nothing else of
// the console.
"use strict"

importScripts("/static/notes.js")

const lists = "cairn-crew", parts = "cairn-parts", allowed = "Cairn-Keep", until = "Cairn-Until"
const patience = 4000 // milliseconds that a slow line may take before the kept list is shown

// sweep wipes lists whose time is over.
async function sweep() {
	const cache = await caches.open(lists)
	for (const request of await cache.keys()) {
		const kept = await cache.match(request)
		if (!kept || Number(kept.headers.get(until)) <= Date.now()) await cache.delete(request)
	}
}

// store keeps a list, if the office allows that, and says until when.
async function store(path, response) {
	const seconds = Number(response.headers.get(allowed))
	const cache = await caches.open(lists)
	if (!response.ok || !(seconds > 0)) {
		if (response.ok) await cache.delete(path)
		return 0
	}
	const end = Date.now() + 1000 * seconds
	const headers = new Headers(response.headers)
	headers.set(until, String(end))
	await cache.put(path, new Response(await response.blob(), { headers }))
	return end
}

async function kept(path) {
	await sweep()
	return (await caches.open(lists)).match(path)
}

// list gives the office's list, or the one kept where the office does not answer.
async function list(request) {
	const path = new URL(request.url).pathname
	const asked = fetch(request).then(async response => {
		await store(path, response.clone())
		return response
	})
	const late = new Promise(ok => setTimeout(ok, patience)).then(() => kept(path))
	const first = await Promise.race([asked.catch(() => kept(path)), late.then(found => found || asked.catch(() => undefined))])
	return first || Response.error()
}

async function part(request) {
	return await (await caches.open(parts)).match(request) || fetch(request)
}

// keep fetches a list and the parts of its page, and answers until when it is kept.
async function keep({ path, assets }, port) {
	let end
	try {
		end = await store(path, await fetch(path, { credentials: "same-origin", redirect: "manual" }))
	} catch {
		return port?.postMessage(Number((await kept(path))?.headers.get(until) || 0))
	}
	const cache = await caches.open(parts)
	for (const request of await cache.keys()) {
		const { pathname, search } = new URL(request.url)
		if (!assets.includes(pathname + search)) await cache.delete(request)
	}
	for (const asset of assets) if (!await cache.match(asset)) await cache.add(asset)
	port?.postMessage(end)
}

// leave sends what waits while somebody is still logged in, and wipes the lists.
async function leave(request) {
	await Promise.race([notes.send().catch(() => {}), new Promise(ok => setTimeout(ok, 2 * patience))])
	await caches.delete(lists)
	return fetch(request)
}

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()))
self.addEventListener("message", event => event.waitUntil(keep(event.data, event.ports[0]).catch(() => event.ports[0]?.postMessage(0))))
self.addEventListener("fetch", event => {
	const { request } = event, url = new URL(request.url)
	if (url.origin !== location.origin) return
	if (request.method === "POST" && url.pathname === "/logout") return event.respondWith(leave(request))
	if (request.method !== "GET") return
	if (url.pathname.startsWith("/static/")) return event.respondWith(part(request))
	if (request.mode === "navigate") event.waitUntil(notes.send().catch(() => {}))
	if (/^\/movement\/[^/]+\/crew$/.test(url.pathname) && !url.search) event.respondWith(list(request))
})

sweep()
