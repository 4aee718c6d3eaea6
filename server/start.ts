import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import pino from 'pino'
import { type Config, readCity } from './config.ts'
import { buildIfOlder, DIST, isDemo, play, seed } from './demo.ts'
import { ingestKey } from './ingest/key.ts'
import { takeLock } from './lock.ts'
import { logFile } from './open.ts'
import { isLoopback, serve } from './serve.ts'

/**
 * Builds and, with `demo`, seeds what is missing; serves; plays a demo city live; stops on a signal. Rejects with a plain
 * sentence when it cannot begin. `tell` is for the person who started it, the log for machines.
 */
export async function start(
  { dataDir, port, host, now: pinned, key: configuredKey }: Config,
  { demo, now, tell }: { demo: Config['demo']; now: () => number; tell: (line: string) => void },
): Promise<void> {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const report = (where: string, cause: unknown) => logger.error({ where, err: cause }, 'fault')
  process.on('unhandledRejection', (cause) => report('unhandled', cause))
  const holder = { pid: process.pid, command: 'serve' }
  mkdirSync(dataDir, { recursive: true })
  takeLock(dataDir, holder).release()

  const clock = () => performance.now()
  const epoch = randomBytes(4).toString('hex')
  const served = await serve({
    dataDir,
    port,
    host,
    now,
    pinned: pinned !== null,
    clock,
    epoch,
    report,
  })
  if (!isLoopback(host))
    logger.warn(
      { host },
      'everybody who can reach this machine can read the city until access control is configured',
    )

  if (demo && !existsSync(logFile(dataDir))) {
    tell(`The data folder ${dataDir} is empty: building Domograd in it.`)
    served.opening('the demo city is being built')
    await Promise.all([buildIfOlder(), seed(['--preset', demo, '--data', dataDir])])
  } else {
    served.opening('the web app is being built')
    await buildIfOlder()
  }
  const city = readCity(dataDir)
  if (!city)
    throw new Error(`${dataDir} holds no city; run "npm run domovoi -- seed" or "… import" first`)

  const lock = takeLock(dataDir, holder)
  const key = ingestKey(dataDir, configuredKey, () => randomBytes(32))
  served.opening('the facts are being read')
  await served.open({ city, key, dist: DIST, lock })
  logger.info({ url: served.url, data: dataDir, tookMs: Math.round(clock()) }, 'open')
  tell(`Domovoi: ${served.url}`)
  const player =
    isDemo(dataDir) && pinned === null
      ? play({ dataDir, url: served.url }, (how) => logger.warn({ how }, 'live play ended'))
      : undefined

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    logger.info({ signal }, 'stopping')
    player?.stop()
    await served.close()
    lock.release()
    logger.info('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      stop(signal).catch((cause) => {
        report('stop', cause)
        process.exit(1)
      })
    })
}
