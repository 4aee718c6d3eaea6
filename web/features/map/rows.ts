import type { Classes } from '#web/map/classes.ts'
import type { Told } from '#web/map/hexagons.ts'
import { CLASSES, isOfAnInstant, type Measure, quietClass, type Scale } from '#web/map/layers.ts'
import {
  createRowOf,
  judgedIn,
  type MapRow,
  type RowOf,
  type RowsKnown,
  type Sources,
} from './map-row.ts'
import { changedKeys } from './open-columns.ts'
import type { Place } from './places.ts'
import { inOrderOf, merged } from './row-order.ts'
import { rateOf, toldOf } from './row-sums.ts'

export interface MapRows {
  /** What colours and classes mean. */
  scale: Scale
  /** Buildings of the chosen districts. */
  places: readonly Place[]
  /** Those the measure says something of, largest first: the list beside the map and the order of the keyboard. */
  listed: readonly MapRow[]
  rowOf: RowOf
  /** For the map: the class of each building, and what its hexagons tell. */
  classes: Classes
  told: Told
  /** Buildings in each class of the measure. */
  legend: readonly number[]
  /** Open requests per 100 apartments, over the buildings whose apartments are known; null where none are. */
  rate: number | null
}

const isJudged = (measure: Measure) => measure === 'deviation' || measure === 'change'

export const scaleOf = (measure: Measure, compared: boolean): Scale =>
  compared && isOfAnInstant(measure)
    ? measure === 'intensity'
      ? 'rateDifference'
      : 'difference'
    : measure

/** What was made of the sources before these, which mostly differ in some counts. */
interface Kept extends RowsKnown {
  sources: Sources
  within: readonly Place[]
  of: Uint8Array
  legend: readonly number[]
  listed: readonly MapRow[]
}

/**
 * Rows of one state after the other. A building whose counts stand keeps its row, the very same object, its class and its place
 * among the others: a change of a thousand buildings costs a thousand rows, however many there are.
 */
export function createMapRows(): (sources: Sources) => MapRows {
  let kept: Kept | null = null
  return (sources) => {
    const scale = scaleOf(sources.measure, sources.before !== undefined)
    const stands = kept && sameBut(kept.sources, sources, 'open') ? kept : null
    const known = stands ?? nothingOf(sources, scale)
    const rowOf = createRowOf(sources, scale, known)
    const changed = stands
      ? changedKeys(stands.sources.open, sources.open)
      : spokenOf(sources, known.within, scale)
    const now = changedRows(known, changed, { rowOf, scale, sources })
    kept = { ...known, ...now, sources }
    const { within } = known
    return {
      scale,
      places: within,
      listed: now.listed,
      rowOf,
      classes: { keys: sources.places.keys, of: now.of },
      told: toldOf(scale, now.listed, sources.places, within),
      legend: now.legend,
      rate: scale === 'intensity' ? rateOf(now.listed, within) : null,
    }
  }
}

const sameBut = (one: Sources, other: Sources, differing: keyof Sources) =>
  (Object.keys(other) as (keyof Sources)[]).every(
    (key) => key === differing || one[key] === other[key],
  )

/** All buildings are quiet, and nothing is listed. */
function nothingOf(sources: Sources, scale: Scale): Kept {
  const { places, districts } = sources
  const within =
    districts.size === 0 ? places.all : places.all.filter(({ district }) => districts.has(district))
  const quiet = quietClass(scale)
  return {
    sources,
    rows: [],
    judged: judgedIn(sources),
    within,
    of: new Uint8Array(places.all.length),
    legend: CLASSES[scale].map((_, position) => (position === quiet ? within.length : 0)),
    listed: [],
  }
}

function changedRows(
  known: Kept,
  keys: Iterable<number>,
  { rowOf, scale, sources }: { rowOf: RowOf; scale: Scale; sources: Sources },
): Pick<Kept, 'of' | 'legend' | 'listed'> {
  const { districts } = sources
  const quiet = quietClass(scale)
  const of = known.of.slice()
  const legend = [...known.legend]
  const isChanged = new Uint8Array(of.length)
  const fresh: MapRow[] = []
  for (const key of keys) {
    const row = rowOf(key)
    if (!row || (districts.size > 0 && !districts.has(row.district))) continue
    const was = (of[row.at] || quiet + 1) - 1
    legend[was] = (legend[was] ?? 0) - 1
    legend[row.position] = (legend[row.position] ?? 0) + 1
    of[row.at] = row.position === quiet ? 0 : row.position + 1
    isChanged[row.at] = 1
    if (isListed(scale, row)) fresh.push(row)
  }
  const order = inOrderOf(scale)
  const stay = known.listed.filter(({ at }) => isChanged[at] === 0)
  return { of, legend, listed: merged(stay, fresh.sort(order), order) }
}

/** Keys of buildings that may be of another class than the quiet one: the others share it, but for intensity, which asks for apartments. */
function spokenOf(
  { open, deviating, uncompared, silence, before, measure }: Sources,
  within: readonly Place[],
  scale: Scale,
): Iterable<number> {
  if (scale === 'intensity') return within.map(({ key }) => key)
  if (isJudged(measure))
    return [...deviating.map(({ building }) => building), ...(uncompared ?? [])]
  if (measure === 'silence')
    return [...(silence?.silent.map(({ building }) => building) ?? []), ...(silence?.unknown ?? [])]
  return before ? new Set([...open.keys, ...before.keys]) : open.keys
}

const isListed = (scale: Scale, row: MapRow) =>
  scale === 'difference' || scale === 'rateDifference'
    ? row.difference !== 0
    : scale === 'deviation' || scale === 'change'
      ? row.deviation !== 'usual'
      : row.amount > 0
