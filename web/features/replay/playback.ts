import type { ReplayClock } from '#server/contract/replay.ts'
import type { Answer } from '#web/api.ts'

export type Stretch = Answer['replay']['interval']

export interface Totals {
  open: number
  overdue: number
  emergency: number
  emergencyOverdue: number
}
export interface HouseCounts {
  open: number
  overdue: number
  emergencies: number
  emergenciesPastLimit: number
}
/** What a map of the past is drawn from; the same object while nothing changes. */
export interface PastCounts {
  at: number
  buildings: ReadonlyMap<string, HouseCounts>
  elsewhere: HouseCounts
  /** Houses of which something has just come late, with how strongly to say so, from 0 to 1. */
  late: ReadonlyMap<string, number>
}
export interface Frame {
  at: number
  counts: PastCounts
  totals: Record<ReplayClock, Totals>
  /** Opened and closed in the minute before. */
  minute: Record<ReplayClock, { came: number; went: number }>
  /** What reached the log late, of the time in which the eye can still see it; the latest first. */
  late: readonly { at: number; house: string; by: number }[]
}

const MINUTE = 60_000
const COUNTS = ['open', 'overdue', 'emergency', 'emergencyOverdue'] as const
const NOTHING: HouseCounts = { open: 0, overdue: 0, emergencies: 0, emergenciesPastLimit: 0 }

interface Head {
  /** Changes applied so far. */
  cursor: number
  columns: Record<(typeof COUNTS)[number], number[]>
  totals: Totals
}

/**
 * Plays an answer of the server: any instant of it, forwards by applying what lies between, backwards from its beginning. A frame is made anew only
 * when something changed.
 */
export function playbackOf(stretch: Stretch) {
  const begin = (clock: ReplayClock): Head => {
    const { changes, ...columns } = stretch[clock]
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    return {
      // Changes before the frame only say what came and went just then.
      cursor: firstAfter(changes.at, 0),
      columns: {
        open: [...columns.open],
        overdue: [...columns.overdue],
        emergency: [...columns.emergency],
        emergencyOverdue: [...columns.emergencyOverdue],
      },
      totals: {
        open: sum(columns.open),
        overdue: sum(columns.overdue),
        emergency: sum(columns.emergency),
        emergencyOverdue: sum(columns.emergencyOverdue),
      },
    }
  }
  const heads = { was: begin('was'), known: begin('known') }
  let reached = stretch.at
  let last: { key: string; frame: Frame } | null = null

  function move(clock: ReplayClock, offset: number) {
    const head = heads[clock]
    const { changes } = stretch[clock]
    for (; (changes.at[head.cursor] ?? Number.POSITIVE_INFINITY) <= offset; head.cursor++) {
      const house = changes.house[head.cursor] ?? 0
      for (const what of COUNTS) {
        const change = changes[what][head.cursor] ?? 0
        head.columns[what][house] = (head.columns[what][house] ?? 0) + change
        head.totals[what] += change
      }
    }
  }

  function minuteOf(clock: ReplayClock, offset: number) {
    const { at, open } = stretch[clock].changes
    let [came, went] = [0, 0]
    for (
      let i = firstAfter(at, offset - MINUTE);
      (at[i] ?? Number.POSITIVE_INFINITY) <= offset;
      i++
    ) {
      const change = open[i] ?? 0
      if (change > 0) came += change
      else went -= change
    }
    return { came, went }
  }

  /** `seenMs`: how long what came late stays in sight, in time of the city. */
  function frameAt(instant: number, clock: ReplayClock, seenMs = MINUTE): Frame {
    const at = Math.min(Math.max(instant, stretch.at), stretch.to)
    const offset = at - stretch.at
    if (at < reached) {
      heads.was = begin('was')
      heads.known = begin('known')
    }
    reached = at
    move('was', offset)
    move('known', offset)
    const late = lateAt(offset, seenMs)
    const minute = { was: minuteOf('was', offset), known: minuteOf('known', offset) }
    const key = [
      ...[clock, heads.was.cursor, heads.known.cursor, Math.floor(at / MINUTE)],
      ...[minute.was.came, minute.was.went, minute.known.came, minute.known.went, late.length],
    ].join()
    if (last?.key === key) return last.frame
    const same = last?.frame.counts
    const drawn = `${clock} ${heads[clock].cursor} ${late.length}`
    const frame: Frame = {
      at,
      counts: same && drawn === drawnKey ? same : countsOf(heads[clock], at, clock, late),
      totals: { was: { ...heads.was.totals }, known: { ...heads.known.totals } },
      minute,
      late,
    }
    drawnKey = drawn
    last = { key, frame }
    return frame
  }
  let drawnKey = ''

  function lateAt(offset: number, seenMs: number) {
    const { at, house, late } = stretch.known.changes
    const found: { at: number; house: string; by: number }[] = []
    for (
      let i = firstAfter(at, offset - seenMs);
      (at[i] ?? Number.POSITIVE_INFINITY) <= offset;
      i++
    )
      if (late[i])
        found.push({
          at: stretch.at + (at[i] ?? 0),
          house: stretch.houses[house[i] ?? 0] ?? '',
          by: late[i] ?? 0,
        })
    return found.reverse()
  }

  function countsOf(
    { columns }: Head,
    at: number,
    clock: ReplayClock,
    late: Frame['late'],
  ): PastCounts {
    const buildings = new Map<string, HouseCounts>()
    let elsewhere = NOTHING
    for (const [i, id] of stretch.houses.entries()) {
      const open = columns.open[i] ?? 0
      if (open === 0) continue
      const counts = {
        open,
        overdue: columns.overdue[i] ?? 0,
        emergencies: columns.emergency[i] ?? 0,
        emergenciesPastLimit: columns.emergencyOverdue[i] ?? 0,
      }
      if (id === '') elsewhere = counts
      else buildings.set(id, counts)
    }
    const seen = clock === 'known' ? late : []
    return { at, buildings, elsewhere, late: new Map(seen.map(({ house }) => [house, 0.8])) }
  }

  return { at: stretch.at, to: stretch.to, frameAt }
}

/** Position of the first value above a limit, in ascending values. */
function firstAfter(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
