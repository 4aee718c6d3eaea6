import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import pino, { type Logger } from 'pino'
import { type City, type Config, ensureCity, readCity } from './config.ts'
import { buildIfOlder, DIST, isDemo, play, seed } from './demo.ts'
import { isLoopback } from './hosts.ts'
import { ingestKey } from './ingest/key.ts'
import { takeLock } from './lock.ts'
import { logFile } from './open.ts'
import { serve } from './serve.ts'

interface StartOptions {
  /** What an empty folder becomes; null = a city without a name, ready for events. */
  demo: Config['demo']
  /** Whether the web app is built where it is missing or old. */
  web: boolean
  now: () => number
  /** For the person who started it. */
  tell: (line: string) => void
}

/** A city whose clock is pinned is seeded up to that moment. */
const seedArguments = (preset: string, dataDir: string, pinned: number | null) => [
  ...['--preset', preset, '--data', dataDir],
  ...(pinned === null ? [] : ['--until', new Date(pinned).toISOString()]),
]

/** A stop that takes longer is cut off: what was acknowledged is on the disk. */
const STOP_WITHIN_MS = 10_000

/** Stands until an operator writes their own. */
const UNNAMED: City = {
  name: { kk: 'Қала', ru: 'Город', en: 'City' },
  zone: 'Asia/Almaty',
  languages: ['ru', 'kk', 'en'],
  centre: [71.43, 51.13],
}

/**
 * Builds and, with `demo`, seeds what is missing; serves; plays a demo city live; stops on a signal. Rejects with a plain
 * sentence when it cannot begin. Machines read the log, on standard output.
 */
export async function start(config: Config, options: StartOptions): Promise<void> {
  const { dataDir, port, host, allowedHosts, now: pinned, key: configuredKey, role } = config
  const { now, tell } = options
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const report = (where: string, cause: unknown) => logger.error({ where, err: cause }, 'fault')
  process.on('unhandledRejection', (cause) => report('unhandled', cause))
  const holder = { pid: process.pid, command: 'serve' }
  takeLock(dataDir, holder).release()

  const clock = () => performance.now()
  const epoch = randomBytes(4).toString('hex')
  const served = await serve({
    dataDir,
    port,
    host,
    allowedHosts,
    streamsPerAddress: config.streamsPerAddress ?? undefined,
    now,
    pinned: pinned !== null,
    clock,
    epoch,
    newId: randomUUID,
    role,
    notices: config.notices,
    report,
    tell: (sentence) => logger.info({}, sentence),
  })
  if (!isLoopback(host)) {
    const warning = `everybody who can reach ${host} can read the city until access control is configured`
    logger.warn({ host }, warning)
    tell(`Warning: ${warning}.`)
  }

  const city = await prepare(config, options, served.opening)
  const lock = takeLock(dataDir, holder)
  const key = ingestKey(dataDir, configuredKey, () => randomBytes(32))
  served.opening('the facts are being read')
  await served.open({ city, key, dist: DIST, lock })
  logger.info({ url: served.url, data: dataDir, tookMs: Math.round(clock()) }, 'open')
  tell(`Domovoi: ${served.url}`)
  // A process that is killed keeps nothing at its end.
  flushCompileCache()
  const player =
    isDemo(dataDir) && pinned === null
      ? play({ dataDir, url: served.url }, (how) => logger.warn({ how }, 'live play ended'))
      : undefined

  stopOnSignal(logger, async () => {
    player?.stop()
    await served.close()
    lock.release()
  })
}

/** The web app, and the city of the folder: the one it has, the demo, or one without a name. */
async function prepare(
  { dataDir, now: pinned }: Config,
  { demo, web, tell }: StartOptions,
  opening: (why: string) => void,
): Promise<City> {
  // Whoever has described a city wants that one, not an invented one in its name.
  if (demo && !existsSync(logFile(dataDir)) && !readCity(dataDir)) {
    tell(`The data folder ${dataDir} is empty: building Domograd in it.`)
    opening('the demo city is being built')
    await Promise.all([web && buildIfOlder(), seed(seedArguments(demo, dataDir, pinned))])
  } else if (web) {
    opening('the web app is being built')
    await buildIfOlder()
  }
  const known = readCity(dataDir)
  if (known) return known
  tell(
    `${dataDir} has no city.json: wrote one for a city without a name. Edit it, then run "rebuild".`,
  )
  return ensureCity(dataDir, UNNAMED)
}

function stopOnSignal(logger: Logger, close: () => Promise<void>) {
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    logger.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    try {
      await close()
      logger.info('stopped')
      process.exit(0)
    } catch (cause) {
      logger.error({ where: 'stop', err: cause }, 'fault')
      process.exit(1)
    }
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
}
