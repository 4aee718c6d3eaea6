import { dateOfDay } from '#web/lib/city-time.ts'

const WEEKS = 52
const DAYS = WEEKS * 7

/** From a day to its place on the time axis, 0 to 1; days outside the year lie at its ends. */
export const shareOf = (day: number, firstWeek: number) =>
  Math.min(1, Math.max(0, (day - firstWeek) / DAYS))

/** The axis of counts: steps of a round number, from nought to above everything drawn. */
export function countAxis(highest: number): { step: number; max: number } {
  const least = Math.max(1, highest) / 4
  const size = 10 ** Math.floor(Math.log10(least))
  const step = Math.max(
    1,
    [1, 2, 4, 5, 10].map((factor) => factor * size).find((s) => s >= least) ?? size * 10,
  )
  return { step, max: step * Math.ceil(Math.max(1, highest) / step) }
}

export interface MonthMark {
  /** Where the month begins. */
  day: number
  /** Where its name stands; null where too little of it is shown. */
  middle: number | null
  month: number
  /** Said with January and with the first name. */
  year: number
}

/** The months of the year, each with a place for its name. */
export function monthMarks(firstWeek: number): MonthMark[] {
  const end = firstWeek + DAYS
  const marks: MonthMark[] = []
  let first = dateOfDay(firstWeek)
  let start = firstWeek - (first.date - 1)
  while (start < end) {
    first = dateOfDay(start)
    const days = daysIn(first.year, first.month)
    const [from, to] = [Math.max(start, firstWeek), Math.min(start + days, end)]
    marks.push({
      day: start,
      middle: to - from >= 12 ? (from + to) / 2 : null,
      month: first.month,
      year: first.year,
    })
    start += days
  }
  return marks
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

interface Tenure {
  start: number
  end: number | null
}

/** A tenure as far as the year shows it: places 0 to 1, and whether it goes on beyond the ends. */
export interface Stretch<T> {
  tenure: T
  from: number
  to: number
  /** It began before the year. */
  earlier: boolean
  /** It has no end. */
  goesOn: boolean
}

/** `dayOf` gives the local day of an instant, with fraction. */
export function stretchesOf<T extends Tenure>(
  tenures: readonly T[],
  firstWeek: number,
  now: number,
  dayOf: (instant: number) => number,
): Stretch<T>[] {
  const last = shareOf(dayOf(now), firstWeek)
  return tenures
    .filter(({ start, end }) => start <= now && (end === null || dayOf(end) > firstWeek))
    .map((tenure) => ({
      tenure,
      from: shareOf(dayOf(tenure.start), firstWeek),
      to: tenure.end === null || tenure.end > now ? last : shareOf(dayOf(tenure.end), firstWeek),
      earlier: dayOf(tenure.start) < firstWeek,
      goesOn: tenure.end === null || tenure.end > now,
    }))
}

/** Who answered at an instant: the last tenure that had begun and not ended. */
export const tenureAt = <T extends Tenure>(tenures: readonly T[], instant: number): T | undefined =>
  tenures.findLast(({ start, end }) => start <= instant && (end === null || instant < end))
