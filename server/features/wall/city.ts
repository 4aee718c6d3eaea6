import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { sourceName } from '#server/sources/source-name.ts'
import type { Context } from '#server/trpc.ts'
import { dayLine } from './day-line.ts'
import { idsOf, type Place } from './place.ts'
import type { WallCity } from './schema.ts'

const EMERGENCY = PRIORITIES.indexOf('emergency')
const QUARTER_MS = 900_000

type Band = [number, number]
interface Standing {
  value: number
  usual: Band | null
}

/** The overview, as its page has it. */
export type AskOverview = (
  context: Context,
  scope: { district: readonly string[] },
) => Promise<{
  now: number
  today: number
  open: Standing
  overdue: Standing | null
  emergency: Standing & { overdue: number; known: boolean }
  span: { last: number } | null
  ended: boolean
  inflow: { total: number; usual: { soFar: { median: number; band: Band } } | null }
  lastHour: { registered: number }
}>
/** The age of each source, as the frame of every page has it. */
export type AskFreshness = (
  context: Context,
) => Promise<
  { source: string; newestAt: number; silentTooLong: boolean; expected: number | null }[]
>

export async function wallCity(
  context: Context,
  sources: { overview: AskOverview; freshness: AskFreshness },
  place: Place,
): Promise<WallCity> {
  const [overview, fresh] = await Promise.all([
    sources.overview(context, { district: idsOf(place) }),
    sources.freshness(context),
  ])
  const { now, today, span, ended, open, overdue, emergency, inflow, lastHour } = overview
  const line = await dayLine(context, now, place)
  return {
    name: context.city.name,
    district: place?.name ?? null,
    now,
    today,
    open,
    overdue,
    emergency,
    worst: worstEmergency(context, now, place),
    noNewSince: span && ended ? span.last : null,
    registered: {
      value: inflow.total,
      usual: inflow.usual?.soFar.band ?? null,
      median: inflow.usual?.soFar.median ?? null,
    },
    hour: { value: lastHour.registered, usual: usualNow(line.usual, line.today.length - 1, now) },
    line,
    sources: watched(fresh).map(({ source, newestAt, silentTooLong }) => ({
      source,
      name: sourceName(context.city, source),
      newestAt,
      silentTooLong,
    })),
  }
}

/** A source that never registers a request (a register) has no rhythm that a wall could watch, unless there is no other. */
function watched<S extends { expected: number | null }>(sources: readonly S[]): readonly S[] {
  const rhythmic = sources.filter(({ expected }) => expected !== null)
  return rhythmic.length > 0 ? rhythmic : sources
}

/** The band between the quarter that has passed and the next. */
function usualNow(usual: WallCity['line']['usual'], quarter: number, now: number): Band | null {
  if (!usual) return null
  const share = (now % QUARTER_MS) / QUARTER_MS
  const between = (values: readonly number[]) => {
    const before = values[quarter] ?? 0
    return before + ((values[quarter + 1] ?? before) - before) * share
  }
  return [between(usual.low), between(usual.high)]
}

function worstEmergency(
  { board, registry }: Context,
  now: number,
  place: Place,
): WallCity['worst'] {
  let worst: { building: number; dueAt: number } | null = null
  for (const { building, district, priority, dueAt } of board.open())
    if (
      (!place || district === place.key) &&
      priority === EMERGENCY &&
      dueAt !== null &&
      dueAt < now &&
      (!worst || dueAt < worst.dueAt)
    )
      worst = { building, dueAt }
  const address = worst && registry.building(worst.building)?.address
  return worst && address ? { address, lateSince: worst.dueAt } : null
}
