import * as z from 'zod/mini'
import { LANGUAGES } from '#server/contract/vocabulary.ts'

/** A mistyped address shows the wall as it is by default: nobody stands before it with a keyboard. */
export const WallSearch = z.object({
  /** Pins one scene, from 1. */
  scene: z.catch(z.optional(z.int().check(z.gte(1), z.lte(9))), undefined),
  /** Id of the district that the scene is of. */
  place: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(128))), undefined),
  lang: z.catch(z.optional(z.enum(LANGUAGES)), undefined),
  scheme: z.catch(z._default(z.enum(['dark', 'light']), 'dark'), 'dark'),
})
export type WallSearch = z.output<typeof WallSearch>
