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

/**
 * Who counts as whom, and in which part, for every unit and quarter that rows name. Without a window everybody is of their own,
 * part by quarter. A window that leaves out everything gives no units and one part.
 */
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

/** Rows that each of some windows gives to one unit: what is counted of them once, the windows sum up. */
export interface Classes<W extends string = string> {
  count: number
  /** By the place of a named unit × span + quarter − least; −1 for what every window leaves out. */
  of: Int32Array
  /** Of a class its layer: those of one layer are within the same windows. */
  layerOf: Int32Array
  layers: number
  windows: Record<W, ClassesWithin>
}
export interface ClassesWithin {
  groups: Groups
  /** By class the place of its unit in `groups`; −1 for what the window leaves out. */
  unitOf: Int32Array
  /** The layers that are within it. */
  layers: readonly number[]
}

/**
 * Units and quarters that no window tells apart, as one class each: what is summed by class once, every window sums up. A window
 * that is undefined takes every row as it is named; what all windows leave out has no class.
 */
export function classesOf<W extends string>(
  named: Named,
  windows: Record<W, Window | undefined>,
): Classes<W> {
  const names = Object.keys(windows) as W[]
  const groups = names.map((name) => groupsOf(named, windows[name]))
  const classes = new Map<string, { place: number; layer: number; units: number[] }>()
  const layers = new Map<string, { place: number; isWithin: boolean[] }>()
  const of = new Int32Array(named.units.length * named.span).fill(-1)
  for (let place = 0; place < of.length; place++) {
    const units = groups.map((one) => one.unitOf[one.of[place] ?? -1] ?? -1)
    const isWithin = units.map((unit) => unit >= 0)
    if (!isWithin.includes(true)) continue
    const layer = layers.get(isWithin.join()) ?? { place: layers.size, isWithin }
    layers.set(isWithin.join(), layer)
    const known = classes.get(units.join()) ?? { place: classes.size, layer: layer.place, units }
    classes.set(units.join(), known)
    of[place] = known.place
  }
  const all = [...classes.values()]
  const within = names.map((name, which) => [
    name,
    {
      groups: groups[which],
      unitOf: Int32Array.from(all, ({ units }) => units[which] ?? -1),
      layers: [...layers.values()].flatMap(({ place, isWithin }) =>
        isWithin[which] ? [place] : [],
      ),
    },
  ])
  return {
    ...{ count: all.length, of, layers: layers.size },
    layerOf: Int32Array.from(all, ({ layer }) => layer),
    windows: Object.fromEntries(within),
  }
}
