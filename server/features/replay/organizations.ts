import type { ReplayInterval, ReplayOf } from '#server/contract/replay.ts'
import type { Words } from '#server/contract/vocabulary.ts'
import { tenureAt } from '#server/store/rows.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { countsAt } from './counts.ts'
import { livedIn, type Stretch } from './lived.ts'
import { refuseFuture, type Span, spanOf } from './span.ts'

export interface Counted {
  open: number
  overdue: number
  emergency: number
  emergencyOverdue: number
}
export interface BothClocks {
  was: Counted
  known: Counted
}
type Asked = Pick<Context, 'engine' | 'registry' | 'now'>

/** Counts of a frame by whatever a stretch belongs to, in both clocks; the key 0 is of nobody. */
async function countedBy(
  context: Asked,
  { at, by, ...scope }: Pick<ReplayInterval, 'at' | 'by'> & Parameters<typeof livedIn>[2],
  keyOf: (stretch: Stretch) => number,
): Promise<Map<number, BothClocks>> {
  const lived = await livedIn(context, { from: at, to: at, by }, scope)
  const keys = [...new Set([...lived.was, ...lived.known].map(keyOf))]
  const places = new Map(keys.map((key, place) => [key, place]))
  const place = (stretch: Stretch) => places.get(keyOf(stretch)) ?? 0
  const was = countsAt(lived.was, at, place, keys.length)
  const known = countsAt(lived.known, at, place, keys.length)
  const read = (counts: typeof was, index: number): Counted => ({
    open: counts.open[index] ?? 0,
    overdue: counts.overdue[index] ?? 0,
    emergency: counts.emergency[index] ?? 0,
    emergencyOverdue: counts.emergencyOverdue[index] ?? 0,
  })
  return new Map(
    keys.map((key, index) => [key, { was: read(was, index), known: read(known, index) }]),
  )
}

const worstFirst = (a: BothClocks, b: BothClocks) =>
  b.was.overdue + b.known.overdue - (a.was.overdue + a.known.overdue) ||
  b.was.open + b.known.open - (a.was.open + a.known.open)

export interface OrganizationThen extends BothClocks {
  /** null = nobody was known to answer. */
  id: string | null
  name: string
}

/** Who answered for what stood open at an instant, those with most overdue first. */
export async function organizationsThen(
  context: Asked,
  asked: ReplayInterval,
): Promise<{ at: number; organizations: OrganizationThen[] }> {
  refuseFuture(context.now(), asked.at, asked.by)
  const counted = await countedBy(context, asked, ({ organization }) => organization)
  const organizations = [...counted].map(([key, both]): OrganizationThen => {
    const organization = context.registry.organization(key)
    return { id: organization?.id ?? null, name: organization?.name ?? '', ...both }
  })
  return {
    at: asked.at,
    organizations: organizations.sort(
      (a, b) => worstFirst(a, b) || a.name.localeCompare(b.name, 'ru'),
    ),
  }
}

const SHOWN = 20

export interface OneOrganizationThen extends Span, BothClocks {
  at: number
  name: string
  /** Houses that it answered for then, by the register of today. */
  houses: number
  /** Those with anything open, those with most overdue first; of `all` so many are told. */
  worst: ({ id: string; address: Words } & BothClocks)[]
  all: number
}

export async function organizationThen(
  context: Asked,
  { id, at, by }: ReplayOf,
): Promise<OneOrganizationThen> {
  refuseFuture(context.now(), at, by)
  const { registry } = context
  const organization = registry.organizationById(id)
  if (!organization)
    throw new Refusal('NOT_FOUND', `no organization "${id}" is known; look for it in the list`)
  const [span, counted] = await Promise.all([
    spanOf(context),
    countedBy(context, { at, by, organization: [id] }, ({ building }) => building),
  ])
  const total = { was: nothing(), known: nothing() }
  for (const { was, known } of counted.values()) {
    addTo(total.was, was)
    addTo(total.known, known)
  }
  const open = [...counted].flatMap(([key, both]) => {
    const building = registry.building(key)
    return building && both.was.open + both.known.open > 0
      ? [{ id: building.id, address: building.address, ...both }]
      : []
  })
  let houses = 0
  for (const building of registry.buildings())
    if (tenureAt(building, at)?.organization === organization.key) houses++
  return {
    ...{ ...span, at, name: organization.name, ...total, houses, all: open.length },
    worst: open.sort((a, b) => worstFirst(a, b) || (a.id < b.id ? -1 : 1)).slice(0, SHOWN),
  }
}

const nothing = (): Counted => ({ open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 })

function addTo(sum: Counted, one: Counted) {
  sum.open += one.open
  sum.overdue += one.overdue
  sum.emergency += one.emergency
  sum.emergencyOverdue += one.emergencyOverdue
}
