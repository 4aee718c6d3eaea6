import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readCity } from '#server/config.ts'
import { HeldError, holderOf, takeLock } from '#server/lock.ts'
import { type House, logFile, openHouse } from '#server/open.ts'
import { Failure, type Terminal } from './command.ts'

/** Runs work on the opened data folder, which no other process may hold meanwhile. */
export async function withHouse<T>(
  command: string,
  { config, now, note }: Terminal,
  work: (house: House) => Promise<T>,
  progress?: (done: number, total: number) => void,
): Promise<T> {
  const { dataDir } = config
  const city = readCity(dataDir)
  if (!city || !existsSync(logFile(dataDir)))
    throw new Failure(
      `${dataDir} holds no city yet; run "seed" or "import" first, or set DOMOVOI_DATA`,
    )
  const lock = lockFor(command, dataDir)
  try {
    const report = (where: string, cause: unknown) =>
      note(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`)
    const house = await openHouse({
      dataDir,
      city,
      now,
      clock: () => performance.now(),
      newId: randomUUID,
      report,
      tell: note,
      ...(progress && { progress }),
    })
    try {
      return await work(house)
    } finally {
      await house.close()
    }
  } finally {
    lock.release()
  }
}

export function lockFor(command: string, dataDir: string) {
  try {
    return takeLock(dataDir, { pid: process.pid, command })
  } catch (cause) {
    if (cause instanceof HeldError) throw new Failure(cause.message, { cause })
    throw cause
  }
}

/** Address of the server that holds the folder; undefined when nobody holds it. A holder that does not serve is a Failure. */
export function serverOf(dataDir: string): string | undefined {
  const holder = existsSync(dataDir) ? holderOf(dataDir) : null
  if (!holder) return undefined
  if (!holder.url)
    throw new Failure(
      `process ${holder.pid} (${holder.command}) holds ${dataDir}; wait until it is done`,
    )
  return holder.url
}
