import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { createCity } from '#seed/city.ts'
import { seedInto } from '#seed/seed-into.ts'
import type { City } from '#server/config.ts'
import type { DomainEvent } from '#server/contract/events.ts'
import { localClock } from '#server/domain/local-time.ts'
import { memoryBoard } from '#server/live/memory-board.ts'
import { openLog, type SqliteLog } from '#server/log/sqlite.ts'
import { openStore } from '#server/store/store.ts'
import type { Context } from '#server/trpc.ts'
import { openDesk } from '#test/import-desk.ts'
import { BOSTON, DATA_MISSING, MINSK } from '#test/real-data.ts'
import { completeness } from './completeness.ts'

const DAY = 86_400_000

/** What the screen of sources asks, over a log of its own. */
async function screenOf(log: SqliteLog, folder: string, zone: string, now: number) {
  const file = join(folder, 'facts.duckdb')
  const store = await openStore({ log, file, zone, now: () => now })
  await store.projector.settle()
  const { engine, registry, projector } = store
  const board = memoryBoard(zone)
  await board.start(engine, projector, { now, tail: [] })
  const settings = { webhooks: [], kinds: new Map(), silentAfter: new Map(), faults: [] }
  const city: City = { name: { ru: 'x' }, zone, languages: ['ru'], centre: [0, 0] }
  const context = {
    ...{ engine, registry, board, log, city, now: () => now, report: () => {} },
    sources: { settings: () => settings, peers: () => [], demo: false },
  }
  return {
    // Of the context only what these questions read.
    ask: (from: string, to: string) => completeness(context as unknown as Context, { from, to }),
    close: () => store.close(),
  }
}

const tally = (days: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1)
  return counts
}
const dayOf = (text: string) => Math.round(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY)

describe.skipIf(DATA_MISSING)('real files', { timeout: 300_000 }, () => {
  test.for([
    {
      ...{ name: 'Boston', path: BOSTON, preset: 'boston-311', zone: 'America/New_York' },
      ...{ date: 'created', from: '2015-01-01', to: '2016-01-12' },
      now: Date.parse('2016-01-12T22:22:00-05:00'),
    },
    {
      ...{ name: 'Minsk', path: MINSK, preset: 'minsk-115', zone: 'Europe/Minsk' },
      ...{ date: 'created', from: '2015-03-01', to: '2019-03-01' },
      now: Date.parse('2019-03-01T12:00:00+03:00'),
    },
  ])('$name: every row of every day is on the screen', async (given) => {
    const { path, preset, zone, now, from, to, date } = given
    const desk = openDesk(now)
    const report = await desk.file(path, { preset })
    const screen = await screenOf(desk.log, desk.folder, zone, now)
    const { days, sums } = await screen.ask(from, to)
    const file: Record<string, string>[] = parse(gunzipSync(readFileSync(path)), {
      columns: true,
      bom: true,
      relax_column_count: true,
    })
    const [sum] = sums
    expect(sums.map(({ source }) => source)).toEqual([report.source])
    expect(sum?.rows).toMatchObject({
      ...{ arrived: file.length, stored: report.stored, known: report.known },
      quarantined: report.quarantined,
    })
    expect(sum?.events).toMatchObject({ stored: report.eventsStored, quarantined: 0 })
    const bad = new Set(desk.log.imports.rows(1, { limit: 1_000_000 }).map(({ row }) => row))
    const dated = file.flatMap((row, index) => (bad.has(index + 2) ? [] : [dayOf(row[date] ?? '')]))
    const shown = new Map(
      days.filter(({ registered }) => registered > 0).map((it) => [it.day, it.registered]),
    )
    expect([...shown].sort((a, b) => a[0] - b[0])).toEqual(
      [...tally(dated)].sort((a, b) => a[0] - b[0]),
    )
    await screen.close()
    await desk.close()
  })
})

test('Domograd: what was sent on each day by each source is what the screen says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reconciled-'))
  const end = Date.parse('2026-02-10T15:30:00+05:00')
  const options = { preset: 'tiny', seed: 7, end } as const
  const learned = new Map<DomainEvent, number>()
  const heard: [event: DomainEvent, at: number][] = []
  const log = openLog({
    ...{ file: join(folder, 'log.sqlite'), now: () => end },
    learnedAt(event) {
      const at = learned.get(event) ?? end
      heard.push([event, at])
      return at
    },
  })
  await seedInto(log, createCity(options), () => {}, learned)
  const zone = 'Asia/Almaty'
  const clock = localClock(zone)
  const screen = await screenOf(log, folder, zone, end)
  const { days } = await screen.ask('2022-03-01', '2026-02-10')

  // Told again without the log: every event that the city sent, by its source and the day it was delivered.
  const told = new Map<string, number>()
  const requests = new Map<string, number>()
  const once = new Set<string>()
  for (const [event, at] of heard) {
    const key = `${clock(at).day} ${event.source}`
    told.set(key, (told.get(key) ?? 0) + 1)
    if (event.type !== 'request.registered' || once.has(event.id)) continue
    once.add(event.id)
    const on = `${clock(event.occurredAt).day} ${event.source}`
    requests.set(on, (requests.get(on) ?? 0) + 1)
  }
  const shown = new Map(
    days
      .filter(({ events }) => events.arrived > 0)
      .map(({ day, source, events }) => [`${day} ${source}`, events.arrived]),
  )
  const sorted = (all: ReadonlyMap<string, number>) =>
    [...all].sort((a, b) => (a[0] < b[0] ? -1 : 1))
  expect(sorted(shown)).toEqual(sorted(told))
  for (const { events } of days) expect(events.arrived).toBe(events.stored + events.known)
  const registered = new Map(
    days
      .filter((day) => day.registered > 0)
      .map((day) => [`${day.day} ${day.source}`, day.registered]),
  )
  expect(sorted(registered)).toEqual(sorted(requests))
  await screen.close()
  await log.close()
  rmSync(folder, { recursive: true, force: true })
})
