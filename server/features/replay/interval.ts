import { LONGEST_REPLAY_MS, type ReplayInterval } from '#server/contract/replay.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { type Changes, type Columns, changesIn, countsAt } from './counts.ts'
import { livedIn, type Stretch } from './lived.ts'
import { refuseFuture } from './span.ts'

/** What came and went just before a frame is told with it. */
const JUST_BEFORE_MS = 60_000
/** More changes than a page plays in a minute at the highest speed: the interval is answered to there, and asked on from there. */
const MOST_CHANGES = 20_000

interface Clocked extends Columns {
  changes: Changes
}
export interface Interval {
  at: number
  /** How far the changes reach; less than was asked for where there are too many of them. */
  to: number
  /** Ids of the houses; '' = of no house. */
  houses: string[]
  was: Clocked
  known: Clocked
}
type Asked = Pick<Context, 'engine' | 'registry' | 'now'>

/** The frame at `at` and every change after it until `to`, by both clocks. */
export async function interval(context: Asked, asked: ReplayInterval): Promise<Interval> {
  const { at, by } = asked
  const to = asked.to ?? at
  refuseFuture(context.now(), at, to, by)
  if (to < at || to - at > LONGEST_REPLAY_MS)
    throw new Refusal(
      'BAD_REQUEST',
      `an interval ends at most ${LONGEST_REPLAY_MS / 3_600_000} hours after it begins; ask for it in parts`,
    )
  const from = at - JUST_BEFORE_MS
  const lived = await livedIn(context, { from, to, by }, asked)
  const houses = new Map<number, number>()
  const houseOf = ({ building }: Stretch) => {
    const known = houses.get(building)
    if (known !== undefined) return known
    houses.set(building, houses.size)
    return houses.size - 1
  }
  for (const stretch of lived.was) houseOf(stretch)
  for (const stretch of lived.known) houseOf(stretch)
  const changes = {
    was: changesIn(lived.was, { from, at, to }, houseOf),
    known: changesIn(lived.known, { from, at, to }, houseOf),
  }
  const reached = Math.min(to, reach(changes.was, at, to), reach(changes.known, at, to))
  const clocked = (clock: 'was' | 'known'): Clocked => ({
    ...countsAt(lived[clock], at, houseOf, houses.size),
    changes: reached < to ? upTo(changes[clock], reached - at) : changes[clock],
  })
  const { registry } = context
  return {
    at,
    to: reached,
    houses: [...houses.keys()].map((key) => registry.building(key)?.id ?? ''),
    was: clocked('was'),
    known: clocked('known'),
  }
}

/** The last instant before the change that would be one too many; changes of one instant stay together. */
function reach(changes: Changes, at: number, to: number): number {
  const over = changes.at[MOST_CHANGES]
  return over === undefined ? to : Math.max(at, at + over - 1)
}

function upTo(changes: Changes, offset: number): Changes {
  const end = changes.at.findIndex((one) => one > offset)
  if (end === -1) return changes
  const names = Object.keys(changes) as (keyof Changes)[]
  return Object.fromEntries(
    names.map((name) => [name, changes[name].slice(0, end)]),
  ) as unknown as Changes
}
