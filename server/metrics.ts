/**
 * The metric dictionary in SQL over `request`; the words of each measure are in contract/measures. Parameters: `now`
 * (ms, whole minute, or a filter's cut). Measures of time and lateness leave out test requests (WITHIN_FILTER does) and
 * records whose times are at fault (SOUND).
 */
import type { Filter, IsWord } from '#server/contract/filter.ts'
import { COUNTED, type Counted, type Rows } from '#server/contract/measures/counted.ts'
import { COUNTED_IDS, type CountedId } from '#server/contract/measures/shape.ts'
import { DOERS, OUTCOMES, PRIORITIES, STATES, UNSOUND_BITS } from '#server/contract/vocabulary.ts'

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

/** Judged and late. */
export const DUE_LATE = `(${DUE} AND ${LATE})`

const CLOSED_LONG_AGO = `first_closed_at <= $now - ${REOPEN_WINDOW_DAYS * DAY_MS}`
const CAME_BACK = `incident_reopen_delay_s <= ${WINDOW_S}`

/** Mature: its first closing is at least the window old, so a return would have shown. */
export const MATURE = `(${CLOSED_LONG_AGO} AND ${SOUND} AND ${KEPT})`

/** Incidents whose first closing is that old. The first request of an incident closes it. */
export const MATURE_INCIDENT = `(${MATURE} AND ${HEAD})`

/**
 * Returned: any request of the incident was reopened, repeated by a linked request, or by the same fault of the same flat or
 * riser under a new number, within the window after its first closing; mature ones only. Version 1 knew only what the source
 * told, version 2 only the first request of an incident.
 */
export const RETURNED = `(${CAME_BACK} AND ${MATURE_INCIDENT})`

/** The resident answered: agreed that it is done, or said that it is not. */
const SPOKE = `(outcome = ${outcome('confirmed')} OR rejections > 0)`
const ASKED = `(${SPOKE} OR outcome = ${outcome('closed_no_response')} OR state = ${STATES.indexOf('awaiting_confirmation')})`

const doers = (...names: (typeof DOERS)[number][]) =>
  `(${names.map((name) => DOERS.indexOf(name)).join(', ')})`
/** As far as the source says who acted; of anybody but the organization it says so. */
const COMPANY = doers('unknown', 'organization', 'contractor')
/** Of its own time from registration to the due time, (from, to]. */
const inTerm = (instant: string, from: number, to: number) =>
  `(due_at > registered_at AND ${instant} - registered_at > ${from} * (due_at - registered_at) AND ${instant} - registered_at <= ${to} * (due_at - registered_at))`

/** Where night begins and ends, in minutes of the local day. */
const NIGHT = { from: 22 * 60, to: 6 * 60 }
/** A closing told so much later was entered after the fact; one told a month later came with a file. */
const HEARD_LATE_S = { from: 2 * 3600, to: 30 * 86_400 }
const SOON_S = 72 * 3600
/** So many returns to one request are a loop. */
const LOOP = 3
const SAME_SCAN = `scan IN (SELECT scan FROM request WHERE scan IS NOT NULL GROUP BY scan HAVING min(incident) <> max(incident))`
/** Of duplicates alone, which are few: asked of every request it would cost much more. */
const NO_PARENT = `request IN (SELECT twin.request FROM request AS twin WHERE twin.outcome = ${outcome('duplicate')} AND NOT EXISTS (SELECT 1 FROM request AS parent WHERE parent.building = twin.building AND parent.category = twin.category AND parent.request <> twin.request AND parent.registered_at <= twin.registered_at AND (parent.closed_at IS NULL OR parent.closed_at > twin.registered_at)))`

/** Words of the filter that are several others together. */
const TOGETHER: Partial<Record<IsWord, readonly IsWord[]>> = {
  due: ['duePassed', 'sound', 'kept', 'appeal'],
  late: ['pastDue', 'sound', 'appeal'],
  mature: ['closedLongAgo', 'sound', 'kept'],
  returned: ['cameBack', 'closedLongAgo', 'sound', 'kept', 'incidentHead'],
}

/** The single conditions that a word of the filter stands for. */
export const partsOf = (word: IsWord): readonly IsWord[] => TOGETHER[word] ?? [word]

/** What each word of the filter means. */
export const IS: Record<IsWord, string> = {
  open: OPEN,
  closed: 'closed_at IS NOT NULL',
  overdue: OVERDUE,
  late: `(${LATE} AND ${SOUND} AND ${APPEAL})`,
  due: DUE,
  mature: MATURE,
  returned: RETURNED,
  reopened: 'reopenings > 0',
  marked: 'marks <> 0',
  transferred: 'transfers > 0',
  appeal: APPEAL,
  message: `NOT (${APPEAL})`,
  unaddressed: 'building = 0',
  hiddenRepeat: 'hidden_repeat_of IS NOT NULL',
  duplicate: `(duplicate_of IS NOT NULL OR outcome = ${outcome('duplicate')})`,
  misdirected: 'misdirected',
  downgraded: DOWNGRADED,
  incidentHead: HEAD,
  sound: SOUND,
  kept: KEPT,
  managed: 'organization <> 0',
  withDue: 'due_at IS NOT NULL',
  duePassed: 'due_at < $now',
  pastDue: LATE,
  notPastDue: '(due_at >= coalesce(closed_at, $now))',
  closedByDue: '(closed_at <= due_at)',
  doneByDue: '(confirmed_at <= due_at OR verified_at <= due_at)',
  closedOrOverdue: '(closed_at IS NOT NULL OR due_at < $now)',
  closedLongAgo: CLOSED_LONG_AGO,
  cameBack: CAME_BACK,
  cameBackTold: `reopen_delay_s <= ${WINDOW_S}`,
  routed: 'routed_at IS NOT NULL',
  acknowledged: 'acknowledged_at IS NOT NULL',
  assigned: 'assigned_at IS NOT NULL',
  arrived: 'arrived_at IS NOT NULL',
  workDone: 'work_done_at IS NOT NULL',
  reworked: 'returns > 0',
  asked: ASKED,
  answered: SPOKE,
  identified: 'identity_verified',
  closedByCompany: `first_closed_by IN ${COMPANY}`,
  closedAroundDue: inTerm('first_closed_at', 0.5, 1.5),
  closedNearDue: inTerm('first_closed_at', 0.9, 1.1),
  closedJustBeforeDue: inTerm('first_closed_at', 0.9, 1),
  closedAtNight: `(first_closed_minute >= ${NIGHT.from} OR first_closed_minute < ${NIGHT.to})`,
  closedHeardLate: `(first_closed_heard_s > ${HEARD_LATE_S.from} AND first_closed_heard_s <= ${HEARD_LATE_S.to})`,
  withScan: 'scan IS NOT NULL',
  withoutScan: 'scan IS NULL',
  scanReused: SAME_SCAN,
  cameBackSoon: `incident_reopen_delay_s <= ${SOON_S}`,
  looped: `reopenings >= ${LOOP}`,
  emergencyAtFirst: `first_priority = ${PRIORITIES.indexOf('emergency')}`,
  duplicateByCompany: `(outcome = ${outcome('duplicate')} AND closed_by IN ${COMPANY})`,
  duplicateOfNothing: NO_PARENT,
  droppedNearDue: inTerm('dropped_at', 0.9, 1.1),
  droppedJustBeforeDue: inTerm('dropped_at', 0.9, 1),
  closedByCut: '(closed_at <= $now)',
  notTransferred: 'transfers = 0',
}

const among = (column: string, words: readonly string[], all: readonly string[]) =>
  `${column} IN (${words.map((word) => all.indexOf(word)).join(', ')})`

/** Each condition of the rows of a measure by itself, with the field and the word of the filter it comes from. */
export function conditionsOf(
  rows: Rows,
): { field: keyof Rows; words: Filter[keyof Rows]; sql: string }[] {
  const { is = [], outcome = [], priority = [] } = rows
  const parts = [...new Set(is.flatMap(partsOf))]
  return [
    ...parts.map((word) => ({ field: 'is' as const, words: [word], sql: IS[word] })),
    ...(outcome.length > 0
      ? [{ field: 'outcome' as const, words: outcome, sql: among('outcome', outcome, OUTCOMES) }]
      : []),
    ...(priority.length > 0
      ? [
          {
            field: 'priority' as const,
            words: priority,
            sql: among('priority', priority, PRIORITIES),
          },
        ]
      : []),
  ]
}

const all = (rows: Rows) =>
  conditionsOf(rows)
    .map(({ sql }) => sql)
    .join(' AND ') || 'true'

/** Answered: closed with a word about the resident, who agreed or kept silent. */
export const ANSWERED = `(${all(COUNTED.confirmed.among ?? {})})`

/** Confirmed: the resident agreed that it is done. */
export const CONFIRMED = `(${all(COUNTED.confirmed.rows)})`

/** A count (denominator null), or a share of its denominator; both aggregate the rows that WITHIN_FILTER lets through. */
export interface Metric {
  numerator: string
  denominator: string | null
}

function metricOf({ rows, among, counts }: Counted): Metric {
  const count = (condition: string) =>
    counts === 'incidents'
      ? `count(DISTINCT CASE WHEN ${condition} THEN incident END)`
      : `count(CASE WHEN ${condition} THEN 1 END)`
  return { numerator: count(all(rows)), denominator: among ? count(all(among)) : null }
}

/** Measures that count. Those of time are estimated from bins (stats/kaplan-meier.ts), by no single expression. */
export const METRICS = Object.fromEntries(
  COUNTED_IDS.map((id) => [id, metricOf(COUNTED[id])]),
) as Record<CountedId, Metric>
