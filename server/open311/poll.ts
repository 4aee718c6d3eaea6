import type { DomainEvent } from '#server/contract/events.ts'
import { wallClock } from '#server/import/dates.ts'
import { ConflictError } from '#server/log/log.ts'
import type { Context } from '#server/trpc.ts'
import { changesOf, numberOf, serviceName } from './peer-events.ts'
import { type FetchPeer, PeerFault } from './peer-fetch.ts'
import { type PeerPage, readPage } from './peer-read.ts'
import type { Peer } from './sources.ts'

type Polling = Pick<Context, 'log' | 'registry' | 'now' | 'city'>

/** Rows of one round: each of them was stored, known, or not right. */
export interface Counts {
  in: number
  stored: number
  known: number
  quarantined: number
}
export interface Round extends Counts {
  /** Until when the peer's requests are caught up with. */
  caughtUpTo: number
  /** Newest time told by the peer. */
  lastEventAt: number | null
  /** The first rows that are not right. */
  problems: { id: string; why: string }[]
  /** What ended the round early; what was read before it is stored. */
  fault: PeerFault | null
}

const DAY = 86_400_000
const HOUR = 3_600_000
/** Both by the protocol. */
const SPAN = 90 * DAY
const FULL = 1000
const PAGES = 200
const PROBLEMS = 20

/** Catches up with a peer in windows from where it stood, looking back so that changes of open requests are seen. */
export async function pollPeer(
  context: Polling,
  { peer, caughtUpTo, fetch }: { peer: Peer; caughtUpTo: number | null; fetch: FetchPeer },
): Promise<Round> {
  const now = context.now()
  const lookBack = now - peer.lookBackDays * DAY
  const midnight = Date.parse(`${peer.since}T00:00:00Z`)
  const since = peer.since === undefined ? lookBack : wallClock(context.city.zone)(midnight).instant
  const round: Round = {
    ...{ in: 0, stored: 0, known: 0, quarantined: 0 },
    ...{ caughtUpTo: caughtUpTo ?? since, lastEventAt: null, problems: [], fault: null },
  }
  const windows: [from: number, to: number][] = []
  for (let from = Math.min(round.caughtUpTo, lookBack); from < now; from += SPAN)
    windows.push([from, Math.min(now, from + SPAN)])
  try {
    for (let window = windows.shift(); window; window = windows.shift()) {
      const [from, to] = window
      const whole = await readWindow(context, { peer, fetch, from, to, round })
      if (whole) round.caughtUpTo = Math.max(round.caughtUpTo, to)
      else {
        const middle = Math.floor((from + to) / 2)
        windows.unshift([from, middle], [middle, to])
      }
    }
  } catch (cause) {
    if (!(cause instanceof PeerFault)) throw cause
    round.fault = cause
  }
  return round
}

interface Window {
  peer: Peer
  fetch: FetchPeer
  from: number
  to: number
  round: Round
}

/** Pages of one window. False where the peer cut the list and knows no pages: then it is asked for less at once. */
async function readWindow(context: Polling, { peer, fetch, from, to, round }: Window) {
  const seen = new Set<string>()
  for (let number = 1; number <= PAGES; number += 1) {
    const page = readPage(await fetch(addressOf(peer, { from, to, page: number })))
    const fresh = page.ids.some((id) => id !== '' && !seen.has(id))
    if (page.ids.length === 0) return true
    if (number > 1 && !fresh) return seen.size < FULL || to - from <= HOUR
    await take(context, { peer, page, seen, round })
    for (const id of page.ids) seen.add(id)
  }
  throw new PeerFault(`it tells more than ${PAGES} pages for one window`)
}

export function addressOf(
  { url, format, jurisdiction }: Peer,
  { from, to, page }: { from: number; to: number; page: number },
): URL {
  const address = new URL(`${url.replace(/\/$/, '')}/requests.${format}`)
  const iso = (instant: number) => new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z')
  if (jurisdiction) address.searchParams.set('jurisdiction_id', jurisdiction)
  address.searchParams.set('start_date', iso(from))
  address.searchParams.set('end_date', iso(to))
  if (page > 1) address.searchParams.set('page', String(page))
  return address
}

interface Taking {
  peer: Peer
  page: PeerPage
  seen: ReadonlySet<string>
  round: Round
}

/** Stores what is new in a page. A row seen before in this window is not counted again. */
async function take(context: Polling, { peer, page, seen, round }: Taking) {
  const { log, registry, now, city } = context
  const language = city.languages[0] ?? 'ru'
  const refused = page.refused.filter(({ id }) => !seen.has(id))
  round.in += refused.length
  round.quarantined += refused.length
  note(round, refused)
  const rows = new Map(page.rows.map((row) => [row.service_request_id, row]))
  await nameServices(context, peer, page)
  const outcomes = [...rows.values()].map(async (row) => {
    if (seen.has(row.service_request_id)) return
    const key = log.key(`request:${numberOf(peer, row)}`)
    const known = key === undefined ? [] : log.stream(key)
    const events = changesOf({ peer, row, known, registry, now: now(), language })
    round.in += 1
    const told = row.updated_datetime ?? row.requested_datetime
    if (told <= now()) round.lastEventAt = Math.max(round.lastEventAt ?? told, told)
    if (events.length === 0) round.known += 1
    else if (await stored(log, events)) round.stored += 1
    else {
      round.quarantined += 1
      note(round, [{ id: row.service_request_id, why: 'its events are known with other content' }])
    }
  })
  // All of a page wait for one fsync.
  await Promise.all(outcomes)
}

/** A category that nobody knows is called as the peer calls its service, once; later names are the city's to give. */
async function nameServices({ log, now, city }: Polling, peer: Peer, { rows }: PeerPage) {
  const named = new Map(
    rows.flatMap((row) => serviceName(peer, row) ?? []).map((it) => [it.category, it]),
  )
  const events = [...named.values()]
    .filter(({ category }) => log.key(`category:${category}`) === undefined)
    .map(
      ({ category, name }): DomainEvent => ({
        ...{ id: `${peer.name}:category:${category}`, type: 'category.registered' },
        ...{ occurredAt: now(), source: peer.name, category },
        name: { [city.languages[0] ?? 'ru']: name },
      }),
    )
  if (events.length > 0) await stored(log, events)
}

async function stored(log: Polling['log'], events: readonly DomainEvent[]): Promise<boolean> {
  try {
    await log.append(events)
    return true
  } catch (cause) {
    if (cause instanceof ConflictError) return false
    throw cause
  }
}

const note = (round: Round, problems: Round['problems']) =>
  round.problems.push(...problems.slice(0, PROBLEMS - round.problems.length))
