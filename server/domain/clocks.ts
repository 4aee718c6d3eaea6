import type { Clocks } from '#server/contract/registry-search.ts'
import { zoneOffset } from './local-time.ts'

const DAY = 86_400_000

/** UTC epoch milliseconds of both clocks. */
export interface Instants {
  now: number
  asOf: number
  /** Infinity where everything recorded counts. */
  knownAt: number
}

const isDay = (text: string) => text.length === 'YYYY-MM-DD'.length

/** Local days to their ends, instants as they are; a day that has not ended is now. */
export function instantsOf({ asOf, knownAt }: Clocks, now: number, zone: string): Instants {
  const instantOf = (text: string) =>
    isDay(text) ? beginningOf(text, zone, 1) - 1 : Date.parse(text)
  const then = asOf === undefined ? now : instantOf(asOf)
  const known = knownAt === undefined ? now : instantOf(knownAt)
  const runs = asOf !== undefined && isDay(asOf) && then - DAY < now && now < then
  return {
    now,
    // What is to come may be asked for: a contract may begin then.
    asOf: runs ? now : then,
    knownAt: known < now ? known : Number.POSITIVE_INFINITY,
  }
}

/** The beginning of a local day, or of one so many days after it; UTC ms. */
export function beginningOf(date: string, zone: string, after = 0): number {
  const offset = zoneOffset(zone)
  const wall = Date.parse(`${date}T00:00:00Z`) + after * DAY
  return wall - offset(wall - offset(wall))
}
