import { type Chance, chanceFrom, normalsOf } from '#server/stats/random.ts'

/**
 * Shape of the four worked worlds, fitted to them: strata are category × priority × age of the building; a twelfth returns, a quarter
 * is late; the true ratios of ordinary companies have a standard deviation of .13 (returns) and .11 (late) of their logarithm.
 */
const CATEGORIES = 8
const PRIORITIES = [0.08, 0.32, 0.6] as const
const AGES = [0.28, 0.43, 0.29] as const
export const STRATA = CATEGORIES * PRIORITIES.length * AGES.length
export const QUARTERS = 4

/** How much companies differ in their mix: concentration of Dirichlet draws around the city's shares. */
const MIX = { category: 40, priority: 60, age: 8 } as const
/** Log-odds of a return, and logarithm of time, by priority and age. */
const RETURNS = {
  centre: -2.6,
  spread: 0.5,
  priority: [0, -0.2, -0.3],
  age: [0, 0.32, 0.71],
} as const
const TIMES = { priority: [0, 0.1, 0.07], age: [0, Math.log(1.1), Math.log(1.3)] } as const
/** Times are of Weibull's law, nearly without memory: longer by 1.4 they show as a pace of 1.36, as in the method. */
export const SHAPE = 1.06
/** Deadlines of categories: log of deadline over the usual scale of times, so that a quarter or so is late. */
const DEADLINE = { centre: 0.49, spread: 0.28 } as const

export interface Scenario {
  name: string
  /** Companies that are worse, of `companies`. */
  bad: number
  /** Ordinary differences: sd of the log-odds of a return, and of the logarithm of time. */
  tau: number
  tauTime: number
  /** What makes the bad ones bad. */
  oddsRatio: number
  timeRatio: number
}

export interface City {
  bad: ReadonlySet<number>
  companies: readonly Company[]
  /** Log-odds of a return, and log of deadline over usual time, of each stratum. */
  returns: readonly number[]
  deadline: readonly number[]
}
export interface Company {
  /** Mean requests of each stratum a quarter. */
  requests: Float64Array
  /** Added to the log-odds of a return, and to the logarithm of time. */
  returns: number
  time: number
}

const COMPANIES = 300
const REQUESTS = 1_000_000

/** A city as of the worked worlds: sizes log-normal, mixes of their own, `bad` of them chosen blindly. */
export function city(scenario: Scenario, chance: Chance): City {
  const normal = normalsOf(chance)
  const sizes = Array.from({ length: COMPANIES }, () => Math.exp(normal()))
  const all = sizes.reduce((sum, size) => sum + size, 0)
  const shares = dirichlet(Array<number>(CATEGORIES).fill(6), chance, normal)
  const order = sizes.map((_, i) => [chance(), i] as const).sort((a, b) => a[0] - b[0])
  const bad = new Set(order.slice(0, scenario.bad).map(([, i]) => i))
  const categories = shares.map(() => ({
    returns: RETURNS.centre + RETURNS.spread * normal(),
    deadline: DEADLINE.centre + DEADLINE.spread * normal(),
  }))
  const strata = Array.from({ length: STRATA }, (_, stratum) => {
    const age = stratum % AGES.length
    const priority = Math.floor(stratum / AGES.length) % PRIORITIES.length
    const category = categories[Math.floor(stratum / (AGES.length * PRIORITIES.length))]
    return {
      returns:
        (category?.returns ?? 0) + (RETURNS.priority[priority] ?? 0) + (RETURNS.age[age] ?? 0),
      deadline: (category?.deadline ?? 0) - (TIMES.priority[priority] ?? 0) - (TIMES.age[age] ?? 0),
    }
  })
  return {
    bad,
    returns: strata.map(({ returns }) => returns),
    deadline: strata.map(({ deadline }) => deadline),
    companies: sizes.map((size, i) => {
      const of = (base: readonly number[], concentration: number) =>
        dirichlet(
          base.map((share) => share * concentration),
          chance,
          normal,
        )
      const mix = [of(shares, MIX.category), of(PRIORITIES, MIX.priority), of(AGES, MIX.age)]
      const requests = new Float64Array(STRATA)
      const quarter = (REQUESTS * size) / all / QUARTERS
      for (let stratum = 0; stratum < STRATA; stratum++) {
        const age = stratum % AGES.length
        const priority = Math.floor(stratum / AGES.length) % PRIORITIES.length
        const category = Math.floor(stratum / (AGES.length * PRIORITIES.length))
        requests[stratum] =
          quarter * (mix[0]?.[category] ?? 0) * (mix[1]?.[priority] ?? 0) * (mix[2]?.[age] ?? 0)
      }
      const worse = bad.has(i)
      return {
        requests,
        returns: scenario.tau * normal() + (worse ? Math.log(scenario.oddsRatio) : 0),
        time: scenario.tauTime * normal() + (worse ? Math.log(scenario.timeRatio) : 0),
      }
    }),
  }
}

export const returnShare = (city: City, stratum: number, company: number) =>
  1 / (1 + Math.exp(-((city.returns[stratum] ?? 0) + company)))

/** Share that takes longer than the deadline. */
export const lateShare = (city: City, stratum: number, company: number) =>
  longerThan((city.deadline[stratum] ?? 0) - company)

/** Share of times above one whose logarithm over the scale is given. */
export const longerThan = (logTime: number) => Math.exp(-Math.exp(SHAPE * logTime))

/** Most events of one inversion: beyond, its first term underflows. */
const MOST = 500

/** Binomial draw by inversion: work grows with n p. */
export function binomialOf(n: number, p: number, chance: Chance): number {
  if (n === 0 || p <= 0) return 0
  if (n * Math.min(p, 1 - p) > MOST) {
    const half = n >> 1
    return binomialOf(half, p, chance) + binomialOf(n - half, p, chance)
  }
  if (p > 0.5) return n - binomialOf(n, 1 - p, chance)
  const odds = p / (1 - p)
  let term = (1 - p) ** n
  let u = chance()
  let k = 0
  while (u > term && k < n) {
    u -= term
    k++
    term *= (odds * (n - k + 1)) / k
  }
  return k
}

/** Poisson draw by inversion. */
export function poissonOf(mean: number, chance: Chance): number {
  if (mean > MOST) return poissonOf(mean / 2, chance) + poissonOf(mean / 2, chance)
  let term = Math.exp(-mean)
  let u = chance()
  let k = 0
  while (u > term && k < 10 * MOST) {
    u -= term
    k++
    term *= mean / k
  }
  return k
}

function dirichlet(weights: readonly number[], chance: Chance, normal: () => number): number[] {
  const drawn = weights.map((shape) => gammaOf(shape, chance, normal))
  const sum = drawn.reduce((total, value) => total + value, 0)
  return drawn.map((value) => value / sum)
}

/** Marsaglia and Tsang 2000. */
function gammaOf(shape: number, chance: Chance, normal: () => number): number {
  if (shape < 1) return gammaOf(shape + 1, chance, normal) * chance() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(chance() || 1e-300) < (x * x) / 2 + d - d * v + d * Math.log(v))
      return d * v
  }
}

export const worldChance = (scenario: number, world: number): Chance =>
  chanceFrom(Math.imul(scenario + 1, 0x9e3779b1) ^ Math.imul(world + 1, 0x85ebca6b))
