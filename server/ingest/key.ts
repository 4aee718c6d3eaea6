import { hash, timingSafeEqual } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const keyFile = (dataDir: string) => join(dataDir, 'ingest.key')

/**
 * The key that sources present: the configured one, else the folder's own, made on first use and readable by its owner only.
 * @param random 32 bytes, used when the folder has no key yet.
 */
export function ingestKey(
  dataDir: string,
  configured: string | null,
  random: () => Buffer,
): string {
  if (configured) return configured
  const file = keyFile(dataDir)
  if (!existsSync(file)) {
    writeFileSync(file, `${random().toString('base64url')}\n`, { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}

/** `Authorization: Bearer …` or `X-API-Key: …`; takes the same time whatever is presented. */
export function presentsKey(headers: Headers, key: string): boolean {
  const bearer = /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const presented = bearer ?? headers.get('x-api-key') ?? ''
  return timingSafeEqual(hash('sha256', presented, 'buffer'), hash('sha256', key, 'buffer'))
}
