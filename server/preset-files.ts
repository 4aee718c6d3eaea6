import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SettingError } from './config.ts'
import { type Preset, PresetFile } from './domain/presets/preset-file.ts'

const SHIPPED = join(import.meta.dirname, 'domain/presets')
/** Of the data folder: `presets/*.json`; one with the id of a shipped definition stands in its place. */
const OWN = 'presets'
/** In the order in which they are shown; a city's own come after. */
const ORDER = ['trio', 'zones', 'growth', 'count-and-ratio']

/** The definitions of officials that a city may go by. Throws a SettingError that names the file and the field. */
export function readPresets(dataDir: string): Preset[] {
  const found = new Map<string, Preset>()
  for (const folder of [SHIPPED, join(dataDir, OWN)])
    for (const file of filesOf(folder)) {
      const preset = readPreset(readFileSync(file, 'utf8'), file)
      found.set(preset.id, preset)
    }
  const place = ({ id }: Preset) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length)
  return [...found.values()].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1))
}

const filesOf = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(folder, name))
    : []

function readPreset(text: string, file: string): Preset {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new SettingError(`${file} is not JSON: ${(cause as Error).message}`, { cause })
  }
  const parsed = PresetFile.safeParse(content)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  )
  throw new SettingError(`${file} is not right: ${faults.join('; ')}`)
}
