import { zoneOffset } from '#server/domain/local-time.ts'

const DAY = 86_400_000
const MINUTE = 60_000

/** A date as a file writes it. `wall` counts milliseconds as if the wall clock were UTC. */
export interface Written {
  wall: number
  /** Milliseconds to add to UTC, where the text says so; null = the wall clock of the zone. */
  offset: number | null
  dateOnly: boolean
}
type Reader = (text: string) => Written | undefined

const PARTS: Readonly<Record<string, string>> = {
  yyyy: '(?<y>\\d{4})',
  yy: '(?<y>\\d{2})',
  MM: '(?<M>\\d{2})',
  M: '(?<M>\\d{1,2})',
  dd: '(?<d>\\d{2})',
  d: '(?<d>\\d{1,2})',
  HH: '(?<H>\\d{2})',
  H: '(?<H>\\d{1,2})',
  hh: '(?<h>\\d{2})',
  h: '(?<h>\\d{1,2})',
  mm: '(?<m>\\d{2})',
  ss: '(?<s>\\d{2})',
  SSS: '(?<S>\\d{1,9})',
  a: '(?<a>[AaPp])\\.?[Mm]\\.?',
}
const TOKEN = /yyyy|yy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|a|[\s\S]/gu
const ISO =
  /^(?<y>\d{4})-(?<M>\d\d)-(?<d>\d\d)(?:[T ](?<H>\d\d):(?<m>\d\d)(?::(?<s>\d\d)(?:[.,](?<S>\d{1,9}))?)?(?: ?(?<z>Z|[+-]\d\d:?\d\d))?)?$/

/** Why a date format cannot be used; undefined when it can. */
export function faultOfFormat(format: string): string | undefined {
  if (['iso', 'epoch-s', 'epoch-ms'].includes(format)) return undefined
  const tokens = format.match(TOKEN) ?? []
  const letters = tokens.filter((token) => /^[A-Za-z]$/.test(token) && !(token in PARTS))
  const strange = letters.filter((letter) => letter !== 'T')
  if (strange.length > 0) return `"${strange[0]}" is no part of a date`
  const kinds = tokens.filter((token) => token in PARTS).map((token) => token.charAt(0))
  if (new Set(kinds).size < kinds.length) return 'a part stands twice'
  for (const part of ['y', 'M', 'd']) if (!kinds.includes(part)) return `"${part}" is missing`
  if (kinds.includes('h') !== kinds.includes('a')) return '"h" and "a" (am, pm) go together'
  return undefined
}

/**
 * Reads a date in the first format that fits. Formats are of `yyyy yy MM M dd d HH H hh h mm ss SSS a` with any other
 * signs between, or `iso` (with or without an offset), `epoch-s`, `epoch-ms`. Two-digit years are of 1970 to 2069.
 * A date that no calendar has (31 February), and years outside 1000 to 9998, are not read.
 */
export function dateReader(formats: readonly string[]): Reader {
  const readers = formats.map(readerOf)
  const [only] = readers
  if (readers.length === 1 && only) return only
  return (text) => {
    for (const read of readers) {
      const written = read(text)
      if (written) return written
    }
    return undefined
  }
}

function readerOf(format: string): Reader {
  if (format === 'epoch-s') return (text) => epoch(text, 1000)
  if (format === 'epoch-ms') return (text) => epoch(text, 1)
  const pattern = format === 'iso' ? ISO : compile(format)
  return (text) => {
    const parts = pattern.exec(text)?.groups
    return parts && written(parts)
  }
}

const compile = (format: string) =>
  new RegExp(
    `^${format.replace(TOKEN, (token) => PARTS[token] ?? token.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))}$`,
    'u',
  )

function epoch(text: string, unit: number): Written | undefined {
  if (!/^-?\d{1,14}$/.test(text)) return undefined
  const wall = Number(text) * unit
  return Math.abs(wall) < Date.UTC(9998, 0) ? { wall, offset: 0, dateOnly: false } : undefined
}

function written(parts: Readonly<Record<string, string | undefined>>): Written | undefined {
  const { y = '', z, a } = parts
  const year = y.length === 2 ? Number(y) + (Number(y) < 70 ? 2000 : 1900) : Number(y)
  const month = Number(parts.M)
  const day = Number(parts.d)
  const hour = a ? twelve(Number(parts.h), a) : Number(parts.H ?? 0)
  const minute = Number(parts.m ?? 0)
  const second = Number(parts.s ?? 0)
  if (year < 1000 || year > 9998 || month < 1 || month > 12) return undefined
  if (!(hour < 24) || minute > 59 || second > 59) return undefined
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  const fraction = Math.floor(Number(`0.${parts.S ?? 0}`) * 1000)
  return {
    wall: Date.UTC(year, month - 1, day, hour, minute, second, fraction),
    offset: z === undefined ? null : offsetOf(z),
    dateOnly: parts.H === undefined && parts.h === undefined,
  }
}

const twelve = (hour: number, half: string) =>
  hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (/p/i.test(half) ? 12 : 0)

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return (text.startsWith('-') ? -minutes : minutes) * MINUTE
}

/** `gap`: no clock showed this time. `twice`: clocks showed it twice. */
export interface Placed {
  instant: number
  quirk: 'gap' | 'twice' | null
}

/**
 * Instants of a zone's wall clock. A time in the gap of a clock change is moved forward by the length of the gap; a time
 * that the clocks showed twice is the earlier one.
 */
export function wallClock(zone: string): (wall: number) => Placed {
  const offsetAt = zoneOffset(zone)
  return (wall) => {
    const before = offsetAt(wall - DAY)
    const after = offsetAt(wall + DAY)
    if (before === after) return { instant: wall - before, quirk: null }
    const early = offsetAt(wall - before) === before
    const late = offsetAt(wall - after) === after
    if (early) return { instant: wall - before, quirk: late ? 'twice' : null }
    if (late) return { instant: wall - after, quirk: null }
    return { instant: wall - before, quirk: 'gap' }
  }
}
