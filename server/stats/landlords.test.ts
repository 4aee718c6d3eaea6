import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { DATA_MISSING, UK_LANDLORDS } from '#test/real-data.ts'
import { PLAIN, standardise } from './casemix.ts'
import { binomialLimit } from './funnel.ts'
import { levelsOf } from './levels.ts'
import { Z999 } from './normal.ts'

interface Landlord {
  name: string
  repairs: number
  late: number
}

/** Ordinary repairs of every landlord that told them, and how many were not done in the time it had set. */
function landlords(): Landlord[] {
  const rows: Record<string, string>[] = parse(readFileSync(UK_LANDLORDS), { columns: true })
  return rows.flatMap((row) => {
    const repairs = Number(row.repair_nonemerg_rp02_1_den)
    const done = Number(row.repair_nonemerg_rp02_1_num)
    return repairs > 0 && done >= 0
      ? [{ name: row.landlord ?? '', repairs, late: repairs - done }]
      : []
  })
}

describe.skipIf(DATA_MISSING)('ordinary repairs of 352 landlords of England in 2024', () => {
  const all = DATA_MISSING ? [] : landlords()
  const total = all.reduce((sum, { repairs }) => sum + repairs, 0)
  const share = all.reduce((sum, { late }) => sum + late, 0) / total

  test('limits of chance alone call out nearly everybody: 338', () => {
    expect(all).toHaveLength(352)
    const outside = all.filter(({ repairs, late }) => {
      const [lower, upper] = [0.001, 0.999].map((p) => binomialLimit(share, repairs, p))
      return late / repairs < (lower ?? 0) || late / repairs > (upper ?? 1)
    })
    expect(outside).toHaveLength(338)
  })

  test('allowing for ordinary differences ten lie outside, and two of them are unusual among the others', () => {
    const cells = all.map(({ repairs, late }, unit) => ({
      ...{ unit, stratum: 'repair', n: repairs, events: late },
    }))
    const { units } = levelsOf({
      ...{ measure: 'late', worse: 'more', units: standardise(cells, PLAIN) },
    })
    const outside = units.filter(({ zDispersed }) => Math.abs(zDispersed) > Z999)
    expect(outside).toHaveLength(10)
    const named = (found: typeof units) => found.map(({ unit }) => all[unit]?.name)
    expect(named(units.filter(({ inspectA }) => inspectA))).toEqual([
      ...['Salford City Council', 'Tandridge District Council'],
    ])
    // Beyond the absolute tolerance of a quarter: one in twenty-five.
    expect(units.filter(({ level }) => level === 'inspect')).toHaveLength(15)
  })
})
