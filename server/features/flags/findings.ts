import { type Evaluated, FLAGGED, type Flagged, flagIdOf } from '#server/contract/flags.ts'
import type { Finding } from '#server/judgement/flag-book.ts'
import { QUARTERS } from '#server/judgement/inputs.ts'
import type { Evaluation } from '#server/judgement/kept.ts'
import type { Context } from '#server/trpc.ts'

/** One organization by one measure, or by two together, as an evaluation found it. */
export interface Found {
  finding: Finding
  flagged: Flagged
  /** Whose figures are told. */
  measure: Evaluated
  path: 'a' | 'b' | 'c' | null
  organization: string
}

/** Everybody who is beyond what is expected, and those of whom something stands (`before`), whatever became of them. */
export function findingsOf(
  { registry }: { registry: Pick<Context['registry'], 'organization' | 'organizationById'> },
  { measures, composite, restarts }: Pick<Evaluation, 'measures' | 'composite' | 'restarts'>,
  before: ReadonlyMap<string, unknown>,
): Found[] {
  const found: Found[] = []
  const idOf = (unit: number) => registry.organization(unit)?.id
  // Since the last quarter began: nothing of what it manages now has been judged before.
  const restarted = (unit: number) =>
    restarts.get(unit) === QUARTERS && ({ restarted: true } as const)
  for (const { measure, units } of Object.values(measures))
    for (const unit of units) {
      const organization = idOf(unit.unit)
      if (organization === undefined) continue
      const flag = flagIdOf(measure, organization)
      const { level, q, l975, zDispersed, urgent, path } = unit
      if (level !== 'inspect' && level !== 'watch' && !before.has(flag)) continue
      const figures = { flag, level, ...rounded({ q, l975, zDispersed }) }
      found.push({
        finding: { ...figures, ...(urgent && { urgent: true }), ...restarted(unit.unit) },
        ...{ flagged: measure, measure, path, organization },
      })
    }
  for (const one of composite) {
    const organization = idOf(one.unit)
    if (organization === undefined) continue
    const flag = flagIdOf('composite', organization)
    if (!one.together && !before.has(flag)) continue
    const { q, l975, zDispersed, measure, urgent, driven } = one
    const level = one.together ? (driven ? 'watch' : 'inspect') : 'none'
    const figures = { flag, level, ...rounded({ q, l975, zDispersed }) } as const
    found.push({
      finding: { ...figures, ...(urgent && { urgent: true }), ...restarted(one.unit) },
      ...{ flagged: 'composite', measure, path: level === 'inspect' ? 'c' : null, organization },
    })
  }
  // Of whom something stands and nothing can be judged any more.
  const told = new Set(found.map(({ finding }) => finding.flag))
  for (const flag of before.keys()) {
    const { measure, organization } = partsOf(flag)
    const unit = registry.organizationById(organization)?.key ?? 0
    if (told.has(flag)) continue
    const figures = { flag, level: 'insufficient', q: 1, l975: 0, zDispersed: 0 } as const
    found.push({
      finding: { ...figures, ...restarted(unit) },
      ...{ flagged: measure, measure: measure === 'composite' ? 'reopened' : measure },
      ...{ path: null, organization },
    })
  }
  return found.sort((a, b) => (a.finding.flag < b.finding.flag ? -1 : 1))
}

/** Twelve significant figures: what is told for ever does not depend on the last bits of a sum. */
const rounded = <T extends Record<string, number>>(figures: T): T =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(12))]),
  ) as T

function partsOf(flag: string): { measure: Flagged; organization: string } {
  const dot = flag.indexOf('.')
  const measure = FLAGGED.find((known) => known === flag.slice(0, dot)) ?? 'reopened'
  return { measure, organization: flag.slice(dot + 1) }
}
