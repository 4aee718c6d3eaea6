import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { INDICATED, INTEGRITY_RULES, type Indicator } from '#server/contract/integrity.ts'
import { isAuthority } from '#server/domain/addressees.ts'
import { type Finding, type Integrity, integrityOf } from '#server/judgement/integrity.ts'
import { frozen, type Period, periodOf } from '#server/judgement/period.ts'
import type { Context } from '#server/trpc.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now' | 'city' | 'judging'>

const periodOfAll = ({ now, city }: Asked) => periodOf(EVERYTHING, now(), city.zone)
/** The policy by which the period is judged. */
const policyOf = (context: Asked) => context.judging.policies.of(periodOfAll(context).from).policy
const rulesOf = (context: Asked) => policyOf(context).integrity ?? INTEGRITY_RULES

/** The evaluation of the last twelve mature months, as everybody sees it today. */
export function evaluated(context: Asked): Promise<Integrity> {
  return integrityOf(context, periodOfAll(context), policyOf(context))
}

export interface FindingOfOne extends Omit<Finding, 'unit'> {
  organization: { id: string; name: string }
  /** Minutes of the hour in which closings heap; only of what is asked about. */
  minutes?: number[]
  /** The fullest minutes of one account, and how many such times there were; only of what is asked about. */
  burst?: { closings: number; minutes: number; times: number }
  /** Events beyond what the curve through the neighbours gives. */
  excess?: number
}

/** Every organization by every indicator; what is asked about first, by how far it lies from what chance gives. */
export async function overview(context: Asked) {
  const answer = await evaluated(context)
  const findings = answer.findings
    .flatMap((finding) => told(context, answer, finding))
    .sort(
      (a, b) =>
        Number(b.level === 'ask') - Number(a.level === 'ask') ||
        (a.q ?? 2) - (b.q ?? 2) ||
        (a.organization.id < b.organization.id
          ? -1
          : a.organization.id > b.organization.id
            ? 1
            : 0),
    )
  const { period, revision, tested } = answer
  const { version } = context.judging.policies.of(period.from).policy
  return { period, revision, tested, rules: { ...rulesOf(context), version }, findings }
}

/** Of one organization, what is asked about first; empty where it is not judged. */
export async function ofOrganization(context: Asked, organization: string) {
  const { findings, period, tested } = await overview(context)
  return {
    ...{ period, tested },
    findings: findings.filter((finding) => finding.organization.id === organization),
  }
}

export function told(
  { registry }: Pick<Context, 'registry'>,
  { terms, heaps, bursts }: Integrity,
  { unit, ...finding }: Finding,
): FindingOfOne[] {
  const organization = registry.organization(unit)
  if (!organization || isAuthority(organization)) return []
  const one = { ...finding, organization: { id: organization.id, name: organization.name } }
  if (finding.level !== 'ask') return [one]
  const own = bursts.get(unit)
  const [fullest] = own ?? []
  const mass = terms.get(unit)?.mass
  return [
    {
      ...one,
      ...(finding.indicator === 'heaping' && { minutes: heaps.get(unit)?.minutes ?? [] }),
      ...(finding.indicator === 'massClosing' &&
        fullest && {
          burst: {
            closings: fullest.closings,
            minutes: fullest.minutes,
            times: own?.length ?? 0,
          },
        }),
      ...(finding.indicator === 'excessMass' && mass && { excess: mass.excess }),
    },
  ]
}

/** The filters that open what was looked at, and what counts, of one organization. */
export function rowsOf(
  indicator: Indicator,
  organization: string,
  period: Period,
): { among: Filter; events: Filter } {
  const one = frozen({ ...EVERYTHING, organization: [organization] }, period)
  const { among, events } = INDICATED[indicator]
  return { among: { ...one, ...among }, events: { ...one, ...events } }
}
