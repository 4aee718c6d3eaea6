import type { Evidence, RuleDraft } from '#server/contract/notices.ts'
import { QUIET, type Standing, step } from './machine.ts'

const MINUTE = 60_000

/** A value from an instant on, until the next one. */
export interface Point {
  at: number
  value: number | null
}

/** The course of the state machine over values that change at known instants; between them it is looked at when a hold time ends. */
export function replay(
  rule: Pick<RuleDraft, 'threshold' | 'recovery' | 'holdMinutes'>,
  points: readonly Point[],
  until: number,
): { firedAt: number; overAt: number | null; value: number }[] {
  const found: { firedAt: number; overAt: number | null; value: number }[] = []
  let standing: Standing = QUIET
  const take = (value: number | null, at: number) => {
    const after = step(rule, standing, value, at)
    if (after.state === 'firing' && standing.state !== 'firing')
      found.push({ firedAt: at, overAt: null, value: value ?? 0 })
    const last = found.at(-1)
    if (standing.state === 'firing' && after.state !== 'firing' && last) last.overAt = at
    standing = after
  }
  for (const [i, { at, value }] of points.entries()) {
    take(value, at)
    const next = points[i + 1]?.at ?? until
    if (standing.state !== 'pending') continue
    const due: number = standing.since + rule.holdMinutes * MINUTE
    if (due < next || (i === points.length - 1 && due <= until)) take(value, due)
  }
  return found
}

/** One subject of a rule through the past. */
export interface Course {
  points: readonly Point[]
  evidence: Partial<Evidence>
}
