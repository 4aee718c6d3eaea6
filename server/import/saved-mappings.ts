import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SavedMappings } from '#server/contract/file-import.ts'
import type { Mapping } from './mapping.ts'
import { PRESET_NAMES, presetOf } from './presets.ts'

const folderOf = (dataDir: string, kind: Mapping['kind']) =>
  kind === 'requests' ? join(dataDir, 'mappings') : join(dataDir, 'mappings', 'registers')

/** Of every source the mapping that its last file was stored with. */
export function saveMapping(dataDir: string, kind: Mapping['kind'], source: string, text: string) {
  const folder = folderOf(dataDir, kind)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${source}.json`), text)
}

/** Those of this city first, then the shipped ones. */
export function savedMappings(dataDir: string, kind: Mapping['kind']): SavedMappings {
  const shipped = PRESET_NAMES.filter((name) => presetOf(name).kind === kind).map((name) => ({
    ...{ name, shipped: true },
    text: JSON.stringify(presetOf(name), null, 2),
  }))
  const folder = folderOf(dataDir, kind)
  let names: string[] = []
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    // Nothing was saved yet.
  }
  const saved = names.sort().map((name) => ({
    ...{ name: name.slice(0, -5), shipped: false },
    text: readFileSync(join(folder, name), 'utf8'),
  }))
  const own = new Set(saved.map(({ name }) => name))
  return [...saved, ...shipped.filter(({ name }) => !own.has(name))]
}
