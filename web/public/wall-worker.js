// The wall's own shelf: the page and its files as they last came, so that a browser that starts while the server is away shows the
// wall and not its own error page. Numbers are not kept here.
const SHELF = 'domovoi-wall-1'
const MOST = 400
const PAGE = '/wall'
const ANSWER_WITHIN_MS = 5000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

/** What the page loaded before this worker stood. */
self.addEventListener('message', (event) => {
  const { keep = [] } = event.data ?? {}
  event.waitUntil(keepAll(keep.filter((path) => isFile(path))))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || request.headers.has('range')) return
  if (request.mode === 'navigate') event.respondWith(fresh(request, PAGE))
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(request))
  else if (isFile(pathname)) event.respondWith(fresh(request, request.url))
})

const isFile = (path) =>
  path.startsWith('/assets/') ||
  path.startsWith('/map/') ||
  path === '/scheme.js' ||
  path === '/icon.svg'

async function keepAll(paths) {
  const shelf = await caches.open(SHELF)
  for (const path of paths) if (!(await shelf.match(path))) await shelf.add(path).catch(() => {})
  const page = await fetch(PAGE).catch(() => undefined)
  if (page?.ok) await shelf.put(PAGE, page)
}

/** Files with a hash in their names never change. */
async function kept(request) {
  const shelf = await caches.open(SHELF)
  const known = await shelf.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.status === 200) await put(shelf, request, answer.clone())
  return answer
}

/** The oldest give way. */
async function put(shelf, name, answer) {
  await shelf.put(name, answer)
  const keys = await shelf.keys()
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST)))
    if (new URL(old.url).pathname !== PAGE) await shelf.delete(old)
}

/** From the server where it answers in time and rightly, else as it last came. */
async function fresh(request, name) {
  const shelf = await caches.open(SHELF)
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    if (answer.status === 200) await put(shelf, name, answer.clone())
    if (answer.status < 500) return answer
    return (await shelf.match(name)) ?? answer
  } catch (cause) {
    const known = await shelf.match(name)
    if (known) return known
    throw cause
  }
}
