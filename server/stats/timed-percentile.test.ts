import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentile } from './curve-reading.ts'
import { curveOf } from './kaplan-meier.ts'
import { timedPercentile } from './timed-percentile.ts'

const one = fc.record({ time: fc.integer({ min: 1, max: 12 }), event: fc.nat(1) })

test('without the curve comes what the curve says, whatever the times', () => {
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), fc.constantFrom(0.5, 0.25, 0.9), (all, p) => {
      const sorted = all.toSorted((a, b) => a.time - b.time)
      const times = {
        time: sorted.map(({ time }) => time),
        events: sorted.map(({ event }) => event),
        n: sorted.map(() => 1),
      }
      expect(timedPercentile(times, p)).toEqual(percentile(curveOf(times), p))
    }),
    { numRuns: 4000 },
  )
})
