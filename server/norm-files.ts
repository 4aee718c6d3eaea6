import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type City, SettingError } from './config.ts'
import { type NormBook, normBook } from './domain/norm/book.ts'
import { CalendarFile } from './domain/norm/calendar-file.ts'
import { PackFile } from './domain/norm/pack-file.ts'

const SHIPPED = join(import.meta.dirname, 'domain/norm')
/** Of the data folder: `norms/*.json`, packs and calendars; one with the id of a shipped file stands in its place. */
const OWN = 'norms'

/**
 * The norms that `city.json` names, read from their files. Throws a SettingError that names the file, the row and the field of what
 * is wrong.
 */
export function readNorms(dataDir: string, city: City): NormBook {
  const packs = new Map<string, PackFile>()
  const calendars = new Map<string, CalendarFile>()
  for (const folder of [join(SHIPPED, 'calendars'), join(SHIPPED, 'packs'), join(dataDir, OWN)])
    for (const file of filesOf(folder)) {
      const read = readNormFile(readFileSync(file, 'utf8'), file)
      if (read.type === 'pack') packs.set(read.id, read)
      else calendars.set(read.id, read)
    }
  const named = (city.norms ?? []).map((id) => {
    const pack = packs.get(id)
    if (!pack)
      throw new SettingError(
        `city.json is not right: norms: no norm pack "${id}"; there are ${[...packs.keys()].join(', ')}, and more may lie in ${join(dataDir, OWN)}`,
      )
    if (!calendars.has(pack.calendar))
      throw new SettingError(
        `the norm pack "${id}" is not right: calendar: no calendar "${pack.calendar}"; there are ${[...calendars.keys()].join(', ')}`,
      )
    return pack
  })
  for (const [norm, start] of Object.entries(city.normStarts ?? {})) {
    const found = named.flatMap((pack) =>
      pack.norms.filter(({ id }) => `${pack.id}/${id}` === norm),
    )
    const offered = found.flatMap((row) => [
      row.start,
      ...(row.otherStarts ?? []).map((other) => other.start),
    ])
    if (!offered.includes(start))
      throw new SettingError(
        `city.json is not right: normStarts: ${norm}: ${
          found.length === 0
            ? 'no norm of the packs in "norms" is called so'
            : `"${start}" is not one of its starts: ${[...new Set(offered)].join(', ')}`
        }`,
      )
  }
  return normBook({
    packs: named,
    calendars: named
      .map(({ calendar }) => calendars.get(calendar))
      .filter((calendar, index, all) => calendar && all.indexOf(calendar) === index)
      .filter((calendar) => calendar !== undefined),
    zone: city.zone,
    region: city.region,
    starts: city.normStarts,
  })
}

const filesOf = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(folder, name))
    : []

const Typed = z.looseObject({ type: z.enum(['pack', 'calendar']) })

export function readNormFile(text: string, file: string): PackFile | CalendarFile {
  let content: unknown
  try {
    // Some editors begin a file with a byte order mark.
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new SettingError(`${file} is not JSON: ${(cause as Error).message}`, { cause })
  }
  const typed = Typed.safeParse(content)
  if (!typed.success)
    throw new SettingError(`${file} is not right: type: expected "pack" or "calendar"`)
  const parsed = (typed.data.type === 'pack' ? PackFile : CalendarFile).safeParse(content)
  if (parsed.success) return parsed.data
  throw new SettingError(
    `${file} is not right: ${parsed.error.issues.map((issue) => faultOf(issue, content)).join('; ')}`,
  )
}

/** `norms, row 3 ("appeal"), duration.unit: Invalid option`: rows are counted from one. */
function faultOf({ path, message }: z.core.$ZodIssue, content: unknown): string {
  const [list, row, ...field] = path
  if (typeof row !== 'number') return `${path.join('.') || 'the file'}: ${message}`
  const rows = (content as Record<string, unknown>)[String(list)]
  const one = Array.isArray(rows) ? (rows[row] as { id?: unknown; day?: unknown } | null) : null
  const called = one?.id ?? one?.day
  return `${String(list)}, row ${row + 1}${typeof called === 'string' ? ` ("${called}")` : ''}${
    field.length > 0 ? `, ${field.join('.')}` : ''
  }: ${message}`
}
