import * as z from 'zod/mini'

/** `was`: what had happened by then, as everything known today tells it. `known`: what the log held of it. */
export const REPLAY_CLOCKS = ['was', 'known'] as const
export type ReplayClock = (typeof REPLAY_CLOCKS)[number]

/** Milliseconds of the city for one of ours. */
export const REPLAY_SPEEDS = [1, 10, 60, 600, 3600] as const
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number]

/** The longest interval that is answered at once. */
export const LONGEST_REPLAY_MS = 2 * 86_400_000
/** News that reached us so long after it happened is shown as late. */
export const LATE_MS = 15 * 60_000

const FIRST = Date.UTC(1970, 0, 1)
const LAST = Date.UTC(2200, 0, 1)
/** An instant of an address, as UTC; a second that the calendar has. */
const isInstant = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(Date.parse(text)).toISOString().startsWith(text.slice(0, -1))
const address = z.catch(z.optional(z.string().check(z.refine(isInstant))), undefined)

/** The frame that an address carries; a mistyped one shows the present. */
export const ReplayAddress = z.object({
  /** The instant of the picture; absent = now. */
  at: address,
  clock: z.catch(z.optional(z.enum(REPLAY_CLOCKS)), undefined),
  /** Of the clock `known`: what was recorded by then, instead of by the instant of the picture. */
  by: address,
})
export type ReplayAddress = z.output<typeof ReplayAddress>

const instant = z.int().check(z.gte(FIRST), z.lte(LAST))
const ids = z._default(z.array(z.string().check(z.maxLength(128))).check(z.maxLength(200)), [])

/** Instants are UTC epoch milliseconds. */
const asked = {
  at: instant,
  /** What was recorded by then; absent = by each instant of the picture itself. */
  by: z.optional(instant),
}
export const ReplayInterval = z.object({
  ...asked,
  /** Where the interval ends; absent or the same = one frame. */
  to: z.optional(instant),
  district: ids,
  category: ids,
  organization: ids,
})
export type ReplayInterval = z.output<typeof ReplayInterval>

export const ReplayOf = z.object({
  ...asked,
  id: z.string().check(z.minLength(1), z.maxLength(128)),
})
export type ReplayOf = z.output<typeof ReplayOf>

export const ReplayInflow = z.object({
  from: instant,
  to: instant,
  district: ids,
  category: ids,
  organization: ids,
  building: ids,
})
export type ReplayInflow = z.output<typeof ReplayInflow>

/** Which rows an interval's file holds; instants as an address writes them. */
export const ReplayExport = z.object({
  at: z.string().check(z.refine(isInstant)),
  to: z.string().check(z.refine(isInstant)),
  district: ids,
  category: ids,
  organization: ids,
  building: ids,
})
export type ReplayExport = z.output<typeof ReplayExport>
