import { Z95 } from './normal.ts'

/** At one time: how many ended in each way, by the number of the outcome, and how many were censored. */
export interface OutcomeTally {
  time: number
  outcomes: readonly number[]
  censored: number
}

/** Entry j holds from its time until the next. Before the first time S is 1 and every incidence 0. */
export interface CompetingCurves {
  n: number
  time: number[]
  atRisk: number[]
  /** Still without any outcome. */
  survival: number[]
  /** Of each outcome its cumulative incidence: Σ over outcomes + S = 1. */
  incidence: number[][]
  /** Its variance, and the 95 % log-log band of 1 − incidence; null where undefined (incidence 0 gives [0, 0]). */
  variance: number[][]
  band: ([lower: number, upper: number] | null)[][]
}

/**
 * Aalen and Johansen 1978: cumulative incidence of competing outcomes under censoring. Variance by Aalen's estimator in
 * closed form (Marubini and Valsecchi 1995, 10.12 with Greenwood's terms; R survival's infinitesimal-jackknife differs in
 * the third digit). At one time outcomes precede censorings. Nobody gives empty curves. Throws a RangeError for a time
 * that is not a number.
 */
export function aalenJohansen(tallies: Iterable<OutcomeTally>, outcomes: number): CompetingCurves {
  const times = gathered(tallies, outcomes)
  const kinds = Array.from({ length: outcomes }, (_, kind) => kind)
  const curves: CompetingCurves = {
    ...{ n: 0, time: [], atRisk: [], survival: [] },
    incidence: kinds.map(() => []),
    variance: kinds.map(() => []),
    band: kinds.map(() => []),
  }
  for (const { all } of times) curves.n += all
  let atRisk = curves.n
  let survival = 1
  const incidence = kinds.map(() => 0)
  // Var F(t) = Σ (F(t) − F(tj))² a + S² b − 2 (F(t) − F(tj)) S c, kept as sums that do not depend on t.
  const sums = kinds.map(() => ({ a: 0, af: 0, aff: 0, b: 0, c: 0, cf: 0 }))
  for (const { time, ended, all, events } of times) {
    for (const kind of kinds) {
      const d = ended[kind] ?? 0
      incidence[kind] = (incidence[kind] ?? 0) + (survival * d) / atRisk
      const f = incidence[kind] ?? 0
      const sum = sums[kind]
      if (!sum || events === 0) continue
      // Nobody left: no later term refers to this one, F(t) − F(tj) stays 0.
      const a = atRisk > events ? events / (atRisk * (atRisk - events)) : 0
      sum.a += a
      sum.af += a * f
      sum.aff += a * f * f
      sum.b += (survival ** 2 * d * (atRisk - d)) / atRisk ** 3
      const c = (survival * d) / atRisk ** 2
      sum.c += c
      sum.cf += c * f
    }
    survival *= 1 - events / atRisk
    curves.time.push(time)
    curves.atRisk.push(atRisk)
    curves.survival.push(survival)
    for (const kind of kinds) {
      const f = incidence[kind] ?? 0
      const sum = sums[kind]
      const variance = sum
        ? f * f * sum.a - 2 * f * sum.af + sum.aff + sum.b - 2 * (f * sum.c - sum.cf)
        : 0
      curves.incidence[kind]?.push(f)
      curves.variance[kind]?.push(Math.max(0, variance))
      curves.band[kind]?.push(bandOf(f, Math.max(0, variance)))
    }
    atRisk -= all
  }
  return curves
}

/** Of one outcome the share that has had it by a time, with its band; [0, 0] before the first time. */
export function incidenceAt(curves: CompetingCurves, outcome: number, time: number) {
  let at = -1
  while (at + 1 < curves.time.length && (curves.time[at + 1] ?? 0) <= time) at++
  if (at < 0) return { share: 0, lower: 0, upper: 0 }
  const band = curves.band[outcome]?.[at] ?? null
  return {
    share: curves.incidence[outcome]?.[at] ?? 0,
    lower: band?.[0] ?? null,
    upper: band?.[1] ?? null,
  }
}

function bandOf(f: number, variance: number): [number, number] | null {
  if (f <= 0) return [0, 0]
  if (f >= 1) return null
  const spread = (Z95 * Math.sqrt(variance)) / ((1 - f) * Math.log(1 - f))
  return [1 - (1 - f) ** Math.exp(spread), 1 - (1 - f) ** Math.exp(-spread)]
}

interface At {
  time: number
  ended: number[]
  events: number
  all: number
}

function gathered(tallies: Iterable<OutcomeTally>, outcomes: number): At[] {
  const at = new Map<number, At>()
  for (const { time, outcomes: ended, censored } of tallies) {
    if (Number.isNaN(time)) throw new RangeError('an observed time is not a number')
    const sum = at.get(time) ?? { time, ended: Array<number>(outcomes).fill(0), events: 0, all: 0 }
    for (const [kind, count] of ended.entries()) {
      sum.ended[kind] = (sum.ended[kind] ?? 0) + count
      sum.events += count
      sum.all += count
    }
    sum.all += censored
    at.set(time, sum)
  }
  return [...at.values()].filter(({ all }) => all > 0).sort((a, b) => a.time - b.time)
}
