/** One dot for each similar building, stacked in bins of equal width. */
export interface Dots {
  bin: number
  /** Ends of the axis. */
  min: number
  max: number
  ticks: number[]
  stacks: { value: number; count: number }[]
  highest: number
}

const ROUND = [0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 500]

export function dotsOf(
  rates: readonly number[],
  own: { rate: number; low: number; high: number },
  columns: number,
): Dots {
  const [lowest, highest] = [Math.min(...rates, own.low), Math.max(...rates, own.high)]
  const bin = ROUND.find((size) => (highest - lowest) / size <= columns) ?? 1000
  const counts = new Map<number, number>()
  for (const rate of rates) {
    const index = Math.floor(rate / bin)
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  const [min, max] = [Math.floor(lowest / bin) * bin, (Math.floor(highest / bin) + 1) * bin]
  const stacks = [...counts]
    .sort((a, b) => a[0] - b[0])
    .map(([index, count]) => ({ value: (index + 0.5) * bin, count }))
  return {
    bin,
    min,
    max,
    ticks: ticksOf(min, max),
    stacks,
    highest: Math.max(1, ...stacks.map(({ count }) => count)),
  }
}

function ticksOf(min: number, max: number): number[] {
  const step = ROUND.find((size) => (max - min) / size <= 5) ?? 1000
  const first = Math.ceil(min / step)
  return Array.from(
    { length: Math.floor(max / step) - first + 1 },
    (_, index) => (first + index) * step,
  )
}
