import { describe, expect, test } from 'vitest'
import { standardise } from './casemix.ts'
import type { Cell } from './cells.ts'
import { evaluate } from './levels.ts'
import { standardisedPace } from './nelson-aalen.ts'
import type { PaceColumns } from './pace-rows.ts'
import { chanceFrom, normalsOf } from './random.ts'

const COMPANIES = 60
const QUARTERS = [0, 1, 2, 3]
const STRATA = [0.04, 0.08, 0.12, 0.2]

/** A year of a city in which every company returns as the city does: only chance is at work. */
function nullCity(seed: number): Cell<number>[] {
  const chance = chanceFrom(seed)
  const normal = normalsOf(chance)
  return Array.from({ length: COMPANIES }, (_, unit) => {
    const size = Math.exp(normal()) * 60
    return QUARTERS.flatMap((quarter) =>
      STRATA.map((share, stratum) => {
        const n = Math.round(size * (0.5 + chance()))
        let events = 0
        for (let i = 0; i < n; i++) if (chance() < share) events++
        return { unit, quarter, stratum, n, events }
      }),
    )
  }).flat()
}

/** The same of times: two strata, exponential, a twentieth still open. */
function nullTimes(seed: number): PaceColumns {
  const chance = chanceFrom(seed)
  const rows = Array.from({ length: 30_000 }, (_, i) => ({
    unit: Math.floor(chance() ** 2 * COMPANIES),
    stratum: i % 2,
    quarter: i % 4,
    time: Math.round(-Math.log(1 - chance()) * 200 * (1 + (i % 2))),
    events: chance() < 0.05 ? 0 : 1,
    n: 1,
  }))
  const column = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name])
  return {
    ...{ unit: column('unit'), stratum: column('stratum'), quarter: column('quarter') },
    ...{ time: column('time'), events: column('events'), n: column('n') },
  }
}

const SEEDS = Array.from({ length: 100 }, (_, i) => i + 1)
const evaluated = (seed: number) =>
  evaluate([
    { measure: 'reopened', worse: 'more', units: standardise(nullCity(seed)) },
    { measure: 'late', worse: 'more', units: standardise(nullCity(seed + 1000)) },
    { measure: 'pace', worse: 'fewer', units: standardisedPace(nullTimes(seed)) },
  ])

describe('a hundred cities in which nobody is bad', () => {
  const evaluations = SEEDS.map(evaluated)
  const units = evaluations.flatMap(({ measures }) => measures.flatMap((one) => one.units))

  test('at most seven evaluations in a hundred call anybody out, by one measure or by two', () => {
    const calls = evaluations.filter(
      ({ measures, composite }) =>
        measures.some((one) => one.units.some(({ level }) => level === 'inspect')) ||
        composite?.units.some(({ inspectC }) => inspectC),
    )
    expect(calls.length / evaluations.length).toBeLessThanOrEqual(0.07)
    expect(evaluations.every(({ composite }) => (composite?.units.length ?? 0) > 20)).toBe(true)
  })
  test('as few praise anybody, and hardly one unit in a thousand is watched', () => {
    const praising = evaluations.filter(({ measures }) =>
      measures.some((one) => one.units.some(({ good }) => good)),
    )
    expect(praising.length / evaluations.length).toBeLessThanOrEqual(0.07)
    expect(units.filter(({ watch }) => watch).length / units.length).toBeLessThan(0.002)
  })
  test('φ, corrected, is one, where the published estimator finds two thirds', () => {
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const of = (name: 'reopened' | 'pace') =>
      evaluations.flatMap(({ measures }) => measures.filter(({ measure }) => measure === name))
    expect(Math.abs(mean(of('reopened').map(({ phi }) => phi)) - 1)).toBeLessThan(0.1)
    expect(Math.abs(mean(of('pace').map(({ phi }) => phi)) - 1)).toBeLessThan(0.1)
    expect(mean(of('reopened').map(({ published }) => published.phi))).toBeLessThan(0.75)
  })
  test('as many are beyond a twentieth as there should be', () => {
    const share = units.filter(({ pChance }) => pChance < 0.05).length / units.length
    expect(share).toBeGreaterThan(0.03)
    expect(share).toBeLessThan(0.065)
  })
})
