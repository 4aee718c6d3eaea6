import { SettingError } from '#server/config.ts'
import { DESK } from '#server/desk.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { IntakeRow, IntakeTotal } from '#server/log/intake.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'
import type { Context } from '#server/trpc.ts'
import type { SourceSettings } from './settings.ts'
import {
  historyFrom,
  type LocalClock,
  type Silence,
  silenceOf,
  type Usual,
  usualOf,
} from './usual.ts'

export const SOURCE_KINDS = [
  'events',
  'webhook',
  'file',
  'open311-key',
  'open311',
  'desk',
  'demo',
] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

export interface KnownSource {
  id: string
  kind: SourceKind
  /** Newest time it told of, never the future; UTC epoch milliseconds; null where it never told anything. */
  newestAt: number | null
  /** When something last reached us, a repeated event included. */
  heardAt: number | null
  silence: Silence
}

type World = Pick<Context, 'log' | 'board' | 'sources' | 'city' | 'now' | 'report'>

interface Arrivals {
  usual: ReadonlyMap<string, Usual>
  rows: readonly IntakeRow[]
}
const remembered = new WeakMap<SqliteLog, { today: number; zone: string; arrivals: Arrivals }>()

/** What is usual changes at midnight only, so it is read once a day. */
export function usualArrivals({ log, city, now }: Pick<World, 'log' | 'city' | 'now'>): {
  arrivals: Arrivals
  clock: LocalClock
  today: number
} {
  const clock = localClock(city.zone)
  const today = clock(now()).day
  const ready = remembered.get(log)
  if (ready?.today === today && ready.zone === city.zone)
    return { arrivals: ready.arrivals, clock, today }
  const rows = log.intake.rows(historyFrom(now()))
  const arrivals = { usual: usualOf(rows, { today, clock }), rows }
  remembered.set(log, { today, zone: city.zone, arrivals })
  return { arrivals, clock, today }
}

const NO_SETTINGS: SourceSettings = {
  ...{ webhooks: [], kinds: new Map(), silentAfter: new Map(), faults: [] },
}

/** A settings file that is not right stops no screen; what is wrong with it is told beside. */
export function settingsOf({ sources, report }: Pick<World, 'sources' | 'report'>): {
  settings: SourceSettings
  fault: string | null
} {
  try {
    const settings = sources.settings()
    return { settings, fault: settings.faults.join(' ') || null }
  } catch (cause) {
    if (!(cause instanceof SettingError)) throw cause
    report('sources.json', cause)
    return { settings: NO_SETTINGS, fault: cause.message.replace(/^.*(?=sources\.json)/, '') }
  }
}

/** Every source that ever sent something or is set up, by id. */
export function knownSources(world: World): KnownSource[] {
  const { log, board, now } = world
  const at = now()
  const { settings } = settingsOf(world)
  const { arrivals, clock } = usualArrivals(world)
  const totals = log.intake.totals()
  const heard = board.sources()
  const ids = new Set([...heard.keys(), ...settings.kinds.keys()])
  for (const { source } of totals) if (source !== '') ids.add(source)
  return [...ids].sort().map((id) => {
    const demo = world.sources.demo && id in (world.city.sources ?? {})
    const kind = kindOf(id, { totals, settings, demo })
    const told = heard.get(id)
    const slots = totals.flatMap((total) => (total.source === id ? (total.lastSlot ?? []) : []))
    // A clock that stands in the past of the data knows nothing of when it was imported.
    const candidates = [told?.recordedAt ?? -1, ...slots].filter((it) => it >= 0 && it <= at)
    const newestAt = told ? Math.min(told.occurredAt, told.recordedAt, at) : null
    const heardAt = candidates.length > 0 ? Math.max(...candidates) : newestAt
    const minutes = settings.silentAfter.get(id)
    const usual = arrivals.usual.get(id)
    const silence = silenceOf({ since: heardAt ?? at, now: at, minutes }, usual, clock)
    const alarmed = kind !== 'desk' && (kind !== 'file' || minutes !== undefined || usual)
    const tooLong = silence.tooLong && Boolean(alarmed)
    return { id, kind, newestAt, heardAt, silence: { ...silence, tooLong } }
  })
}

function kindOf(
  id: string,
  {
    totals,
    settings,
    demo,
  }: { totals: readonly IntakeTotal[]; settings: SourceSettings; demo: boolean },
): SourceKind {
  if (id === DESK) return 'desk'
  const told = settings.kinds.get(id)?.[0]
  const known = SOURCE_KINDS.find((kind) => kind === told)
  if (known) return known
  if (totals.some(({ source, unit }) => source === id && unit === 'row')) return 'file'
  return demo ? 'demo' : 'events'
}
