import type { DomainEvent, Recorded } from '#server/contract/events.ts'
import { ENDINGS } from '#server/import/steps.ts'

type Told = DomainEvent | Recorded
type Type = Told['type']

const ENDED: ReadonlySet<Type> = new Set(ENDINGS.map((step): Type => `request.${step}`))
const OPENED: ReadonlySet<Type> = new Set(['request.reopened', 'request.rejected_by_resident'])

/** Whether `other`, between two events of one type, makes the second a happening of its own and not the first told again. */
function turns(type: Type, other: Told, byStatus: boolean): boolean {
  if (ENDED.has(type)) return OPENED.has(other.type)
  if (OPENED.has(type)) return ENDED.has(other.type)
  if (OPENED.has(other.type) || other.type === 'request.returned_for_rework') return true
  return byStatus && other.timeUnknown === true && other.type !== type
}

/**
 * What messages tell of a request holds one id for each step, though a request may be closed, reopened and closed again: the
 * second time is `<step>:2`. `stream` is what is known of the request, in the order in which it was heard. What stands already
 * is given again as it stands.
 */
export function numberedSteps(
  steps: readonly DomainEvent[],
  stream: readonly Told[],
  source: string,
): DomainEvent[] {
  const heard = [...stream].filter(({ type }) => type.startsWith('request.'))
  const inTime = [...steps].sort((a, b) =>
    a.timeUnknown === b.timeUnknown ? a.occurredAt - b.occurredAt : a.timeUnknown ? 1 : -1,
  )
  return inTime.map((step) => {
    const told = numbered(step, heard, source)
    heard.push(told)
    return told
  })
}

function numbered(step: DomainEvent, heard: readonly Told[], source: string): DomainEvent {
  const mine = heard
    .filter((event) => event.type === step.type && event.source === source)
    .sort((a, b) => a.occurredAt - b.occurredAt)
  const byStatus = step.timeUnknown === true
  const same = byStatus
    ? undefined
    : mine.find((event) => !event.timeUnknown && event.occurredAt === step.occurredAt)
  const last = same ?? mine.at(-1)
  if (!last) return step
  if (same) return { ...step, id: same.id }
  const since = heard.filter(
    (event) =>
      turns(step.type, event, byStatus) &&
      (byStatus
        ? // A sender who only repeats a state does not know what others did meanwhile.
          event.source === source && isAfter(event, last, heard)
        : event.occurredAt >= last.occurredAt && isBefore(event, step)),
  )
  if (since.length > 0) {
    const latest = Math.max(...since.map(({ occurredAt }) => occurredAt))
    return {
      ...step,
      id: `${step.id}:${mine.length + 1}`,
      ...(byStatus && { occurredAt: Math.max(step.occurredAt, latest + 1) }),
    }
  }
  if (!byStatus) return { ...step, id: last.id }
  const { timeUnknown: _, ...said } = step
  return {
    ...said,
    id: last.id,
    occurredAt: last.occurredAt,
    ...(last.timeUnknown && { timeUnknown: true }),
  } as DomainEvent
}

const isAfter = (event: Told, last: Told, heard: readonly Told[]) =>
  (event.occurredAt - last.occurredAt || heard.indexOf(event) - heard.indexOf(last)) > 0

/** Of one instant a closing comes before a reopening. */
const isBefore = (event: Told, step: Told) =>
  event.occurredAt < step.occurredAt ||
  (event.occurredAt === step.occurredAt && OPENED.has(step.type))
