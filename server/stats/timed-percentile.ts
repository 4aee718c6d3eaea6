import { ON_LEVEL, type Percentile } from './curve-reading.ts'
import { logLogBand, type Times } from './kaplan-meier.ts'
import { Z95 } from './normal.ts'

/**
 * percentile(curveOf(times), p) without the curve: it stops where the upper band has crossed. Throws a RangeError for a time
 * that is not a number.
 */
export function timedPercentile({ time: times, events, n }: Times, p: number): Percentile {
  const [value, lower, upper] = [crosser(1 - p), crosser(1 - p), crosser(1 - p)]
  let atRisk = 0
  for (let i = 0; i < n.length; i++) atRisk += n[i] ?? 0
  let survival = 1
  let greenwood = 0
  let last = 0
  for (let i = 0; i < times.length && !(value.isDone && lower.isDone && upper.isDone); ) {
    const time = times[i] ?? Number.NaN
    if (Number.isNaN(time)) throw new RangeError('a time of a percentile is not a number')
    let event = 0
    let all = 0
    for (; times[i] === time; i++) {
      event += events[i] ?? 0
      all += n[i] ?? 0
    }
    if (all > 0) last = time
    if (event > 0) {
      survival *= 1 - event / atRisk
      greenwood += event / (atRisk * (atRisk - event))
      const [low, high] = logLogBand(survival, greenwood, Z95)
      value.see(time, survival)
      lower.see(time, low)
      upper.see(time, high)
    }
    atRisk -= all
  }
  return { value: value.at(last), lower: lower.at(last), upper: upper.at(last) }
}

/** Where the heights of a curve, told in order, first are on a level: exactly on it, the middle of that step. */
function crosser(level: number) {
  let found: number | null = null
  let on: { time: number; height: number } | undefined
  const crossing = {
    isDone: false,
    see(time: number, height: number | null) {
      if (crossing.isDone || height === on?.height) return
      if (on) found = (on.time + time) / 2
      else if (height !== null && height > level + ON_LEVEL) return
      else if (height !== null && Math.abs(height - level) <= ON_LEVEL) {
        on = { time, height }
        return
      } else if (height !== null) found = time
      crossing.isDone = true
    },
    /** `last` is the last time of the curve. */
    at: (last: number) => (crossing.isDone || !on ? found : (on.time + last) / 2),
  }
  return crossing
}
