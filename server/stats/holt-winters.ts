/** Weights of level, trend and season in [0, 1]. */
export interface Smoothing {
  alpha: number
  beta: number
  gamma: number
}

export interface SmoothStart {
  level: number
  trend: number
  season: number[]
}

export interface Smoothed extends SmoothStart {
  /** Sum of squared one-step errors. */
  sse: number
  start: SmoothStart
  /** The next `ahead` values. */
  forecast: (ahead: number) => number[]
}

/**
 * Holt and Winters (Winters 1960; R HoltWinters with fixed parameters), additive or multiplicative season. It starts after the
 * first period from the trend line and the season of the first two (R decompose). Throws a RangeError for fewer than two
 * periods.
 */
export function holtWinters(
  y: readonly number[],
  period: number,
  { alpha, beta, gamma }: Smoothing,
  seasonal: 'additive' | 'multiplicative' = 'additive',
): Smoothed {
  const start = startOf(y, period, seasonal)
  const add = seasonal === 'additive'
  let { level, trend } = start
  const season = [...start.season]
  let sse = 0
  for (let t = period; t < y.length; t++) {
    const value = y[t] ?? 0
    const at = t % period
    const usual = season[at] ?? 0
    const expected = add ? level + trend + usual : (level + trend) * usual
    sse += (value - expected) ** 2
    const before = level
    level = alpha * (add ? value - usual : value / usual) + (1 - alpha) * (level + trend)
    trend = beta * (level - before) + (1 - beta) * trend
    season[at] = gamma * (add ? value - level : value / level) + (1 - gamma) * usual
  }
  const now = { level, trend, season }
  return {
    ...now,
    ...{ sse, start },
    forecast: (ahead) =>
      Array.from({ length: ahead }, (_, h) => {
        const line = now.level + (h + 1) * now.trend
        const usual = now.season[(y.length + h) % period] ?? 0
        return add ? line + usual : line * usual
      }),
  }
}

const COARSE = {
  alpha: [0.05, 0.15, 0.35, 0.7],
  beta: [0, 0.01, 0.05],
  gamma: [0.05, 0.15, 0.4],
} as const
const FINEST = 1 / 256

/** The weights with the least squared one-step error: a coarse grid, then steps halved around the best. Additive. */
export function fitHoltWinters(y: readonly number[], period: number): Smoothing {
  const error = (weights: Smoothing) => holtWinters(y, period, weights).sse
  let best: Smoothing = { alpha: 0.15, beta: 0, gamma: 0.15 }
  let least = error(best)
  const consider = (weights: Smoothing) => {
    const found = error(weights)
    if (!(found < least)) return false
    ;[best, least] = [weights, found]
    return true
  }
  for (const alpha of COARSE.alpha)
    for (const beta of COARSE.beta)
      for (const gamma of COARSE.gamma) consider({ alpha, beta, gamma })
  for (let step = 1 / 16; step >= FINEST; ) {
    let moved = false
    for (const weight of ['alpha', 'beta', 'gamma'] as const)
      for (const side of [step, -step])
        moved =
          consider({ ...best, [weight]: Math.min(1, Math.max(0, best[weight] + side)) }) || moved
    if (!moved) step /= 2
  }
  return best
}

function startOf(
  y: readonly number[],
  period: number,
  seasonal: 'additive' | 'multiplicative',
): SmoothStart {
  const first = y.slice(0, 2 * period)
  if (first.length < 2 * period)
    throw new RangeError(`two periods of ${period} are needed, ${y.length} values were given`)
  const trend = centredMeans(first, period)
  const add = seasonal === 'additive'
  const rest = first.map((value, i) => {
    const mean = trend[i]
    return mean === null || mean === undefined ? null : add ? value - mean : value / mean
  })
  const figure = Array.from({ length: period }, (_, i) =>
    meanOf([rest[i], rest[i + period]].filter((value) => value !== null && value !== undefined)),
  )
  const centre = meanOf(figure)
  const known = trend.filter((value) => value !== null)
  const [level, slope] = lineThrough(known)
  return {
    ...{ level, trend: slope },
    season: figure.map((value) => (add ? value - centre : value / centre)),
  }
}

/** Moving average over a whole period, half weights at the ends of an even one; null where it does not fit. */
function centredMeans(y: readonly number[], period: number): (number | null)[] {
  const half = Math.floor(period / 2)
  const even = period % 2 === 0
  return y.map((_, i) => {
    if (i < half || i + half >= y.length) return null
    let sum = 0
    for (let k = -half; k <= half; k++)
      sum += (y[i + k] ?? 0) * (even && Math.abs(k) === half ? 0.5 : 1)
    return sum / period
  })
}

/** Least squares through 1, 2, 3 …: value at 0, slope. */
function lineThrough(values: readonly number[]): [number, number] {
  const n = values.length
  const middle = (n + 1) / 2
  const mean = meanOf(values)
  let [xy, xx] = [0, 0]
  for (const [i, value] of values.entries()) {
    xy += (i + 1 - middle) * (value - mean)
    xx += (i + 1 - middle) ** 2
  }
  const slope = xx > 0 ? xy / xx : 0
  return [mean - slope * middle, slope]
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
