import type { Personal } from '#server/contract/refusals.ts'
import { asSeen, lastOf, personalIn } from './personal.ts'

const CALLED: Readonly<Record<Personal, string>> = {
  email: 'an e-mail address',
  handle: 'an account of a messenger',
  phone: 'a phone number',
  iin: 'a personal number (IIN)',
  inn: 'a personal taxpayer number (INN)',
  snils: 'a social insurance number (SNILS)',
  card: 'a bank card number',
  document: 'the number of an identity document',
  doorCode: 'the code of a door',
}

export interface PersonalFault {
  looksLike: Personal
  /** Its last two signs. */
  end: string
  /** What it looks like, without repeating it. */
  words: string
}

/** What a text looks as if it held of a person; null = nothing. */
export function personalFault(text: string): PersonalFault | null {
  const [found] = personalIn(text)
  if (!found) return null
  const { looksLike, start, end } = found
  const last = lastOf(asSeen(text).slice(start, end))
  return { looksLike, end: last, words: `${CALLED[looksLike]} (…${last})` }
}

/** A link to call or write to is what it leads to. */
const LINK = /^(?:(?:tel|sms|mailto):\s?)?$/i

/**
 * An id that is a mail address, or a phone as it is written with its signs: it would stand in addresses of pages and in logs for
 * ever. Digits alone are left in peace: the numbers of requests begin with a date, and pass for anything.
 */
export function personalId(id: string): PersonalFault | null {
  const seen = asSeen(id).trim()
  if (!/\D/.test(seen)) return null
  const [found] = personalIn(seen)
  if (!found || (found.looksLike !== 'phone' && found.looksLike !== 'email')) return null
  const whole = found.end === seen.length && LINK.test(seen.slice(0, found.start))
  return whole ? personalFault(seen) : null
}
