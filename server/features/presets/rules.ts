import type { Preset, Zone } from '#server/domain/presets/preset-file.ts'
import { wilson } from '#server/stats/proportion.ts'

type Rule<K extends Preset['rule']['kind']> = Extract<Preset['rule'], { kind: K }>
type Indicator = Rule<'zones'>['indicators'][number]

/** A share in its zone; too few requests give none. */
export function zoneOf(
  { better, green, yellow, least }: Pick<Indicator, 'better' | 'green' | 'yellow' | 'least'>,
  { n, events }: { n: number; events: number },
): Zone {
  if (n < least) return 'few'
  const share = events / n
  if (better === 'more') return share >= green ? 'green' : share >= yellow ? 'yellow' : 'red'
  return share <= green ? 'green' : share <= yellow ? 'yellow' : 'red'
}

/** Red from so many red indicators on, else yellow where one is not green; nothing where no indicator has a zone. */
export function zoneTogether(zones: readonly Zone[], reds: number): Zone {
  const known = zones.filter((zone) => zone !== 'few')
  if (known.length === 0) return 'few'
  if (known.filter((zone) => zone === 'red').length >= reds) return 'red'
  return known.every((zone) => zone === 'green') ? 'green' : 'yellow'
}

export interface Growth {
  zone: Zone
  /** The bare definition would mark it, the guard of small counts does not. */
  guarded: boolean
  /** Times as much as before; null where there was nothing before. */
  times: number | null
}

/**
 * So many times as much as before (null: not known, which is no growth). The guard: at least `least` now, and the lower end of the ratio's 95 % interval above 1
 * (given the sum of two Poisson counts, the present one is binomial; Wilson).
 */
export function growthOf(
  { times, least }: Pick<Rule<'growth'>, 'times' | 'least'>,
  now: number,
  before: number | null,
): Growth {
  if (before === null) return { zone: 'few', guarded: false, times: null }
  const bare = now > 0 && now >= times * before
  const [lower] = wilson(now, now + before)
  const certain = now >= least && lower / (1 - lower) > 1
  return {
    zone: bare && certain ? 'red' : now + before < least ? 'few' : 'green',
    guarded: bare && !certain,
    times: before === 0 ? null : now / before,
  }
}

/** Both the number and its relation to the apartments; the number alone is yellow, unknown apartments are said so. */
export function countAndRatioOf(
  { count, per100Flats }: Pick<Rule<'countAndRatio'>, 'count' | 'per100Flats'>,
  events: number,
  flats: number | null,
): { zone: Zone; per100: number | null } {
  const per100 = flats ? (100 * events) / flats : null
  if (events < count) return { zone: 'green', per100 }
  if (per100 === null) return { zone: 'few', per100 }
  return { zone: per100 >= per100Flats ? 'red' : 'yellow', per100 }
}
