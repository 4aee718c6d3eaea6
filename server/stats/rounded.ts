/** Sums of shares are rounded: what differs by a smaller part of what is expected is as expected. */
const ROUNDED = 1e-9

interface Part {
  observed: number
  expected: number
}
/** More happened than was expected, and not by rounding. */
export const isAbove = ({ observed, expected }: Part) => observed - expected > ROUNDED * expected
/** Less happened than was expected, and not by rounding. */
export const isBelow = ({ observed, expected }: Part) => expected - observed > ROUNDED * expected
/** At least as many are expected, though their sum was rounded. */
export const reaches = (expected: number, least: number) => expected >= least * (1 - ROUNDED)
