import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { City, NoticesEnvironment } from './config.ts'
import type { Role } from './contract/roles.ts'
import { inLanguage } from './contract/vocabulary.ts'
import { isDemo } from './demo.ts'
import { localClock } from './domain/local-time.ts'
import { createGate, type Gate } from './ingest/pressure.ts'
import { judgedBy } from './judgement/flag-book.ts'
import { isoOf } from './judgement/period.ts'
import { createJudging } from './judging.ts'
import { createHub, type Hub } from './live/hub.ts'
import { memoryBoard } from './live/memory-board.ts'
import { openLog, type SqliteLog } from './log/sqlite.ts'
import { readNorms } from './norm-files.ts'
import { type NoticesRunning, openNotices } from './notices/notices.ts'
import { NO_ENVIRONMENT } from './notices/settings.ts'
import { createPoller, type Poller } from './open311/poller.ts'
import { type Sources, sourcesReader } from './open311/sources.ts'
import { watchOutages } from './outages/watch.ts'
import { outlineCredits } from './outline-credit.ts'
import { policySightings } from './policy-sightings.ts'
import { openScreens, type Screens } from './screens/screens.ts'
import { readSettings } from './sources/settings.ts'
import { patiently } from './store/patiently.ts'
import type { Projector } from './store/projector.ts'
import { openStore, type Store } from './store/store.ts'
import { openSubjects, type Subjects } from './subjects/subjects.ts'
import { KEYS } from './subjects/tables.ts'
import type { Context } from './trpc.ts'

export interface HouseOptions {
  /** Taken with takeLock before. */
  dataDir: string
  city: City
  /** UTC epoch milliseconds; pinned by DOMOVOI_NOW. */
  now: () => number
  pinned?: boolean
  /** An id that no other has. */
  newId: () => string
  role?: Role
  /** Milliseconds that only grow. */
  clock: () => number
  report: (where: string, cause: unknown) => void
  /** Hears in a sentence what is news and no fault. */
  tell?: (sentence: string) => void
  /** Another in each process, so that screens from before a restart are recognised. */
  epoch?: string
  /** How people are written to, as far as the environment says. */
  notices?: NoticesEnvironment
  /** Called while the facts are rebuilt from the log, which may take minutes. */
  progress?: (done: number, total: number) => void
}

/** Everything behind the wire of one data folder, opened in order and closed in reverse. */
export interface House {
  dataDir: string
  context: Context
  log: SqliteLog
  store: Store
  projector: Projector
  hub: Hub
  /** What keeps a full disk or a crowd from the log. */
  gate: Gate
  /** Other cities' endpoints; asked once it is started. */
  peers: Poller
  /** Who may send through Open311, and which endpoints are followed. */
  open311: () => Sources
  basemap(): string | null
  /** Whom the outlines of buildings are owed to. */
  credits(): string[]
  /** The PMTiles archive that the city has named, there or not; null = none is named. */
  ground: string | null
  /** Whether the facts show all that was stored by then. */
  settledWithin(milliseconds: number): Promise<boolean>
  close(): Promise<void>
}

export const logFile = (dataDir: string) => join(dataDir, 'log.sqlite')
/** GeoJSON under the buildings, written by the seed or an operator; a city may have none. */
const basemapFile = (dataDir: string) => join(dataDir, 'basemap.json')
export const keysFile = (dataDir: string) => join(dataDir, KEYS)
export const factsFile = (dataDir: string) => join(dataDir, 'facts.duckdb')

/** Events of the past that the board shows at once. */
const REMEMBERED = 200
const WATCH_MS = 2000
/** The first answers come before the calls of the last months are read for outages. */
const OUTAGES_AFTER_MS = 1500

/** Resolves when the first question can be answered rightly: everything in the log is in the facts and on the board. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { dataDir, city, now, newId, pinned, report, progress, role = 'official' } = options
  mkdirSync(dataDir, { recursive: true })
  const norms = readNorms(dataDir, city)
  const log = openLog({ file: logFile(dataDir), now, report })
  let store: Store | undefined
  let subjects: Subjects | undefined
  let screens: Screens | undefined
  let notices: NoticesRunning | undefined
  try {
    const judging = createJudging(dataDir, (hashes) =>
      policySightings(
        {
          dataDir,
          today: () => isoOf(localClock(city.zone)(now()).day),
          judgedBy: () => judgedBy(log),
        },
        hashes,
      ),
    )
    subjects = openSubjects({
      logFile: logFile(dataDir),
      keyFile: keysFile(dataDir),
      random: randomBytes,
    })
    const contacts = subjects
    screens = openScreens({ file: join(dataDir, 'screens.sqlite'), now, random: randomBytes })
    const walls = screens
    notices = openNotices({
      ...{ file: join(dataDir, 'notices.sqlite'), dataDir, zone: city.zone, now, newId, report },
      city: inLanguage(city.name, 'ru'),
      environment: options.notices ?? NO_ENVIRONMENT,
      clock: options.clock,
      chance: () => randomBytes(4).readUInt32BE(0) / 2 ** 32,
      ...(pinned && { pinned }),
    })
    const told = notices
    store = await openStore({
      log,
      file: factsFile(dataDir),
      zone: city.zone,
      homes: Object.values(city.name),
      norms,
      authority: city.authority,
      now,
      report,
      ...(options.tell && { tell: options.tell }),
      ...(progress && { progress }),
    })
    const opened = store
    const { engine, registry, projector, condition, recovered } = opened
    const tail = log.read(Math.max(0, log.lastSeq() - REMEMBERED), REMEMBERED)
    const board = await patiently(recovered, async () => {
      const started = memoryBoard(city.zone)
      await started.start(engine, projector, { now: now(), tail })
      return started
    })
    const outages = watchOutages({
      ...{ engine, registry, projector, log, now, report },
      local: localClock(city.zone),
    })
    const reading = setTimeout(async () => {
      await registry.readAddresses()
      await outages.start()
    }, OUTAGES_AFTER_MS).unref()
    const gate = createGate({ dataDir, clock: options.clock })
    const state = () => (log.fault() || gate.full() ? 'refusing' : condition())
    const hub = createHub({
      ...{ board, registry, now, state, epoch: options.epoch ?? 'only' },
      notices: told.revision,
    })
    const open311 = sourcesReader(dataDir, report)
    const peers = createPoller({
      context: { log, registry, now, city, report },
      dataDir,
      sources: open311,
    })
    // Recovery needs no source that sends and no hand: room and file are looked at again until they are well.
    const watch = setInterval(() => {
      log.probe()
      gate.look().catch((cause) => report('disk', cause))
    }, WATCH_MS).unref()
    const context: Context = {
      ...{ engine, registry, board, outages, log, city, norms, judging, subjects, screens },
      ...{ notices: told, role, now, newId, pinned, report },
      sources: {
        settings: () => {
          const { fault } = open311()
          const read = readSettings(dataDir)
          return fault === null ? read : { ...read, faults: [...read.faults, fault] }
        },
        peers: peers.health,
        demo: isDemo(dataDir),
      },
    }
    told.start(context)
    return {
      dataDir,
      context,
      log,
      store: opened,
      projector,
      hub,
      gate,
      peers,
      open311,
      basemap: () =>
        existsSync(basemapFile(dataDir)) ? readFileSync(basemapFile(dataDir), 'utf8') : null,
      credits: () => outlineCredits(dataDir),
      ground: city.basemap === undefined ? null : join(dataDir, city.basemap),
      settledWithin: (milliseconds) =>
        Promise.race([
          projector.settle().then(
            () => true,
            () => false,
          ),
          new Promise<boolean>((resolve) => setTimeout(resolve, milliseconds, false).unref()),
        ]),
      async close() {
        clearInterval(watch)
        clearTimeout(reading)
        outages.stop()
        peers.stop()
        await told.stop()
        hub.close()
        await opened.close()
        contacts.close()
        walls.close()
        await log.close()
      },
    }
  } catch (cause) {
    await store?.close()
    subjects?.close()
    screens?.close()
    await notices?.stop()
    await log.close()
    throw cause
  }
}
