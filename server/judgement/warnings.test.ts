import { afterEach, describe, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { INDICATORS } from '#server/contract/integrity.ts'
import { ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { LEAKY_CITY, LEAKY_NOW } from '#test/leaky-city.ts'
import SHIPPED from '../domain/policy/domovoi.json' with { type: 'json' }
import { PolicyFile } from '../domain/policy/policy-file.ts'
import { evaluateInputs } from './evaluation.ts'
import { type Inputs, WEEKS, weekStart } from './inputs.ts'
import { evaluateAt } from './kept.ts'
import { periodOf } from './period.ts'

const POLICY = { ...PolicyFile.parse(SHIPPED), hash: '' }
const A_WEEK = 24
const USUAL = 2.4
const column = (values: readonly number[]) => Float64Array.from(values)

/** Twenty organizations with 24 requests of one kind a week for two years, of which 2.4 come back or are late. */
const CHANGED = 1
const ALWAYS = 2
const returns = (unit: number, week: number) => {
  if (unit === ALWAYS) return 8
  return unit === CHANGED && week >= WEEKS - 7 ? 8 : USUAL
}

function cityOf({ past = true, doubts = [] as [number, number][] } = {}): Inputs {
  const units = Array.from({ length: 20 }, (_, i) => i + 1)
  const rows = units.flatMap((unit) =>
    Array.from({ length: WEEKS }, (_, week) => ({ unit, week, of: returns(unit, week) })),
  )
  const sums = units.flatMap((unit) => {
    const year = rows.filter((row) => row.unit === unit)
    return [-4, -3, -2, -1, 0, 1, 2, 3].flatMap((quarter) => {
      if (quarter < 0 && !past) return []
      const own = year.filter(
        ({ week }) => Math.min(3, Math.floor(week / 13)) === (quarter + 4) % 4,
      )
      const before = own.length * (unit === ALWAYS ? 8 : USUAL)
      const events = quarter < 0 ? before : own.reduce((sum, { of }) => sum + of, 0)
      return [{ unit, quarter, n: own.length * A_WEEK, events: Math.round(events) }]
    })
  })
  const tallied = (of: readonly { unit: number; n: number; events: number }[]) => ({
    organization: column(of.map(({ unit }) => unit)),
    stratum: column(of.map(() => 0)),
    mature: column(of.map(({ n }) => n)),
    returned: column(of.map(({ events }) => events)),
    due: column(of.map(({ n }) => n)),
    late: column(of.map(({ n }) => n / 10)),
  })
  const none = column([])
  return {
    shares: { ...tallied(sums), quarter: column(sums.map(({ quarter }) => quarter)) },
    weeks: {
      ...tallied(rows.map(({ unit, of }) => ({ unit, n: A_WEEK, events: of }))),
      week: column(rows.map(({ week }) => week)),
    },
    pace: { organization: none, quarter: none, stratum: none, bin: none, events: none, n: none },
    doubts: {
      organization: column(doubts.map(([unit]) => unit)),
      indicator: column(doubts.map(([, indicator]) => indicator)),
    },
    hash: '',
  }
}

const unitOf = (inputs: Inputs, unit: number, restarts = new Map<number, number>()) =>
  evaluateInputs(inputs, POLICY, restarts).measures.reopened.units.find((one) => one.unit === unit)

describe('an organization is watched before its year tells', () => {
  test('when many more come back in the last seven weeks than in the year before', () => {
    const unit = unitOf(cityOf(), CHANGED)
    expect(unit).toMatchObject({ level: 'watch', beyond: false, warned: { doubts: [] } })
    expect(unit?.warned?.week).toBeGreaterThanOrEqual(WEEKS - 5)
  })

  test('not when as many have always come back: that is for the levels', () => {
    expect(unitOf(cityOf(), ALWAYS)).toMatchObject({ beyond: true, warned: null })
  })

  test('not when it has no year before, or began anew', () => {
    expect(unitOf(cityOf({ past: false }), CHANGED)).toMatchObject({ warned: null, level: 'none' })
    expect(unitOf(cityOf(), CHANGED, new Map([[CHANGED, 0]]))).toMatchObject({ warned: null })
  })

  test('by a question of integrity, in the measure that it would flatter and in no other', () => {
    const early = INDICATORS.indexOf('premature')
    const { measures } = evaluateInputs(cityOf({ doubts: [[7, early]] }), POLICY)
    const levels = Object.values(measures).flatMap(({ measure, units }) =>
      units
        .filter(({ unit }) => unit === 7)
        .map(({ level, warned }) => ({ measure, level, warned })),
    )
    expect(levels).toEqual([
      { measure: 'reopened', level: 'watch', warned: { week: null, doubts: ['premature'] } },
      { measure: 'late', level: 'none', warned: null },
    ])
  })
})

describe('the weeks of the judged year', () => {
  let house: TestHouse
  afterEach(() => house.close())

  test('hold the requests of its quarters, and end with it', async () => {
    house = await openTestHouse(LEAKY_CITY, { now: LEAKY_NOW, zone: ZONE })
    const { context } = house
    const period = periodOf(EVERYTHING, LEAKY_NOW, ZONE)
    const { tables } = await evaluateAt(context, period)
    const sum = (values: Iterable<number>) =>
      Array.from(values).reduce((all, value) => all + value, 0)
    const { shares, weeks } = tables
    expect([weeks.mature, weeks.returned, weeks.due, weeks.late].map(sum)).toEqual(
      [shares.mature, shares.returned, shares.due, shares.late].map(sum),
    )
    expect(sum(weeks.mature)).toBeGreaterThan(3000)
    expect(Math.min(...weeks.week)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...weeks.week)).toBeLessThan(WEEKS)
    expect(new Date(weekStart(period, WEEKS) * 86_400_000).toISOString().slice(0, 10)).toBe(
      period.to,
    )
  })
})
