import { type Decision, dueOf, type Manner, type Told } from './grouping.ts'

interface Rest {
  /** What happens to the notices before then changes nothing. */
  deafUntil: number
  /** Looked at again then, even where nothing happened; infinity = only when something does. */
  wakeAt: number
}

const NOW = Number.NEGATIVE_INFINITY
const NEVER = Number.POSITIVE_INFINITY

/**
 * How long a decision stands: nothing of a group is read while it is muted, quiet, or waits for its interval. `owed` and the decision are
 * those of one look; a change of the rule or the recipient ends every rest.
 */
export function restAfter(
  owed: readonly Told[],
  { group: { newsSince, lastAt } }: Decision,
  how: Manner,
  mutedUntil: number | null,
): Rest {
  if (how.muted) return { deafUntil: mutedUntil ?? NOW, wakeAt: mutedUntil ?? NOW }
  const quiet = how.quietUntil ?? NOW
  if (newsSince !== null) {
    const began = owed.some(({ toldBegin }) => !toldBegin)
    const due = Math.max(quiet, dueOf({ newsSince, lastAt }, how, began))
    // The first news of danger does not wait as long as the news that something is over.
    return { deafUntil: how.danger && !began ? quiet : due, wakeAt: due }
  }
  const open = owed.some(({ over, acknowledged }) => !over && !acknowledged)
  if (!open || how.repeatMs === null || lastAt === null) return { deafUntil: NOW, wakeAt: NEVER }
  return { deafUntil: NOW, wakeAt: Math.max(quiet, lastAt + how.repeatMs) }
}

/** Groups of one recipient and one rule that need not be read; of this process alone, the next one reads all once. */
export function createResting() {
  const rests = new Map<string, Rest & { signed: string }>()
  let newest = NOW
  return {
    /** A clock that was set back ends every rest. */
    at(now: number) {
      if (now < newest) rests.clear()
      newest = now
    },
    /** `signed`: the rule and the recipient as they are now; `stirred`: notices of the rule began or ended. */
    rests(group: string, signed: string, stirred: boolean, now: number): boolean {
      const rest = rests.get(group)
      if (!rest || rest.signed !== signed) return false
      return now < (stirred ? rest.deafUntil : rest.wakeAt)
    },
    put: (group: string, signed: string, rest: Rest) => void rests.set(group, { ...rest, signed }),
    clear: () => rests.clear(),
  }
}
export type Resting = ReturnType<typeof createResting>
