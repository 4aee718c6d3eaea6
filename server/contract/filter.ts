import * as z from 'zod/mini'
import { CHANNELS, KINDS, MARKS, OUTCOMES, PRIORITIES, STATES } from './vocabulary.ts'

const ids = z._default(z.array(z.string().check(z.maxLength(128))).check(z.maxLength(200)), [])
const matching = (right: (text: string) => boolean, message: string) =>
  z._default(
    z.array(z.string().check(z.maxLength(128), z.refine(right, message))).check(z.maxLength(200)),
    [],
  )
const some = <const T extends readonly [string, ...string[]]>(values: T) =>
  z._default(z.array(z.enum(values)), [])

const LARGEST_ACCOUNT = 2 ** 31 - 1
const isAccount = (text: string) => /^\d{1,10}$/.test(text) && Number(text) <= LARGEST_ACCOUNT

const isHour = (text: string) => /^([01]?\d|2[0-3])$/.test(text)

const FIRST_YEAR = 1970
const LAST_YEAR = 2200
const KEPT_YEARS = `expected a year from ${FIRST_YEAR} to ${LAST_YEAR}`
const isKept = (time: string) => {
  const year = new Date(time).getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR
}
/** A minute that the calendar has: the 30th of February is read by some as the 2nd of March. */
const isMinute = (text: string) => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\dZ(\/PT10M)?$/.test(text)) return false
  const start = text.slice(0, 'YYYY-MM-DDTHH:MMZ'.length)
  return isKept(start) && new Date(start).toISOString().startsWith(start.slice(0, -1))
}
const date = z.optional(z.iso.date().check(z.refine(isKept, KEPT_YEARS)))

/** Words of `is`; what each means is in server/metrics.ts, in SQL, and in contract/words. */
export const IS_WORDS = [
  'open',
  'overdue',
  'late',
  'closed',
  'reopened',
  'marked',
  'transferred',
  'due',
  'mature',
  'returned',
  'appeal',
  'message',
  'unaddressed',
  'hiddenRepeat',
  'duplicate',
  'misdirected',
  'downgraded',
  'incidentHead',
  'sound',
  'kept',
  'managed',
  'withDue',
  'duePassed',
  'pastDue',
  'notPastDue',
  'closedByDue',
  'doneByDue',
  'closedOrOverdue',
  'closedLongAgo',
  'cameBack',
  'cameBackTold',
  'routed',
  'acknowledged',
  'assigned',
  'arrived',
  'workDone',
  'reworked',
  'asked',
  'answered',
  'identified',
  'closedByCompany',
  'closedAroundDue',
  'closedNearDue',
  'closedJustBeforeDue',
  'closedAtNight',
  'closedHeardLate',
  'withScan',
  'withoutScan',
  'scanReused',
  'cameBackSoon',
  'looped',
  'emergencyAtFirst',
  'duplicateByCompany',
  'duplicateOfNothing',
  'droppedNearDue',
  'droppedJustBeforeDue',
  'closedByCut',
  'notTransferred',
] as const
export type IsWord = (typeof IS_WORDS)[number]

export const TEST_CHOICES = ['without', 'with', 'only'] as const

/**
 * The one filter of the product: it reads the address, guards the procedures and names the exports.
 * An empty list means no restriction. `from` and `to` are local dates of registration in the city's zone, half-open.
 */
export const Filter = z.object({
  from: date,
  to: date,
  district: ids,
  organization: ids,
  /** Whose crew does the work. */
  contractor: ids,
  /** Organizations that a complaint is about; they never answer it. */
  about: ids,
  building: ids,
  category: ids,
  channel: some(CHANNELS),
  priority: some(PRIORITIES),
  kind: some(KINDS),
  state: some(STATES),
  outcome: some(OUTCOMES),
  mark: some(MARKS),
  /** Sources by name. */
  source: ids,
  /** Test requests, and those registered while their source was in test mode: left out unless told otherwise. */
  test: z.optional(z.enum(TEST_CHOICES)),
  /** Accounts that made the first closing, as the facts number them. */
  account: matching(isAccount, 'expected the number of an account'),
  /** References of documents that prove the work. */
  scan: ids,
  /** Minutes of the hour, 0 to 59, of the first closing. */
  closedMinute: matching(
    (text) => /^[0-5]?\d$/.test(text),
    'expected a minute of the hour, 0 to 59',
  ),
  /** Hours of the local day, 0 to 23, of registration. */
  hour: z.optional(
    z
      .array(
        z.string().check(z.refine(isHour, 'expected an hour of the day, 0 to 23'), z.maxLength(2)),
      )
      .check(z.maxLength(24)),
  ),
  /** Minutes in which it was first closed, `2026-03-02T12:34Z`, or ten minutes from one, `2026-03-02T12:30Z/PT10M`. */
  closedIn: matching(isMinute, 'expected a minute such as 2026-03-02T12:34Z'),
  /** References of norms, `pack/norm@validFrom`: requests with a clock of one of them. */
  norm: ids,
  /**
   * `open`: not closed. `overdue`: open past its due time. `late`: overdue, or closed after it. `reopened`: at least once.
   * `appeal`: all but messages; `message`: of a social network, nobody confirmed who asks. `unaddressed`: no known building.
   * `hiddenRepeat`: of the same flat or riser as one closed before, under a new number. `incidentHead`: the first of its incident, or alone.
   * `due`: judged for lateness. `mature`: judged for reopening. `returned`: first requests of incidents that came back within the window.
   * The rest are the
   * single conditions that measures are made of, so that every measure's rows can be opened.
   */
  is: some(IS_WORDS),
  /** Judge as of this instant instead of now: `overdue`, `late`, `due` and `mature` compare with it. A frozen figure opens exactly its rows. */
  cut: z.optional(z.iso.datetime({ offset: true }).check(z.refine(isKept, KEPT_YEARS))),
})
export type Filter = z.output<typeof Filter>
export const EVERYTHING: Filter = Filter.parse({})

type ListField = {
  [F in keyof Filter]-?: NonNullable<Filter[F]> extends string[] ? F : never
}[keyof Filter]
/** Fields that hold several values, in the order of the filter; an address repeats them. */
export const LIST_FIELDS = (Object.keys(Filter.shape) as (keyof Filter)[]).filter(
  (name): name is ListField => Filter.shape[name].safeParse([]).success,
)
