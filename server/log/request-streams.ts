import { Worker } from 'node:worker_threads'
import type { Recorded } from '#server/contract/events.ts'
import { openForReading, rowsAsArrays } from './file.ts'
import { COLUMNS, type EventRow } from './rows.ts'

/** A request with all its events, in `seq` order. */
export interface RequestStream {
  key: number
  events: Recorded[]
}

/** Whole streams of requests, in few values: what thousands of objects would cost to hand from one thread to another. */
export interface PackedStreams {
  keys: Int32Array
  /** How many events each stream has. */
  sizes: Int32Array
  seqs: Float64Array
  occurred: Float64Array
  recorded: Float64Array
  /** Of each event its place in `words`. */
  types: Uint16Array
  sources: Uint16Array
  words: string[]
  /** JSON texts of lists. */
  ids: string
  bodies: string
}

const STREAMS_AT_ONCE = 4096
const MAPPED_BYTES = 2 ** 36
/** Below so many events the time of a thread's beginning is not won back. */
const WORTH_A_THREAD = 100_000
/** Batches asked for before they are needed. */
const AHEAD = 2

/** Streams by key, in the snapshot of a connection of its own. */
export function* packedStreams(file: string): Generator<PackedStreams> {
  const db = openForReading(file)
  // Streams that live side by side share pages: mapped, a page that is read several times is copied never.
  db.exec(`PRAGMA mmap_size = ${MAPPED_BYTES}`)
  const rows = rowsAsArrays(
    db.prepare(`SELECT ${COLUMNS} FROM event INDEXED BY event_stream
      WHERE substr(type, 1, 8) = 'request.' ORDER BY stream, seq`),
  )
  try {
    let batch = emptyBatch()
    for (const row of rows.iterate()) {
      const event = row as unknown as EventRow
      if (batch.keys.length === STREAMS_AT_ONCE && event[2] !== batch.keys.at(-1)) {
        yield packed(batch)
        batch = emptyBatch()
      }
      add(batch, event)
    }
    if (batch.keys.length > 0) yield packed(batch)
  } finally {
    db.close()
  }
}

const emptyBatch = () => ({
  ...{ keys: [] as number[], sizes: [] as number[] },
  ...{ seqs: [] as number[], occurred: [] as number[], recorded: [] as number[] },
  ...{ types: [] as number[], sources: [] as number[], words: new Map<string, number>() },
  ...{ ids: [] as string[], bodies: [] as string[] },
})
type Batch = ReturnType<typeof emptyBatch>

function add(batch: Batch, [seq, id, stream, type, occurred, recorded, source, body]: EventRow) {
  const last = batch.keys.length - 1
  if (batch.keys[last] === stream) batch.sizes[last] = (batch.sizes[last] ?? 0) + 1
  else {
    batch.keys.push(stream)
    batch.sizes.push(1)
  }
  batch.seqs.push(seq)
  batch.occurred.push(occurred)
  batch.recorded.push(recorded)
  batch.types.push(placeOf(batch.words, type))
  batch.sources.push(placeOf(batch.words, source))
  batch.ids.push(id)
  batch.bodies.push(body)
}

function placeOf(words: Map<string, number>, word: string): number {
  const known = words.get(word)
  if (known !== undefined) return known
  words.set(word, words.size)
  return words.size - 1
}

const packed = ({ ids, bodies, words, ...numbers }: Batch): PackedStreams => ({
  keys: Int32Array.from(numbers.keys),
  sizes: Int32Array.from(numbers.sizes),
  seqs: Float64Array.from(numbers.seqs),
  occurred: Float64Array.from(numbers.occurred),
  recorded: Float64Array.from(numbers.recorded),
  types: Uint16Array.from(numbers.types),
  sources: Uint16Array.from(numbers.sources),
  words: [...words.keys()],
  ids: JSON.stringify(ids),
  bodies: `[${bodies.join(',')}]`,
})

function unpacked({ keys, sizes, words, ...batch }: PackedStreams): RequestStream[] {
  const ids = JSON.parse(batch.ids) as string[]
  const bodies = JSON.parse(batch.bodies) as Record<string, unknown>[]
  let at = 0
  return Array.from(keys, (key, stream) => {
    const events: Recorded[] = []
    for (const end = at + (sizes[stream] ?? 0); at < end; at++) {
      const event = bodies[at] ?? {}
      event.seq = batch.seqs[at]
      event.id = ids[at]
      event.type = words[batch.types[at] ?? 0]
      event.occurredAt = batch.occurred[at]
      event.recordedAt = batch.recorded[at]
      event.source = words[batch.sources[at] ?? 0]
      // As in rows.ts: only append writes rows, from DomainEvent values.
      events.push(event as unknown as Recorded)
    }
    return { key, events }
  })
}

/** Batches of whole streams; a long log is read in a thread beside, while what was read is used. */
export async function* requestStreams(
  file: string,
  lastSeq: number,
): AsyncGenerator<RequestStream[]> {
  if (lastSeq < WORTH_A_THREAD) {
    for (const batch of packedStreams(file)) yield unpacked(batch)
    return
  }
  const worker = new Worker(new URL('./request-streams-worker.ts', import.meta.url), {
    name: 'request streams',
    workerData: file,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  })
  const arrived: (PackedStreams | null)[] = []
  let hear = () => {}
  let fault: unknown
  const fail = (cause: unknown) => {
    fault ??= cause
    hear()
  }
  worker.on('message', (batch: PackedStreams | null) => {
    arrived.push(batch)
    hear()
  })
  worker.once('error', fail)
  worker.once('exit', () => fail(new Error('the thread that reads the log ended early')))
  try {
    for (let asked = 0; asked < AHEAD; asked++) worker.postMessage('next')
    for (;;) {
      const batch = arrived.shift()
      if (batch === null) return
      if (batch) {
        worker.postMessage('next')
        yield unpacked(batch)
      } else {
        if (fault) throw fault
        await new Promise<void>((resolve) => {
          hear = resolve
        })
      }
    }
  } finally {
    await worker.terminate()
  }
}
