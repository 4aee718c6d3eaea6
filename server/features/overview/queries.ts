import { z } from 'zod'
import { OUTCOMES, PRIORITIES } from '#server/contract/vocabulary.ts'
import { ANSWERED, CONFIRMED, MATURE_INCIDENT, RETURNED } from '#server/metrics.ts'

export const WEEKS = 26
const WEEK_MS = 7 * 86_400_000
const EMERGENCY = PRIORITIES.indexOf('emergency')
const IN_SCOPE = 'test = false AND (len($district) = 0 OR list_contains($district, district))'

const count = z.number().int()

/** Whole weeks from an instant until now, where older than all that are compared is one group. Engines differ in what `least` makes of NULL. */
const weeksBefore = (instant: string) =>
  `CAST(least(floor(($now - ${instant}) / ${WEEK_MS}.0), ${WEEKS + 1}) AS INTEGER)`
const STARTED = weeksBefore('start_at')
const ENDED = `CASE WHEN end_at IS NULL OR end_at > $now THEN -1 ELSE ${weeksBefore('end_at')} END`
/** The due time counts from the beginning of a spell that began after it; what ended in time was never overdue. */
const PASSED = `CASE WHEN due_at < coalesce(end_at, $now) AND due_at < $now
  THEN ${weeksBefore('greatest(start_at, due_at + 1)')} ELSE -1 END`

/**
 * Spells that stood a week ago at this time of day, two weeks ago …, by the weeks in which they started and ended and their due
 * time passed: a spell stood k weeks ago where ended < k <= started, and was overdue where ended < k <= passed.
 */
export const PAST_BACKLOG = {
  name: 'overviewPastBacklog',
  row: z.object({
    started: count,
    ended: count,
    passed: count,
    emergency: z.coerce.boolean(),
    spells: count,
  }),
  sql: `
    SELECT started, ended, passed, emergency, count(*) AS spells
    FROM (
      SELECT ${STARTED} AS started, ${ENDED} AS ended, ${PASSED} AS passed,
        priority = ${EMERGENCY} AS emergency
      FROM spell
      WHERE ${IN_SCOPE} AND start_at <= $weekAgo AND (end_at IS NULL OR end_at > $since)
    ) AS stood
    WHERE started > ended
    GROUP BY started, ended, passed, emergency
    ORDER BY started, ended, passed, emergency`,
}

/** How many more are open than at an instant: those that began since and still stand, less those that stood and ended since. */
export const CHANGE_SINCE = {
  name: 'overviewChangeSince',
  row: z.object({ began: count, ended: count }),
  sql: `
    SELECT
      (SELECT count(*) FROM spell
        WHERE start_at > $since AND (end_at IS NULL OR end_at > $now) AND ${IN_SCOPE}) AS began,
      (SELECT count(*) FROM spell
        WHERE end_at > $since AND end_at <= $now AND start_at <= $since AND ${IN_SCOPE}) AS ended`,
}

/**
 * Shares of two cohorts by registration, each old enough to be judged: answered and confirmed; mature and returned.
 * Half-open days.
 */
export const SHARES = {
  name: 'overviewShares',
  within: 'filter' as const,
  row: z.object({
    answered: count,
    confirmed: count,
    closed: count,
    mature: count,
    returned: count,
  }),
  sql: `
    SELECT
      count(CASE WHEN ${ANSWERED} AND registered_on >= $confirmedFrom AND registered_on < $confirmedTo
        THEN 1 END) AS answered,
      count(CASE WHEN ${CONFIRMED} AND registered_on >= $confirmedFrom AND registered_on < $confirmedTo
        THEN 1 END) AS confirmed,
      count(CASE WHEN outcome <> ${OUTCOMES.indexOf('open')} AND registered_on >= $confirmedFrom
        AND registered_on < $confirmedTo THEN 1 END) AS closed,
      count(CASE WHEN ${MATURE_INCIDENT} AND registered_on >= $reopenedFrom AND registered_on < $reopenedTo
        THEN 1 END) AS mature,
      count(CASE WHEN ${RETURNED} AND registered_on >= $reopenedFrom AND registered_on < $reopenedTo
        THEN 1 END) AS returned
    FROM request
    WHERE registered_on >= $from AND registered_on < $to AND ${IN_SCOPE}`,
}

/** Whether the sources told of any return since a day, anywhere in the city. */
export const ANY_RETURN = {
  name: 'overviewAnyReturn',
  row: z.object({ told: z.boolean() }),
  sql: `SELECT EXISTS (SELECT 1 FROM request WHERE ${RETURNED} AND registered_on >= $since) AS told`,
}

/** What came and what was closed since an instant. */
export const FLOW_SINCE = {
  name: 'overviewFlowSince',
  row: z.object({ registered: count, closed: count }),
  sql: `
    SELECT
      (SELECT count(*) FROM request WHERE registered_at > $since AND ${IN_SCOPE}) AS registered,
      (SELECT count(*) FROM request WHERE closed_at > $since AND ${IN_SCOPE}) AS closed`,
}

/** The newest registrations and closings after an instant. */
export const RECENT = {
  name: 'overviewRecent',
  row: z.object({
    number: z.string(),
    building: count,
    organization: count,
    category: count,
    priority: count,
    outcome: count,
    happened: count,
    took: count.nullable(),
    ahead: z.boolean(),
  }),
  sql: `
    SELECT number, building, organization, category, priority, outcome, happened, took, ahead
    FROM (
      SELECT number, building, organization, category, priority, 0 AS outcome,
        least(registered_at, received_at) AS happened, NULL AS took,
        coalesce(registered_at > received_at + 86400000, false) AS ahead
      FROM request WHERE registered_at > $since AND least(registered_at, received_at) BETWEEN $since AND $now
        AND ${IN_SCOPE}
      UNION ALL
      SELECT number, building, current_organization, category, priority, outcome,
        closed_at, resolution_s, false
      FROM request WHERE closed_at > $since AND closed_at <= $now AND ${IN_SCOPE}
    ) AS recent
    ORDER BY happened DESC, number, outcome
    LIMIT 24`,
}
