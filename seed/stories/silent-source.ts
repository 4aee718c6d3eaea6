import { dayOf, MINUTE, startOf } from '../calendar.ts'
import type { Story, Town } from './story.ts'

const SILENT = 'app'
const CATCHING_UP = 20 * MINUTE

/** One source delivers nothing for a whole day, and all of it in the first minutes of the next. */
export function silentSource({ firstDay, lastDay }: Town): Story {
  const day = lastDay - (lastDay - firstDay < 100 ? 12 : 40)
  const from = startOf(day)
  const until = startOf(day + 1)
  const held = { events: 0 }
  return {
    name: 'silentSource',
    retell: (deliveries) =>
      deliveries.map((one) => {
        if (one.event.source !== SILENT || dayOf(one.at) !== day) return one
        held.events++
        const caught = Math.round(((one.at - from) / (until - from)) * CATCHING_UP)
        return { ...one, at: until + MINUTE + caught }
      }),
    truth: () => ({ source: SILENT, from, until, events: held.events }),
  }
}
