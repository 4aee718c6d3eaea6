import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { JUDGED, type Judged, type Level } from '#server/contract/measures/shape.ts'
import { excess } from '#server/judgement/excess.ts'
import { type Judgement, judge } from '#server/judgement/judge.ts'
import { monthsOf, quartersAbove } from '#server/judgement/months.ts'
import { byBuilding, byCategory } from '#server/judgement/parts.ts'
import { frozen } from '#server/judgement/period.ts'
import { type Compared, RULES, ratioOf } from '#server/stats/comparison.ts'
import { benjaminiHochberg } from '#server/stats/false-discovery.ts'
import { normalCdf } from '#server/stats/normal.ts'
import { wilson } from '#server/stats/proportion.ts'
import { type Context, Refusal } from '#server/trpc.ts'

const HEAVIEST = 5

/** Rows behind the figures of a flag: those that were judged, and those of them that count. */
const ROWS: Record<Judged, { among: Filter['is']; events: Filter['is'] }> = {
  reopened: {
    among: ['mature', 'incidentHead'],
    events: ['mature', 'returned', 'incidentHead'],
  },
  late: { among: ['due', 'incidentHead'], events: ['due', 'late', 'incidentHead'] },
}

const idOf = (measure: Judged, organization: string) => `${measure}.${organization}`

interface Evaluated {
  judgement: Judgement
  unit: Compared
  /** False-discovery rate over all organizations and measures that were tested; null where it was not. */
  q: number | null
}

/** Both measures of every organization at the last midnight: one evaluation, one family of tests. */
async function evaluation(context: Context): Promise<Evaluated[]> {
  const judgements = await Promise.all(JUDGED.map((measure) => judge(context, measure, EVERYTHING)))
  const all = judgements.flatMap((judgement) =>
    judgement.units.map((unit) => ({ judgement, unit })),
  )
  const q = benjaminiHochberg(
    all.map(({ unit }) => (unit.level === 'insufficient' ? null : unit.pDispersed)),
  )
  return all.map((one, i) => ({ ...one, q: q[i] ?? null }))
}

function flagOf({ registry }: Context, { judgement, unit, q }: Evaluated) {
  const organization = registry.organization(unit.unit)
  if (!organization) return []
  const { measure, version, period, revision, tau2, units } = judgement
  const { n, observed, expected, variance, ratio, lower, upper, chance, outer, level } = unit
  // Good practice is judged on its own side.
  const side = level === 'good' ? -1 : 1
  const [shareLower, shareUpper] = wilson(observed, n)
  const rows = frozen({ ...EVERYTHING, organization: [organization.id] }, period)
  const judged = units.filter((other) => other.level !== 'insufficient').length
  const pDispersed = normalCdf(-side * unit.zDispersed)
  return [
    {
      id: idOf(measure, organization.id),
      measure,
      version,
      rules: RULES,
      level: level as Level,
      alone: unit.ownShare > RULES.maxOwnShare,
      organization: { id: organization.id, name: organization.name, kind: organization.kind },
      period,
      revision,
      figures: { n, observed, expected, variance, ratio, lower, upper, chance, outer },
      share: { share: observed / n, lower: shareLower, upper: shareUpper },
      z: unit.z,
      pChance: normalCdf(-side * unit.z),
      zDispersed: unit.zDispersed,
      pDispersed,
      q: side === 1 ? q : null,
      spread: Math.sqrt(tau2),
      /** With whom it was compared, and how many of them would ordinarily lie as far out. */
      peers: { organizations: units.length, judged, thisFar: judged * pDispersed },
      rows: {
        among: { ...rows, is: ROWS[measure].among },
        events: { ...rows, is: ROWS[measure].events },
      },
    },
  ]
}

const URGENCY: readonly Level[] = ['inspect', 'watch', 'good', 'insufficient', 'none']

/** Everybody who is not as expected, most urgent first, then by how far beyond. */
export async function flags(context: Context) {
  const all = (await evaluation(context)).flatMap((one) => flagOf(context, one))
  const raised = all.filter(({ level }) => level !== 'none')
  raised.sort(
    (a, b) =>
      URGENCY.indexOf(a.level) - URGENCY.indexOf(b.level) ||
      (a.level === 'good'
        ? a.figures.upper - b.figures.upper
        : b.figures.lower - a.figures.lower) ||
      (a.id < b.id ? -1 : 1),
  )
  const [{ period, revision } = { period: null, revision: 0 }] = all
  return {
    period,
    revision,
    rules: RULES,
    tested: all.length - raised.filter(isUnjudged).length,
    flags: raised,
  }
}

const isUnjudged = ({ level }: { level: Level }) => level === 'insufficient'

/** One flag with what it rests on. An organization that is as expected has a sheet too: a flag may be withdrawn. */
export async function flag(context: Context, id: string) {
  const all = await evaluation(context)
  const found = all.find(({ judgement, unit }) => {
    const organization = context.registry.organization(unit.unit)
    return organization && idOf(judgement.measure, organization.id) === id
  })
  const [flag] = found ? flagOf(context, found) : []
  if (!found || !flag)
    throw new Refusal(
      'NOT_FOUND',
      `there is no flag "${id}": its organization has nothing that could be judged; see the list of flags`,
    )
  const { judgement, unit } = found
  const chosen = { id: flag.organization.id, filter: EVERYTHING }
  const months = await monthsOf(context, flag.measure, { unit: unit.unit, filter: EVERYTHING })
  const within = months.filter(({ month }) => month < judgement.period.to.slice(0, 7))
  const { buildings } = await byBuilding(context, judgement, chosen)
  return {
    ...flag,
    others: all
      .filter((other) => other.unit.unit === unit.unit && other !== found)
      .flatMap((other) => flagOf(context, other)),
    tested: all.filter(({ unit }) => unit.level !== 'insufficient').length,
    quarters: quartersAbove(within),
    categories: heaviestCategories(context, judgement, unit.unit),
    buildings: buildings.slice(0, HEAVIEST).map(({ building, without, ...part }) => {
      const known = context.registry.building(building)
      return {
        id: known?.id ?? null,
        address: known?.address ?? null,
        ...part,
        excess: excess(part),
        without,
      }
    }),
  }
}

function heaviestCategories({ registry }: Context, judgement: Judgement, unit: number) {
  return Array.from(byCategory(judgement, unit), ([category, part]) => {
    const known = registry.category(category)
    return {
      id: known?.id ?? null,
      name: known?.name ?? null,
      ...part,
      excess: excess(part),
      ratio: part.expected > 0 && part.variance > 0 ? ratioOf(part) : null,
    }
  })
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.excess - a.excess || ((a.id ?? '') < (b.id ?? '') ? -1 : 1))
    .slice(0, HEAVIEST)
}
