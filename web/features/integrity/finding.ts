import { INDICATED, INTEGRITY_RULES, type Indicator } from '#server/contract/integrity.ts'
import type { Answer } from '#web/api.ts'
import type { Format } from '#web/lib/format.ts'

export type Overview = Answer['integrity']['overview']
export type Finding = Overview['findings'][number]
export type Evidence = Answer['integrity']['evidence']
export type Picture = NonNullable<Evidence['picture']>

/** Less than one is expected where nobody else has the event: then the ratio says nothing but that. */
const LEAST = 1
const FAR = 100

export const isFew = ({ expected }: Pick<Finding, 'expected'>) =>
  expected !== null && expected < LEAST

/** The size of a finding, as its indicator measures it. */
export function sizeOf({ indicator, effect }: Finding, format: Format): string {
  if (effect === null) return ''
  if (effect === 0) return format.number(0)
  switch (INDICATED[indicator].test) {
    case 'limit':
      return format.percent(effect)
    case 'burst':
      return format.number(effect)
    case 'ratio':
      return effect > FAR ? `>${format.number(FAR)}` : format.number(effect, 2)
    default:
      return format.number(effect, 2)
  }
}

/** From which size on there is a question; null where the rules set none of its own. */
export function limitOf(finding: Finding, format: Format): string | null {
  const rules = INTEGRITY_RULES
  const { indicator, expected, n } = finding
  switch (INDICATED[indicator].test) {
    case 'ratio':
      return format.number(isOfTimes(indicator) ? rules.ratioOfTimes : rules.ratio, 2)
    case 'limit':
      return expected === null || n === 0 ? null : format.percent(expected / n + rules.limit.beyond)
    case 'mass':
      return format.number(rules.mass)
    case 'heap':
      return format.number(rules.heap.v, 2)
    case 'burst':
      return format.number(rules.burst.closings)
  }
}

const isOfTimes = (indicator: Indicator) => indicator === 'night' || indicator === 'afterTheFact'

/** Fewer events than the rules ask: a number to be read, not to be concluded from. */
export const isThin = ({ observed, expected }: Finding) =>
  Math.max(observed, expected ?? 0) < INTEGRITY_RULES.leastEvents

/** By organization, in the order of their names; those with a question first. */
export function byOrganization(findings: readonly Finding[]) {
  const rows = new Map<
    string,
    { id: string; name: string; asked: number; of: Map<Indicator, Finding> }
  >()
  for (const finding of findings) {
    const { id, name } = finding.organization
    const row = rows.get(id) ?? { id, name, asked: 0, of: new Map<Indicator, Finding>() }
    row.of.set(finding.indicator, finding)
    if (finding.level === 'ask') row.asked++
    rows.set(id, row)
  }
  return [...rows.values()].sort(
    (a, b) => b.asked - a.asked || a.name.localeCompare(b.name, 'ru') || (a.id < b.id ? -1 : 1),
  )
}
