import { z } from 'zod'
import { id } from '#server/contract/event-fields.ts'
import { isRequestEvent } from '#server/contract/events.ts'
import { tell } from '#server/desk.ts'
import { beginningOf } from '#server/domain/clocks.ts'
import { standing } from '#server/domain/knowledge.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { answeringAt, heldBy, throughMergers } from '#server/domain/tenure.ts'
import { ask } from '#server/store/ask.ts'
import { type Context, Refusal } from '#server/trpc.ts'

export const TenureChange = z.object({
  building: id,
  organization: id,
  /** The local day with whose beginning the contract begins. */
  from: z.iso.date(),
  contract: z.string().trim().max(120).optional(),
})
type Change = z.output<typeof TenureChange>
export const TenureQuestion = TenureChange.omit({ contract: true })

const YEAR = 365 * 86_400_000

/** What follows when the house passes to another organization on a day. */
export interface TenureConsequences {
  /** UTC ms. */
  from: number
  to: { id: string; name: string }
  /** Who answers for the house then by what is recorded. */
  before: { id: string; name: string } | null
  /** The next recorded change, to which it would hold. */
  until: { at: number; organization: { id: string; name: string } | null } | null
  /** Open requests registered before, which go along with the house. */
  carried: number
  /** Requests registered since, open and closed, which count for it from their registration. */
  whole: number
}

/** Requests of the house that are open or were registered since; a complaint about the company does not follow the house. */
export const OF_HOUSE = {
  name: 'registry.requestsOfHouse',
  row: z.object({ request: z.number(), registeredAt: z.number(), open: z.boolean() }),
  sql: `
    SELECT request, registered_at AS "registeredAt", closed_at IS NULL AS open
    FROM request
    WHERE building = $building AND about = 0 AND test = false
      AND (closed_at IS NULL OR registered_at >= $from)`,
}

function judged(
  context: Context,
  { building: of, organization, from }: z.output<typeof TenureQuestion>,
) {
  const { registry } = context
  const building = registry.buildingById(of)
  if (!building) throw new Refusal('NOT_FOUND', `no building "${of}" is known`)
  const company = registry.organizationById(organization)
  if (!company)
    throw new Refusal('BAD_REQUEST', `no organization "${organization}" is registered; choose one`)
  const start = beginningOf(from, context.city.zone)
  if (start > context.now() + 2 * YEAR)
    throw new Refusal('BAD_REQUEST', `${from} is more than two years ahead; check the year`)
  const merger = registry.mergers()(organization)
  if (merger && merger.at <= start)
    throw new Refusal(
      'BAD_REQUEST',
      `"${company.name}" has gone into another organization by then; choose that one`,
    )
  const told = registry.told(building.key)
  const spans = throughMergers(
    heldBy(standing(told, Number.POSITIVE_INFINITY).events),
    registry.mergers(),
  )
  const before = answeringAt(spans, start)
  const next = spans.find((span) => span.start > start)
  return { building, company, start, told, before, next }
}

export async function tenureConsequences(
  context: Context,
  question: z.output<typeof TenureQuestion>,
): Promise<TenureConsequences> {
  const { building, company, start, before, next } = judged(context, question)
  const { engine, registry, log, now } = context
  const named = (id: string | null | undefined) => {
    const found = id == null ? undefined : registry.organizationById(id)
    return found ? { id: found.id, name: found.name } : null
  }
  const rows = await ask(engine, OF_HOUSE, { building: building.key, from: start })
  /** A source that names who answers, or tells of its transfers, is believed. */
  const follows = (request: number) => {
    const state = foldRequest(log.stream(request).filter((event) => isRequestEvent(event)))
    return state !== undefined && state.organization === null && state.transfers === 0
  }
  const end = next?.start ?? Number.POSITIVE_INFINITY
  const changes = before?.organization !== company.id
  const concerned = changes ? rows.filter(({ request }) => follows(request)) : []
  return {
    from: start,
    to: { id: company.id, name: company.name },
    before: named(before?.organization),
    until: next ? { at: next.start, organization: named(next.organization) } : null,
    carried: concerned.filter(
      ({ registeredAt, open }) => open && registeredAt < start && now() < end,
    ).length,
    whole: concerned.filter(({ registeredAt }) => registeredAt >= start && registeredAt < end)
      .length,
  }
}

/** From a day on another organization answers for the house; told once, however many clicks say so before the registry knows. */
export async function changeTenure(context: Context, { contract, ...change }: Change) {
  const { building, company, start, told, before } = judged(context, change)
  if (before?.organization === company.id)
    throw new Refusal(
      'CONFLICT',
      `"${company.name}" answers for this house on ${change.from} already; choose another organization or another day`,
    )
  const known = told.reduce((last, { seq }) => Math.max(last, seq), 0)
  return tell(context, 'operator', [
    {
      id: `desk:tenure:${building.key}:${known}`,
      type: 'tenure.changed',
      building: building.id,
      organization: company.id,
      ...(contract && { contract }),
      occurredAt: start,
    },
  ]).catch((cause) => {
    if (cause instanceof Refusal && cause.code === 'CONFLICT')
      throw new Refusal(
        'CONFLICT',
        'somebody has just recorded another change of this house; look at its history again',
      )
    throw cause
  })
}
