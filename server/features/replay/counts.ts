import { LATE_MS } from '#server/contract/replay.ts'
import type { Stretch } from './lived.ts'

/** Open requests by house as columns, in the order of the answer's houses. */
export interface Columns {
  open: number[]
  overdue: number[]
  emergency: number[]
  /** Of the emergencies, those past their due time. */
  emergencyOverdue: number[]
}
/** What is added to a house at an instant, in the order of time. */
export interface Changes extends Columns {
  /** Milliseconds after the frame; those before it only say what came and went just then. */
  at: number[]
  /** Position in the answer's houses. */
  house: number[]
  /** Milliseconds after which the latest of it reached us; 0 where nothing came late. */
  late: number[]
}

interface Change {
  at: number
  house: number
  open: number
  overdue: number
  emergency: number
  emergencyOverdue: number
  late: number
}

/** Overdue begins when the due time has passed: at it, a request is in time. */
const overdueFrom = ({ from, due }: Stretch) => Math.max(from, due + 1)
const isStanding = ({ from, to }: Stretch, at: number) => from <= at && at < to

export function countsAt(
  stretches: readonly Stretch[],
  at: number,
  houseOf: (stretch: Stretch) => number,
  houses: number,
): Columns {
  const zeros = () => Array.from({ length: houses }, () => 0)
  const counts = { open: zeros(), overdue: zeros(), emergency: zeros(), emergencyOverdue: zeros() }
  for (const stretch of stretches) {
    if (!isStanding(stretch, at)) continue
    const house = houseOf(stretch)
    const overdue = overdueFrom(stretch) <= at
    add(counts.open, house)
    if (overdue) add(counts.overdue, house)
    if (stretch.emergency) add(counts.emergency, house)
    if (stretch.emergency && overdue) add(counts.emergencyOverdue, house)
  }
  return counts
}
const add = (column: number[], house: number) => {
  column[house] = (column[house] ?? 0) + 1
}

/** What changes in (from, to], relative to `at`; of one instant and house one change, and none where it comes to nothing. */
export function changesIn(
  stretches: readonly Stretch[],
  { from, at, to }: { from: number; at: number; to: number },
  houseOf: (stretch: Stretch) => number,
): Changes {
  const found = new Map<string, Change>()
  const note = (
    instant: number,
    stretch: Stretch,
    sign: number,
    what: 'open' | 'overdue',
    late: number,
  ) => {
    if (instant <= from || instant > to) return
    const house = houseOf(stretch)
    const name = `${instant} ${house}`
    const change = found.get(name) ?? {
      ...{ at: instant - at, house, late: 0 },
      ...{ open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 },
    }
    found.set(name, change)
    change[what] += sign
    if (stretch.emergency) change[what === 'open' ? 'emergency' : 'emergencyOverdue'] += sign
    if (late >= LATE_MS) change.late = Math.max(change.late, late)
  }
  for (const stretch of stretches) {
    const { from: opened, to: ended, heardAfter, endHeardAfter } = stretch
    note(opened, stretch, 1, 'open', heardAfter)
    note(ended, stretch, -1, 'open', endHeardAfter)
    const passed = overdueFrom(stretch)
    if (passed >= ended) continue
    note(passed, stretch, 1, 'overdue', 0)
    note(ended, stretch, -1, 'overdue', 0)
  }
  const changes = [...found.values()]
    .filter(
      ({ open, overdue, emergency, emergencyOverdue, late }) =>
        open || overdue || emergency || emergencyOverdue || late,
    )
    .sort((a, b) => a.at - b.at || a.house - b.house)
  const column = (read: (change: Change) => number) => changes.map(read)
  return {
    at: column(({ at }) => at),
    house: column(({ house }) => house),
    open: column(({ open }) => open),
    overdue: column(({ overdue }) => overdue),
    emergency: column(({ emergency }) => emergency),
    emergencyOverdue: column(({ emergencyOverdue }) => emergencyOverdue),
    late: column(({ late }) => late),
  }
}
