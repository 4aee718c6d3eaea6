import { describe, expect, test } from 'vitest'
import { aalenJohansen, incidenceAt, type OutcomeTally } from './aalen-johansen.ts'
import { survivalAt } from './curve-reading.ts'
import { kaplanMeier } from './kaplan-meier.ts'

const CONFIRMED = 0
const REFUSED = 1
const tally = (time: number, confirmed: number, refused: number, censored = 0): OutcomeTally => ({
  ...{ time, outcomes: [confirmed, refused], censored },
})

/** Ten requests: confirmed at 1 and 3, refused at 2, one open at 2, two more confirmed at 4, the rest open at 5. */
const TEN = [tally(1, 1, 0), tally(2, 0, 1, 1), tally(3, 1, 0), tally(4, 2, 0), tally(5, 0, 0, 4)]

describe('outcomes that exclude each other', () => {
  const curves = aalenJohansen(TEN, 2)
  test('each adds S × d / n of those still without any (by hand)', () => {
    const [confirmed, refused] = curves.incidence
    const s1 = 9 / 10
    const s2 = s1 * (8 / 9)
    const s3 = s2 * (6 / 7)
    expect(confirmed?.map((value) => Number(value.toFixed(12)))).toEqual(
      [0.1, 0.1, 0.1 + s2 / 7, 0.1 + s2 / 7 + (s3 * 2) / 6, 0.1 + s2 / 7 + (s3 * 2) / 6].map(
        (value) => Number(value.toFixed(12)),
      ),
    )
    expect(refused?.at(-1)).toBeCloseTo(s1 / 9, 12)
  })
  test('sum with the survival to 1 at every time', () => {
    for (const j of curves.time.keys())
      expect(
        (curves.incidence[CONFIRMED]?.[j] ?? 0) +
          (curves.incidence[REFUSED]?.[j] ?? 0) +
          (curves.survival[j] ?? 0),
      ).toBeCloseTo(1, 12)
  })
  test('the share of an outcome is lower than if the other were taken for censoring', () => {
    const naive = kaplanMeier(
      TEN.map(({ time, outcomes, censored }) => ({
        ...{ time, events: outcomes[0] ?? 0, censored: censored + (outcomes[1] ?? 0) },
      })),
    )
    expect(incidenceAt(curves, CONFIRMED, 4).share).toBeLessThan(1 - survivalAt(naive, 4).survival)
  })
  test('before the first time nothing has happened, and its band lies around it later', () => {
    expect(incidenceAt(curves, CONFIRMED, 0.5)).toEqual({ share: 0, lower: 0, upper: 0 })
    const { share, lower, upper } = incidenceAt(curves, CONFIRMED, 4.5)
    expect(lower).toBeLessThan(share)
    expect(upper).toBeGreaterThan(share)
    expect(incidenceAt(curves, REFUSED, 1)).toEqual({ share: 0, lower: 0, upper: 0 })
  })
})

test('with one outcome it is the curve of Kaplan and Meier turned over, with the variance of Greenwood', () => {
  const rows = [
    { time: 2, events: 3, censored: 0 },
    { time: 5, events: 1, censored: 2 },
    { time: 7, events: 2, censored: 0 },
    { time: 9, events: 1, censored: 3 },
  ]
  const km = kaplanMeier(rows)
  const aj = aalenJohansen(
    rows.map(({ time, events, censored }) => ({ time, outcomes: [events], censored })),
    1,
  )
  for (const j of km.time.keys()) {
    expect(aj.incidence[0]?.[j]).toBeCloseTo(1 - (km.survival[j] ?? 0), 12)
    expect(aj.variance[0]?.[j]).toBeCloseTo((km.survival[j] ?? 0) ** 2 * (km.greenwood[j] ?? 0), 12)
    expect(aj.band[0]?.[j]?.[0]).toBeCloseTo(1 - (km.upper[j] ?? 0), 12)
    expect(aj.band[0]?.[j]?.[1]).toBeCloseTo(1 - (km.lower[j] ?? 0), 12)
  }
})

test('without censoring the variance at the end is the binomial one', () => {
  const { incidence, variance } = aalenJohansen([tally(1, 3, 0), tally(2, 0, 5), tally(3, 4, 8)], 2)
  expect(incidence[CONFIRMED]?.at(-1)).toBeCloseTo(7 / 20, 12)
  expect(variance[CONFIRMED]?.at(-1)).toBeCloseTo(((7 / 20) * (13 / 20)) / 20, 12)
})

test('doubling every request keeps the shares and halves the variance', () => {
  const once = aalenJohansen(TEN, 2)
  const twice = aalenJohansen([...TEN, ...TEN], 2)
  expect(twice.incidence[CONFIRMED]?.at(-1)).toBeCloseTo(once.incidence[CONFIRMED]?.at(-1) ?? 0, 12)
  expect(twice.n).toBe(20)
  const ratio = (twice.variance[CONFIRMED]?.at(-1) ?? 0) / (once.variance[CONFIRMED]?.at(-1) ?? 0)
  expect(ratio).toBeGreaterThan(0.45)
  expect(ratio).toBeLessThan(0.55)
})

test('nobody gives empty curves', () => {
  expect(aalenJohansen([], 2)).toMatchObject({ n: 0, time: [], incidence: [[], []] })
})
