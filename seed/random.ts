import { exp } from './exact.ts'

/** A seeded source of chance. Every draw is exact integer or IEEE arithmetic, so that machines agree. */
export interface Random {
  /** Starts over from another seed: cheaper than a new generator for each of a million requests. */
  reseed(seed: number): void
  /** In [0, 1). */
  next(): number
  /** Whole number in [from, to]. */
  whole(from: number, to: number): number
  /** In [from, to). */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** Standard normal, cut at about ±3.3. */
  normal(): number
  /** Log-normal with this median and standard deviation of the logarithm. */
  logNormal(median: number, sigma: number): number
  /** Poisson; by normal approximation above 30. */
  poisson(mean: number): number
  shuffled<T>(items: readonly T[]): T[]
}

/** Mixes numbers and words into a seed: chance of one place and day never depends on how much was drawn elsewhere. */
export function mix(...parts: readonly (number | string)[]): number {
  let hash = 0x9e3779b9
  for (const part of parts) {
    if (typeof part === 'number') hash = stir(hash ^ part)
    else for (let i = 0; i < part.length; i++) hash = stir(hash ^ part.charCodeAt(i))
  }
  return hash >>> 0
}

function stir(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) + 0x6d2b79f5
}

/** mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const normal = () => quantile(next())
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    reseed(seed) {
      state = seed >>> 0
    },
    next,
    whole,
    between: (from, to) => from + next() * (to - from),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
    normal,
    logNormal: (median, sigma) => median * exp(sigma * normal()),
    poisson(mean) {
      if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
      let count = -1
      let left = exp(mean)
      do {
        left *= next()
        count++
      } while (left > 1)
      return count
    },
    shuffled(items) {
      const order = [...items]
      for (let i = order.length - 1; i > 0; i--) {
        const other = whole(0, i)
        const held = order[i] as (typeof items)[number]
        order[i] = order[other] as (typeof items)[number]
        order[other] = held
      }
      return order
    },
  }
}

/** Picks positions of a list by weight: one draw, one search. */
export function createChooser(weights: ArrayLike<number>): (random: Random) => number {
  const sums = new Float64Array(weights.length)
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    total += weights[i] as number
    sums[i] = total
  }
  return (random) => {
    const target = random.next() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) > target) high = middle
      else low = middle + 1
    }
    return low
  }
}

const STEPS = 1024
/** Standard normal quantiles at (i + 0.5) / STEPS, by summing the density between them; read once, linear in between. */
const QUANTILES = normalQuantiles()

function quantile(p: number): number {
  const place = p * STEPS - 0.5
  const low = Math.max(0, Math.min(STEPS - 2, Math.floor(place)))
  const from = QUANTILES[low] as number
  return from + ((QUANTILES[low + 1] as number) - from) * (place - low)
}

function normalQuantiles(): Float64Array {
  const quantiles = new Float64Array(STEPS)
  const step = 1 / 4096
  let z = -6
  let below = 0
  for (let i = 0; i < STEPS; i++) {
    const target = (i + 0.5) / STEPS
    while (below < target) {
      const middle = z + step / 2
      below += step * 0.3989422804014327 * exp((-middle * middle) / 2)
      z += step
    }
    quantiles[i] = z
  }
  return quantiles
}
