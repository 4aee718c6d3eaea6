import { OF_ROW, type PlacedRows } from './pace-rows.ts'
import { readPortions } from './portions.ts'
import type { Groups } from './window.ts'

interface Hazards {
  /** By stratum and time. */
  heights: Float64Array
  /** By who is apart and time. */
  heightsApart: Float64Array
  /** Of each stratum the place of the horizon. */
  last: Int32Array
  /** One more than the place of who is apart, by stratum and unit; null = nobody is. */
  apartOf: Int32Array | null
}

/** By group; all events, beyond the horizon too, by unit. */
type Sums = Record<'observed' | 'expected' | 'ended', Float64Array>

/** Events up to the horizon and what the hazards expect, by group; of some units alone, those of the others stay 0. */
export function weighed(
  rows: PlacedRows,
  groups: Groups,
  { heights, heightsApart, last, apartOf }: Hazards,
  only?: ReadonlySet<number>,
): Sums {
  const { timePlaces, times, runs } = rows
  const units = groups.units.length
  const { unitOf } = groups
  const of = only ? restricted(groups, only) : groups.of
  const observed = new Float64Array(units * groups.parts)
  const expected = new Float64Array(units * groups.parts)
  const ended = new Float64Array(units)
  const isWanted = (portion: number) => {
    const end = runs.first[portion + 1] ?? 0
    for (let run = runs.first[portion] ?? 0; run < end; run++)
      if ((of[runs.of[run] ?? 0] ?? -1) >= 0) return true
    return false
  }
  readPortions(
    rows.parts,
    { keys: OF_ROW, wants: isWanted },
    ({ time, n, events }, length, portion) => {
      const end = runs.first[portion + 1] ?? 0
      for (let run = runs.first[portion] ?? 0; run < end; run++) {
        const group = of[runs.of[run] ?? 0] ?? -1
        if (group < 0) continue
        const to = run + 1 < end ? (runs.from[run + 1] ?? 0) : length
        const which = runs.stratum[run] ?? 0
        const one = apartOf === null ? 0 : (apartOf[which * units + (unitOf[group] ?? 0)] ?? 0)
        const curve = one === 0 ? heights : heightsApart
        const base = (one === 0 ? which : one - 1) * times
        const horizon = last[which] ?? 0
        let [closed, happened] = [0, 0]
        let sum = expected[group] ?? 0
        for (let row = runs.from[run] ?? 0; row < to; row++) {
          const at = timePlaces[time[row] ?? 0] ?? 0
          sum += (n[row] ?? 0) * (curve[base + at] ?? 0)
          const here = events[row] ?? 0
          closed += here
          if (at <= horizon) happened += here
        }
        expected[group] = sum
        observed[group] = (observed[group] ?? 0) + happened
        const own = unitOf[group] ?? 0
        ended[own] = (ended[own] ?? 0) + closed
      }
    },
  )
  return { observed, expected, ended }
}

function restricted({ units, of, unitOf }: Groups, only: ReadonlySet<number>): Int32Array {
  const isOther = units.map((unit) => !only.has(unit))
  return of.map((group) => (isOther[unitOf[group] ?? -1] ? -1 : group))
}
