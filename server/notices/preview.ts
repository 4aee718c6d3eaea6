import { type Evidence, NO_EVIDENCE, type RuleDraft } from '#server/contract/notices.ts'
import { minuteOf } from '#server/store/within.ts'
import { coursesOf, type Grain } from './courses.ts'
import type { World } from './observe.ts'
import { replay } from './replay.ts'

const LONGEST = 30 * 86_400_000
/** Firings that are told one by one. */
const TOLD = 20

interface Firing {
  firedAt: number
  /** null = it would still stand. */
  overAt: number | null
  evidence: Evidence
}
interface Preview {
  from: number
  grain: Grain
  /** Nothing can be said: the history is too short. */
  unknown: boolean
  times: number
  /** The newest first. */
  firings: Firing[]
}

/** How often a rule would have fired in the last 30 days, by what is known of them now. */
export async function preview(world: World, draft: RuleDraft): Promise<Preview> {
  const now = minuteOf(world.now())
  const from = now - LONGEST
  const { courses, grain } = await coursesOf(world, draft, from, now)
  const firings = courses.flatMap(({ points, evidence }) =>
    replay(draft, points, now)
      .filter(({ firedAt }) => firedAt >= from)
      .map(({ firedAt, overAt, value }) => ({
        ...{ firedAt, overAt },
        evidence: { ...NO_EVIDENCE, ...evidence, value, threshold: draft.threshold },
      })),
  )
  const known = courses.some(({ points }) => points.some(({ value }) => value !== null))
  return {
    ...{ from, grain },
    unknown: !known && (draft.kind === 'overdueGrowth' || draft.kind === 'openAboveUsual'),
    times: firings.length,
    firings: firings.toSorted((a, b) => b.firedAt - a.firedAt).slice(0, TOLD),
  }
}
