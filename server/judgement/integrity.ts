import {
  INDICATED,
  INDICATORS,
  INTEGRITY_RULES,
  type Indicator,
  type IntegrityLevel,
} from '#server/contract/integrity.ts'
import { benjaminiHochberg } from '#server/stats/false-discovery.ts'
import type { Burst } from '#server/stats/mass-closing.ts'
import type { Engine } from '#server/store/engine.ts'
import { type Heap, type Terms, testBursts, testMinutes, testTerms } from './integrity-closings.ts'
import {
  accountsOf,
  cellsOf,
  crowdsOf,
  type Facts,
  hoursOf,
  minutesOf,
  termsOf,
} from './integrity-questions.ts'
import {
  RATIO_POLICY,
  type RatioPolicy,
  sharesOf,
  type Tested,
  testLimits,
  testRatios,
} from './integrity-tests.ts'
import type { Period } from './period.ts'
import type { Policy } from './policy.ts'

export interface Finding extends Omit<Tested, 'large' | 'thin'> {
  /** False-discovery rate over all organizations and indicators that were tested; null = not tested. */
  q: number | null
  level: IntegrityLevel
}

export interface Integrity {
  period: Period
  /** Of the facts that answered. */
  revision: number
  /** Tests of the one family. */
  tested: number
  findings: Finding[]
  /** What the findings were drawn from, by the key of the organization. */
  terms: ReadonlyMap<number, Terms>
  heaps: ReadonlyMap<number, Heap>
  bursts: ReadonlyMap<number, readonly Burst[]>
  /** The city's share by stratum, of indicators that have one. */
  shares: ReadonlyMap<Indicator, ReadonlyMap<number, number>>
}

const OF_TIMES: readonly Indicator[] = ['night', 'afterTheFact']

/** Of a policy what integrity asks by; without rules of its own those of version 1. */
type IntegrityPolicy = Pick<Policy, 'casemix' | 'integrity'> & Pick<RatioPolicy, 'levels'>

/** Every organization by every indicator, from the facts as they are; reads them once for each indicator, one after another. */
export async function evaluateIntegrity(
  facts: Facts,
  period: Period,
  policy: IntegrityPolicy = RATIO_POLICY,
): Promise<Integrity> {
  const { integrity: rules = INTEGRITY_RULES, casemix, levels } = policy
  const revision = facts.engine.revision()
  const tested: Tested[] = []
  const shares = new Map<Indicator, Map<number, number>>()
  for (const indicator of INDICATORS) {
    const { test } = INDICATED[indicator]
    if (test !== 'ratio' && test !== 'limit') continue
    const cells = await cellsOf(facts, indicator, period)
    if (test === 'limit') {
      shares.set(indicator, sharesOf(cells))
      tested.push(...testLimits(indicator, cells, rules))
    } else {
      const against = testRatios(
        indicator,
        cells,
        OF_TIMES.includes(indicator) ? rules.ratioOfTimes : rules.ratio,
        { rules, casemix, levels },
      )
      shares.set(indicator, against.shares)
      tested.push(...against.tested)
    }
  }
  const terms = testTerms(await termsOf(facts, period), rules)
  const heaps = testMinutes(await minutesOf(facts, period), rules)
  const { minutes, closings: least } = rules.burst
  const crowds = []
  for (const length of minutes)
    crowds.push(...(await crowdsOf(facts, period, { minutes: length, least })))
  const bursts = testBursts(
    await accountsOf(facts, period),
    crowds,
    await hoursOf(facts, period),
    rules,
  )
  tested.push(...terms.tested, ...heaps.tested, ...bursts.tested)
  const q = benjaminiHochberg(tested.map(({ p }) => p))
  return {
    ...{ period, revision, shares },
    tested: q.filter((value) => value !== null).length,
    findings: tested.map(({ large, thin, ...one }, i) => {
      const chance = q[i] ?? null
      const asked = !thin && large && chance !== null && chance <= rules.q
      return { ...one, q: chance, level: asked ? 'ask' : thin ? 'insufficient' : 'none' }
    }),
    ...{ terms: terms.terms, heaps: heaps.heaps, bursts: bursts.bursts },
  }
}

interface Kept {
  of: string
  answer: Promise<Integrity>
}
const kept = new WeakMap<Engine, Kept>()

/** The evaluation of a period as it was first asked for: frozen until another period is. One that failed is tried again. */
export function integrityOf(
  facts: Facts,
  period: Period,
  policy: IntegrityPolicy = RATIO_POLICY,
): Promise<Integrity> {
  const { engine } = facts
  const { integrity, casemix, levels } = policy
  const of = JSON.stringify([period.from, period.to, period.cut, integrity, casemix, levels])
  const known = kept.get(engine)
  if (known?.of === of) return known.answer
  const answer = evaluateIntegrity(facts, period, policy)
  const entry = { of, answer }
  kept.set(engine, entry)
  answer.catch(() => {
    if (kept.get(engine) === entry) kept.delete(engine)
  })
  return answer
}

/** Which organizations, by their keys, have something to be asked about, and by which indicators. */
export function asksOf({ findings }: Integrity): ReadonlyMap<number, readonly Indicator[]> {
  const flags = new Map<number, Indicator[]>()
  for (const { unit, indicator, level } of findings)
    if (level === 'ask') flags.set(unit, [...(flags.get(unit) ?? []), indicator])
  return flags
}
