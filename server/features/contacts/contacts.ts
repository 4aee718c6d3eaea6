import { isRequestEvent } from '#server/contract/events.ts'
import { type ContactField, mayReveal } from '#server/contract/roles.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { type Masked, maskedContact } from '#server/subjects/mask.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Asked = Pick<Context, 'log' | 'subjects' | 'role' | 'now'>

export interface RequestContact {
  /** `none`: the source told of nobody. `apart`: it told of somebody, and of no contacts. */
  kept: 'none' | 'apart' | 'kept' | 'erased'
  erasedAt: number | null
  fields: Masked[]
  /** Whether the person agreed to be written to; null = the source does not say. */
  consent: boolean | null
  mayReveal: boolean
}

/** Who asks, as far as the role may see it. */
export function contactOf({ log, subjects, role }: Asked, number: string): RequestContact {
  const subjectId = role === 'wall' ? undefined : subjectOf({ log }, number)
  const none = { erasedAt: null, fields: [], consent: null, mayReveal: mayReveal(role) }
  if (!subjectId) return { ...none, kept: 'none' }
  const contact = subjects.contact(subjectId)
  const erasedAt = subjects.erasedAt(subjectId) ?? null
  if (!contact) return { ...none, erasedAt, kept: erasedAt === null ? 'apart' : 'erased' }
  const fields = maskedContact(contact, number, role)
  return { ...none, fields, consent: contact.consent ?? null, kept: 'kept' }
}

export interface Reveal {
  number: string
  field: ContactField
  reason: string
}

/** One value of a person, after who reads it and why is written down. */
export function reveal({ log, subjects, role, now }: Asked, { number, field, reason }: Reveal) {
  if (!mayReveal(role))
    throw new Refusal('FORBIDDEN', 'only an operator or an inspector may see contacts')
  const subjectId = subjectOf({ log }, number)
  const contact = subjectId === undefined ? undefined : subjects.contact(subjectId)
  if (subjectId === undefined || !contact)
    throw new Refusal('NOT_FOUND', `nothing is kept of who asked in request "${number}"`)
  if (tells(reason, [contact.name, contact.phone, contact.email]))
    throw new Refusal('BAD_REQUEST', 'the reason names the person: write it without name and phone')
  const value = subjects.read({ at: now(), role, subjectId, field, reason }, number)
  if (value === undefined)
    throw new Refusal('NOT_FOUND', `the source did not tell the ${field} of who asked`)
  return { value }
}

/** The person that the registration which stands names: one that was corrected away is nobody's to see. */
function subjectOf({ log }: Pick<Context, 'log'>, number: string): string | undefined {
  const key = log.key(`request:${number}`)
  if (key === undefined) throw new Refusal('NOT_FOUND', `no request has the number "${number}"`)
  const events = log.stream(key).filter((event) => isRequestEvent(event))
  return foldRequest(events)?.subjectId ?? undefined
}

const bare = (text: string) => text.toLocaleLowerCase('ru').replaceAll(/[^\p{L}\p{N}@]/gu, '')

/** The journal of who read what must not itself hold a person. */
const tells = (reason: string, values: readonly (string | undefined)[]) =>
  values.some(
    (value) => value && bare(value).length > 3 && bare(reason).includes(bare(value).slice(-10)),
  )
