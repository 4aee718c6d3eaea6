/**
 * The metric dictionary: every measure once, in words and in SQL over `request`. Parameters: `now` (ms, whole minute).
 * Measures of time and lateness leave out test requests (WITHIN_FILTER does) and records whose times are at fault (SOUND).
 */
import { FAULT_BITS } from '#server/contract/vocabulary.ts'

/** Sound: none of the marks that make its times unusable. */
export const SOUND = `(marks & ${FAULT_BITS}) = 0`

/** Open: registered and not closed. */
export const OPEN = 'closed_at IS NULL'

/** Overdue: still open past its due time. Closing late is a different measure. */
export const OVERDUE = '(closed_at IS NULL AND due_at < $now)'

/** Late: its due time passed before it closed, or has passed while it is open. */
export const LATE = '(due_at < coalesce(closed_at, $now))'

/** Due: its due time has passed; only such requests can be judged in time or late (method: open past deadline is a breach). */
export const DUE = '(due_at < $now)'
