/**
 * The metric dictionary in SQL over `request`; the words of each measure are in contract/measures. Parameters: `now`
 * (ms, whole minute, or a filter's cut). Measures of time and lateness leave out test requests (WITHIN_FILTER does) and
 * records whose times are at fault (SOUND).
 */
import type { MeasureId } from '#server/contract/measures/shape.ts'
import { OUTCOMES, UNSOUND_BITS } from '#server/contract/vocabulary.ts'

const DAY_MS = 86_400_000
const outcome = (name: (typeof OUTCOMES)[number]) => OUTCOMES.indexOf(name)

/** A closing is judged only when this much time has passed after it: the resident may come back until then. */
export const REOPEN_WINDOW_DAYS = 14
const WINDOW_S = REOPEN_WINDOW_DAYS * 86_400

/** Sound: none of the marks that make its times unusable or unknown. */
export const SOUND = `(marks & ${UNSOUND_BITS}) = 0`

/** Open: registered and not closed. */
export const OPEN = 'closed_at IS NULL'

/** Overdue: still open past its due time. Closing late is a different measure. */
export const OVERDUE = '(closed_at IS NULL AND due_at < $now)'

/** Late: its due time passed before it closed, or has passed while it is open. */
export const LATE = '(due_at < coalesce(closed_at, $now))'

/** Kept: neither withdrawn by the resident nor proven a duplicate; such requests judge nobody. */
export const KEPT = `outcome NOT IN (${outcome('cancelled')}, ${outcome('duplicate')})`

/** The first request of its incident, or alone: mass events count once in rates of organizations. */
export const HEAD = 'incident = request'

/** An appeal: not a message of a social network of which nobody confirmed who asks. Legal clocks know only appeals. */
export const APPEAL = 'appeal_at IS NOT NULL'

/** Its priority was lowered within a day of registration. */
export const DOWNGRADED = '(downgrade_s <= 86400)'

/** Due: its due time has passed, so it can be judged in time or late (open past its due time is late). */
export const DUE = `(due_at < $now AND ${SOUND} AND ${KEPT} AND ${APPEAL})`

/** Within norm: judged, and closed by its due time. */
export const WITHIN_NORM = `(${DUE} AND NOT ${LATE})`

/** Judged and late. */
export const DUE_LATE = `(${DUE} AND ${LATE})`

/** Mature: its first closing is at least the window old, so a return would have shown. */
export const MATURE = `(first_closed_at <= $now - ${REOPEN_WINDOW_DAYS * DAY_MS} AND ${SOUND} AND ${KEPT})`

/**
 * Returned: a reopening, a linked repeat, or the same fault of the same flat or riser under a new number within the window
 * after its first closing; mature ones only. Version 1 knew only what the source told.
 */
export const RETURNED = `(effective_reopen_delay_s <= ${WINDOW_S} AND ${MATURE})`

/** Returned as the source itself tells: a reopening or a linked repeat. */
const RETURNED_TOLD = `(reopen_delay_s <= ${WINDOW_S} AND ${MATURE})`

/** Answered: closed with a word about the resident, who agreed or kept silent. */
export const ANSWERED = `(outcome IN (${outcome('confirmed')}, ${outcome('closed_no_response')}))`

/** Confirmed: the resident agreed that it is done. */
export const CONFIRMED = `(outcome = ${outcome('confirmed')})`

const count = (condition: string) => `count(CASE WHEN ${condition} THEN 1 END)`

/** A count (denominator null), a share of its denominator, or a duration estimated with censoring from the bins. */
export interface Metric {
  /** Grows when the meaning changes; evidence and exports name it. */
  version: number
  numerator: string
  denominator: string | null
}

const CENSORED =
  'open requests count as still waiting; estimated by Kaplan-Meier, no single expression'

export const METRICS: Record<MeasureId, Metric> = {
  open: { version: 1, numerator: count(OPEN), denominator: null },
  overdue: { version: 1, numerator: count(OVERDUE), denominator: null },
  late: { version: 2, numerator: count(DUE_LATE), denominator: count(DUE) },
  withinNorm: { version: 2, numerator: count(WITHIN_NORM), denominator: count(DUE) },
  reopened: { version: 2, numerator: count(RETURNED), denominator: count(MATURE) },
  reopenedTold: { version: 1, numerator: count(RETURNED_TOLD), denominator: count(MATURE) },
  confirmed: { version: 1, numerator: count(CONFIRMED), denominator: count(ANSWERED) },
  responseMedian: { version: 1, numerator: CENSORED, denominator: null },
  responseP90: { version: 1, numerator: CENSORED, denominator: null },
  resolutionMedian: { version: 1, numerator: CENSORED, denominator: null },
  resolutionP90: { version: 1, numerator: CENSORED, denominator: null },
}
