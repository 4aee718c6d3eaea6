/**
 * Benjamini and Hochberg 1995: step-up with running minimum from the largest (R p.adjust 'BH'). A null was not tested:
 * it stays null and does not count in the family. In the order of `p`; equal p have equal q; of no tests nothing.
 */
export function benjaminiHochberg(p: readonly (number | null)[]): (number | null)[] {
  const tested = p.flatMap((value, index) => (value === null ? [] : [{ value, index }]))
  tested.sort((a, b) => b.value - a.value)
  const q: (number | null)[] = p.map(() => null)
  let least = 1
  for (const [step, { value, index }] of tested.entries()) {
    least = Math.min(least, (value * tested.length) / (tested.length - step))
    q[index] = least
  }
  return q
}
