import type { Flagged } from '#server/contract/flags.ts'
import { findingsOf } from '#server/features/flags/findings.ts'
import { lastMonth, monthlyPeriod, monthName } from '#server/features/flags/story.ts'
import { stepsOf } from '#server/judgement/flag-book.ts'
import { evaluateAt } from '#server/judgement/kept.ts'
import type { Standing } from '#server/stats/persistence.ts'
import type { Context } from '#server/trpc.ts'

/** So many monthly evaluations, the last one of the last month that can be judged. */
const MONTHS = 3
const TWO_HOUSES = 'УК Два дома'

export interface CompanyTruth {
  badCompanies: readonly {
    organization: string
    kind: 'bad' | 'good'
    reopenOdds: number
    times: number
  }[]
  blameless: readonly string[]
  companies: readonly { organization: string; name: string; part: string | null }[]
}

interface Planted {
  story: string
  organization: string
  /** Measures by which it is to be found, and those that flag it. */
  by: readonly Flagged[]
  flagged: Flagged[]
  found: boolean
}

export interface CompanyStories {
  planted: Planted[]
  /** Blameless, and proposed or issued all the same. */
  accused: { organization: string; flagged: Flagged[] }[]
  /** Everybody who is flagged by anything. */
  flagged: string[]
  /** The company of two houses among those flagged, or first by its lower bound. */
  smallOnTop: boolean
  good: { organization: string; found: boolean }[]
  /** Milliseconds of each monthly evaluation. */
  took: number[]
}

/** What three monthly evaluations say of the companies of a city, against the truth that was planted. Nothing is stored. */
export async function companyStories(
  context: Context,
  truth: CompanyTruth,
  clock: () => number,
): Promise<CompanyStories> {
  const standing = new Map<string, Standing>()
  const last = lastMonth(context.now(), context.city.zone)
  const took: number[] = []
  const flaggedBy = new Map<string, Flagged[]>()
  let good = new Set<string>()
  let top: string[] = []
  for (let month = last - MONTHS + 1; month <= last; month++) {
    const startedAt = clock()
    const { evaluation } = await evaluateAt(context, monthlyPeriod(month, context.city.zone))
    took.push(clock() - startedAt)
    const idOf = (unit: number) => context.registry.organization(unit)?.id ?? ''
    for (const { finding, organization, flagged } of findingsOf(context, evaluation, standing)) {
      const next = stepsOf(standing, finding, monthName(month), evaluation.policy).standing
      standing.set(finding.flag, next)
      const others = (flaggedBy.get(organization) ?? []).filter((one) => one !== flagged)
      flaggedBy.set(organization, next.inspect ? [...others, flagged] : others)
    }
    const units = Object.values(evaluation.measures).flatMap((measure) => measure.units)
    good = new Set(units.filter(({ level }) => level === 'good').map(({ unit }) => idOf(unit)))
    top = Object.values(evaluation.measures).flatMap(({ units }) => {
      const judged = units.filter(({ insufficient }) => insufficient === null)
      const first = judged.toSorted((a, b) => b.l975 - a.l975)[0]
      return first ? [idOf(first.unit)] : []
    })
  }
  const of = (organization: string) => flaggedBy.get(organization) ?? []
  const planted = truth.badCompanies
    .filter(({ kind }) => kind === 'bad')
    .map(({ organization, reopenOdds, times }): Planted => {
      const [returns, slow] = [reopenOdds > 1, times > 1]
      const by: readonly Flagged[] = [
        ...(returns ? (['reopened'] as const) : []),
        ...(slow ? (['late', 'pace'] as const) : []),
        'composite',
      ]
      const story = returns && slow ? 'bad: both' : returns ? 'bad: reopening' : 'bad: times'
      const flagged = of(organization)
      return { story, organization, by, flagged, found: flagged.some((one) => by.includes(one)) }
    })
  const small = truth.companies.filter(({ name }) => name === TWO_HOUSES)
  return {
    planted,
    accused: truth.blameless
      .map((organization) => ({ organization, flagged: of(organization) }))
      .filter(({ flagged }) => flagged.length > 0),
    flagged: [...flaggedBy].flatMap(([id, by]) => (by.length > 0 ? [id] : [])),
    smallOnTop: small.some(
      ({ organization }) => top.includes(organization) || of(organization).length > 0,
    ),
    good: truth.badCompanies
      .filter(({ kind }) => kind === 'good')
      .map(({ organization }) => ({ organization, found: good.has(organization) })),
    took,
  }
}
