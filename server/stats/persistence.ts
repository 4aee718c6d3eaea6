import type { Level } from '#server/contract/measures/shape.ts'

/** What one monthly evaluation found of one unit by one measure (or by two together). */
export interface Finding {
  /** Any label that is one for each evaluation, e.g. `2026-10`. */
  month: string
  level: Level
  /** False-discovery rate, lower end of the ratio, distance after ordinary differences; as `evaluate` gives them. */
  q: number
  l975: number
  zDispersed: number
  /** Emergencies: issued at once. */
  urgent?: boolean
  /** The unit is new, or too many of its buildings changed since the last evaluation (`changedShare`). */
  restarted?: boolean
}

export interface PersistencePolicy {
  /** Consecutive evaluations that meet a level before it is issued. */
  issueAfter: number
  /** Withdrawn after so many consecutive ones with q above and the lower end at most this. */
  withdraw: { q: number; l975: number; after: number }
  /** Watch ends after so many consecutive ones with a distance below. */
  watchEnds: { zDispersed: number; after: number }
  /** The clock starts again when more than this share of its buildings changed. */
  changedShare: number
}

/** Method, section 6. */
export const PERSISTENCE_POLICY: PersistencePolicy = {
  issueAfter: 2,
  withdraw: { q: 0.2, l975: 1, after: 2 },
  watchEnds: { zDispersed: 1.28, after: 2 },
  changedShare: 0.3,
}

export interface Standing {
  /** What is shown: the strongest that holds. */
  level: Level
  inspect: { state: 'proposed' | 'issued'; proposed: string; issued: string | null } | null
  watch: { since: string } | null
  /** Consecutive evaluations that met inspect, that were calm, that were quiet. */
  met: number
  calm: number
  quiet: number
}

export type StepKind = 'proposed' | 'issued' | 'withdrawn' | 'watched' | 'watchEnded'
/** Why it was withdrawn or ended: not met again, calm or quiet for long enough, the clock started again. */
export type StepReason = 'notAgain' | 'calm' | 'quiet' | 'restarted'
export interface Step {
  month: string
  step: StepKind
  reason: StepReason | null
}

/** Nothing is known of it yet; also what a decision of an inspector leaves behind. */
export const NO_STANDING: Standing = {
  ...{ level: 'none', inspect: null, watch: null, met: 0, calm: 0, quiet: 0 },
}

/**
 * One more monthly evaluation (method, section 6): inspect is proposed when first met and issued when met again at the next
 * (urgent: at once); a proposal that is not met again lapses; what was issued stays until it was calm twice running. Findings
 * come in order of their months.
 */
export function advance(
  before: Standing,
  finding: Finding,
  policy: PersistencePolicy = PERSISTENCE_POLICY,
): { standing: Standing; steps: Step[] } {
  const { month, level } = finding
  const steps: Step[] = []
  const tell = (step: StepKind, reason: StepReason | null = null) =>
    steps.push({ month, step, reason })
  let { inspect, watch, met, calm, quiet } = before
  if (finding.restarted) {
    if (inspect) tell('withdrawn', 'restarted')
    if (watch) tell('watchEnded', 'restarted')
    ;({ inspect, watch, met, calm, quiet } = NO_STANDING)
  }
  const known = level !== 'insufficient'
  met = level === 'inspect' ? met + 1 : 0
  calm =
    known && finding.q > policy.withdraw.q && finding.l975 <= policy.withdraw.l975 ? calm + 1 : 0
  const watched = level === 'inspect' || level === 'watch'
  quiet = known && !watched && finding.zDispersed < policy.watchEnds.zDispersed ? quiet + 1 : 0

  if (inspect?.state === 'proposed' && met === 0) {
    inspect = null
    tell('withdrawn', 'notAgain')
  }
  if (!inspect && met > 0) {
    inspect = { state: 'proposed', proposed: month, issued: null }
    tell('proposed')
  }
  if (inspect?.state === 'proposed' && (met >= policy.issueAfter || finding.urgent)) {
    inspect = { ...inspect, state: 'issued', issued: month }
    tell('issued')
  }
  if (inspect?.state === 'issued' && calm >= policy.withdraw.after) {
    inspect = null
    tell('withdrawn', 'calm')
  }
  if (!watch && watched) {
    watch = { since: month }
    tell('watched')
  }
  if (watch && quiet >= policy.watchEnds.after) {
    watch = null
    tell('watchEnded', 'quiet')
  }
  const shown = inspect ? 'inspect' : watch ? 'watch' : level
  return { standing: { level: shown, inspect, watch, met, calm, quiet }, steps }
}

/** All evaluations of one unit and measure from the beginning, in order of their months; of none nothing stands. */
export function standingAfter(
  findings: readonly Finding[],
  policy: PersistencePolicy = PERSISTENCE_POLICY,
): { standing: Standing; steps: Step[] } {
  let standing = NO_STANDING
  const steps: Step[] = []
  for (const finding of findings) {
    const next = advance(standing, finding, policy)
    standing = next.standing
    steps.push(...next.steps)
  }
  return { standing, steps }
}

/** Twelve months that are not sufficient are widened to twenty-four once; if these are not either, there is no level. */
export const widened = <Found extends { level: Level }>(
  twelve: Found,
  twentyFour: Found | null,
): Found =>
  twelve.level === 'insufficient' && twentyFour && twentyFour.level !== 'insufficient'
    ? twentyFour
    : twelve

/** Share of a unit's buildings that came or went: 1 − those it kept over the larger number. Nothing at both: 0. */
export function changedShare(before: ReadonlySet<unknown>, now: ReadonlySet<unknown>): number {
  const most = Math.max(before.size, now.size)
  const kept = [...before].filter((building) => now.has(building)).length
  return most === 0 ? 0 : 1 - kept / most
}
