export interface Line {
  /** Per unit of x. */
  slope: number
  /** Standard error of the slope. */
  error: number
}

/** Least squares of y on x. The error is of independent residuals; fewer than three points have none. */
export function lineOf(points: readonly (readonly [x: number, y: number])[]): Line {
  const n = points.length
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / (n || 1)
  const x0 = mean(points.map(([x]) => x))
  const y0 = mean(points.map(([, y]) => y))
  const sxx = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0)
  const sxy = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0)
  const slope = sxx > 0 ? sxy / sxx : 0
  const rest = points.reduce((sum, [x, y]) => sum + (y - y0 - slope * (x - x0)) ** 2, 0)
  return { slope, error: n > 2 && sxx > 0 ? Math.sqrt(rest / (n - 2) / sxx) : Number.NaN }
}
