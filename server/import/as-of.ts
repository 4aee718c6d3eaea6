import { basename } from 'node:path'
import { dateReader, wallClock } from './dates.ts'
import { ImportRefusal } from './refusal.ts'

/** The date of a file: what it says was so by then. */
export interface AsOf {
  /** UTC epoch milliseconds. */
  at: number
  /** Local, YYYY-MM-DD. */
  date: string
}

const read = dateReader(['yyyy-MM-dd'])
const DAY = 86_400_000

/** What a file is called without its date and its endings: `moscow_2016-03-08.csv.gz` is `moscow`. */
export const stemOf = (file: string) =>
  basename(file)
    .replace(/(?:\.csv|\.tsv|\.txt)?(?:\.gz)?$/i, '')
    .replace(/(?<!\d)\d{4}-\d\d-\d\d(?!\d)/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-|-$/g, '')

/** The date that was given, else the last one in the name of the file; `edge` of that day in the zone. */
export function dateOfFile(
  file: string,
  given: string | undefined,
  zone: string,
  edge: 'beginning' | 'end',
): AsOf | undefined {
  const date =
    given ??
    basename(file)
      .match(/(?<!\d)\d{4}-\d\d-\d\d(?!\d)/g)
      ?.at(-1)
  if (date === undefined) return undefined
  const written = read(date)
  if (!written) throw new ImportRefusal(`"${date}" is no date such as 2016-03-08`)
  return asOf(written.wall, zone, edge)
}

/** The local day of an instant, at its end. */
export function dayOf(instant: number, zone: string, offset: (instant: number) => number): AsOf {
  return asOf(Math.floor((instant + offset(instant)) / DAY) * DAY, zone, 'end')
}

function asOf(wall: number, zone: string, edge: 'beginning' | 'end'): AsOf {
  const at = wallClock(zone)(edge === 'end' ? wall + DAY : wall).instant
  return { at, date: new Date(wall).toISOString().slice(0, 10) }
}
