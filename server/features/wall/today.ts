import { HOLIDAY, WORKING } from '#server/today/alike.ts'
import type { Context } from '#server/trpc.ts'
import { idsOf, type Place } from './place.ts'
import type { WallToday } from './schema.ts'

type Band = [number, number]

/** Today against comparable days, as the page of the day has it. */
export type AskToday = (
  context: Context,
  scope: { district: readonly string[] },
) => Promise<{
  now: number
  today: number
  span: { last: number } | null
  ended: boolean
  inflow: {
    today: readonly number[]
    total: number
    alike: number
    days: number
    usual: {
      hours: readonly { low: number; high: number; forecast: { mid: number } | null }[]
      cumulative: readonly { low: number; high: number }[]
      soFar: { band: Band }
      total: number
      forecast: { rest: number; interval: Band }
    } | null
  }
}>

export async function wallToday(
  context: Context,
  sources: { today: AskToday },
  place: Place,
): Promise<WallToday> {
  const { now, today, span, ended, inflow } = await sources.today(context, {
    district: idsOf(place),
  })
  const { usual, total, alike } = inflow
  const edges = (rows: readonly { low: number; high: number }[]) => ({
    low: rows.map(({ low }) => low),
    high: rows.map(({ high }) => high),
  })
  return {
    now,
    today,
    noNewSince: span && ended ? span.last : null,
    registered: { value: total, usual: usual?.soFar.band ?? null },
    days: inflow.days,
    kind: alike === HOLIDAY ? 'holiday' : alike === WORKING ? 'working' : 'weekday',
    hours: [...inflow.today],
    usual: usual && {
      hours: edges(usual.hours),
      cumulative: edges(usual.cumulative),
      total: usual.total,
    },
    expected: usual && {
      total: total + usual.forecast.rest,
      interval: [total + usual.forecast.interval[0], total + usual.forecast.interval[1]],
      hours: usual.hours.map(({ forecast }) => forecast?.mid ?? null),
    },
  }
}
