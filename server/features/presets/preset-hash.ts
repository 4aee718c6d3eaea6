import { hash } from 'node:crypto'
import type { Preset } from '#server/domain/presets/preset-file.ts'
import { canonicalJson } from '#server/log/canonical.ts'

/** SHA-256 of a definition as canonical JSON. */
export const presetHash = (preset: Preset): string => hash('sha256', canonicalJson(preset), 'hex')
