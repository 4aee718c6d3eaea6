import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { House } from './open.ts'

export interface Telemetry {
  registry: Registry
  batch(batch: { status: number; stored: number; milliseconds: number }): void
  request(request: { route: string; status: number; milliseconds: number }): void
  streamRefused(bound: 'address' | 'all'): void
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
  const refused = new Counter({
    name: 'domovoi_live_refused_total',
    help: 'Streams not begun because too many stand: of one address, or in all',
    labelNames: ['bound'],
    registers,
  })
  for (const bound of ['address', 'all']) refused.inc({ bound }, 0)
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
  const { measures } = hub
  gauge('domovoi_live_late', 'Screens that take their messages too slowly', () => measures().late)
  const total = (name: string, help: string, value: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(value())
      },
    })
  total('domovoi_live_dropped_total', 'Screens let go for taking nothing', () => measures().dropped)
  total('domovoi_live_frames_total', 'Messages written to screens', () => measures().frames)
  total('domovoi_live_bytes_total', 'Bytes written to screens', () => measures().bytes)
  total('domovoi_live_resets_total', 'Streams begun anew', () => measures().resets)
  total('domovoi_live_resumed_total', 'Streams that went on', () => measures().resumed)
  gauge('domovoi_log_writable', '1 while the log takes events', () => (log.fault() ? 0 : 1))
  noticeMeasures(context, registers)
  return {
    registry,
    batch({ status, stored: count, milliseconds }) {
      stored.inc(count)
      batches.observe({ status }, milliseconds / 1000)
    },
    request: ({ route, status, milliseconds }) =>
      requests.observe({ route, status }, milliseconds / 1000),
    streamRefused: (bound) => refused.inc({ bound }),
  }
}

/** What people are told, by channel and result; no recipient has a label. */
function noticeMeasures({ notices }: House['context'], registers: Registry[]) {
  const labelled = (name: string, help: string, labelNames: string[]) => ({
    ...{ name, help, labelNames, registers },
  })
  new Counter({
    ...labelled('domovoi_notice_attempts_total', 'Attempts to deliver, since the start', [
      ...['channel', 'result'],
    ]),
    collect() {
      this.reset()
      for (const [key, count] of notices.counts().attempts) {
        const [channel = '', result = ''] = key.split(' ')
        this.inc({ channel, result }, count)
      }
    },
  })
  new Gauge({
    ...labelled('domovoi_notice_messages', 'Messages kept, by channel and state', [
      ...['channel', 'state'],
    ]),
    collect() {
      for (const { channel, waiting, dead, sent } of notices.outbox.channels())
        for (const [state, count] of Object.entries({ waiting, dead, sent }))
          this.set({ channel, state }, count)
    },
  })
  new Gauge({
    ...labelled('domovoi_notices_open', 'Notices that stand, by severity', ['severity']),
    collect() {
      this.reset()
      for (const { severity, open } of notices.kept.openCounts()) this.inc({ severity }, open)
    },
  })
}

/** Memory, event loop and garbage collection of the process; once per process. */
export const measureProcess = ({ registry }: Telemetry) =>
  collectDefaultMetrics({ register: registry, prefix: 'domovoi_' })
