import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LiveFrame, Topic } from '#server/contract/live.ts'
import { liveCity, TOPICS } from '#test/live-city.ts'
import { screen, standingClock } from '#test/live-screen.ts'
import { createHub } from './hub.ts'

const READERS = 4
const reader = fc.nat(READERS - 1)
const anyStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      houses: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(100, 500, 3000, 16_000) }),
  fc.record({
    do: fc.constant('join' as const),
    reader,
    topics: fc.subarray([...TOPICS], { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('drop' as const), reader }),
  fc.record({ do: fc.constant('resume' as const), reader }),
  fc.record({ do: fc.constant('slow' as const), reader }),
  fc.record({ do: fc.constant('brisk' as const), reader }),
)

/** A reader over all its connections: what it heard of each topic since it first asked for it. */
interface Reader {
  topics: readonly Topic[]
  since: Map<Topic, number>
  heard: Map<Topic, LiveFrame[]>
  screen: ReturnType<typeof screen>
  leave: (() => void) | null
  pending: number
}

test('in any order of joins, losses, stalls and returns, each reader hears each change of its topics once and in order', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
      const city = liveCity()
      const clock = standingClock(1_000_000)
      const { now, after } = clock
      const { board, registry } = city
      const hub = createHub({ board, registry, now, after, epoch: 'e', state: () => 'serving' })
      const readers: (Reader | null)[] = Array.from({ length: READERS }, () => null)

      const listen = (one: Reader, lastId: string | null) => {
        one.pending = 0
        one.screen = screen(() => one.pending)
        one.leave = hub.join(one.screen.sink, { topics: one.topics, lastId })
      }
      /** What the connection brought, with the id to go on after. */
      const close = (one: Reader) => {
        one.leave?.()
        one.leave = null
        for (const frame of one.screen.frames()) one.heard.get(frame.topic as Topic)?.push(frame)
        return one.screen.lastId()
      }
      const lastIds = new Map<Reader, string | null>()

      for (const step of steps) {
        const one = 'reader' in step ? readers[step.reader] : null
        if (step.do === 'report') city.report(step.houses)
        else if (step.do === 'pass') clock.pass(step.ms)
        else if (step.do === 'join') {
          if (one?.leave) close(one)
          // A change that waits for its frame is told to who comes now as well.
          clock.pass(500)
          const fresh: Reader = {
            ...{ topics: step.topics, pending: 0, leave: null, screen: screen() },
            since: new Map(step.topics.map((topic) => [topic, city.happened(topic).length])),
            heard: new Map(step.topics.map((topic) => [topic, []])),
          }
          listen(fresh, null)
          readers[step.reader] = fresh
        } else if (one && step.do === 'drop' && one.leave) lastIds.set(one, close(one))
        else if (one && step.do === 'resume' && !one.leave) listen(one, lastIds.get(one) ?? null)
        else if (one?.leave && step.do === 'slow') one.pending = 300_000
        else if (one?.leave && step.do === 'brisk') one.pending = 0
      }
      for (const one of readers) if (one && !one.leave) listen(one, lastIds.get(one) ?? null)
      for (const one of readers) if (one) one.pending = 0
      clock.pass(1000)

      for (const one of readers) {
        if (!one) continue
        // One that took nothing for half a minute was let go, and comes back.
        if (one.screen.ended()) listen(one, close(one))
        close(one)
        for (const topic of one.topics) {
          const [first, ...rest] = one.heard.get(topic) ?? []
          expect([first?.kind, ...rest.map(({ kind }) => kind)]).toEqual([
            'reset',
            ...rest.map(() => 'changes'),
          ])
          expect(rest.flatMap(({ events }) => events.map(({ seq }) => seq).toReversed())).toEqual(
            city.happened(topic).slice(one.since.get(topic)),
          )
          const shown = new Map(
            rest.flatMap((frame) => frame.buildings.map(([key, open]) => [key, open])),
          )
          const counts = city.counts(topic)
          for (const [key, open] of shown) expect([key, open]).toEqual([key, counts.get(key)])
          expect((rest.at(-1) ?? first)?.open).toBe(city.happened(topic).length)
        }
      }
      hub.close()
    }),
    { numRuns: 300 },
  )
})
