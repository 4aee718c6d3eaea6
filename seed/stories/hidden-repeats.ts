import { DAY } from '../calendar.ts'
import type { Company } from '../registry/companies.ts'
import { castCompany } from './cast.ts'
import type { Story } from './story.ts'

const WINDOW = 14 * DAY
const REMEMBERED_DAYS = 13

/**
 * Faults that come back after they were called mended, told under a new number: the same flat and category within two weeks.
 * One company tells its residents to call anew instead of opening a request again, and has many more of them.
 */
export function hiddenRepeats(end: number): Story & { hider: () => Company | undefined } {
  const planted: { request: string; of: string; linked: boolean }[] = []
  const closings = new Map<number, Map<string, number>>()
  let hider: Company | undefined
  return {
    name: 'hiddenRepeats',
    hider: () => hider,
    characters(companies, random) {
      hider = castCompany(companies, { part: this.name, from: 20, to: 60 }, random)
      if (hider) hider.habit = { hidesRepeats: true }
    },
    retell(deliveries, { number, day, at, repeats }) {
      const closed = deliveries.findLast(({ event }) => event.type === 'request.closed')
      if (closed) {
        if (!closings.has(day)) {
          closings.set(day, new Map())
          closings.delete(day - REMEMBERED_DAYS)
        }
        closings.get(day)?.set(number, closed.event.occurredAt)
      }
      if (repeats === null || at > end) return deliveries
      for (const known of closings.values()) {
        const before = known.get(repeats)
        if (before === undefined || before >= at || at - before > WINDOW) continue
        const linked = deliveries.some(({ event }) => event.type === 'request.repeat_linked')
        planted.push({ request: number, of: repeats, linked })
      }
      return deliveries
    },
    truth: () => ({ hider: hider?.id ?? null, repeats: planted }),
  }
}
