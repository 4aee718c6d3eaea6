import { randomUUID } from 'node:crypto'
import { readCity } from '#server/config.ts'
import { takeLock } from '#server/lock.ts'
import { openHouse } from '#server/open.ts'

/** A made city opened in this process, its past read by the watch over outages, as it is in a server that has been up for a minute. */
export async function openBenchHouse(folder: string, now: number) {
  const city = readCity(folder)
  if (!city) throw new Error(`${folder} holds no city`)
  const lock = takeLock(folder, { pid: process.pid, command: 'bench' })
  const house = await openHouse({
    ...{ dataDir: folder, city, now: () => now, newId: randomUUID },
    clock: () => performance.now(),
    report: (where, cause) => process.stderr.write(`${where}: ${String(cause)}\n`),
  })
  while (!house.context.outages.ready()) await new Promise((resolve) => setTimeout(resolve, 100))
  return {
    city,
    context: house.context,
    async close() {
      await house.close()
      lock.release()
    },
  }
}
