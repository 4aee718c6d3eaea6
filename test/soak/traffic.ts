import { EVERYTHING } from '#server/contract/filter.ts'
import { ask, KEY } from '../running.ts'
import type { Served } from './served.ts'

/** An ordinary city of the demo's size reports an event in a quarter of a minute; sixty times as often here. */
const ORDINARY_MS = 15_000
export const FASTER = 60
/** Requests that stand open beside those of the seed. */
const STANDING = 40

const CATEGORIES = ['heat-leak', 'heat-cold', 'water-hot', 'lift-stuck']
const NEWEST = { filter: EVERYTHING, order: '-registeredAt', language: 'ru', offset: 0, limit: 200 }

/** Registers and closes requests by turns at the server itself, so that the number of open ones stays. */
export async function startTraffic(served: Served, url: string) {
  const { rows } = (await ask(url, 'requests.page', NEWEST)) as {
    rows: { building: { id: string } | null }[]
  }
  let sent = 0
  let refused = 0
  const send = async () => {
    const number = sent++
    const at = served.now() - 1000
    const like = rows[number % rows.length]
    const about = (of: number) => ({ source: 'soak', request: `soak-${of}` })
    const events = [
      {
        ...{ type: 'request.registered', id: `soak-${number}`, occurredAt: at, ...about(number) },
        ...(like?.building && { building: like.building.id }),
        category: CATEGORIES[number % CATEGORIES.length],
        ...{ channel: 'phone', kind: 'work_request' },
        priority: number % 11 === 0 ? 'emergency' : 'ordinary',
      },
      ...(number >= STANDING
        ? [
            {
              ...{ type: 'request.closed', id: `soak-${number}-end`, occurredAt: at },
              ...about(number - STANDING),
            },
          ]
        : []),
    ]
    const answer = await fetch(`${url}/ingest/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${KEY}` },
      body: events.map((event) => JSON.stringify(event)).join('\n'),
      signal: AbortSignal.timeout(5000),
    }).catch(() => null)
    if (!answer?.ok) refused++
  }
  const timer = setInterval(() => void send(), (2 * ORDINARY_MS) / FASTER)
  return {
    sent: () => sent,
    refused: () => refused,
    stop: () => clearInterval(timer),
  }
}
