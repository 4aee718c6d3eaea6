import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCity } from '#server/config.ts'
import { isRequestEvent, type Recorded, type RequestEvent } from '#server/contract/events.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { openLog } from '#server/log/sqlite.ts'
import { readNorms } from '#server/norm-files.ts'
import { logFile } from '#server/open.ts'
import { openFactsFile } from '#server/store/facts-file.ts'
import { createProjector } from '#server/store/projector.ts'
import { rebuild } from '#server/store/rebuild.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import type { Figure } from './measure.ts'

const EVENTS = 200_000
const WANTED_PER_SECOND = 50_000
const REBUILD_S_PER_MILLION = 90

/** From the events of a made city to its facts: folded, projected batch by batch as they would come, and rebuilt whole. */
export async function benchFacts(folder: string): Promise<Figure[]> {
  const folderOfFacts = await mkdtemp(join(tmpdir(), 'domovoi-bench-facts-'))
  const now = () => Date.now()
  const log = openLog({ file: logFile(folder), now })
  const city = readCity(folder)
  if (!city) throw new Error(`${folder} holds no city`)
  const rules = { zone: city.zone, norms: readNorms(folder, city), authority: city.authority }
  try {
    const streams: Recorded<RequestEvent>[][] = []
    let count = 0
    for await (const batch of log.requestStreams()) {
      for (const { events } of batch) {
        streams.push(events.filter((event) => isRequestEvent(event)))
        count += events.length
      }
      if (count >= EVENTS) break
    }
    const folded = timed(() => {
      for (const events of streams) foldRequest(events)
    })

    // The first events of the log, as they came: the registry, and requests beside each other.
    const facts = await openFactsFile({ file: join(folderOfFacts, 'projected.duckdb') })
    const some = { ...log, lastSeq: () => EVENTS, read: upTo(log.read, EVENTS) }
    const projector = createProjector({
      ...{ log: some, facts, registry: memoryRegistry(), ...rules },
      after: () => {},
    })
    const startedAt = performance.now()
    await projector.start()
    const projected = performance.now() - startedAt
    await projector.stop()
    await facts.close()

    const rebuildAt = performance.now()
    const file = join(folderOfFacts, 'rebuilt.duckdb')
    await rebuild({ log, file, homes: Object.values(city.name), ...rules })
    const rebuilt = (performance.now() - rebuildAt) / 1000
    const again = await openFactsFile({ file })
    const [row] = await again.query('SELECT count(*) AS requests FROM request')
    await again.close()
    const requests = Number(row?.requests)
    const wanted = Math.max(5, (REBUILD_S_PER_MILLION * requests) / 1e6)
    return [
      rate('fold of events into requests', count, folded),
      rate('fold and projection of the whole log', log.lastSeq(), rebuilt * 1000),
      {
        ...rate('the same as events come, batch by batch', projector.seq(), projected),
        target: 'more than the durable ingest of 5,000 events/s',
        holds: projector.seq() / (projected / 1000) >= 5000,
      },
      {
        what: 'rebuild of the facts from the log',
        size: `${requests.toLocaleString('en')} requests`,
        measured: `${rebuilt.toFixed(1)} s`,
        target: `at most ${wanted.toFixed(0)} s`,
        holds: rebuilt <= wanted,
      },
    ]
  } finally {
    await log.close()
    await rm(folderOfFacts, { recursive: true, force: true })
  }
}

function timed(run: () => void): number {
  const startedAt = performance.now()
  run()
  return performance.now() - startedAt
}

const upTo =
  (read: (after: number, limit: number) => Recorded[], last: number) =>
  (after: number, limit: number) =>
    read(after, Math.max(0, Math.min(limit, last - after)))

function rate(what: string, events: number, milliseconds: number): Figure {
  const perSecond = Math.round(events / (milliseconds / 1000))
  return {
    what,
    size: `${events.toLocaleString('en')} events`,
    measured: `${perSecond.toLocaleString('en')} events/s`,
    target: `at least ${WANTED_PER_SECOND.toLocaleString('en')} events/s`,
    holds: perSecond >= WANTED_PER_SECOND,
  }
}
