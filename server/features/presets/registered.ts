import { isRequestEvent, type Recorded } from '#server/contract/events.ts'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import type { Registered } from '#server/domain/presets/preset-file.ts'
import type { Building } from '#server/domain/registry.ts'
import type { Context } from '#server/trpc.ts'
import { countsOf, type Narrowed, type Span } from './counts.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now' | 'log'>
interface Counts {
  n: number
  events: number
}

/** By the key of the organization: how many among how many, of what the register knows beside its requests. */
export async function registeredCounts(
  context: Asked,
  registered: Registered,
  span: Span,
): Promise<Map<number, Counts>> {
  switch (registered) {
    case 'complaintsPerFlat': {
      const told = await countsOf(context, COMPLAINTS, span, { whose: 'about' })
      const years = (Date.parse(span.to) - Date.parse(span.from)) / YEAR
      return sumOver(
        context,
        span.cut,
        ({ apartments }) => ({ n: (apartments ?? 0) * years, events: 0 }),
        told,
      )
    }
    case 'passportFields':
      return sumOver(context, span.cut, (house) => ({
        n: FIELDS.length,
        events: FIELDS.filter((field) => house[field] !== null).length,
      }))
    case 'prescriptions':
      return prescriptions(context, span)
  }
}

const YEAR = 365 * 86_400_000

/** Complaints about the organization, which somebody else answers. */
const COMPLAINTS: Narrowed = { measure: 'registered', priority: [], kinds: ['complaint'] }
export const complaintRows = (id: string, { from, to, cut }: Span): Filter => ({
  ...EVERYTHING,
  ...{ from, to, cut: new Date(cut).toISOString(), kind: ['complaint'], about: [id] },
})

/** What every passport of a building should tell. */
const FIELDS = ['year', 'floors', 'entrances', 'apartments', 'area'] as const

/** Over the houses that each organization answers for at an instant; `told` are its own besides. */
function sumOver(
  { registry }: Pick<Asked, 'registry'>,
  at: number,
  of: (house: Building) => Counts,
  told: ReadonlyMap<number, { events: number }> = new Map(),
): Map<number, Counts> {
  const sums = new Map<number, Counts>()
  for (const house of registry.buildings()) {
    if (house.gone) continue
    const holder = house.tenures.findLast(
      ({ start, end }) => start <= at && (end === null || end > at),
    )
    if (!holder?.organization) continue
    const sum = sums.get(holder.organization) ?? {
      n: 0,
      events: told.get(holder.organization)?.events ?? 0,
    }
    const { n, events } = of(house)
    sums.set(holder.organization, { n: sum.n + n, events: sum.events + events })
  }
  return sums
}

/** Prescriptions that were to be fulfilled within the span, and those of them released as remedied by its cut. */
function prescriptions({ log, registry }: Asked, { from, cut }: Span): Map<number, Counts> {
  const found = new Map<string, { organization?: string; due?: number; remedied?: boolean }>()
  for (const event of log.registry()) {
    if (!isInspection(event) || event.occurredAt > cut) continue
    const one = found.get(event.inspection) ?? {}
    if (event.type === 'inspection.ordered') one.organization = event.organization
    if (event.type === 'inspection.done' && event.finding === 'prescription')
      one.due = event.dueAt ?? event.occurredAt
    if (event.type === 'inspection.released') one.remedied = event.remedied
    found.set(event.inspection, one)
  }
  const since = Date.parse(from)
  const counts = new Map<number, Counts>()
  for (const { organization, due, remedied } of found.values()) {
    const key =
      organization === undefined ? undefined : registry.organizationById(organization)?.key
    if (key === undefined || due === undefined || due < since || due > cut) continue
    const sum = counts.get(key) ?? { n: 0, events: 0 }
    counts.set(key, { n: sum.n + 1, events: sum.events + (remedied ? 1 : 0) })
  }
  return counts
}

type Inspection = Extract<Recorded, { type: `inspection.${string}` }>
const isInspection = (event: Recorded): event is Inspection =>
  !isRequestEvent(event) && event.type.startsWith('inspection.')
