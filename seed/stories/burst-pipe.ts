import { dayOf, HOUR, MINUTE, startOf } from '../calendar.ts'
import type { Call } from '../demand/arrival.ts'
import { whole } from '../life/steps.ts'
import { createRandom, mix } from '../random.ts'
import { troubleOf } from './outage.ts'
import type { Story, Town } from './story.ts'

const CALLS = 60
const SHARE_OF_HISTORY = 0.7

/** One pipe bursts in the largest house, and sixty flats call about it within two hours: sixty requests, one incident. */
export function burstPipe({ seed, place, firstDay, lastDay }: Town): Story {
  const random = createRandom(mix(seed, 'burst pipe'))
  const house = place.houses.reduce(
    (best, { apartments }, i) => (apartments > (place.houses[best]?.apartments ?? 0) ? i : best),
    0,
  )
  const day = Math.round(firstDay + SHARE_OF_HISTORY * (lastDay - firstDay))
  const from = startOf(day) + 18 * HOUR + 20 * MINUTE
  const mass = { id: 'burst-pipe', from, until: from + 105 * MINUTE, supplier: null }
  const trouble = troubleOf('water-burst')
  const flats = random.shuffled(
    Array.from(
      { length: Math.max(CALLS, place.houses[house]?.apartments ?? 0) },
      (_, flat) => flat,
    ),
  )
  const calls = flats.slice(0, CALLS).map(
    (flat, i): Call => ({
      at: whole(from + (i === 0 ? 0 : Math.min(100, random.logNormal(22, 0.8)) * MINUTE)),
      house,
      flat: flat % (place.houses[house]?.apartments ?? 1),
      trouble,
      channel: random.pick(['emergency_dispatch', 'emergency_dispatch', 'phone', 'app']),
      mass,
    }),
  )
  const numbers: string[] = []
  return {
    name: 'burstPipe',
    calls: (on) => (on === day ? calls.filter(({ at }) => dayOf(at) === on) : []),
    retell(deliveries, { mass, number }) {
      if (mass?.id === 'burst-pipe') numbers.push(number)
      return deliveries
    },
    truth: () => ({
      building: place.houses[house]?.id,
      category: trouble.id,
      from,
      until: mass.until,
      requests: numbers,
    }),
  }
}
