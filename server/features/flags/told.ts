import type { FlagDecision } from '#server/contract/flags.ts'
import { flagEvents } from '#server/judgement/flag-book.ts'
import type { Context } from '#server/trpc.ts'

export interface Answered {
  flag: string
  /** Instants of the last reply and the last decision, UTC epoch milliseconds. */
  replied: number | null
  decided: { at: number; decision: FlagDecision } | null
}
export interface Withdrawn {
  flag: string
  organization: { id: string; name: string }
  at: number
  /** By an inspector with these words, or by evaluations. */
  by: 'inspector' | 'evaluations'
  reason: string | null
}

const MOST = 50

/** What was answered to flags, and those that were withdrawn and not proposed again since, the last first. */
export function toldOf({ log, registry }: Pick<Context, 'log' | 'registry'>) {
  const answered = new Map<string, Answered>()
  const withdrawn = new Map<string, Withdrawn>()
  for (const event of flagEvents(log)) {
    if (event.type === 'flag.evaluated') continue
    const { flag, organization: id, occurredAt: at } = event
    const known = answered.get(flag) ?? { flag, replied: null, decided: null }
    const organization = { id, name: registry.organizationById(id)?.name ?? id }
    const gone = { flag, organization, at }
    switch (event.type) {
      case 'flag.replied':
        answered.set(flag, { ...known, replied: at })
        break
      case 'flag.decided':
        answered.set(flag, { ...known, decided: { at, decision: event.decision } })
        if (event.decision === 'withdrawn')
          withdrawn.set(flag, { ...gone, by: 'inspector', reason: event.reason })
        break
      case 'flag.withdrawn':
        withdrawn.set(flag, { ...gone, by: 'evaluations', reason: null })
        break
      default:
        withdrawn.delete(flag)
    }
  }
  return {
    answered: [...answered.values()],
    withdrawn: [...withdrawn.values()].sort((a, b) => b.at - a.at).slice(0, MOST),
  }
}
