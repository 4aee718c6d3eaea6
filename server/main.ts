import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import pino from 'pino'
import { readCity, readConfig } from './config.ts'
import { buildIfOlder, DIST, isDemo, play, seed } from './demo.ts'
import { ingestKey } from './ingest/key.ts'
import { takeLock } from './lock.ts'
import { logFile } from './open.ts'
import { isLoopback, serve } from './serve.ts'

const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
const report = (where: string, cause: unknown) => logger.error({ where, err: cause }, 'fault')
const tell = (line: string) => process.stderr.write(`${line}\n`)

/** `npm start`: builds and seeds what is missing, serves, plays a demo city live, stops on a signal. */
async function start() {
  const config = readConfig(process.env)
  const { dataDir, port, host, demo } = config
  const now = config.now === null ? Date.now : () => config.now ?? 0
  mkdirSync(dataDir, { recursive: true })
  takeLock(dataDir, { pid: process.pid, command: 'serve' }).release()

  const clock = () => performance.now()
  const served = await serve({ dataDir, port, host, now, clock, report })
  if (!isLoopback(host))
    logger.warn(
      { host },
      'everybody who can reach this machine can read the city: set HOST only behind access control',
    )

  const isEmpty = !existsSync(logFile(dataDir))
  if (isEmpty && demo) {
    tell(`The data folder ${dataDir} is empty: building Domograd in it.`)
    served.opening('the demo city is being built')
    await Promise.all([buildIfOlder(), seed(['--preset', demo, '--data', dataDir])])
  } else {
    served.opening('the web app is being built')
    await buildIfOlder()
  }

  const city = readCity(dataDir)
  if (!city)
    throw new Error(
      `${dataDir} has no city.json; run "npm run domovoi -- seed" or "… import", or write it`,
    )
  const lock = takeLock(dataDir, { pid: process.pid, command: 'serve' })
  const key = ingestKey(dataDir, config.key, () => randomBytes(32))
  served.opening('the facts are being read')
  await served.open({ city, key, dist: DIST, lock })
  logger.info({ url: served.url, data: dataDir, tookMs: Math.round(clock()) }, 'open')
  tell(`Domovoi: ${served.url}`)

  const player =
    isDemo(dataDir) && config.now === null
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

process.on('unhandledRejection', (cause) => report('unhandled', cause))
start().catch((cause) => {
  tell(cause instanceof Error ? cause.message : String(cause))
  process.exit(1)
})
