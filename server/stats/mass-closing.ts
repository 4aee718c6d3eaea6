import { poissonAtLeast } from './poisson.ts'

/** A minute, or so many minutes from one, in which an account closed so many. */
export interface Crowd {
  account: number
  /** Minutes since 1970. */
  start: number
  minutes: number
  closings: number
}
export interface Burst extends Crowd {
  /** Chance of so many in that time at the account's usual pace. */
  p: number
}

/**
 * Times in which an account closed more than its own pace explains: upper Poisson tail (R ppois, lower.tail = FALSE), where
 * `perMinute` is its mean number of closings a minute at that time. Fewer than `closings` are never a burst, nor those less rare than `p`.
 */
export const burstsIn = <C extends Crowd>(
  crowds: readonly C[],
  perMinute: (crowd: C) => number,
  { closings, p }: { closings: number; p: number },
): (C & Burst)[] =>
  crowds
    .filter((crowd) => crowd.closings >= closings)
    .map((crowd) => ({
      ...crowd,
      p: poissonAtLeast(crowd.closings, perMinute(crowd) * crowd.minutes),
    }))
    .filter((burst) => burst.p < p)
