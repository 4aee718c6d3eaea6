import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Registry } from '#server/domain/registry.ts'
import { createGate } from '#server/ingest/pressure.ts'
import { ingestRoutes } from '#server/ingest/routes.ts'
import { openLog } from '#server/log/sqlite.ts'

export const KEY = 'a-key-of-the-test-only'
export const NOW = Date.parse('2026-02-10T12:00:00Z')

const emptyRegistry = {
  buildingById: () => undefined,
  organizationById: () => undefined,
  categoryById: () => undefined,
  districtById: () => undefined,
} as unknown as Registry

/** The ingest endpoint over a real log in a folder of its own, without facts. */
export function openIngest() {
  const folder = mkdtempSync(join(tmpdir(), 'ingest-'))
  const log = openLog({ file: join(folder, 'log.sqlite'), now: () => NOW })
  const faults: unknown[] = []
  const app = ingestRoutes({
    log,
    registry: emptyRegistry,
    key: KEY,
    gate: createGate({ dataDir: folder, clock: () => 0 }),
    report: (_where, cause) => faults.push(cause),
    clock: () => 0,
    now: () => NOW,
  })
  const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
    app.request('/ingest/events', {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${KEY}`, ...headers },
    })
  const close = async () => {
    await log.close()
    rmSync(folder, { recursive: true })
  }
  return { app, log, post, faults, close }
}
