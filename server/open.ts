import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { City } from './config.ts'
import { memoryBoard } from './live/memory-board.ts'
import { openLog, type SqliteLog } from './log/sqlite.ts'
import { openFactsFile } from './store/facts-file.ts'
import { createProjector, type Projector } from './store/projector.ts'
import { memoryRegistry } from './store/registry-memory.ts'
import type { Context } from './trpc.ts'

export interface HouseOptions {
  /** Taken with takeLock before. */
  dataDir: string
  city: City
  /** UTC epoch milliseconds; pinned by DOMOVOI_NOW. */
  now: () => number
  report: (where: string, cause: unknown) => void
}

/** Everything behind the wire of one data folder, opened in order and closed in reverse. */
export interface House {
  dataDir: string
  context: Context
  log: SqliteLog
  projector: Projector
  basemap(): string | null
  close(): Promise<void>
}

export const logFile = (dataDir: string) => join(dataDir, 'log.sqlite')
/** GeoJSON under the buildings, written by the seed or an operator; a city may have none. */
const basemapFile = (dataDir: string) => join(dataDir, 'basemap.json')
export const factsFile = (dataDir: string) => join(dataDir, 'facts.duckdb')

/** Resolves when the first question can be answered rightly: everything in the log is in the facts and on the board. */
export async function openHouse({ dataDir, city, now, report }: HouseOptions): Promise<House> {
  mkdirSync(dataDir, { recursive: true })
  const log = openLog({ file: logFile(dataDir), now, report })
  const facts = await openFactsFile({ file: factsFile(dataDir) })
  const registry = memoryRegistry()
  const projector = createProjector({ log, facts, registry, zone: city.zone, report })
  await projector.start()
  const board = memoryBoard()
  await board.start(facts, projector)
  return {
    dataDir,
    context: { engine: facts, registry, board, log, city, now, report },
    log,
    projector,
    basemap: () =>
      existsSync(basemapFile(dataDir)) ? readFileSync(basemapFile(dataDir), 'utf8') : null,
    async close() {
      await projector.stop()
      await facts.close()
      await log.close()
    },
  }
}
