/** Ratio between neighbouring bins. */
export const GAMMA = 1.01
/** Durations are floored at one minute (method: clock faults). */
const FLOOR_S = 60

const LN_GAMMA = Math.log(GAMMA)

/** Logarithmic bin of a duration in seconds: the integer nearest to its logarithm to the base GAMMA. */
export const binOf = (seconds: number): number =>
  Math.round(Math.log(Math.max(seconds, FLOOR_S)) / LN_GAMMA)

/** The duration that stands for a bin, in seconds. Its error is at most half a step, 0.5 %. */
export const secondsOf = (bin: number): number => GAMMA ** bin
