import type { DomainEvent } from '#server/contract/events.ts'
import type { Log } from '#server/log/log.ts'
import type { Domograd } from './city.ts'
import type { Delivery } from './life/steps.ts'

const BATCH = 50_000

export interface Seeded {
  events: number
  requests: number
}

/**
 * Appends the register and the whole history. `progress` is told days done and days in all; `learned` when each event was
 * delivered, before the log asks.
 */
export async function seedInto(
  log: Pick<Log, 'append'>,
  city: Domograd,
  progress: (done: number, total: number) => void,
  learned = new Map<DomainEvent, number>(),
): Promise<Seeded> {
  const seeded: Seeded = { events: 0, requests: 0 }
  const append = async (events: readonly DomainEvent[]) => {
    for (let from = 0; from < events.length; from += BATCH) {
      const { stored } = await log.append(events.slice(from, from + BATCH))
      seeded.events += stored.length
      for (const { type } of stored) if (type === 'request.registered') seeded.requests++
    }
    learned.clear()
  }
  const days = city.lastDay - city.firstDay + 1
  for (const event of city.registry) learned.set(event, city.start)
  await append(city.registry)
  let held: DomainEvent[] = []
  const learn = ({ at, event }: Delivery) => {
    // What is sent twice was learned the first time.
    if (!learned.has(event)) learned.set(event, at)
    return event
  }
  let day = 0
  for (const deliveries of city.history()) {
    const chunk = deliveries.map(learn)
    held = held.length === 0 ? chunk : held.concat(chunk)
    day++
    if (held.length < BATCH / 2 && day < days) continue
    await append(held)
    held = []
    progress(day, days)
  }
  return seeded
}
