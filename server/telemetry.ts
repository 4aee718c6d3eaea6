import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { House } from './open.ts'

export interface Telemetry {
  registry: Registry
  batch(batch: { status: number; stored: number; milliseconds: number }): void
  request(request: { route: string; status: number; milliseconds: number }): void
}

/** Measures of one house. Labels are routes and states, never ids, names or addresses. */
export function createTelemetry({ context, log, projector, hub }: House): Telemetry {
  const registry = new Registry()
  const registers = [registry]
  const stored = new Counter({
    name: 'domovoi_events_stored_total',
    help: 'Events stored through the ingest endpoint',
    registers,
  })
  const batches = new Histogram({
    name: 'domovoi_ingest_seconds',
    help: 'Time from the first byte of a batch to its acknowledgement',
    labelNames: ['status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
    registers,
  })
  const requests = new Histogram({
    name: 'domovoi_request_seconds',
    help: 'Time to the first byte of an answer',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers,
  })
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value())
      },
    })
  gauge('domovoi_log_last_seq', 'Events in the log', () => log.lastSeq())
  gauge('domovoi_projected_seq', 'Last event that the facts contain', () => projector.seq())
  gauge('domovoi_facts_revision', 'Revision of the facts', () => context.engine.revision())
  gauge('domovoi_open_requests', 'Open requests', () => context.board.totals(context.now()).open)
  gauge('domovoi_live_readers', 'Screens that listen', () => hub.readers())
  gauge('domovoi_log_writable', '1 while the log takes events', () => (log.fault() ? 0 : 1))
  return {
    registry,
    batch({ status, stored: count, milliseconds }) {
      stored.inc(count)
      batches.observe({ status }, milliseconds / 1000)
    },
    request: ({ route, status, milliseconds }) =>
      requests.observe({ route, status }, milliseconds / 1000),
  }
}

/** Memory, event loop and garbage collection of the process; once per process. */
export const measureProcess = ({ registry }: Telemetry) =>
  collectDefaultMetrics({ register: registry, prefix: 'domovoi_' })
