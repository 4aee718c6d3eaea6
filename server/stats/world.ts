import { z } from 'zod'
import { PLAIN, standardise } from './casemix.ts'
import { LEVEL_POLICY } from './level-policy.ts'
import { evaluate } from './levels.ts'

const counts = z.array(z.number().int().min(0))

/** A year of a city in columns: requests and events by company, quarter and stratum. Companies are numbered from 0. */
export const World = z.object({
  input: z
    .object({
      company: counts,
      quarter: counts,
      stratum: counts,
      n: counts,
      reopened: counts,
      breached: counts,
    })
    .refine(
      ({ company, ...columns }) =>
        Object.values(columns).every(({ length }) => length === company.length),
      'the columns are not of one length',
    )
    .check(({ value: { n, reopened, breached }, issues }) => {
      const row = n.findIndex((all, i) => (reopened[i] ?? 0) > all || (breached[i] ?? 0) > all)
      if (row >= 0)
        issues.push({
          ...{ code: 'custom', input: n[row], path: ['n', row] },
          message: `row ${row} has more reopened or breached requests than requests`,
        })
    }),
})
export type World = z.output<typeof World>

const MEASURES = { reopen: 'reopened', breach: 'breached' } as const

/**
 * A world states strata without what they stand for, and each measure by itself: every unit is part of its strata, every
 * measure a family of tests, and few events are tested as many are.
 */
const POLICY = { ...LEVEL_POLICY, normalFrom: 0, maxOwnShare: 1 }

/** What the product says of each company, by its number; distances and what follows of them are null where V is 0. */
export function judgeWorld({ input }: World) {
  const companies = input.company.reduce((most, company) => Math.max(most, company), -1) + 1
  return Object.fromEntries(
    Object.entries(MEASURES).map(([name, column]) => [name, judged(input, column, companies)]),
  )
}

function judged(
  input: World['input'],
  column: (typeof MEASURES)[keyof typeof MEASURES],
  companies: number,
) {
  const cells = input.company.map((unit, i) => ({
    unit,
    quarter: input.quarter[i] ?? 0,
    stratum: String(input.stratum[i]),
    n: input.n[i] ?? 0,
    events: input[column][i] ?? 0,
  }))
  const standardised = standardise(cells, PLAIN)
  const [judgement] = evaluate(
    [{ measure: column, worse: 'more', units: standardised }],
    POLICY,
  ).measures
  if (!judgement) throw new Error('a measure was evaluated to nothing')
  const { phi, tau2 } = judgement
  const units = judgement.units.toSorted((a, b) => a.unit - b.unit)
  const by = new Map(units.map((unit) => [unit.unit, unit]))
  // Of whom nothing is expected, or nothing but that, there is no distance; a number that no row has is expected nothing.
  const counted = new Map(standardised.map((unit) => [unit.unit, unit]))
  const sums = (figure: 'expected' | 'variance') =>
    Array.from({ length: companies }, (_, company) => counted.get(company)?.[figure] ?? 0)
  const of = (figure: 'z' | 'zDispersed' | 'q' | 'l975') =>
    Array.from({ length: companies }, (_, company) => by.get(company)?.[figure] ?? null)
  const list = (level: 'inspectA' | 'inspectB' | 'watch') =>
    units.filter((unit) => unit[level]).map(({ unit }) => unit)
  return {
    E: sums('expected'),
    V: sums('variance'),
    z: of('z'),
    z_od: of('zDispersed'),
    q: of('q'),
    L975: of('l975'),
    phi,
    tau2,
    inspect_A: list('inspectA'),
    inspect_B: list('inspectB'),
    watch: list('watch'),
  }
}
