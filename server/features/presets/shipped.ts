import { hash } from 'node:crypto'
import countAndRatio from '#server/domain/presets/count-and-ratio.json' with { type: 'json' }
import growth from '#server/domain/presets/growth.json' with { type: 'json' }
import { type Preset, PresetFile } from '#server/domain/presets/preset-file.ts'
import trio from '#server/domain/presets/trio.json' with { type: 'json' }
import zones from '#server/domain/presets/zones.json' with { type: 'json' }
import { canonicalJson } from '#server/log/canonical.ts'

/** Definitions that officials know, in the order in which they are shown. */
export const PRESETS: readonly Preset[] = [trio, zones, growth, countAndRatio].map((file) =>
  PresetFile.parse(file),
)

/** SHA-256 of a definition as canonical JSON. */
export const presetHash = (preset: Preset): string => hash('sha256', canonicalJson(preset), 'hex')
