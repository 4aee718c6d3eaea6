import { expect, test } from 'vitest'
import { evaluateInputs } from '#server/judgement/evaluation.ts'
import { stepsOf } from '#server/judgement/flag-book.ts'
import type { Inputs } from '#server/judgement/inputs.ts'
import type { Quality } from '#server/judgement/quality.ts'
import { refine } from '#server/judgement/refined.ts'
import { NO_STANDING, type Standing, type Step } from '#server/stats/persistence.ts'
import SHIPPED from '../../domain/policy/domovoi.json' with { type: 'json' }
import { PolicyFile } from '../../domain/policy/policy-file.ts'
import { findingsOf } from './findings.ts'

const FLAG = 'composite.o-1'
const POLICY = { ...PolicyFile.parse(SHIPPED), hash: '' }
const QUARTERS = [0, 1, 2, 3]
/** Of 250 in a quarter; everybody else has 25 and 50. */
type Own = { returned: number; late: number }
const column = (values: readonly number[]) => Float64Array.from(values)

/** Forty organizations that differ a little from each other, and the first with its own. */
function cityOf(own: Own): Inputs {
  const rows = Array.from({ length: 40 }, (_, i) => i + 1).flatMap((unit) =>
    QUARTERS.map((quarter) => {
      const other = { returned: 25 + (unit % 7) - 3, late: 50 + (unit % 5) * 3 - 6 }
      return { unit, quarter, n: 250, ...(unit === 1 ? own : other) }
    }),
  )
  const n = column(rows.map((row) => row.n))
  const common = {
    organization: column(rows.map(({ unit }) => unit)),
    quarter: column(rows.map(({ quarter }) => quarter)),
    stratum: column(rows.map(() => 0)),
  }
  const shares = {
    ...{ mature: n, returned: column(rows.map(({ returned }) => returned)) },
    ...{ due: n, late: column(rows.map(({ late }) => late)) },
  }
  const nothing = { week: column([]), organization: column([]), indicator: column([]) }
  return {
    shares: { ...common, ...shares },
    pace: { ...common, bin: column(rows.map(() => 400)), events: n, n },
    weeks: { ...nothing, stratum: nothing.week, ...shares },
    doubts: nothing,
    hash: '',
  }
}

/** What stands of the flag after one more month, and what was found and done in it. */
function month(before: Standing, name: string, own: Own, quality = new Map<number, Quality>()) {
  const inputs = cityOf(own)
  const basis = { inputs, policy: POLICY, restarts: new Map(), detail: { get: () => [] } }
  const figures = refine(evaluateInputs(inputs, POLICY), basis, quality)
  const registry = {
    organization: (key: number) => ({
      ...{ key, id: `o-${key}`, name: `o-${key}`, kind: 'uk' as const },
      ...{ phone: null, mergedInto: null },
    }),
    organizationById: () => undefined,
  }
  const stood = new Map(before.inspect ? [[FLAG, before]] : [])
  const found = findingsOf({ registry }, { ...figures, restarts: new Map() }, stood)
  const finding = found.find((one) => one.finding.flag === FLAG)?.finding
  const late = figures.measures.late.units.find(({ unit }) => unit === 1)
  if (!finding) return { standing: before, steps: [] as Step[], finding, late }
  return { ...stepsOf(stood, finding, name, POLICY), finding, late }
}

const TOGETHER: Own = { returned: 33, late: 60 }
const LATE_ALONE: Own = { returned: 24, late: 75 }
const CALM: Own = { returned: 25, late: 50 }

/** Issued because two measures together call it out twice running, and neither alone. */
function issued(): Standing {
  const first = month(NO_STANDING, '2026-01', TOGETHER)
  expect(first.finding?.level).toBe('inspect')
  const { standing, steps } = month(first.standing, '2026-02', TOGETHER)
  expect(steps.map(({ step }) => step)).toEqual(['issued'])
  return standing
}

test('what two measures together called out is not calm while one of them calls it out by itself', () => {
  let standing = issued()
  for (const name of ['2026-03', '2026-04', '2026-05']) {
    const { finding, late, steps, ...after } = month(standing, name, LATE_ALONE)
    expect(late).toMatchObject({ level: 'inspect' })
    expect(finding).toMatchObject({
      level: 'none',
      l975: expect.closeTo(late?.l975 ?? 0, 9),
    })
    expect(finding?.q).toBeLessThan(1)
    expect(steps).toEqual([])
    standing = after.standing
  }
})

test('it is withdrawn after two evaluations in which both measures are as expected', () => {
  const once = month(issued(), '2026-03', CALM)
  expect(once.finding?.q).toBeGreaterThan(0.2)
  expect(once.steps).toEqual([])
  expect(month(once.standing, '2026-04', CALM).steps).toMatchObject([
    { step: 'withdrawn', reason: 'calm' },
    { step: 'watchEnded', reason: 'quiet' },
  ])
})

test('data that cannot be relied on do not make it calm', () => {
  const poor: Quality = { n: 1000, marked: 0.5, silent: 0, passes: false }
  let standing = issued()
  for (const name of ['2026-03', '2026-04', '2026-05']) {
    const { steps, finding, ...after } = month(standing, name, CALM, new Map([[1, poor]]))
    expect(finding?.level).toBe('insufficient')
    expect(steps).toEqual([])
    standing = after.standing
  }
})
