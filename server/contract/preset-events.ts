import { z } from 'zod'
import { reason } from './event-fields.ts'

const preset = z.string().min(2).max(40)

/** Which definitions of officials the city goes by, beside its own; a person says so, after a preview. */
export const presetBodies = {
  'preset.activated': {
    preset,
    version: z.number().int().positive(),
    /** Of the definition as canonical JSON. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    reason,
  },
  'preset.deactivated': { preset, reason },
} as const
