/** Whose a row is, and in which part of the period, from 0, by the unit and the quarter that it names; null leaves it out. */
export type Window = (unit: number, quarter: number) => { unit: number; part: number } | null

/** Units and quarters that rows name; quarters are from `least`, so many of them. */
export interface Named {
  units: readonly number[]
  least: number
  span: number
}

/** Units within a window, ascending, and the parts of each one after the other. */
export interface Groups {
  units: number[]
  parts: number
  /** By the place of a named unit × span + quarter − least: the place of its own × parts + part; −1 for what is left out. */
  of: Int32Array
  /** Of such a place the unit's. */
  unitOf: Int32Array
}

export function groupsOf({ units: named, least, span }: Named, window: Window = asNamed): Groups {
  const found: ReturnType<Window>[] = []
  const all = new Set<number>()
  let parts = 1
  for (const unit of named)
    for (let quarter = least; quarter < least + span; quarter++) {
      const one = window(unit, quarter)
      found.push(one)
      if (one) all.add(one.unit)
      if (one && one.part >= parts) parts = one.part + 1
    }
  const units = [...all].sort((a, b) => a - b)
  const placeOf = new Map(units.map((unit, place) => [unit, place]))
  const of = new Int32Array(found.length).fill(-1)
  for (const [i, one] of found.entries())
    if (one) of[i] = (placeOf.get(one.unit) ?? 0) * parts + one.part
  const unitOf = new Int32Array(units.length * parts)
  for (let group = 0; group < unitOf.length; group++) unitOf[group] = Math.floor(group / parts)
  return { units, parts, of, unitOf }
}
const asNamed: Window = (unit, quarter) => ({ unit, part: quarter })
