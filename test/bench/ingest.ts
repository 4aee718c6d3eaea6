import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ingest, startServer } from '../running.ts'
import { type Figure, ms, quantile } from './measure.ts'

const BATCH = 100
const BATCHES = 2000
const SENDERS = 8

/** Durable ingest over HTTP: senders side by side, batches of a hundred events, acknowledged after fsync. */
export async function benchIngest(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'domovoi-bench-'))
  const server = await startServer(folder, 1_770_000_000_000)
  try {
    const waits: number[] = []
    let next = 0
    const startedAt = performance.now()
    await Promise.all(
      Array.from({ length: SENDERS }, async () => {
        while (next < BATCHES) {
          const batch = next++
          const sentAt = performance.now()
          await ingest(server.url, requestsOf(batch))
          waits.push(performance.now() - sentAt)
        }
      }),
    )
    const perSecond = (BATCH * BATCHES * 1000) / (performance.now() - startedAt)
    const p99 = quantile(waits, 0.99)
    return [
      {
        what: 'durable ingest',
        size: `${BATCHES} batches of ${BATCH}, ${SENDERS} senders`,
        measured: `${Math.round(perSecond)} events/s`,
        target: 'at least 5000 events/s',
        holds: perSecond >= 5000,
      },
      {
        what: 'acknowledgement',
        size: 'the same',
        measured: `p50 ${ms(quantile(waits, 0.5))}, p95 ${ms(quantile(waits, 0.95))}, p99 ${ms(p99)}`,
        target: 'p99 at most 250 ms',
        holds: p99 <= 250,
      },
    ]
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const STEPS = ['registered', 'routed', 'acknowledged', 'work_done', 'confirmed']

/** Twenty requests of five events each. */
const requestsOf = (batch: number) =>
  Array.from({ length: BATCH }, (_, index) => {
    const request = `bench-${batch}-${Math.floor(index / STEPS.length)}`
    const step = STEPS[index % STEPS.length]
    return {
      type: `request.${step}`,
      id: `bench:${request}:${step}`,
      source: 'bench',
      occurredAt: 1_760_000_000_000 + batch * 60_000 + index * 1000,
      request,
    }
  })
