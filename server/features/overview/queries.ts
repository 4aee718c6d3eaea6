import { z } from 'zod'
import { OUTCOMES, PRIORITIES } from '#server/contract/vocabulary.ts'
import { ANSWERED, CONFIRMED, MATURE, OPEN, OVERDUE, RETURNED, SOUND } from '#server/metrics.ts'

export const WEEKS = 26
const WEEK_MS = 7 * 86_400_000
const EMERGENCY = PRIORITIES.indexOf('emergency')
const IN_SCOPE = 'test = false AND (len($district) = 0 OR list_contains($district, district))'

/** Upper ends of the ages of open requests, in hours; the last group has none. */
export const AGE_HOURS = [4, 24, 72, 168, 336, 720] as const

const AGE_GROUP = `CASE ${AGE_HOURS.map(
  (hours, group) =>
    `WHEN coalesce(registered_at, last_event_at) > $now - ${hours * 3_600_000} THEN ${group}`,
).join(' ')} ELSE ${AGE_HOURS.length} END`

const count = z.number().int()

/** Open requests by age group, from registration; `due` is how many have a due time at all. */
export const BACKLOG = {
  name: 'overviewBacklog',
  row: z.object({
    age: count,
    open: count,
    overdue: count,
    due: count,
    emergency: count,
    emergencyOverdue: count,
  }),
  sql: `
    SELECT ${AGE_GROUP} AS age, count(*) AS open,
      count(CASE WHEN ${OVERDUE} THEN 1 END) AS overdue,
      count(due_at) AS due,
      count(CASE WHEN priority = ${EMERGENCY} THEN 1 END) AS emergency,
      count(CASE WHEN priority = ${EMERGENCY} AND ${OVERDUE} THEN 1 END) AS "emergencyOverdue"
    FROM request
    WHERE ${OPEN} AND ${IN_SCOPE}
    GROUP BY ${AGE_GROUP}
    ORDER BY age`,
}

const WEEKS_AGO = `least(floor(($now - moment) / ${WEEK_MS}.0), ${WEEKS + 1})`
const EMERGENCY_ONE = `CASE WHEN priority = ${EMERGENCY} THEN 1 ELSE 0 END`
const SPELLS = `FROM spell WHERE ${IN_SCOPE} AND (end_at IS NULL OR end_at > $since)`

/**
 * Steps of the backlog between now, a week ago, two weeks ago …: what stood k weeks ago at this time of day is the sum of the
 * steps of weeks k and older. A spell that ended before all of them adds nothing and is left out (`since`).
 */
export const BACKLOG_STEPS = {
  name: 'overviewBacklogSteps',
  row: z.object({ weeksAgo: count, open: count, overdue: count, emergency: count }),
  sql: `
    SELECT ${WEEKS_AGO} AS "weeksAgo", sum(open) AS open, sum(overdue) AS overdue,
      sum(emergency) AS emergency
    FROM (
      SELECT start_at AS moment, 1 AS open, 0 AS overdue, ${EMERGENCY_ONE} AS emergency ${SPELLS}
      UNION ALL
      SELECT end_at, -1, 0, -(${EMERGENCY_ONE}) ${SPELLS} AND end_at IS NOT NULL
      UNION ALL
      SELECT greatest(start_at, due_at + 1), 0, 1, 0 ${SPELLS}
        AND due_at IS NOT NULL AND (end_at IS NULL OR end_at > due_at)
      UNION ALL
      SELECT end_at, 0, -1, 0 ${SPELLS} AND end_at > due_at
    ) AS step
    WHERE moment <= $now
    GROUP BY ${WEEKS_AGO}
    ORDER BY "weeksAgo"`,
}

/** Open at one instant. */
export const OPEN_AT = {
  name: 'overviewOpenAt',
  row: z.object({ open: count }),
  sql: `
    SELECT count(*) AS open FROM spell
    WHERE start_at <= $at AND (end_at IS NULL OR end_at > $at) AND ${IN_SCOPE}`,
}

/** First and last local day on which anything was registered. */
export const SPAN = {
  name: 'overviewSpan',
  row: z.object({ first: count.nullable(), last: count.nullable() }),
  sql: `
    SELECT min(registered_on) AS first, max(registered_on) AS last
    FROM request WHERE ${SOUND} AND registered_on <= $today AND ${IN_SCOPE}`,
}

/** Registrations by hour of today and of the same weekdays before. */
export const INFLOW = {
  name: 'overviewInflow',
  row: z.object({ day: count, hour: count, requests: count }),
  sql: `
    SELECT registered_on AS day, registered_hour AS hour, count(*) AS requests
    FROM request
    WHERE registered_on >= $from AND registered_on <= $today
      AND registered_on - week = $weekday AND ${IN_SCOPE}
    GROUP BY registered_on, registered_hour
    ORDER BY day, hour`,
}

/**
 * Shares of two cohorts by registration, each old enough to be judged: answered and confirmed; mature and returned.
 * Half-open days.
 */
export const SHARES = {
  name: 'overviewShares',
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
      count(CASE WHEN ${MATURE} AND registered_on >= $reopenedFrom AND registered_on < $reopenedTo
        THEN 1 END) AS mature,
      count(CASE WHEN ${RETURNED} AND registered_on >= $reopenedFrom AND registered_on < $reopenedTo
        THEN 1 END) AS returned
    FROM request
    WHERE registered_on >= $from AND registered_on < $to AND ${IN_SCOPE}`,
}

/** What came and what was closed since an instant. */
export const FLOW_SINCE = {
  name: 'overviewFlowSince',
  row: z.object({ registered: count, closed: count }),
  sql: `
    SELECT count(CASE WHEN registered_at > $since THEN 1 END) AS registered,
      count(CASE WHEN closed_at > $since THEN 1 END) AS closed
    FROM request
    WHERE (registered_at > $since OR closed_at > $since) AND ${IN_SCOPE}`,
}
