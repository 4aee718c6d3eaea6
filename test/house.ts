import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { City } from '#server/config.ts'
import type { DomainEvent } from '#server/contract/events.ts'
import { localClock } from '#server/domain/local-time.ts'
import { createJudging } from '#server/judging.ts'
import { memoryBoard } from '#server/live/memory-board.ts'
import { openLog } from '#server/log/sqlite.ts'
import { readNorms } from '#server/norm-files.ts'
import { openNotices } from '#server/notices/notices.ts'
import { NO_ENVIRONMENT } from '#server/notices/settings.ts'
import { watchOutages } from '#server/outages/watch.ts'
import { openScreens } from '#server/screens/screens.ts'
import { readSettings } from '#server/sources/settings.ts'
import { openStore } from '#server/store/store.ts'
import { openSubjects } from '#server/subjects/subjects.ts'
import type { Context } from '#server/trpc.ts'

export interface TestHouse {
  context: Context
  append(events: readonly DomainEvent[]): Promise<void>
  /** Resolves when everything appended can be asked for. */
  settle(): Promise<void>
  /** A file in the folder of the house, which goes with it. */
  path(name: string): string
  close(): Promise<void>
}

const counter =
  (last = 0) =>
  () =>
    `id-${++last}`

/** A whole house in a folder of its own, with these events and the clock standing at `now`. */
export async function openTestHouse(
  events: readonly DomainEvent[],
  {
    now,
    zone = 'Asia/Almaty',
    norms: packs = [],
    authority,
    learnedAt,
  }: {
    now: number
    zone?: string
    norms?: readonly string[]
    /** Who takes complaints about companies, where the city chose. */
    authority?: string
    /** When each event reached the log, where that is not `now`. */
    learnedAt?: (event: DomainEvent) => number
  },
): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'domovoi-house-'))
  const faults: unknown[] = []
  const report = (_where: string, cause: unknown) => void faults.push(cause)
  const log = openLog({
    ...{ file: join(folder, 'log.sqlite'), now: () => now, report },
    ...(learnedAt && { learnedAt }),
  })
  if (events.length > 0) await log.append(events)
  const screens = openScreens({ file: ':memory:', now: () => now, random: randomBytes })
  const notices = openNotices({
    ...{ file: ':memory:', dataDir: folder, zone, city: 'Тест', environment: NO_ENVIRONMENT },
    ...{ now: () => now, clock: () => 0, chance: () => 0.5, newId: counter(), report },
    after() {},
  })
  const subjects = openSubjects({
    logFile: join(folder, 'log.sqlite'),
    keyFile: join(folder, 'subject-keys.sqlite'),
    random: randomBytes,
  })
  const file = join(folder, 'facts.duckdb')
  const city: City = {
    name: { ru: 'Тест' },
    zone,
    languages: ['ru', 'kk', 'en'],
    centre: [71.43, 51.13],
    norms: packs,
  }
  const norms = readNorms(folder, city)
  const store = await openStore({
    ...{ log, file, zone, norms, authority, report },
    now: () => now,
    memoryLimitMb: 128,
  })
  const { engine, registry, projector } = store
  const board = memoryBoard(zone)
  await board.start(engine, projector, { now, tail: log.read(0, 200) })
  const outages = watchOutages({
    ...{ engine, registry, projector, log, report, local: localClock(zone) },
    now: () => now,
    after() {
      throw new AggregateError(faults, 'the calls of the last months could not be read')
    },
  })
  await outages.start()
  const settle = async () => {
    await projector.settle()
    await outages.settle()
    if (faults.length > 0) throw new AggregateError(faults, 'the house reported faults')
  }
  await settle()
  return {
    context: {
      engine,
      registry,
      board,
      outages,
      log,
      city,
      norms,
      judging: createJudging(folder),
      subjects,
      screens,
      notices,
      role: 'official',
      now: () => now,
      newId: counter(),
      report,
      sources: { settings: () => readSettings(folder), peers: () => [], demo: false },
    },
    async append(more) {
      await log.append(more)
      await settle()
    },
    settle,
    path: (name) => join(folder, name),
    async close() {
      outages.stop()
      await notices.stop()
      await store.close()
      subjects.close()
      screens.close()
      await log.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
