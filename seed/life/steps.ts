import type { DomainEvent, RequestEventType } from '#server/contract/events.ts'
import { SECOND } from '../calendar.ts'
import type { Source } from '../sources.ts'

/** One event, and when its source delivers it: nearly always when it happens. */
export interface Delivery {
  at: number
  event: DomainEvent
}

type Party = 'resident' | 'operator' | 'organization' | 'contractor' | 'system' | 'inspector'

/** A step of a life before it becomes an event. */
export interface Step {
  type: RequestEventType
  at: number
  source: Source
  party: Party
  /** Position of the company, or the id of a contractor. */
  actor?: string | undefined
  body?: Record<string, string | number | boolean> | undefined
}

export const byTime = (a: Delivery, b: Delivery) =>
  a.at - b.at || (a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : 0)

/** Whole seconds, as dispatchers' systems keep them. */
export const whole = (instant: number) => Math.round(instant / SECOND) * SECOND

/** Ids are `source:request:step`, with a number from the second step of a kind on. */
export function told(request: string, steps: readonly Step[]): Delivery[] {
  const seen = new Map<string, number>()
  return steps.map(({ type, at, source, party, actor, body }) => {
    const turn = (seen.get(type) ?? 0) + 1
    seen.set(type, turn)
    const step = type.slice(8)
    const event = {
      type,
      id: turn === 1 ? `${source}:${request}:${step}` : `${source}:${request}:${step}:${turn}`,
      occurredAt: at,
      source,
      actor: actor === undefined ? { party } : { party, id: actor },
      request,
      ...body,
    }
    // The body of each step is written next to its type in life.ts; the tests parse every event with its schema.
    return { at, event: event as unknown as DomainEvent }
  })
}
