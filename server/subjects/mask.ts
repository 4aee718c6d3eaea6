import type { ContactField, Role } from '#server/contract/roles.ts'
import type { Contact } from './subjects.ts'

/** One field of a contact as a screen gets it. */
export interface Masked {
  field: ContactField
  /** Enough to recognise what one knows, too little to learn it. Of a text only how long it is. */
  masked: string
}

/** What a role sees of a person without giving a reason. The wall sees nothing. */
export function maskedContact(contact: Contact, request: string, role: Role): Masked[] {
  if (role === 'wall') return []
  const text = contact.texts[request]
  const fields: Masked[] = []
  if (contact.name) fields.push({ field: 'name', masked: maskName(contact.name) })
  if (contact.phone) fields.push({ field: 'phone', masked: maskPhone(contact.phone) })
  if (contact.email) fields.push({ field: 'email', masked: '•••@•••' })
  if (contact.flat) fields.push({ field: 'flat', masked: '••' })
  if (text) fields.push({ field: 'text', masked: String([...text].length) })
  return fields
}

/** Initials: «Иванова Мария» → «И. М.». */
export const maskName = (name: string) =>
  name
    .split(/[\s.]+/u)
    .filter((part) => /\p{L}/u.test(part))
    .map((part) => `${[...part][0]?.toLocaleUpperCase('ru') ?? ''}.`)
    .join(' ')

/** `+7 *** ** 12`: the country where it is known to be +7, and the last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '')
  const last = digits.length > 4 ? digits.slice(-2) : '**'
  return /^[78]\d{10}$/.test(digits) ? `+7 *** ** ${last}` : `*** ** ${last}`
}
