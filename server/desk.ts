import type { DomainEvent, Party } from './contract/events.ts'
import { mustBeImpersonal } from './impersonal.ts'
import { ConflictError, UnavailableError } from './log/log.ts'
import { type Context, Refusal } from './trpc.ts'

type Distributive<E> = E extends unknown ? Omit<E, 'id' | 'occurredAt' | 'source' | 'actor'> : never
/** An event without what the desk itself adds: id, instant, source, actor. */
export type Act = Distributive<DomainEvent> & { occurredAt?: number; id?: string }

/** Fields of events that a person types, and what they are called. */
const TYPED = Object.entries({
  reason: 'reason',
  text: 'reply',
  cause: 'cause',
  ground: 'ground',
  contract: 'contract',
})

/** The source of what people do at the screens. */
export const DESK = 'desk'

/**
 * What a person does at a screen becomes events of the log, all or none; resolves after fsync with the number of the last. The
 * page shows it when the facts have taken it in, by the live feed like everything else.
 */
export async function tell(
  { log, now, newId }: Pick<Context, 'log' | 'now' | 'newId'>,
  party: Party,
  acts: readonly Act[],
): Promise<{ seq: number }> {
  for (const act of acts)
    for (const [field, what] of TYPED) {
      const text = field in act ? act[field as keyof Act] : undefined
      if (typeof text === 'string') mustBeImpersonal(text, what)
    }
  const events = acts.map(
    (act) =>
      ({
        ...act,
        id: act.id ?? `${DESK}:${newId()}`,
        occurredAt: act.occurredAt ?? now(),
        source: DESK,
        actor: { party },
        // A union spread is no longer seen as one of its members; Act is made from DomainEvent above.
      }) as DomainEvent,
  )
  try {
    const { lastSeq } = await log.append(events)
    return { seq: lastSeq }
  } catch (cause) {
    if (cause instanceof ConflictError) throw new Refusal('CONFLICT', cause.message)
    if (cause instanceof UnavailableError)
      throw new Refusal('SERVICE_UNAVAILABLE', `nothing was stored: ${cause.message}; try again`)
    throw cause
  }
}
