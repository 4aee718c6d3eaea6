import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Registry } from '#server/domain/registry.ts'
import { createGate } from '#server/ingest/pressure.ts'
import type { ReadingLimits } from '#server/ingest/readings.ts'
import { openLog } from '#server/log/sqlite.ts'
import { readSettings } from '#server/sources/settings.ts'
import { webhookRoutes } from '#server/sources/webhooks.ts'

export const NOW = Date.parse('2026-02-10T12:00:00Z')
export const SOURCE = 'dispatch'

export const secret = () => `whsec_${randomBytes(32).toString('base64')}`

/** The specification read once more, apart from the product's own reading of it. */
export function sign(key: string, id: string, seconds: number, body: string): string {
  const bytes = Buffer.from(key.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', bytes).update(`${id}.${seconds}.${body}`, 'utf8').digest('base64')}`
}

const emptyRegistry = {
  buildingById: () => undefined,
  organizationById: () => undefined,
  categoryById: () => undefined,
  districtById: () => undefined,
} as unknown as Registry

/** The webhook address over a real log, with one source whose secrets are given. */
export function openWebhooks(
  secrets: readonly string[],
  mapping?: object,
  reading?: ReadingLimits,
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'webhooks-'))
  const log = openLog({ file: join(dataDir, 'log.sqlite'), now: () => NOW })
  if (mapping) writeFileSync(join(dataDir, 'dispatch.json'), JSON.stringify(mapping))
  const webhook = {
    ...{ kind: 'webhook', name: SOURCE, secrets },
    ...(mapping && { mapping: 'dispatch.json' }),
  }
  writeFileSync(join(dataDir, 'sources.json'), JSON.stringify({ sources: [webhook] }))
  const faults: unknown[] = []
  const clock = { now: NOW }
  const gate = createGate({ dataDir, clock: () => 0, batchesAtOnce: 2 })
  const app = webhookRoutes({
    ...{ log, dataDir, registry: emptyRegistry },
    gate,
    ...(reading && { reading }),
    settings: () => readSettings(dataDir),
    now: () => clock.now,
    report: (_where, cause) => faults.push(cause),
  })
  const post = (body: string, headers: Record<string, string>, source = SOURCE) =>
    app.request(`/ingest/webhooks/${source}`, { method: 'POST', body, headers })
  const close = async () => {
    await log.close()
    rmSync(dataDir, { recursive: true })
  }
  return { app, gate, log, post, faults, clock, dataDir, close }
}
