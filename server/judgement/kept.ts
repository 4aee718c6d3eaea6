import type { Filter } from '#server/contract/filter.ts'
import { EVERYTHING } from '#server/contract/filter.ts'
import { CHANNELS, KINDS, PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Preset } from '#server/domain/presets/preset-file.ts'
import type { Context } from '#server/trpc.ts'
import { readDetailColumns } from './detail.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { asksOf, evaluateIntegrity, integrityOf } from './integrity.ts'
import { type Period, periodOf } from './period.ts'
import type { Policy, PolicyBook } from './policy.ts'
import { type Quality, qualityOf } from './quality.ts'
import { type Reckon, type Reckoned, reckonHere } from './reckoning.ts'
import { restartsOf } from './restarts.ts'
import type { Restarts } from './standard.ts'

/** Every organization by every measure, frozen at a midnight. Nothing that comes later changes it. */
export interface Evaluation extends Reckoned {
  period: Period
  /** `seq` of the last event of the log that it knows, and the revision of the facts. */
  head: number
  revision: number
  /** Whether the policy was in force when the period began: without, nobody is flagged. */
  inForce: boolean
  policy: Policy
  /** SHA-256 of the tables it rests on. */
  inputs: string
  restarts: Restarts
  quality: ReadonlyMap<number, Quality>
}

/** Of a kept file: `damaged` is one that cannot be read, or whose content has another hash. */
export type EvidenceState = 'right' | 'damaged' | 'missing'

export interface Judging {
  policies: PolicyBook
  /** Definitions of officials, shown beside; nobody is flagged by them. */
  presets: readonly Preset[]
  /** The evaluation of the last midnight; computed once, whoever asks. */
  evaluation(context: EvaluationContext): Promise<Evaluation>
  /** How its numbers are computed; without, in the thread of whoever asks. */
  reckon?: Reckon
  /** What was said of an organization, by the hash of its canonical JSON. */
  evidence: {
    /** Only what its hash says; null where it is missing or damaged. */
    read(hash: string): string | null
    state(hash: string): EvidenceState
    /** Leaves a right file as it is and puts the text in the place of a damaged one. */
    write(hash: string, text: string): void
  }
}
export type EvaluationContext = Pick<Context, 'engine' | 'registry' | 'city' | 'now' | 'log'> & {
  judging: Pick<Judging, 'policies' | 'reckon'>
}

/** Evaluates a period from the facts as they are now; the tables come along for those who take it apart. */
export async function evaluateAt(
  context: EvaluationContext,
  period: Period,
  integrity: typeof evaluateIntegrity = evaluateIntegrity,
): Promise<{ evaluation: Evaluation; tables: Inputs }> {
  const { registry, city, judging, engine } = context
  const { policy, inForce } = judging.policies.of(period.from)
  const revision = engine.revision()
  const head = await knownEvents(engine)
  const tables = await readInputs(context, period, asksOf(await integrity(context, period, policy)))
  const changed = policy.persistence.changedShare
  const restarts = restartsOf(registry, period, { zone: city.zone, changed })
  const reckoning = (judging.reckon ?? reckonHere)({ tables, policy, restarts })
  try {
    const candidates = Array.from(
      await reckoning.candidates(),
      (unit) => registry.organization(unit)?.id,
    )
    const detail = await readDetailColumns(
      context,
      period,
      candidates.filter((id) => id !== undefined),
    )
    const quality = await qualityOf(context, period, policy)
    return {
      tables,
      evaluation: {
        ...(await reckoning.refined(detail, quality)),
        ...{ period, head, revision, inForce, policy, restarts, quality, inputs: tables.hash },
      },
    }
  } finally {
    reckoning.end()
  }
}

/** `seq` of the last event that the facts contain; the log may be ahead of them. */
async function knownEvents(engine: Pick<Context, 'engine'>['engine']): Promise<number> {
  const [row] = await engine.query(`SELECT value FROM meta WHERE key = 'seq'`)
  return typeof row?.value === 'number' ? row.value : 0
}

/** The last midnight's evaluation is kept; one that failed is tried again by the next who asks. */
export function keptEvaluation(): Judging['evaluation'] {
  let kept: { cut: number; answer: Promise<Evaluation> } | undefined
  return (context) => {
    const period = periodOf(EVERYTHING, context.now(), context.city.zone)
    if (kept?.cut === period.cut) return kept.answer
    const answer = evaluateAt(context, period, integrityOf).then(({ evaluation }) => evaluation)
    const mine = { cut: period.cut, answer }
    kept = mine
    answer.catch(() => {
      if (kept === mine) kept = undefined
    })
    return answer
  }
}

/** Of these every request has one. */
const EVERY: Partial<Record<string, readonly string[]>> = {
  channel: CHANNELS,
  priority: PRIORITIES,
  kind: KINDS,
}

/** Whether a filter narrows nothing, though it may name every value: then the kept evaluation answers. */
export const isWhole = (filter: Filter): boolean =>
  Object.entries(filter).every(([field, value]) =>
    Array.isArray(value)
      ? value.length === 0 || EVERY[field]?.every((one) => value.some((named) => named === one))
      : value === undefined || value === 'without',
  )
