import { z } from 'zod'
import { id, reason } from '#server/contract/event-fields.ts'
import { PHONE_PURPOSES, REPRESENTATIVE_ROLES } from '#server/contract/vocabulary.ts'
import { type Act, tell } from '#server/desk.ts'
import { beginningOf } from '#server/domain/clocks.ts'
import { standing } from '#server/domain/knowledge.ts'
import type { Registry } from '#server/domain/registry.ts'
import { isTenure } from '#server/domain/tenure.ts'
import { type Context, Refusal } from '#server/trpc.ts'

/** The statement that was wrong, and what is true instead; without `from` nothing is. */
export const TenureCorrection = z.object({
  building: id,
  event: id,
  reason,
  instead: z
    .object({
      organization: id.nullable(),
      from: z.iso.date(),
      contract: z.string().trim().max(120).optional(),
    })
    .optional(),
})

export async function correctTenure(
  context: Context,
  correction: z.output<typeof TenureCorrection>,
) {
  const { registry } = context
  const building = buildingBy(registry, correction.building)
  const { event, instead } = correction
  const stands = standing(registry.told(building.key), Number.POSITIVE_INFINITY)
  const wrong = stands.events.find((told) => isTenure(told) && told.id === event)
  const gone = new Refusal(
    'CONFLICT',
    `the statement ${event} does not stand any more: somebody has corrected it; look at the history again`,
  )
  if (!wrong) throw gone
  // A statement is corrected once, however many clicks said so before the registry knew.
  const acts: Act[] = [
    {
      ...{ id: `desk:corrected:${wrong.seq}`, type: 'building.corrected', building: building.id },
      ...{ event, reason: correction.reason },
    },
  ]
  if (instead) {
    const { organization, from, contract } = instead
    if (organization !== null && !registry.organizationById(organization))
      throw new Refusal('BAD_REQUEST', `no organization "${organization}" is registered`)
    acts.push({
      id: `desk:instead:${wrong.seq}`,
      type: 'tenure.changed',
      building: building.id,
      organization,
      ...(contract && { contract }),
      occurredAt: beginningOf(from, context.city.zone),
    })
  }
  return tell(context, 'operator', acts).catch((cause) => {
    throw cause instanceof Refusal && cause.code === 'CONFLICT' ? gone : cause
  })
}

export const PhoneCheck = z.object({
  organization: id,
  phone: z
    .string()
    .trim()
    .min(2)
    .max(40)
    .regex(/^\+?[\d\s().-]*\d[\d\s().-]*$/, 'a phone is written in digits'),
  purpose: z.enum(PHONE_PURPOSES),
})

export function verifyPhone(context: Context, check: z.output<typeof PhoneCheck>) {
  if (!context.registry.organizationById(check.organization))
    throw new Refusal('NOT_FOUND', `no organization "${check.organization}" is registered`)
  return tell(context, 'operator', [{ type: 'organization.phone_verified', ...check }])
}

export const Representative = z.object({
  building: id,
  name: z.string().trim().min(1).max(200),
  phone: PhoneCheck.shape.phone.optional(),
  role: z.enum(REPRESENTATIVE_ROLES),
  consent: z.boolean(),
})

/** The name goes into the erasable table first: an event that speaks of nobody is worse than a name that nobody speaks of. */
export async function nameRepresentative(
  context: Context,
  { building, role, consent, name, phone }: z.output<typeof Representative>,
) {
  const { subjects, newId, now } = context
  const { id } = buildingBy(context.registry, building)
  const subjectId = `desk:${newId()}`
  subjects.put([{ subjectId, name, consent, ...(phone && { phone }) }], now())
  return tell(context, 'operator', [
    { type: 'building.representative_named', building: id, subjectId, role, consent },
  ])
}

function buildingBy(registry: Registry, id: string) {
  const building = registry.buildingById(id)
  if (!building) throw new Refusal('NOT_FOUND', `no building "${id}" is known`)
  return building
}
