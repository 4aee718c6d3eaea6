import type { Filter } from '#server/contract/filter.ts'
import type { CountedId } from './shape.ts'

/** Rows of requests, as the fields of the filter that open them; everything that is not a test where empty. */
export type Rows = Partial<Pick<Filter, 'is' | 'outcome' | 'priority'>>

/** A measure that counts, by the filter that opens its rows: the same filter gives its SQL (server/metrics.ts). */
export interface Counted {
  rows: Rows
  /** The rows of which `rows` are a share; null = a count. */
  among: Rows | null
  /** Counted are not requests but the incidents they belong to. */
  counts?: 'incidents'
  /** Divided not by requests but by thousands of these, months under management (time at risk). */
  per?: 'flatMonths' | 'areaMonths'
}

const JUDGED_TIMES = ['sound', 'kept', 'appeal'] as const satisfies Filter['is']
const share = (rows: Rows, among: Rows): Counted => ({ rows, among })
const count = (rows: Rows): Counted => ({ rows, among: null })
const is = (...words: Filter['is']): Rows => ({ is: words })

export const COUNTED: Record<CountedId, Counted> = {
  registered: count({}),
  incidents: { ...count({}), counts: 'incidents' },
  open: count(is('open')),
  overdue: count(is('overdue')),
  emergencyOpen: count({ priority: ['emergency'], is: ['open'] }),
  closed: count(is('closed')),
  late: share(is('due', 'pastDue'), is('due')),
  withinNorm: share(is('due', 'notPastDue'), is('due')),
  onTime: share(is('due', 'doneByDue'), is('due')),
  onTimeOfClosed: share(
    is('closedByDue', ...JUDGED_TIMES),
    is('closed', 'withDue', ...JUDGED_TIMES),
  ),
  onTimeOfClosedAndOverdue: share(
    is('closedByDue', ...JUDGED_TIMES),
    is('closedOrOverdue', 'withDue', ...JUDGED_TIMES),
  ),
  onTimeSoFar: share(is('notPastDue', ...JUDGED_TIMES), is('withDue', ...JUDGED_TIMES)),
  reopened: share(is('mature', 'incidentHead', 'cameBack'), is('mature', 'incidentHead')),
  reopenedTold: share(is('mature', 'cameBackTold'), is('mature')),
  hiddenRepeats: share(is('hiddenRepeat'), {}),
  rework: share(is('workDone', 'reworked'), is('workDone')),
  confirmed: share({ outcome: ['confirmed'] }, { outcome: ['confirmed', 'closed_no_response'] }),
  confirmedOfAnswered: share(
    { is: ['asked', 'answered'], outcome: ['confirmed'] },
    is('asked', 'answered'),
  ),
  answered: share(is('asked', 'answered'), is('asked')),
  closedNoResponse: share({ outcome: ['closed_no_response'] }, is('closed')),
  refused: share({ outcome: ['refused'] }, is('closed')),
  cancelled: share({ outcome: ['cancelled'] }, is('closed')),
  forwarded: share({ outcome: ['forwarded'] }, is('closed')),
  duplicates: share(is('duplicate'), {}),
  misdirected: share(is('misdirected'), {}),
  transferred: share(is('transferred'), {}),
  downgraded: share(is('downgraded'), {}),
  appeals: share(is('appeal'), {}),
  messages: share(is('message'), {}),
  unaddressed: share(is('unaddressed'), {}),
  marked: share(is('marked'), {}),
  inflowPerFlats: { ...count(is('managed')), per: 'flatMonths' },
  inflowPerArea: { ...count(is('managed')), per: 'areaMonths' },
}
