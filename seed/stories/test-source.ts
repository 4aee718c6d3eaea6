import type { DomainEvent } from '#server/contract/events.ts'
import { dayOf, HOUR, startOf } from '../calendar.ts'
import type { Arrival } from '../demand/arrival.ts'
import { mix } from '../random.ts'
import { SOURCE_OF, type Source } from '../sources.ts'
import type { Story, Town } from './story.ts'

const NEW: Source = 'bot'

/** A chat bot begins in test mode with some of the messages; after its first weeks it takes them all. */
export function testSource({ seed, firstDay, lastDay }: Town): Story & {
  sourceOf: (arrival: Arrival) => Source
} {
  const days = lastDay - firstDay
  const begins = firstDay + Math.round(days / 3)
  const ends = begins + Math.min(21, Math.round(days / 5))
  const mode = (test: boolean, day: number): DomainEvent => ({
    type: 'source.test_mode_changed',
    id: `${NEW}:test-mode:${test ? 'on' : 'off'}`,
    occurredAt: startOf(day) + 6 * HOUR,
    source: NEW,
    of: NEW,
    test,
  })
  const notices = [mode(true, begins), mode(false, ends)]
  return {
    name: 'testSource',
    sourceOf({ channel, at, day, nth }) {
      const usual = SOURCE_OF[channel] ?? '109'
      const [first, last] = notices
      if (channel !== 'messenger' || at < (first?.occurredAt ?? 0)) return usual
      return at >= (last?.occurredAt ?? 0) || mix(seed, NEW, day, nth) % 3 === 0 ? NEW : usual
    },
    notices: (day) =>
      notices
        .filter(({ occurredAt }) => dayOf(occurredAt) === day)
        .map((event) => ({ at: event.occurredAt, event })),
    truth: () => ({
      source: NEW,
      from: notices[0]?.occurredAt,
      until: notices[1]?.occurredAt,
    }),
  }
}
