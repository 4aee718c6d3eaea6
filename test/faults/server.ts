import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NOW } from './city.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const KEY = 'a-key-of-the-faults-only'
const PATIENCE_MS = 60_000

export interface FaultyServer {
  url: string
  pid: number
  kill(signal: NodeJS.Signals): Promise<void>
  alive(): boolean
}

export interface Starting {
  child: ChildProcess
  /** Resolves with the milliseconds from the start to readiness; rejects when the process ends before. */
  ready: Promise<FaultyServer & { readyMs: number }>
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Starts the product on a free port, without its web app. */
export function startServer(dataDir: string): Starting {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['server/cli.ts', 'serve', '--no-web'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DOMOVOI_DATA: dataDir,
      DOMOVOI_KEY: KEY,
      DOMOVOI_NOW: new Date(NOW).toISOString(),
      PORT: '0',
      HOST: '127.0.0.1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2000)
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const alive = () => child.exitCode === null && child.signalCode === null
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  const ready = (async () => {
    const until = startedAt + PATIENCE_MS
    while (performance.now() < until) {
      if (!alive()) throw new Error(`the server ended before it was ready: ${said}`)
      const url = urlOf(dataDir, child.pid ?? 0)
      const answer = url ? await fetch(`${url}/readyz`).catch(() => undefined) : undefined
      if (url && answer?.ok)
        return { url, pid: child.pid ?? 0, kill, alive, readyMs: performance.now() - startedAt }
      await pause(10)
    }
    await kill('SIGKILL')
    throw new Error(`the server was not ready in ${PATIENCE_MS} ms: ${said}`)
  })()
  ready.catch(() => {})
  return { child, ready }
}

/** Where the process listens, as its lock file says; undefined while it is another's or none. */
function urlOf(dataDir: string, pid: number): string | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(dataDir, 'lock.json'), 'utf8'))
    return holder.pid === pid ? holder.url : undefined
  } catch {
    return undefined
  }
}

/** One thing from the server, asked until it is told; a house that heals itself may need a moment. */
export async function tellIn(
  url: string,
  path: string,
  patienceMs = 30_000,
): Promise<{ text: string; waitedMs: number }> {
  const startedAt = performance.now()
  let last = ''
  while (performance.now() - startedAt < patienceMs) {
    try {
      const answer = await fetch(`${url}${path}`)
      const text = await answer.text()
      if (answer.ok) return { text, waitedMs: performance.now() - startedAt }
      last = `${answer.status} ${text.slice(0, 300)}`
    } catch (cause) {
      last = String(cause)
    }
    await pause(50)
  }
  throw new Error(`${path} was not told in ${patienceMs} ms: ${last}`)
}
