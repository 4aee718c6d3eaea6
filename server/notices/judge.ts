import { QUIET, type Standing, step } from './machine.ts'
import type { Notice, Observation, Rule } from './rule.ts'

/** What one look changed about one rule. */
export interface Verdict {
  standings: Map<string, Standing>
  began: Omit<Notice, 'id' | 'acknowledged'>[]
  /** Notices that stand, with what is known of them now. */
  changed: Pick<Notice, 'id' | 'evidence' | 'peak'>[]
  over: string[]
}

/**
 * Pure: standings and open notices of one rule, and what it sees now, to what they become. A subject that is not seen any more has
 * the value 0; `seen` null = nothing is known now, and everything stands as it stood.
 */
export function judge(
  rule: Rule,
  {
    standings,
    open,
    seen,
    now,
  }: {
    standings: ReadonlyMap<string, Standing>
    open: readonly Notice[]
    seen: readonly Observation[] | null
    now: number
  },
): Verdict {
  const verdict: Verdict = { standings: new Map(), began: [], changed: [], over: [] }
  if (rule.paused) {
    for (const subject of standings.keys()) verdict.standings.set(subject, QUIET)
    return { ...verdict, over: open.map(({ id }) => id) }
  }
  if (seen === null) return verdict
  const bySubject = new Map(seen.map((one) => [one.subject, one]))
  const openBy = new Map(open.map((notice) => [notice.subject, notice]))
  const subjects = new Set([...bySubject.keys(), ...standings.keys(), ...openBy.keys()])
  for (const subject of subjects) {
    const observation = bySubject.get(subject)
    const value = observation ? observation.value : 0
    const before = standings.get(subject) ?? QUIET
    const notice = openBy.get(subject)
    const after = step(rule, before, value, now)
    if (after !== before) verdict.standings.set(subject, after)
    if (after.state !== 'firing') {
      if (notice) verdict.over.push(notice.id)
      continue
    }
    if (!observation || observation.value === null) continue
    const { evidence } = observation
    if (!notice)
      verdict.began.push({
        ...{ rule: rule.id, subject, evidence, peak: observation.value },
        ...{ firedAt: after.firedAt, overAt: null },
      })
    else if (JSON.stringify(notice.evidence) !== JSON.stringify(evidence))
      verdict.changed.push({
        id: notice.id,
        evidence,
        peak: Math.max(notice.peak, observation.value),
      })
  }
  return verdict
}
