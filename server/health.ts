import { Hono } from 'hono'
import type { House } from './open.ts'
import { settingsOf } from './sources/known.ts'

/** Events that the facts may lag behind the log in ordinary work; beyond it the answers are told to be late. */
const LAG = 100_000
/** One failed attempt may be a moment's; so many are not. */
const STUCK = 3

export interface Health {
  status: 'ok' | 'degraded'
  /** Plain sentences: what does not work, and what still does. */
  faults: string[]
  lastSeq: number
  projectedSeq: number
}

export function healthOf({ log, projector, store, gate }: House): Health {
  const faults: string[] = []
  const fault = log.fault()
  if (fault) faults.push(`the log cannot be written (${fault}); what is stored can still be read`)
  else if (gate.full())
    faults.push('the disk is nearly full and no event is taken; what is stored can still be read')
  if (store.condition() !== 'serving')
    faults.push(`the facts are ${store.condition()}; questions are answered again by themselves`)
  const lastSeq = log.lastSeq()
  const projectedSeq = projector.seq()
  if (projector.failures() >= STUCK)
    faults.push(
      `new events are stored but cannot be taken into the facts (see the journal); the screens stand at event ${projectedSeq}`,
    )
  if (lastSeq - projectedSeq > LAG)
    faults.push(`the facts are ${lastSeq - projectedSeq} events behind the log`)
  return { status: faults.length > 0 ? 'degraded' : 'ok', faults, lastSeq, projectedSeq }
}

/** `/healthz`: 503 while something does not work. `/readyz`: 200 once questions are answered rightly. */
export function healthRoutes(house: House): Hono {
  return new Hono()
    .get('/healthz', (c) => {
      const health = healthOf(house)
      return c.json(health, health.status === 'ok' ? 200 : 503)
    })
    .get('/readyz', (c) => {
      const ready = house.store.condition() === 'serving'
      // A letter that does not leave, or a source that is not set up rightly, says nothing of the numbers that stand.
      const notices = house.context.notices.faults()
      const { fault } = settingsOf({ sources: house.context.sources, report: () => {} })
      const sources = fault === null ? [] : [fault]
      return c.json({ ready, ...healthOf(house), notices, sources }, ready ? 200 : 503)
    })
}

/** What is answered while the house is still opening: alive, not ready, and why. */
export function openingApp(why: () => string): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok', faults: [], opening: why() }))
    .all('*', (c) => {
      c.header('Retry-After', '1')
      c.header('Cache-Control', 'no-store')
      if (c.req.header('accept')?.includes('text/html')) return c.html(page(why()), 503)
      return c.json({ ready: false, error: why() }, 503)
    })
}

const page = (why: string) => `<!doctype html><meta charset="utf-8">
<meta http-equiv="refresh" content="1"><title>Домовой</title>
<p>Домовой открывается… Домовой ашылуда… Domovoi is opening…</p><p>${why}</p>`
