import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { zoneOffset } from '#server/domain/local-time.ts'
import type { IntakeRefusal, IntakeRow } from '#server/log/intake.ts'
import { type ClockJudgement, judgeClock } from '#server/sources/clock.ts'
import { type KnownSource, knownSources, settingsOf, usualArrivals } from '#server/sources/known.ts'
import { sourceName } from '#server/sources/source-name.ts'
import type { Context } from '#server/trpc.ts'
import { periodsOf, type TestPeriod } from './test-mode.ts'

/** The newest events of requests that clocks are judged by. */
const AMONG = 10_000
const WEEK = 7
const DAY = 86_400_000
const MEDIAN_OF = 8

/** In the order in which a person should look at them. */
export const SOURCE_STATES = ['failing', 'silent', 'clock', 'test', 'well', 'never'] as const
export type SourceState = (typeof SOURCE_STATES)[number]

export interface SourceLine extends KnownSource {
  /** As `city.json` calls it. */
  name: Words | null
  state: SourceState
  /** Events that arrived today, and by this hour on the same weekday of the last weeks (median); null without history. */
  today: number
  usualToday: number | null
  clock: ClockJudgement
  /** Test mode since; null where it counts. */
  test: TestPeriod | null
  /** What the last round with a peer ended with, if it failed. */
  fault: string | null
}

export interface SourceList {
  now: number
  sources: SourceLine[]
  /** Batches that nobody could read, so that nobody knows whose they were; newest first. */
  unread: IntakeRefusal[]
  /** What is wrong with sources.json, where something is. */
  settingsFault: string | null
}

export function sourceList(ctx: Context): SourceList {
  const { log, city, sources, now } = ctx
  const at = now()
  const { arrivals, clock, today } = usualArrivals(ctx)
  const delays = new Map<string, number[]>()
  for (const { source, delay } of log.intake.delays(AMONG)) {
    const told = delays.get(source) ?? []
    delays.set(source, told)
    told.push(delay)
  }
  const peers = new Map(sources.peers().map((peer) => [peer.name, peer]))
  // Of the same weekday only, up to the same time of the day.
  const offsetAt = zoneOffset(city.zone)
  const timeOfDay = (instant: number) => (instant + offsetAt(instant)) % DAY
  const soFar = timeOfDay(at)
  const byDay = new Map<string, number>()
  const count = (row: IntakeRow, day: number) => {
    if (row.unit !== 'event' || timeOfDay(row.slot) > soFar) return
    const key = `${day} ${row.source}`
    byDay.set(key, (byDay.get(key) ?? 0) + row.arrived)
  }
  for (const row of arrivals.rows) {
    const { day } = clock(row.slot)
    if (day < today && (today - day) % WEEK === 0) count(row, day)
  }
  for (const row of log.intake.rows(at - DAY)) if (clock(row.slot).day === today) count(row, today)
  const lines = knownSources(ctx).map((source): SourceLine => {
    const { id, silence, newestAt, heardAt } = source
    const peer = peers.get(id)
    const failing = peer?.lastError && (peer.lastSuccessAt ?? 0) < peer.lastError.at
    const fault = failing ? (peer.lastError?.message ?? null) : null
    const judged = judgeClock(delays.get(id) ?? [])
    const test = periodsOf(log, id).find(({ to }) => to === null) ?? null
    const weeks = arrivals.usual.get(id)?.weeks ?? 0
    const counts = Array.from(
      { length: Math.min(weeks, MEDIAN_OF) },
      (_, week) => byDay.get(`${today - WEEK * (week + 1)} ${id}`) ?? 0,
    ).sort((a, b) => a - b)
    const state: SourceState = fault
      ? 'failing'
      : heardAt === null && newestAt === null
        ? 'never'
        : silence.tooLong
          ? 'silent'
          : judged.is === 'ahead' || judged.is === 'behind'
            ? 'clock'
            : test
              ? 'test'
              : 'well'
    return {
      ...source,
      name: sourceName(city, id),
      ...{ state, fault, test, clock: judged },
      today: byDay.get(`${today} ${id}`) ?? 0,
      usualToday: weeks > 0 ? (counts[counts.length >> 1] ?? null) : null,
    }
  })
  const rank = (line: SourceLine) => SOURCE_STATES.indexOf(line.state)
  return {
    now: at,
    sources: lines.sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1)),
    unread: log.intake.refusals('', 10),
    settingsFault: settingsOf(ctx).fault,
  }
}

const nameOf = ({ name, id }: SourceLine) => (name ? inLanguage(name, 'ru') : id)
