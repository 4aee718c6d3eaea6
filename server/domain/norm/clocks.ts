import {
  CLOSING_ENDS,
  type NormEnd,
  type NormPause,
  type NormStart,
} from '#server/contract/norms.ts'
import type { Words } from '#server/contract/vocabulary.ts'
import type { Applied, NormBook, Situation } from './book.ts'
import { allowedPauses, type ClockState, type Pause, stateOf } from './clock-of.ts'
import type { Norm } from './pack-file.ts'

/** How a due time comes about, in the order of counting. */
export type DueStep =
  | { kind: 'start'; at: number }
  /** It came outside the hours that count, and starts with the next opening. */
  | { kind: 'opening'; at: number }
  | { kind: 'add' }
  /** Days off between start and due time. */
  | { kind: 'free'; days: number }
  | { kind: 'due'; at: number }

/** A clock of a request with all that it rests on. Lengths are milliseconds of the time that the norm counts. */
export interface Clock {
  ref: string
  name: Words
  pack: { id: string; name: Words }
  start: NormStart
  end: NormEnd
  startAt: number | null
  dueAt: number | null
  state: ClockState
  duration: Norm['duration']
  calendar: Norm['calendar']
  /** Minutes since midnight. */
  window: { from: number; to: number } | null
  steps: DueStep[]
  /** What the norm allows to be left out, and what of it there was. */
  allowed: readonly NormPause[]
  pauses: { reason: NormPause; start: number; end: number }[]
  /** From its start to its end, or until now. The net clock is the company's defence and judges nobody. */
  gross: number | null
  net: number | null
  citations: Norm['citations']
  otherStarts: { start: NormStart; citation: Norm['citations'][number] }[]
  verified: Norm['verified']
  note: Words | null
}

/** All clocks of a request; the one of closing is left out where its source set the time itself. */
export function clocksOf(
  book: NormBook,
  situation: Situation,
  { pauses, bySource, now }: { pauses: readonly Pause[]; bySource: boolean; now: number },
): Clock[] {
  return book
    .applied(situation)
    .filter(({ norm }) => !(bySource && CLOSING_ENDS.includes(norm.end)))
    .map((applied) => {
      const { ref, pack, norm, start, startAt, dueAt } = applied
      const state = stateOf(norm, dueAt, situation, now)
      const time = book.timeOf(pack, norm)
      const lasted = (from: number, to: number) => (time ? time.between(from, to) : to - from)
      const until = state.kind === 'met' || state.kind === 'breached' ? state.at : null
      const to = until ?? situation.closedAt ?? now
      const counts = startAt !== null && state.kind !== 'not_applicable' && to >= startAt
      const used = counts ? allowedPauses(norm, pauses, startAt, to) : []
      const gross = counts ? lasted(startAt, to) : null
      return {
        ref,
        name: norm.name,
        pack: { id: pack.id, name: pack.name },
        ...{ start, startAt, dueAt, state, gross },
        end: norm.end,
        duration: norm.duration,
        calendar: norm.calendar,
        window: norm.window ?? null,
        steps: stepsOf(book, applied),
        allowed: norm.pauses,
        pauses: used,
        net:
          gross === null
            ? null
            : used.reduce((left, pause) => left - lasted(pause.start, pause.end), gross),
        citations: norm.citations,
        otherStarts: norm.otherStarts ?? [],
        verified: norm.verified,
        note: norm.note ?? null,
      }
    })
}

function stepsOf(book: NormBook, { pack, norm, startAt, dueAt }: Applied): DueStep[] {
  if (startAt === null || dueAt === null) return []
  const time = book.timeOf(pack, norm)
  const steps: DueStep[] = [{ kind: 'start', at: startAt }]
  const opening = time ? time.opening(startAt) : startAt
  if (opening > startAt) steps.push({ kind: 'opening', at: opening })
  steps.push({ kind: 'add' })
  if (time && norm.calendar === 'working') {
    let days = 0
    for (let day = time.dayOf(opening) + 1; day <= time.dayOf(dueAt); day++)
      if (!time.isWorkingDay(day)) days++
    if (days > 0) steps.push({ kind: 'free', days })
  }
  steps.push({ kind: 'due', at: dueAt })
  return steps
}
