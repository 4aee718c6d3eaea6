import beta from '@stdlib/stats-base-dists-beta'
import binomial from '@stdlib/stats-base-dists-binomial'
import { gammaQuantile, gammaUpper } from './gamma.ts'
import { poissonCdf } from './poisson.ts'

/** Requests of one building in the window, and what they are held against: its apartments, or its expected requests. */
export interface Exposed {
  events: number
  /** Above 0. */
  exposure: number
}

/** How rates differ between buildings, beyond chance. */
export interface Moments {
  /** Requests per unit of exposure of all buildings together. */
  mean: number
  /** Variance of the rates between buildings, in squared units of `mean`; 0 = they differ by chance only. */
  between: number
}

/**
 * Global moments of rates (Marshall 1991, Appl Stat 40:283): m = Σy/Σa, s² = Σa(r − m)²/Σa, A = max(0, s² − m/mean(a)).
 * Buildings without exposure are not to be given. Of none, or where nothing happened, both are 0.
 */
export function marshall(buildings: readonly Exposed[]): Moments {
  let events = 0
  let exposure = 0
  for (const building of buildings) {
    events += building.events
    exposure += building.exposure
  }
  if (exposure === 0) return { mean: 0, between: 0 }
  const mean = events / exposure
  let spread = 0
  for (const { events: y, exposure: a } of buildings) spread += a * (y / a - mean) ** 2
  const chance = mean / (exposure / buildings.length)
  return { mean, between: Math.max(0, spread / exposure - chance) }
}

/**
 * Rate of a building drawn towards the mean by how little it tells: m + w (r − m) with w = A/(A + m/a) (Marshall 1991), per
 * unit of exposure. With A = 0 everyone has the mean.
 */
export function smoothedRate({ events, exposure }: Exposed, { mean, between }: Moments): number {
  if (between === 0) return mean
  const weight = between / (between + mean / exposure)
  return mean + weight * (events / exposure - mean)
}

/**
 * The gamma law of a building's rate: prior of the moments (shape m²/A, rate m/A), posterior Gamma(y + m²/A, a + m/A)
 * (Clayton and Kaldor 1987). Its mean is `smoothedRate`. null where buildings differ by chance only, or nothing happened:
 * then everyone has the mean.
 */
function posterior({ events, exposure }: Exposed, { mean, between }: Moments) {
  if (between === 0 || mean === 0) return null
  return { shape: events + (mean * mean) / between, rate: exposure + mean / between }
}

/** Interval of the smoothed rate, by quantiles of its gamma law. */
export function smoothedLimits(
  building: Exposed,
  moments: Moments,
  level = 0.95,
): [lower: number, upper: number] {
  const law = posterior(building, moments)
  if (!law) return [moments.mean, moments.mean]
  const tail = (1 - level) / 2
  return [gammaQuantile(tail, law.shape) / law.rate, gammaQuantile(1 - tail, law.shape) / law.rate]
}

/** P(the building's rate > `rate`), by the same law. */
export function chanceAbove(building: Exposed, moments: Moments, rate: number): number {
  const law = posterior(building, moments)
  if (!law) return moments.mean > rate ? 1 : 0
  return gammaUpper(law.shape, rate * law.rate)
}

/** List level (method, section 10). */
const LEAST_EVENTS = 10
const TIMES = 2
const SURE = 0.95

/** Whether a building belongs to the list: at least 10 requests, and P(rate > 2 × expected) at least .95. */
export const isHeavy = ({ events }: Exposed, chance: number): boolean =>
  events >= LEAST_EVENTS && chance >= SURE

/**
 * P(rate > 2 × expected), where the exposure is the expected count; the prior is of the moments of counts over expectations.
 */
export const chanceHeavy = (building: Exposed, moments: Moments): number =>
  chanceAbove(building, moments, TIMES * moments.mean)

export interface Trend {
  /** Above 1 = more of late. null where nothing happened before or is usual then. */
  ratio: number | null
  /** One-sided: chance of so many or more of late if the building only follows the city. */
  rising: number
  /** Chance of so few or fewer. */
  falling: number
}

/**
 * Requests of the last days against those before, by the binomial law of the share of late ones. `share` is the share that is
 * usual: 90/365 where every day is alike, or the city's own share of the same days, so that a season is no trend of a building.
 */
export function trendOf(recent: number, before: number, share: number): Trend {
  const n = recent + before
  const usual = share / (1 - share)
  return {
    ratio: before === 0 || share <= 0 || share >= 1 ? null : recent / before / usual,
    rising: binomialAtLeast(recent, n, share),
    falling: binomial.cdf(recent, n, share),
  }
}

/** P(X ≥ k) of a binomial, as the chance of at most n − k misses, so that small tails keep their digits. */
const binomialAtLeast = (k: number, n: number, p: number): number =>
  k <= 0 ? 1 : k > n ? 0 : binomial.cdf(n - k, n, 1 - p)

/**
 * P(so few or fewer) of a building of which only its expectation is known: the negative binomial law of a count whose rate is of
 * the gamma prior with the moments' mean (Clayton and Kaldor 1987), by the incomplete beta function; the Poisson law where
 * buildings differ by chance only. The exposure is the expected count. Nothing expected: 1.
 */
export function chanceOfSoFew({ events, exposure }: Exposed, { mean, between }: Moments): number {
  if (exposure * mean === 0) return 1
  if (between === 0) return poissonCdf(events, mean * exposure)
  const shape = (mean * mean) / between
  const rate = mean / between
  return beta.cdf(rate / (rate + exposure), shape, Math.floor(events) + 1)
}

/** Silent (as the list of buildings means it): at most half of what is expected, and a chance of so few of at most 1 %. */
const SILENT_SHARE = 0.5
const SILENT_CHANCE = 0.01

/** At most half of what is usual, and so little by `chance` in at most one of a hundred. */
export const isSilent = ({ events, exposure }: Exposed, { mean }: Moments, chance: number) =>
  events <= SILENT_SHARE * mean * exposure && chance <= SILENT_CHANCE
