import { type FlagEvent, isFlagEvent, type Recorded } from '#server/contract/events.ts'
import type { FlagDecision, FlagLevel, WITHDRAWN_REASONS } from '#server/contract/flags.ts'
import type { Context } from '#server/trpc.ts'

interface When {
  seq: number
  /** When it was said, UTC epoch milliseconds. */
  at: number
}
/** What was ever said of one organization by one measure, and what was answered. */
export type Step = When &
  (
    | {
        kind: 'proposed' | 'issued' | 'withdrawn'
        level: FlagLevel | null
        /** Why it ended by itself; null where it did not end. */
        why: (typeof WITHDRAWN_REASONS)[number] | null
        /** The instant at which things were judged. */
        cut: number
        /** Number of the last event of the log that was known. */
        head: number
        /** Told after its time: nobody could reply in time. */
        afterwards: boolean
        policy: number
        inputs: string
        dossier: string
      }
    | { kind: 'replied'; text: string }
    | { kind: 'decided'; decision: FlagDecision; reason: string }
  )

/** Of one flag; an evaluation of everybody is of none. */
type Told = Recorded<Extract<FlagEvent, { flag: string }>>

export const eventsOf = ({ log }: Pick<Context, 'log'>, flag: string): Told[] => {
  const key = log.key(`flag:${flag}`)
  if (key === undefined) return []
  return log.stream(key).filter((event): event is Told => isFlagEvent(event) && 'flag' in event)
}

/** In the order in which it was told. */
export const courseOf = (context: Pick<Context, 'log'>, flag: string): Step[] =>
  eventsOf(context, flag).map(stepOf)

function stepOf(event: Told): Step {
  const told = { seq: event.seq, at: event.occurredAt }
  switch (event.type) {
    case 'flag.replied':
      return { ...told, kind: 'replied', text: event.text }
    case 'flag.decided':
      return { ...told, kind: 'decided', decision: event.decision, reason: event.reason }
    default:
      return {
        ...told,
        kind: event.type.slice('flag.'.length) as 'proposed' | 'issued' | 'withdrawn',
        level: event.type === 'flag.withdrawn' ? null : event.level,
        why: event.type === 'flag.withdrawn' ? event.reason : null,
        ...{ cut: event.cut, head: event.head, policy: event.policy.version },
        afterwards: event.afterwards === true,
        ...{ inputs: event.inputs, dossier: event.dossier },
      }
  }
}

/** The evaluation that the flag rests on now: the last that proposed or issued it. */
export const standingOf = (course: readonly Step[]) =>
  course.findLast(
    (step): step is Extract<Step, { dossier: string }> =>
      step.kind === 'proposed' || step.kind === 'issued',
  )

/** Proposed or issued, and neither withdrawn by two clear evaluations nor by an inspector. */
export function isStanding(course: readonly Step[]): boolean {
  const last = course.findLast(({ kind }) => kind !== 'replied')
  if (last === undefined) return false
  if (last.kind === 'decided') return last.decision !== 'withdrawn'
  return last.kind !== 'withdrawn'
}
