import * as z from 'zod/mini'
import { LANGUAGES } from './vocabulary.ts'

export const SCENES = ['city', 'map', 'organizations', 'outages'] as const
export type SceneName = (typeof SCENES)[number]
export const SCHEMES = ['dark', 'light', 'hours'] as const

/** What a screen on a wall shows: which scenes in which order, how long each stands, in which languages in turn. */
export const ScreenSetting = z.object({
  scenes: z.array(z.enum(SCENES)).check(z.minLength(1), z.maxLength(12)),
  seconds: z.int().check(z.gte(5), z.lte(3600)),
  languages: z.array(z.enum(LANGUAGES)).check(z.minLength(1), z.maxLength(3)),
  /** `hours`: light by day, dark by night. */
  scheme: z.enum(SCHEMES),
})
export type ScreenSetting = z.output<typeof ScreenSetting>

export const USUAL_SETTING: ScreenSetting = {
  scenes: ['city', 'map', 'organizations', 'outages'],
  seconds: 20,
  languages: ['ru'],
  scheme: 'dark',
}
