import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const LOG = 'log.sqlite'
/** Without them nobody can read the contacts of the log. */
export const KEYS = 'subject-keys.sqlite'
/** Small state of people's making: the screens on walls, and who is told of what. The passwords of channels stay where they are. */
export const STATE = ['screens.sqlite', 'notices.sqlite']
const SOURCES = 'sources.json'
/** What belongs to a city beside its log. The ingest key does not, a new one is made; nor do the facts, which are rebuilt. */
export const BESIDE = [
  'city.json',
  SOURCES,
  'basemap.json',
  'outlines.json',
  'demo.json',
  'truth.json',
  'open311-peers.json',
]
/** Files of the city's own: norms and calendars, policies, definitions of officials, and how its files are read. */
const FOLDERS = ['norms', 'policy', 'presets', 'mappings', 'mappings/registers']
const OWN = new RegExp(`^(?:${FOLDERS.join('|')})/[^/\\\\]+\\.json$`)
/** How the messages of a webhook are read. Passwords and what a folder keeps of itself are none. */
const MAPPING = /^(?!(?:notices|backups|manifest|lock)\.json$)[A-Za-z0-9._-]+\.json$/

/** Whether a manifest may name the file, so that a forged one cannot write beside its folder. */
export const mayBeNamed = (name: string) =>
  [LOG, KEYS, ...STATE, ...BESIDE].includes(name) || OWN.test(name) || MAPPING.test(name)

/** Every file of a data folder that a backup holds, beside those that are copied as of one moment. */
export function filesBeside(folder: string): string[] {
  const own = FOLDERS.flatMap((name) => namesIn(join(folder, name)).map((it) => `${name}/${it}`))
  const mappings = mappingsOf(folder).filter((name) => !BESIDE.includes(name))
  return [...BESIDE, ...own.filter((name) => OWN.test(name)).sort(), ...mappings].filter((name) =>
    existsSync(join(folder, name)),
  )
}

/** What `sources.json` names and the folder has not, in sentences. */
export function missingBeside(folder: string): string[] {
  if (named(folder) === undefined)
    return [`${SOURCES} cannot be read; mappings that it may name are not in the backup`]
  return mappingsOf(folder)
    .filter((name) => !existsSync(join(folder, name)))
    .map((name) => `${SOURCES} names the mapping ${name}, which is not in the data folder`)
}

const mappingsOf = (folder: string) =>
  [...new Set(named(folder))].filter((name) => MAPPING.test(name)).sort()

/** Mappings that `sources.json` names; undefined where it cannot be read. Whether it is right is for others to say. */
function named(folder: string): string[] | undefined {
  const file = join(folder, SOURCES)
  if (!existsSync(file)) return []
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    const found: string[] = []
    JSON.stringify(content, (key, value) => {
      if (key === 'mapping' && typeof value === 'string') found.push(value)
      return value
    })
    return found
  } catch {
    return undefined
  }
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : [])
