import { PRIORITIES, type Resource, type Words } from '#server/contract/vocabulary.ts'
import type { Context } from '#server/trpc.ts'
import type { Place } from './place.ts'
import type { WallMap, WallOutages } from './schema.ts'

const EMERGENCY = PRIORITIES.indexOf('emergency')
const ROWS = 4

/** Outages, as their page has them. */
export interface WallOutageLine {
  state: 'ahead' | 'in_force' | 'suspected' | 'dismissed' | 'ended'
  resource: Resource
  announced: { planned: boolean; promised: number | null } | null
  since: number
  place: { heatingPoint: string | null; address: Words | null; district: Words | null }
  count: number
  calls: {
    apartments: number
    evidence: { apartments: number; expected: number; windowMin: number }
  } | null
  /** Of its houses, those on the map. */
  houses: readonly { key: number }[]
  outline: [number, number][] | null
  /** Ids of the districts of its houses. */
  districts: readonly string[]
}
export type AskOutages = (context: Context) => {
  now: number
  ready: boolean
  lines: readonly WallOutageLine[]
}
type Row = WallOutages['rows'][number]

/** An outage of two districts is one of both. */
const isIn = (place: Place, { districts }: WallOutageLine) => !place || districts.includes(place.id)
const isStanding = ({ state }: WallOutageLine) => state === 'suspected' || state === 'in_force'

/** What keeps people without something now: emergencies past their limit first, then what is suspected, then what is announced. */
export function wallOutages(
  { board, registry }: Pick<Context, 'board' | 'registry'>,
  { now, ready, lines }: ReturnType<AskOutages>,
  place: Place,
  emergenciesKnown: boolean,
): WallOutages {
  const standing = standingOutages({ lines }, place)
  const emergencies = [...board.open()]
    .filter(
      ({ priority, district }) => priority === EMERGENCY && (!place || district === place.key),
    )
    .sort(
      (a, b) =>
        (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) ||
        a.request - b.request,
    )
  const isLate = ({ dueAt }: { dueAt: number | null }) => dueAt !== null && dueAt < now
  const late = emergencies.filter(isLate)
  const inTime = emergencies.filter((open) => !isLate(open))
  const emergencyRow = (open: (typeof emergencies)[number]): Row => ({
    ...nothing,
    kind: isLate(open) ? 'late' : 'emergency',
    category: registry.category(open.category)?.name ?? null,
    address: registry.building(open.building)?.address ?? null,
    district: registry.district(open.district)?.name ?? null,
    houses: 1,
    since: open.registeredAt,
    promised: open.dueAt,
  })
  const outageRows = standing.map(outageRow)
  // One late emergency leads; more of them may not hide that a whole quarter is cold.
  const shownLate = late.slice(0, Math.max(1, ROWS - outageRows.length))
  const rows = [...shownLate.map(emergencyRow), ...outageRows, ...inTime.map(emergencyRow)]
  return {
    now,
    ready,
    rows: rows.slice(0, ROWS),
    late: late.length,
    suspected: standing.filter(({ state }) => state === 'suspected').length,
    announced: standing.filter(({ state }) => state === 'in_force').length,
    inTime: inTime.length,
    emergenciesKnown,
  }
}

const nothing = {
  resource: null,
  category: null,
  heatingPoint: null,
  called: null,
  usual: null,
  windowMin: null,
}

const outageRow = (line: WallOutageLine): Row => ({
  kind: line.announced ? (line.announced.planned ? 'planned' : 'accident') : 'suspected',
  resource: line.resource,
  category: null,
  ...line.place,
  houses: line.count,
  called: line.calls?.apartments ?? null,
  usual: line.calls?.evidence.expected ?? null,
  windowMin: line.calls?.evidence.windowMin ?? null,
  since: line.since,
  promised: line.announced?.promised ?? null,
})

/** Outages that stand, for the map of the wall. */
export const standingOutages = ({ lines }: Pick<ReturnType<AskOutages>, 'lines'>, place: Place) =>
  lines.filter((line) => isStanding(line) && isIn(place, line))

export const onMap = (line: WallOutageLine): WallMap['outages'][number] => ({
  ...outageRow(line),
  outline: line.outline,
})
