import { recalibrated, SIGNAL, startingSignal, UNDOUBTED } from '#server/stats/burst.ts'
import { BASELINE_DAYS } from './baseline.ts'

/** Days whose maxima set the threshold. */
export const CALIBRATION_DAYS = 60

interface Maxima {
  /** Of scans that raised nothing. */
  alone: number
  /** Of each suspicion. */
  of: Map<string, number>
}

/** The threshold of signals, set anew with each local day from the quiet ones before it. */
export function openThreshold() {
  const maxima = new Map<number, Maxima>()
  const calls = new Map<number, number>()
  let threshold = SIGNAL

  const maximaOf = (day: number) => {
    const known = maxima.get(day) ?? { alone: 0, of: new Map<string, number>() }
    maxima.set(day, known)
    return known
  }

  function callsADay(before: number): number {
    let sum = 0
    let first = before
    for (const [day, count] of calls)
      if (day < before - BASELINE_DAYS) calls.delete(day)
      else if (day < before) {
        sum += count
        first = Math.min(first, day)
      }
    return sum / Math.max(1, before - first)
  }

  return {
    now: () => threshold,
    /** A call that was scanned, by the local day on which it was registered. */
    count(day: number) {
      calls.set(day, (calls.get(day) ?? 0) + 1)
    },
    remember(day: number, ratio: number, suspicion: string | undefined) {
      const known = maximaOf(day)
      if (suspicion === undefined) known.alone = Math.max(known.alone, ratio)
      else known.of.set(suspicion, Math.max(known.of.get(suspicion) ?? 0, ratio))
    },
    /**
     * A day is quiet on which nothing was announced and no suspicion was beyond doubt; one that a person dismissed was a false
     * alarm of a quiet day.
     */
    reckon(
      today: number,
      known: { announced: ReadonlySet<number>; isDismissed: (id: string) => boolean },
    ) {
      for (const day of maxima.keys()) if (day < today - CALIBRATION_DAYS) maxima.delete(day)
      maximaOf(today)
      const quiet = [...maxima].flatMap(([day, { alone, of }]) => {
        if (day === today) return []
        const undoubted = [...of].some(
          ([id, ratio]) => ratio >= UNDOUBTED && !known.isDismissed(id),
        )
        return undoubted || known.announced.has(day) ? [] : [Math.max(alone, ...of.values())]
      })
      threshold = recalibrated(quiet, startingSignal(callsADay(today)))
    },
  }
}
