import { flatsApart } from '#server/domain/address/flat.ts'

const PHONE = /\+?\d(?:[\s().-]*\d){8,}/g
/** A number of fewer digits is a phone where it is called one. */
const CALLED_PHONE =
  /(?<!\p{L})(?:тел(?:ефон)?|моб(?:ильный)?|сот(?:овый)?|т|tel|phone|mob)[.:\s]+\+?\d(?:[\s().-]*\d){3,}/giu
const EMAIL = /\S+@\S+/g
const HANDLE = /(?<!\S)@[\w.]+/g
/** What opens the door of somebody's house. */
const DOOR_CODE = /(?<!\p{L})(?:код(?:\s+домофона)?|домофон)[.:\s№]+\d+\s?\p{L}?\d*/giu
/** In the order in which they are taken out. */
const CONTACTS = [EMAIL, HANDLE, PHONE, CALLED_PHONE, DOOR_CODE]
const FULL_WIDTH = 0xfee0

/** Signs that look the same made the same: dashes, spaces, wide digits; what is not seen is taken out. */
const asSeen = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Zs}]/gu, ' ')
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[０-９＋＠]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH))
    .replaceAll(/(?<!\p{L})(кв(?:артира)?|пәтер)\.?\s*[:-]\s*(?=\d)/giu, '$1 ')
    .replaceAll(/(\d)-?\s?(?:ші|шы)\s+(?=пәтер)/giu, '$1 ')

/** A date, with or without a time, and a request's number of a dozen digits and more: no phone, although written in digits. */
const NO_PHONE =
  /(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{1,2}:\d{2}(?::\d{2})?|\d{12,})(?!\d)/g

/** Whether a text that is not about a person looks as if it held a phone, an e-mail or the code of a door. */
export function holdsContact(text: string): boolean {
  const plain = asSeen(text).replaceAll(NO_PHONE, ';')
  return CONTACTS.some((contact) => plain.search(contact) >= 0)
}

/** The house that a person wrote, and the flat apart: a place may stand in an event, a flat, a phone and an e-mail may not. */
export function withoutPerson(text: string): { place: string; flat: string | null } {
  const plain = CONTACTS.reduce((text, contact) => text.replaceAll(contact, ' '), asSeen(text))
  const { place, flats } = flatsApart(plain)
  return {
    place: place
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/[\s,;]+$/g, '')
      .trim(),
    flat: flats[0] ?? null,
  }
}
