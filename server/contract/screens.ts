import * as z from 'zod/mini'
import { LANGUAGES } from './vocabulary.ts'

/** In the order of their numbers in the address `/wall?scene=`. */
export const SCENES = ['city', 'map', 'organizations', 'outages', 'today'] as const
export type SceneName = (typeof SCENES)[number]
export const SCHEMES = ['dark', 'light', 'hours'] as const

export const SceneTurn = z.object({
  scene: z.enum(SCENES),
  /** How long it stands. */
  seconds: z.int().check(z.gte(5), z.lte(3600)),
})
export type SceneTurn = z.output<typeof SceneTurn>

/** What a screen on a wall shows: which scenes in which order, how long each stands, of where, in which languages in turn. */
export const ScreenSetting = z.object({
  scenes: z.array(SceneTurn).check(z.minLength(1), z.maxLength(12)),
  /** Id of the district that all numbers are of; null = the whole city. */
  district: z.nullable(z.string().check(z.minLength(1), z.maxLength(128))),
  languages: z.array(z.enum(LANGUAGES)).check(z.minLength(1), z.maxLength(3)),
  /** `hours`: light by day, dark by night. */
  scheme: z.enum(SCHEMES),
})
export type ScreenSetting = z.output<typeof ScreenSetting>

const USUAL_ORDER: readonly SceneName[] = ['city', 'map', 'organizations', 'today', 'outages']
export const USUAL_SECONDS = 20
export const USUAL_SETTING: ScreenSetting = {
  scenes: USUAL_ORDER.map((scene) => ({ scene, seconds: USUAL_SECONDS })),
  district: null,
  languages: ['ru'],
  scheme: 'dark',
}

/** How long a screen stays in the roster, in days: after it was revoked, let in and never heard, heard for the last time. */
export const KEPT_DAYS = { revoked: 90, neverHeard: 30, silent: 400 } as const
