import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../', import.meta.url))
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
/** What `npm start` gives to Node. */
const START: string[] = scripts.start.split(' ').slice(1)
export const KEY = 'a-key-for-measurements-only'

export interface Running {
  url: string
  /** The clock it was started with, UTC epoch milliseconds; 0 = the real one. */
  now: number
  pid: number
  /** Megabytes resident now and at most. */
  memory(): { now: number; most: number }
  /** That it has worked since its start. */
  processorSeconds(): number
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Of a second, in which Linux counts the work of a process. */
const TICKS = 100

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Starts the product as a user would, on a free port, its clock pinned unless `now` is 0, and resolves when it is ready to answer. */
export async function startServer(
  dataDir: string,
  now: number,
  wantedPort?: number,
): Promise<Running> {
  const port = wantedPort ?? (await freePort())
  const child = spawn(process.execPath, START, {
    cwd: ROOT,
    env: {
      ...process.env,
      DOMOVOI_DATA: dataDir,
      PORT: String(port),
      DOMOVOI_KEY: KEY,
      DOMOVOI_DEMO: 'off',
      ...(now && { DOMOVOI_NOW: new Date(now).toISOString() }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-2000)
  })
  const url = `http://127.0.0.1:${port}`
  await ready(url, child, () => errors)
  const pid = child.pid ?? 0
  return {
    url,
    now,
    pid,
    memory() {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      const kilobytes = (name: string) =>
        Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
      return {
        now: Math.round(kilobytes('VmRSS') / 1024),
        most: Math.round(kilobytes('VmHWM') / 1024),
      }
    },
    processorSeconds() {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14)
      return (Number(user) + Number(system)) / TICKS
    },
    stop: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill(signal)
      }),
  }
}

async function ready(url: string, child: ChildProcess, errors: () => string) {
  for (let tries = 0; tries < 6000; tries += 1) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}: ${errors()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`the server at ${url} was not ready in two minutes`)
}

/** One tRPC query over HTTP, as the page asks it. */
export async function ask(url: string, procedure: string, input?: unknown): Promise<unknown> {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const answer = await fetch(`${url}/trpc/${procedure}${query}`)
  const body = (await answer.json()) as { result?: { data: unknown }; error?: { message: string } }
  if (!answer.ok || !body.result)
    throw new Error(`${procedure}: ${answer.status} ${body.error?.message ?? ''}`)
  return body.result.data
}

export async function ingest(url: string, events: readonly unknown[]) {
  const answer = await fetch(`${url}/ingest/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${KEY}` },
    body: events.map((event) => JSON.stringify(event)).join('\n'),
  })
  if (!answer.ok) throw new Error(`ingest: ${answer.status} ${await answer.text()}`)
  return answer.json() as Promise<{ lastSeq: number }>
}
