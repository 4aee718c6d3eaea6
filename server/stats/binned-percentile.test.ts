import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binnedPercentile } from './binned-percentile.ts'
import { percentile } from './curve-reading.ts'
import { kaplanMeier } from './kaplan-meier.ts'
import { secondsOf } from './log-bins.ts'

const FIRST = 411
const bin = fc.record({ events: fc.nat(4), censored: fc.nat(2) })

test('from bins comes what the curve says, whatever the bins', () => {
  fc.assert(
    fc.property(fc.array(bin, { maxLength: 30 }), fc.constantFrom(0.5, 0.25, 0.9), (bins, p) => {
      const events = bins.map((b) => b.events)
      const n = bins.map((b) => b.events + b.censored)
      const curve = kaplanMeier(bins.map((b, j) => ({ time: secondsOf(FIRST + j), ...b })))
      const expected = percentile(curve, p)
      const close = (v: number | null) => (v === null ? null : expect.closeTo(v, 6))
      expect(binnedPercentile({ first: FIRST, events, n }, p)).toEqual({
        value: close(expected.value),
        lower: close(expected.lower),
        upper: close(expected.upper),
      })
    }),
    { numRuns: 2000 },
  )
})
