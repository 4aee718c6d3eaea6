import { poissonAtLeast } from './poisson.ts'

/** A minute in which an account closed so many. */
export interface Minute {
  account: number
  minute: number
  closings: number
}
export interface Burst extends Minute {
  /** Chance of so many in one minute at the account's usual pace. */
  p: number
}

/** A minute with as many closings is looked at, and is a burst when it would be rarer than this by chance. */
export const BURST = { closings: 5, p: 1e-6 } as const

/**
 * Minutes in which an account closed more than its own pace explains: upper Poisson tail, where `perMinute` is its mean
 * number of closings a minute (R ppois, lower.tail = FALSE).
 */
export const burstsIn = (
  minutes: readonly Minute[],
  perMinute: (account: number) => number,
  { closings, p }: { closings: number; p: number } = BURST,
): Burst[] =>
  minutes
    .filter((minute) => minute.closings >= closings)
    .map((minute) => ({ ...minute, p: poissonAtLeast(minute.closings, perMinute(minute.account)) }))
    .filter((burst) => burst.p < p)
