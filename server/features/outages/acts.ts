import { z } from 'zod'
import { Instant, id, reason } from '#server/contract/event-fields.ts'
import { RESOURCES } from '#server/contract/vocabulary.ts'
import { type Act, tell } from '#server/desk.ts'
import { mustBeImpersonal } from '#server/impersonal.ts'
import type { DeclaredOutage } from '#server/outages/declared.ts'
import { SCANNED } from '#server/outages/resources.ts'
import { housesOf, type Suspicion } from '#server/outages/suspicions.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Desk = Pick<Context, 'log' | 'now' | 'newId' | 'registry' | 'outages'>

const DAY = 86_400_000
/** Days before and after now in which an outage may begin, and after now until which an end may be promised. */
const BEGUN = 60
const BEGINS = 30
const PROMISED = 60
/** Characters that are not seen, or that turn the words around them. */
const HIDDEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

export const Dismissal = z.object({ suspicion: id, reason })

/** It is no outage. Said once, whoever clicks a second time. */
export async function dismiss(desk: Desk, { suspicion, reason }: z.output<typeof Dismissal>) {
  undecided(desk, suspicion)
  mustBePlain(reason, 'reason')
  return once(desk, suspicion, DECIDED, [
    { id: fateOf(suspicion), type: 'outage.dismissed', suspicion, reason },
  ])
}

/** A suspicion has one fate: who comes second with another word meets an id that is taken. */
const fateOf = (suspicion: string) => `desk:fate:${suspicion}`
const DECIDED = 'was announced or dismissed by somebody a moment ago'

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
  const { suspicion, organization, resource, startsAt, endsAt, cause } = told
  const buildings = [...new Set(told.buildings)]
  if (suspicion !== undefined) mustBeOf(desk, undecided(desk, suspicion), resource, buildings)
  const unknown = buildings.find((building) => !registry.buildingById(building))
  if (unknown !== undefined)
    throw new Refusal(
      'BAD_REQUEST',
      `no building has the id "${unknown}"; choose houses of the register`,
    )
  if (organization !== undefined && !registry.organizationById(organization))
    throw new Refusal('BAD_REQUEST', `no organization "${organization}" is registered`)
  mustBegin(desk, startsAt)
  if (endsAt !== undefined) mustEnd(desk, startsAt, endsAt)
  if (cause !== undefined) mustBePlain(cause, 'cause')
  const outage = suspicion === undefined ? `desk:${desk.newId()}` : `desk:${suspicion}`
  return once(desk, suspicion ?? outage, DECIDED, [
    {
      id: suspicion === undefined ? `desk:declared:${outage}` : fateOf(suspicion),
      type: 'outage.declared',
      outage,
      ...told,
      buildings,
    },
  ])
}

export const Revision = z.object({ outage: id, endsAt: Instant })

/** Another end is promised. */
export async function promise(desk: Desk, { outage, endsAt }: z.output<typeof Revision>) {
  const { startsAt } = inForce(desk, outage)
  mustEnd(desk, startsAt, endsAt)
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

/** The suspicion, as long as nobody has said what it is. */
function undecided(desk: Desk, suspicion: string): Suspicion {
  const known = suspicionBy(desk, suspicion)
  const declared = desk.outages.declared().find((outage) => outage.suspicion === suspicion)
  if (declared)
    throw new Refusal(
      'CONFLICT',
      `the suspicion "${suspicion}" was announced as outage "${declared.id}"; end that instead`,
    )
  if (desk.outages.dismissal(suspicion))
    throw new Refusal('CONFLICT', `"${suspicion}" was dismissed already; look at it again`)
  return known
}

function mustBeOf(
  { registry }: Desk,
  suspicion: Suspicion,
  resource: string,
  buildings: readonly string[],
) {
  const own = SCANNED[suspicion.resource]
  if (resource !== own)
    throw new Refusal(
      'BAD_REQUEST',
      `the suspicion "${suspicion.id}" is about ${own} and not about ${resource}; announce the other outage by itself`,
    )
  const called = new Set(
    housesOf(suspicion.calls.values()).map(({ key }) => registry.building(key)?.id),
  )
  if (!buildings.some((building) => called.has(building)))
    throw new Refusal(
      'BAD_REQUEST',
      `none of the houses called in the suspicion "${suspicion.id}"; choose houses of it`,
    )
}

function mustBegin({ now }: Desk, startsAt: number) {
  if (startsAt < now() - BEGUN * DAY)
    throw new Refusal('BAD_REQUEST', `the beginning lies more than ${BEGUN} days back; correct it`)
  if (startsAt > now() + BEGINS * DAY)
    throw new Refusal(
      'BAD_REQUEST',
      `the beginning lies more than ${BEGINS} days ahead; correct it`,
    )
}

function mustEnd({ now }: Desk, startsAt: number, endsAt: number) {
  if (endsAt <= startsAt)
    throw new Refusal(
      'BAD_REQUEST',
      'the promised end lies before the beginning; choose a later time',
    )
  if (endsAt > now() + PROMISED * DAY)
    throw new Refusal(
      'BAD_REQUEST',
      `the promised end lies more than ${PROMISED} days ahead; choose an earlier time`,
    )
}

function mustBePlain(text: string, what: string) {
  if (HIDDEN.test(text))
    throw new Refusal(
      'BAD_REQUEST',
      `the ${what} holds characters that are not seen, such as line ends or marks of direction; write it without them`,
    )
  mustBeImpersonal(text, what)
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
