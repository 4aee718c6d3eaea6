import { z } from 'zod'
import type { Clocks } from '#server/contract/registry-search.ts'
import { FAULT_BITS, type Words } from '#server/contract/vocabulary.ts'
import { goneAt } from '#server/domain/answering.ts'
import { instantsOf } from '#server/domain/clocks.ts'
import { standing } from '#server/domain/knowledge.ts'
import type { Building } from '#server/domain/registry.ts'
import { type Answering, answeringAt, heldBy, throughMergers } from '#server/domain/tenure.ts'
import { ask } from '#server/store/ask.ts'
import { type Context, Refusal } from '#server/trpc.ts'

const DAY = 86_400_000
/** Days of the period that ends with `asOf`. */
const PERIOD = 365
const DAYS_OF_MONTH = 365.25 / 12

/** Requests, and incidents (several calls about one fault), for which these organizations answer. Tests are not counted. */
export const INFLOW_OF = {
  name: 'inflowOf',
  row: z.object({ requests: z.coerce.number(), incidents: z.coerce.number() }),
  sql: `
    SELECT count(*) AS requests, count(DISTINCT incident) AS incidents
    FROM request
    WHERE list_contains($organizations, organization)
      AND registered_at >= $from AND registered_at < $to AND test = false`,
}

/** When the city's requests begin: before that nothing could come in, so that time is no time at risk. */
export const REQUESTS_BEGIN = {
  name: 'requestsBegin',
  row: z.object({ at: z.number().nullable() }),
  sql: `SELECT min(registered_at) AS at FROM request WHERE test = false AND (marks & $faults) = 0`,
}

interface Move {
  building: { id: string; address: Words }
  /** Whom it came from, or went to; null = nobody is known to have answered. */
  other: { id: string; name: string } | null
  at: number
  merger: boolean
}
export interface Territory {
  asOf: number
  /** Keys are those of the map. */
  houses: { key: number; id: string; address: Words; apartments: number | null; since: number }[]
  /** In the year that ends with `asOf`, the latest first. */
  gained: Move[]
  lost: Move[]
  exposure: {
    from: number
    to: number
    /** Apartments times months under management, of buildings whose apartments are known. */
    flatMonths: number
    /** Buildings managed in the period whose apartments are not known: they are in the inflow and not in the time at risk. */
    unknownApartments: number
    requests: number
    incidents: number
    /** Per 1,000 flat-months; null without time at risk. */
    requestsPer1000: number | null
    incidentsPer1000: number | null
  }
}

export interface TerritoryInput {
  id: string
  clocks: Clocks
  /** Also what its predecessors answered for, before they went into it. */
  predecessors: boolean
}

/** The houses that an organization answered for, what came and went in the year before, and the time at risk that its inflow is divided by. */
export async function territory(context: Context, input: TerritoryInput): Promise<Territory> {
  const { registry, engine } = context
  const organization = registry.organizationById(input.id)
  if (!organization)
    throw new Refusal(
      'NOT_FOUND',
      `no organization "${input.id}" is registered; look for it by its name`,
    )
  const instants = instantsOf(input.clocks, context.now(), context.city.zone)
  const { asOf, knownAt } = instants
  const mergers = registry.mergers(knownAt)
  const ours = new Set([input.id])
  if (input.predecessors)
    for (const id of ours)
      for (const other of registry.organizations())
        if (mergers(other.id)?.into === id) ours.add(other.id)
  const from = asOf - PERIOD * DAY
  const [begin] = await ask(engine, REQUESTS_BEGIN, { faults: FAULT_BITS })
  const riskFrom = Math.min(Math.max(from, begin?.at ?? from), asOf)
  const isOurs = (span: Answering | undefined) =>
    span !== undefined && span.organization !== null && ours.has(span.organization)
  const found: Pick<Territory, 'houses' | 'gained' | 'lost'> = { houses: [], gained: [], lost: [] }
  let flatDays = 0
  let unknownApartments = 0

  function move(
    building: Building,
    at: number,
    span: Answering | undefined,
    merger: boolean,
  ): Move {
    const id = span?.organization ?? null
    const other = id === null ? null : { id, name: registry.organizationById(id)?.name ?? id }
    return { building: { id: building.id, address: building.address }, other, at, merger }
  }
  for (const building of registry.buildings()) {
    const { key, id, address, apartments } = building
    const held = heldBy(standing(registry.told(key), knownAt).events)
    const spans = throughMergers(held, mergers)
    let managed = 0
    for (const [index, span] of spans.entries()) {
      const before = spans[index - 1]
      const within = span.start > from && span.start <= asOf
      if (within && isOurs(span) && !isOurs(before))
        found.gained.push(move(building, span.start, before, span.merger))
      if (within && isOurs(before) && !isOurs(span))
        found.lost.push(move(building, span.start, span, span.merger))
      if (isOurs(span))
        managed += Math.max(0, Math.min(span.end ?? asOf, asOf) - Math.max(span.start, riskFrom))
    }
    flatDays += ((apartments ?? 0) * managed) / DAY
    if (apartments === null && managed > 0) unknownApartments++
    const now = answeringAt(spans, asOf)
    if (now && isOurs(now) && goneAt(registry, building, instants) === false)
      found.houses.push({ key, id, address, apartments, since: now.start })
  }
  const latest = (a: Move, b: Move) => b.at - a.at || (a.building.id < b.building.id ? -1 : 1)
  const keys = [...ours].flatMap((id) => registry.organizationById(id)?.key ?? [])
  const [inflow] = await ask(engine, INFLOW_OF, { organizations: keys, from: riskFrom, to: asOf })
  const { requests = 0, incidents = 0 } = inflow ?? {}
  const flatMonths = flatDays / DAYS_OF_MONTH
  const per1000 = (count: number) => (flatMonths > 0 ? (count / flatMonths) * 1000 : null)
  return {
    asOf,
    houses: found.houses,
    gained: found.gained.sort(latest),
    lost: found.lost.sort(latest),
    exposure: {
      ...{ from: riskFrom, to: asOf, flatMonths, unknownApartments, requests, incidents },
      requestsPer1000: per1000(requests),
      incidentsPer1000: per1000(incidents),
    },
  }
}
