import { isRequestEvent, streamOf } from '#server/contract/events.ts'
import type { Log } from '#server/log/log.ts'
import { openFactsFile, removeFacts } from './facts-file.ts'
import { createFreshness, writeFreshness } from './freshness.ts'
import {
  breath,
  type CityRules,
  createProjection,
  writeProgress,
  writeRules,
} from './projection.ts'
import { memoryRegistry } from './registry-memory.ts'
import type { RequestRows } from './versions.ts'

export interface RebuildOptions extends CityRules {
  log: Log
  /** Written new; whatever is there is removed first. */
  file: string
  /** IANA zone of the city. */
  zone: string
  /** Names of the city itself, which an address may carry or lack. */
  homes?: readonly string[] | undefined
  memoryLimitMb?: number
  /** Called now and then with the number of events folded so far and the number of the last event. */
  progress?: (done: number, total: number) => void
}

const REQUESTS_AT_ONCE = 20_480
const REQUESTS_AT_A_STRETCH = 512

/** The facts of the whole log in a new file, closed and checkpointed. Events recorded meanwhile are left to the projector. */
export async function rebuild(options: RebuildOptions): Promise<{ events: number; seq: number }> {
  const { log, file, zone, norms, authority, progress = () => {} } = options
  removeFacts(file)
  const facts = await openFactsFile({ readers: 1, ...options })
  try {
    const seq = log.lastSeq()
    const registry = memoryRegistry(options.homes)
    const projection = createProjection({ log, registry, zone, norms, authority })
    const touched = new Set<number>()
    const freshness = createFreshness()
    let events = 0
    for (const event of log.registry()) {
      if (isRequestEvent(event) || event.seq > seq) continue
      const key = log.key(streamOf(event)) ?? 0
      registry.recall(event, key)
      if (event.type === 'source.test_mode_changed') projection.testPeriods.apply(event)
      touched.add(key)
      events++
    }
    await facts.write((writer) => projection.replaceDimensions(writer, touched))

    let gathered: RequestRows[] = []
    let written: Promise<unknown> = Promise.resolve()
    /** The next are folded while these are committed. */
    const flush = async () => {
      await written
      progress(events, seq)
      const rows = gathered
      gathered = []
      written = facts.write((writer) => projection.insert(writer, rows))
      written.catch(() => {})
    }
    for await (const streams of log.requestStreams())
      for (const { key, events: stream } of streams) {
        const told = stream.filter((event) => event.seq <= seq)
        const rows = projection.fold(key, told)
        if (!rows) continue
        gathered.push(rows)
        for (const event of told) freshness.hear(event)
        events += told.length
        if (gathered.length >= REQUESTS_AT_ONCE) await flush()
        else if (gathered.length % REQUESTS_AT_A_STRETCH === 0) await breath()
      }
    await flush()
    await written
    progress(events, seq)
    await facts.write(async (writer) => {
      await projection.replaceLinked(writer)
      await projection.placeEverything(writer)
      await writeFreshness(writer, freshness.sources)
      await writeProgress(writer, log, seq)
      await writeRules(writer, options)
    })
    await facts.checkpoint()
    return { events, seq }
  } finally {
    await facts.close()
  }
}
