import { randomUUID } from 'node:crypto'
import { readCity } from '#server/config.ts'
import { DIST } from '#server/demo.ts'
import { takeLock } from '#server/lock.ts'
import { serve } from '#server/serve.ts'

/** The product's server with a clock that the test may set: `process.send({ shift })` moves it, in milliseconds. */
/** As the product's own start has it. */
const STOP_WITHIN_MS = 10_000
const [dataDir = '', port = '0', shifted = '0', key = ''] = process.argv.slice(2)
let shift = Number(shifted)
process.on('message', (message: { shift: number }) => {
  shift = message.shift
})
const lock = takeLock(dataDir, { pid: process.pid, command: 'soak' })
const city = readCity(dataDir)
if (!city) throw new Error(`${dataDir} has no city`)
const served = await serve({
  ...{ dataDir, port: Number(port), host: '127.0.0.1' },
  now: () => Date.now() + shift,
  clock: () => performance.now(),
  epoch: randomUUID().slice(0, 8),
  newId: randomUUID,
  report: (where, cause) => process.stderr.write(`${where}: ${String(cause)}\n`),
})
await served.open({ city, key, dist: DIST, lock })
process.on('SIGTERM', () => {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  void served.close().then(() => process.exit(0))
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0))
process.send?.('open')
