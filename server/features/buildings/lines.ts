import {
  type Mark,
  marksOf,
  OUTCOMES,
  type Outcome,
  PRIORITIES,
  type Priority,
  STATES,
  type State,
  type Words,
} from '#server/contract/vocabulary.ts'
import type { Context } from '#server/trpc.ts'
import type { BuildingRequest } from './queries.ts'

/** A request in the lists of a building. */
export interface BuildingLine {
  number: string
  category: Words | null
  /** Never a flat. */
  entrance: number | null
  priority: Priority
  state: State
  /** Since when it is in this state. */
  stateAt: number | null
  outcome: Outcome
  registeredAt: number
  dueAt: number | null
  closedAt: number | null
  reopenings: number
  marks: Mark[]
  /** Responsible at registration. */
  organization: string | null
}

export const lineOf =
  ({ registry }: Pick<Context, 'registry'>) =>
  (row: BuildingRequest): BuildingLine => ({
    number: row.number,
    category: registry.category(row.category)?.name ?? null,
    entrance: row.entrance,
    priority: PRIORITIES[row.priority] ?? 'ordinary',
    state: STATES[row.state] ?? 'registered',
    stateAt: row.last_event_at,
    outcome: OUTCOMES[row.outcome] ?? 'open',
    registeredAt: row.registered_at,
    dueAt: row.due_at,
    closedAt: row.closed_at,
    reopenings: row.reopenings,
    marks: marksOf(row.marks),
    organization: registry.organization(row.organization)?.name ?? null,
  })

const EMERGENCY = PRIORITIES.indexOf('emergency')
const isDanger = (row: BuildingRequest) => row.priority === EMERGENCY && row.overdue === 1

/** Emergencies past their limit, then by due time, those without one last; the oldest first among equals. */
export const mostUrgentFirst = (rows: readonly BuildingRequest[]) =>
  rows.toSorted(
    (a, b) =>
      Number(isDanger(b)) - Number(isDanger(a)) ||
      (a.due_at ?? Number.MAX_SAFE_INTEGER) - (b.due_at ?? Number.MAX_SAFE_INTEGER) ||
      a.registered_at - b.registered_at ||
      a.request - b.request,
  )

/** Endings that a resident may contradict. */
const MAY_RETURN = (['confirmed', 'closed_no_response', 'closed'] as const).map((outcome) =>
  OUTCOMES.indexOf(outcome),
)

/** Closed since then in a way that a resident may contradict; the latest closing first. */
export const closedLately = (rows: readonly BuildingRequest[], since: number) =>
  rows
    .filter(
      (row) =>
        row.sound === 1 &&
        row.closed_at !== null &&
        row.closed_at >= since &&
        MAY_RETURN.includes(row.outcome),
    )
    .sort((a, b) => (b.closed_at ?? 0) - (a.closed_at ?? 0) || a.request - b.request)
