import type { Percentile } from './curve-reading.ts'
import { secondsOf } from './log-bins.ts'
import { Z95 } from './normal.ts'

/** Events and observed by bin, of which the first is `first`; both have one entry for each bin. */
export interface Bins {
  first: number
  events: ArrayLike<number>
  n: ArrayLike<number>
}

const ON_LEVEL = 1.5e-8

/**
 * percentile(kaplanMeier(…), p) straight from bins, in seconds, for hundreds of units in a few milliseconds: it makes no
 * curve, and it stops where the upper band has crossed.
 */
export function binnedPercentile({ first, events, n }: Bins, p: number): Percentile {
  const level = 1 - p
  const size = events.length
  let atRisk = 0
  for (let j = 0; j < size; j++) atRisk += n[j] ?? 0
  let survival = 1
  let greenwood = 0
  const found: Percentile = { value: null, lower: null, upper: null }
  const cross = (j: number, height: number) => {
    const here = secondsOf(first + j)
    if (Math.abs(height - level) > ON_LEVEL) return here
    let next = j + 1
    while (next < size && !events[next]) next++
    if (next === size) while (!n[--next]) {}
    return (here + secondsOf(first + next)) / 2
  }
  for (let j = 0; j < size && atRisk > 0; j++) {
    const event = events[j] ?? 0
    if (event > 0) {
      survival *= 1 - event / atRisk
      greenwood += event / (atRisk * (atRisk - event))
      if (found.value === null && survival <= level + ON_LEVEL) found.value = cross(j, survival)
      // Nobody is left: the band is undefined.
      if (survival <= 0) return found
      const spread = (Z95 * Math.sqrt(greenwood)) / Math.log(survival)
      if (found.lower === null) {
        const lower = survival ** Math.exp(-spread)
        if (lower <= level + ON_LEVEL) found.lower = cross(j, lower)
      }
      if (survival <= level + ON_LEVEL) {
        const upper = survival ** Math.exp(spread)
        if (upper <= level + ON_LEVEL) {
          found.upper = cross(j, upper)
          return found
        }
      }
    }
    atRisk -= n[j] ?? 0
  }
  return found
}
