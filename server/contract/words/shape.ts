import type { Party, RequestEventType } from '#server/contract/events.ts'
import type { Filter } from '#server/contract/filter.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import type {
  Channel,
  ClosingReason,
  Kind,
  Mark,
  OrganizationKind,
  Outcome,
  Priority,
  SpellEnd,
  State,
} from '#server/contract/vocabulary.ts'

/** `request.work_done` is the word `work_done`: a dot would split the key of a catalogue. */
export type EventWord = RequestEventType extends `request.${infer W}` ? W : never
type Is = Filter['is'][number]

/** Titles of columns, the same in a table's header and in its export. */
export const COLUMNS = [
  'number',
  'registeredAt',
  'address',
  'building',
  'district',
  'organization',
  'organizationName',
  'responsibleNow',
  'contractor',
  'category',
  'channel',
  'priority',
  'kind',
  'state',
  'outcome',
  'dueAt',
  'remaining',
  'dueBasis',
  'overdueHours',
  'acknowledgedAt',
  'arrivedAt',
  'workDoneAt',
  'firstClosedAt',
  'closedAt',
  'responseHours',
  'resolutionHours',
  'reopenings',
  'returns',
  'transfers',
  'incident',
  'incidentSize',
  'incidentReturnHours',
  'duplicateOf',
  'hiddenRepeatOf',
  'appeal',
  'test',
  'marks',
  'place',
  'unknownHouse',
  'source',
  'lon',
  'lat',
  'id',
  'day',
  'unit',
  'arrived',
  'stored',
  'known',
  'quarantined',
  'refused',
  'batches',
  'registeredThatDay',
  'silentDay',
  'year',
  'series',
  'floors',
  'entrances',
  'apartments',
  'area',
  'lifts',
  'gone',
  'answersNow',
  'answersSince',
  'phone',
  'open',
  'overdue',
  'emergency',
  'requestsYear',
  'per100',
  'smoothed',
  'chance',
  'heavy',
  'trend',
  'trendChance',
  'silence',
  'silent',
  'apartmentsAssumed',
  'reopened',
  'organizationKind',
  'buildings',
  'requests',
  'closed',
  'expected',
  'ratio',
  'share',
  'lower',
  'upper',
  'median',
  'onTime',
  'confirmed',
  'measure',
  'level',
  'period',
  'since',
  'judged',
  'observed',
  'shareLower',
  'shareUpper',
  'chanceLimit',
  'outerLimit',
  'responseMedian',
  'q',
  'excess',
  'without',
  'recordedAt',
  'score',
  'addressee',
  'about',
  'suggested',
  'corrections',
  'mergedInto',
  'member',
  'verifiedAt',
  'fails',
  'norm',
  'normName',
  'term',
  'clock',
  'validTo',
  'citation',
  'verified',
  'shrunken',
  'slowness',
  'slownessLower',
  'slownessUpper',
  'onTimeEstimated',
  'onTimeEstimatedLower',
  'onTimeEstimatedUpper',
  'onTimeDone',
  'happenedAt',
  'heardAfterHours',
  'cameLate',
  'change',
  'onTimeOfClosed',
  'onTimeOfClosedAndOverdue',
  'onTimeSoFar',
  'answered',
  'confirmedOfAnswered',
  'part',
  'stage',
  'passed',
  'untold',
  'waiting',
  'medianHours',
  'medianLowerHours',
  'medianUpperHours',
  'p90Hours',
  'definition',
  'cases',
  'among',
  'ending',
  'withinDays',
  'month',
  'mature',
  'reopenedTold',
] as const
export type Column = (typeof COLUMNS)[number]

/** The shared vocabulary of pages, exports and reports in one language. */
export interface DomainWords {
  state: Record<State, string>
  outcome: Record<Outcome, string>
  spellEnd: Record<SpellEnd, string>
  channel: Record<Channel, string>
  priority: Record<Priority, string>
  kind: Record<Kind, string>
  mark: Record<Mark, string>
  /** One sentence: what is wrong with the record and what follows from it. */
  markWhy: Record<Mark, string>
  organizationKind: Record<OrganizationKind, string>
  /** What happened, as a line of a timeline. */
  event: Record<EventWord, string>
  closingReason: Record<ClosingReason, string>
  party: Record<Party, string>
  is: Record<Is, string>
  test: Record<NonNullable<Filter['test']>, string>
  level: Record<Level, string>
  column: Record<Column, string>
  /** Names of the fields of the filter. */
  field: Record<
    | 'from'
    | 'to'
    | 'district'
    | 'organization'
    | 'contractor'
    | 'about'
    | 'building'
    | 'category'
    | 'channel'
    | 'priority'
    | 'kind'
    | 'state'
    | 'outcome'
    | 'mark'
    | 'account'
    | 'scan'
    | 'hour'
    | 'closedMinute'
    | 'closedIn'
    | 'norm'
    | 'source'
    | 'test'
    | 'is'
    | 'cut',
    string
  >
  /** What completeness counts. */
  intakeUnit: Record<'event' | 'row', string>
  intakeRule: string
  appealOrMessage: Record<'appeal' | 'message', string>
  yes: string
  no: string
  unknown: string
  nobody: string
}

/** Those that the frame and the overview say; the rest come behind them. */
export type FirstWords = Pick<
  DomainWords,
  | 'state'
  | 'outcome'
  | 'channel'
  | 'priority'
  | 'kind'
  | 'mark'
  | 'event'
  | 'test'
  | 'level'
  | 'appealOrMessage'
  | 'yes'
  | 'no'
  | 'unknown'
  | 'nobody'
>
