import { z } from 'zod'
import { Instant, id, reason } from '#server/contract/event-fields.ts'
import { RESOURCES } from '#server/contract/vocabulary.ts'
import { type Act, tell } from '#server/desk.ts'
import type { DeclaredOutage } from '#server/outages/declared.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Desk = Pick<Context, 'log' | 'now' | 'newId' | 'registry' | 'outages'>

export const Dismissal = z.object({ suspicion: id, reason })

/** It is no outage. Said once, whoever clicks a second time. */
export async function dismiss(desk: Desk, { suspicion, reason }: z.output<typeof Dismissal>) {
  const known = suspicionBy(desk, suspicion)
  const declared = desk.outages.declared().find((outage) => outage.suspicion === known.id)
  if (declared)
    throw new Refusal(
      'CONFLICT',
      `the suspicion "${suspicion}" was announced as outage "${declared.id}"; end that instead`,
    )
  return once(desk, suspicion, 'was dismissed by somebody a moment ago', [
    { id: `desk:dismissed:${suspicion}`, type: 'outage.dismissed', suspicion, reason },
  ])
}

export const Declaration = z.object({
  suspicion: id.optional(),
  resource: z.enum(RESOURCES),
  planned: z.boolean(),
  buildings: z.array(id).min(1).max(5000),
  organization: id.optional(),
  startsAt: Instant,
  endsAt: Instant.optional(),
  cause: z.string().trim().min(1).max(200).optional(),
})

/** An outage is announced; of one suspicion once. */
export async function declare(desk: Desk, told: z.output<typeof Declaration>) {
  const { registry } = desk
  const { suspicion, organization, startsAt, endsAt } = told
  if (suspicion !== undefined) suspicionBy(desk, suspicion)
  const unknown = told.buildings.find((building) => !registry.buildingById(building))
  if (unknown !== undefined)
    throw new Refusal(
      'BAD_REQUEST',
      `no building has the id "${unknown}"; choose houses of the register`,
    )
  if (organization !== undefined && !registry.organizationById(organization))
    throw new Refusal('BAD_REQUEST', `no organization "${organization}" is registered`)
  if (endsAt !== undefined && endsAt <= startsAt)
    throw new Refusal(
      'BAD_REQUEST',
      'the promised end lies before the beginning; correct one of them',
    )
  const outage = suspicion === undefined ? `desk:${desk.newId()}` : `desk:${suspicion}`
  return once(desk, outage, 'was announced by somebody a moment ago', [
    { id: `desk:declared:${outage}`, type: 'outage.declared', outage, ...told },
  ])
}

export const Revision = z.object({ outage: id, endsAt: Instant })

/** Another end is promised. */
export async function promise(desk: Desk, { outage, endsAt }: z.output<typeof Revision>) {
  const { startsAt } = inForce(desk, outage)
  if (endsAt <= startsAt)
    throw new Refusal(
      'BAD_REQUEST',
      'the promised end lies before the beginning; choose a later time',
    )
  return tell(desk, 'operator', [{ type: 'outage.revised', outage, endsAt }])
}

/** It is over. */
export async function end(desk: Desk, { outage }: { outage: string }) {
  inForce(desk, outage)
  return once(desk, outage, 'was ended by somebody a moment ago', [
    { id: `desk:ended:${outage}`, type: 'outage.ended', outage },
  ])
}

function suspicionBy({ outages }: Desk, suspicion: string) {
  const known = outages.suspicions().find(({ id }) => id === suspicion)
  if (!known)
    throw new Refusal(
      outages.ready() ? 'NOT_FOUND' : 'SERVICE_UNAVAILABLE',
      outages.ready()
        ? `no suspicion "${suspicion}" is known; look at the page again`
        : 'the calls of the last weeks are still being read; try again in a moment',
    )
  return known
}

function inForce({ outages }: Desk, outage: string): DeclaredOutage {
  const known = outages.declared().find(({ id }) => id === outage)
  if (!known) throw new Refusal('NOT_FOUND', `no outage "${outage}" is known`)
  if (known.endedAt !== null)
    throw new Refusal('CONFLICT', `the outage "${outage}" is over already`)
  return known
}

/** Said twice with other words, the first stands. */
async function once(desk: Desk, what: string, happened: string, acts: Act[]) {
  try {
    return await tell(desk, 'operator', acts)
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'CONFLICT')
      throw new Refusal('CONFLICT', `"${what}" ${happened}; look at it again`)
    throw cause
  }
}
