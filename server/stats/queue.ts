import { insert } from './back-test.ts'
import type { Chance } from './random.ts'

const WEEK = 7
const PATHS = 400
/** Days that are looked ahead. */
const HORIZON = 182
/** Days of them that are drawn. */
export const DRAWN_DAYS = 56
/** Less than this share of the paths, or more than the rest, is not worth a word. */
const FEW = 0.1

export type Range = { value: number; lower: number; upper: number }

export interface QueueInput {
  open: number
  /** So many open requests are no queue: as many as come in a day. */
  enough: number
  /** Expected to come until midnight; closed since the last. */
  tonight: { inflow: number; closed: number }
  /** Expected of each day from tomorrow on, whole weeks; the last week repeats itself. */
  inflow: readonly number[]
  /** What came over what was told, of the past: how far the level of the forecast may be from the truth. */
  ratios: readonly number[]
  /** Whole weeks that end yesterday: what came each day, and effective closings. */
  recent: readonly { came: number; closed: number }[]
  chance: Chance
}

export interface Clearing {
  /** `none`: no more is open than enough; `clears`: in at least nine of ten cases within half a year, `maybe`: in some, `never`: in fewer than one of ten. */
  outcome: 'none' | 'clears' | 'maybe' | 'never'
  /** Days from today in which it clears: in one of ten cases sooner, in one of ten later; null = not within half a year. */
  sooner: number | null
  later: number | null
  /** Of the cases, how many clear within half a year. */
  share: number
  /** A day, over the weeks ahead; eight in ten. */
  inflow: Range
  closings: Range
  net: Range
  /** Open at the end of each day from today on; eight in ten. */
  path: Range[]
}

/**
 * When a queue clears, by 400 courses of it. Each takes the forecast inflow at a level drawn from its past errors, closes as much
 * of what comes as blocks of seven days drawn with replacement from the recent weeks did (moving blocks, Künsch 1989), spread over
 * weekdays as there, and is followed for half a year: crews close more when more comes, so that their pace is a share and not a
 * number. Throws a RangeError without a week of the past or of inflow.
 */
export function clearing(input: QueueInput): Clearing {
  const { open, enough, tonight, inflow, ratios, recent, chance } = input
  if (recent.length < WEEK || inflow.length < WEEK)
    throw new RangeError('a queue needs a week of closings and a week of inflow')
  const shape = weekShape(recent)
  const ends: number[][] = Array.from({ length: DRAWN_DAYS }, () => [])
  const rates = { inflow: [] as number[], closings: [] as number[], net: [] as number[] }
  const cleared: number[] = []
  const comes = meanOf(inflow)
  const days = Array.from({ length: HORIZON }, (_, day) => dayOf(inflow, day))
  const closes = days.map((_, day) => weekMean(inflow, day) * (shape[(day + 1) % WEEK] ?? 1))
  const last = meanOf(recent.map(({ closed }) => closed))
  for (let path = 0; path < PATHS; path++) {
    const level = ratios[Math.floor(chance() * ratios.length)] ?? 1
    const pace = drawnPace(recent, chance)
    const left = Math.max(0, (shape[0] ?? 1) * last - tonight.closed)
    let standing = Math.max(0, open + tonight.inflow * level - left)
    let day = 0
    let clearedOn = standing <= enough ? 0 : null
    ends[0]?.push(standing)
    while (++day < HORIZON && (clearedOn === null || day < DRAWN_DAYS)) {
      const [came = 0, closing = 0] = [days[day - 1], closes[day - 1]]
      standing = Math.max(0, standing + level * (came - pace * closing))
      ends[day]?.push(standing)
      if (clearedOn === null && standing <= enough) clearedOn = day
    }
    if (clearedOn !== null) insert(cleared, clearedOn)
    rates.inflow.push(comes * level)
    rates.closings.push(pace * comes * level)
    rates.net.push((pace - 1) * comes * level)
  }
  const share = cleared.length / PATHS
  /** Of all courses, those that never clear last. */
  const after = (part: number) => cleared[Math.ceil(part * PATHS) - 1] ?? null
  const closings = comes * paceOf(recent)
  return {
    outcome:
      open <= enough ? 'none' : share >= 1 - FEW ? 'clears' : share < FEW ? 'never' : 'maybe',
    ...{ sooner: after(FEW), later: after(1 - FEW), share },
    inflow: { ...rangeOf(rates.inflow), value: comes },
    closings: { ...rangeOf(rates.closings), value: closings },
    net: { ...rangeOf(rates.net), value: closings - comes },
    path: ends.map(rangeOf),
  }
}

/** Closed for each that came; 1 where nothing came. */
function paceOf(days: QueueInput['recent']): number {
  const came = days.reduce((sum, day) => sum + day.came, 0)
  return came > 0 ? days.reduce((sum, day) => sum + day.closed, 0) / came : 1
}

function drawnPace(recent: QueueInput['recent'], chance: Chance): number {
  const blocks = recent.length - WEEK + 1
  const drawn = Array.from({ length: Math.floor(recent.length / WEEK) }, () => {
    const from = Math.floor(chance() * blocks)
    return recent.slice(from, from + WEEK)
  })
  return Math.max(0, paceOf(drawn.flat()))
}

/** Closings of each weekday over those of a mean day, beginning with the weekday of today. */
function weekShape(recent: QueueInput['recent']): number[] {
  const whole = recent.slice(recent.length % WEEK)
  const mean = meanOf(whole.map(({ closed }) => closed))
  return Array.from({ length: WEEK }, (_, weekday) => {
    const own = whole.filter((_, i) => i % WEEK === weekday).map(({ closed }) => closed)
    return mean > 0 ? meanOf(own) / mean : 1
  })
}

/** Beyond what was told the last week repeats itself. */
function dayOf(inflow: readonly number[], day: number): number {
  const known = inflow[day]
  if (known !== undefined) return known
  const lastWeek = inflow.length - WEEK
  return inflow[lastWeek + ((day - lastWeek) % WEEK)] ?? 0
}

/** Of the week from tomorrow on that the day belongs to. */
function weekMean(inflow: readonly number[], day: number): number {
  const from = Math.floor(day / WEEK) * WEEK
  return meanOf(Array.from({ length: WEEK }, (_, i) => dayOf(inflow, from + i)))
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
/** Median and eight in ten (type 7, as R). */
function rangeOf(values: readonly number[]): Range {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => {
    const place = (sorted.length - 1) * share
    const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
    return below + (place - Math.floor(place)) * (above - below)
  }
  return { value: at(0.5), lower: at(0.1), upper: at(0.9) }
}
