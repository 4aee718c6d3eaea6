import type { FlagDecision } from '#server/contract/flags.ts'
import { type Ended, endings, flagEvents } from '#server/judgement/flag-book.ts'
import type { Context } from '#server/trpc.ts'

export interface Answered {
  flag: string
  /** Instants of the last reply and the last decision, UTC epoch milliseconds. */
  replied: number | null
  decided: { at: number; decision: FlagDecision } | null
}
export interface Withdrawn extends Omit<Ended, 'organization'> {
  flag: string
  organization: { id: string; name: string }
}

const MOST = 50

/** What was answered to flags since they were last proposed, and those that were withdrawn and not proposed again, the last first. */
export function toldOf({ log, registry }: Pick<Context, 'log' | 'registry'>) {
  const events = flagEvents(log)
  const answered = new Map<string, Answered>()
  for (const event of events) {
    if (event.type === 'flag.evaluated') continue
    const { flag, occurredAt: at } = event
    const known = answered.get(flag) ?? { flag, replied: null, decided: null }
    if (event.type === 'flag.proposed') answered.delete(flag)
    if (event.type === 'flag.replied') answered.set(flag, { ...known, replied: at })
    if (event.type === 'flag.decided')
      answered.set(flag, { ...known, decided: { at, decision: event.decision } })
  }
  const withdrawn = Array.from(endings(events), ([flag, { organization: id, ...ended }]) => ({
    ...{ flag, ...ended, organization: { id, name: registry.organizationById(id)?.name ?? id } },
  })) satisfies Withdrawn[]
  return {
    answered: [...answered.values()],
    withdrawn: withdrawn.sort((a, b) => b.at - a.at).slice(0, MOST),
  }
}
