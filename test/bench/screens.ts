import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ingest, type Running, startServer } from '../running.ts'
import { type Figure, ms, quantile } from './measure.ts'
import type { Heard } from './screen-crowd.ts'

const CROWD = fileURLToPath(new URL('./screen-crowd.ts', import.meta.url))
const BACK_MS = 30_000
const STALLED_MB = 64

/** So many open screens, one change a second for so long; a screen that stalls among them; the server stops and comes back. */
export async function* benchScreens(folder: string, seconds?: number): AsyncGenerator<Figure> {
  yield* crowded(folder, { screens: 5000, seconds: seconds ?? 600, p99: 500, restart: true })
  yield* crowded(folder, { screens: 10_000, seconds: seconds ?? 120, p99: 1000, restart: false })
}

async function* crowded(
  folder: string,
  {
    screens,
    seconds,
    p99,
    restart,
  }: Record<'screens' | 'seconds' | 'p99', number> & { restart: boolean },
): AsyncGenerator<Figure> {
  let server = await startServer(folder, 0)
  const before = resident(server)
  const port = new URL(server.url).port
  const child = fork(CROWD, [port, String(screens), String(screens * 2)])
  const crowd = listenTo(child)
  try {
    await crowd.until(({ opened }) => opened >= screens)
    await pause(2000)
    const each = ((resident(server) - before) * 1024) / screens
    yield {
      what: 'memory of the server for a screen',
      size: `${screens} screens`,
      measured: `${each.toFixed(1)} kB`,
      target: 'at most 60 kB',
      holds: each <= 60,
    }
    const begun = crowd.now()
    crowd.waits.length = 0
    const kept = [server.pid, child.pid ?? 0].map(keptWaiting)
    for (let second = 0; second < seconds; second++) await happen(server, second)
    await pause(2000)
    await crowd.until(({ current }) => current === screens, 10_000)
    const { frames, gaps, doubles, newest, ...heard } = crowd.now()
    const ended = heard.ended - begun.ended
    const told = newest - begun.newest
    const [served = 0, listened = 0] = [server.pid, child.pid ?? 0].map(
      (pid, i) => (keptWaiting(pid) - (kept[i] ?? 0)) / Math.max(1, told),
    )
    yield {
      what: 'a frame reaches every screen',
      size: `${screens} screens, ${seconds} s`,
      measured: `p50 ${ms(quantile(crowd.waits, 0.5))}, p99 ${ms(quantile(crowd.waits, 0.99))}, worst ${ms(quantile(crowd.waits, 1))}; ${told} frames, ${told * screens - (frames - begun.frames) + gaps} missing, ${doubles} twice, ${ended} cut off; a frame was kept waiting for a processor ${ms(served)} in the server and ${ms(listened)} in the screens; load ${load()}`,
      target: `p99 at most ${p99} ms, none missing`,
      holds:
        quantile(crowd.waits, 0.99) <= p99 &&
        gaps + doubles + ended === 0 &&
        frames - begun.frames === told * screens,
    }
    if (!restart) return
    yield await stalled(server)
    const { opened } = crowd.now()
    const stoppedAt = performance.now()
    await server.stop()
    const away = performance.now() - stoppedAt
    server = await startServer(folder, 0, Number(port))
    const ready = performance.now() - stoppedAt
    await crowd.until((heard) => heard.opened >= opened + screens, 2 * BACK_MS)
    const back = performance.now() - stoppedAt
    for (let second = 0; second < 5; second++) await happen(server, seconds + second)
    await crowd.until(({ current }) => current === screens, 5000)
    const after = crowd.now()
    yield {
      what: 'all are back after a restart',
      size: `${screens} screens`,
      measured: `${(back / 1000).toFixed(1)} s (stopped after ${(away / 1000).toFixed(1)}, ready after ${(ready / 1000).toFixed(1)}); ${after.opened - opened} back, ${after.current} up to date, ${after.gaps - gaps} missing, ${after.doubles - doubles} twice; load ${load()}`,
      target: 'at most 30 s, nothing missing, nothing twice',
      holds:
        back <= BACK_MS &&
        after.opened === opened + screens &&
        after.current === screens &&
        after.gaps + after.doubles === 0,
    }
  } finally {
    child.kill()
    await server.stop()
  }
}

/** A screen that stops reading while much happens: what it costs, and how long until it is let go. */
async function stalled(server: Running): Promise<Figure> {
  await ingest(server.url, house)
  const topics = TOPICS.map((topic) => `topic=${topic}&`).join('')
  const answer = await new Promise<{ destroy(): void }>((resolve) => {
    const request = get(`${server.url}/live?${topics}pad=1`, (incoming) => {
      incoming.pause()
      resolve(request)
    })
    request.on('error', () => {})
  })
  const before = await measures(server)
  let least = 0
  let most = 0
  let lateAt: number | null = null
  let droppedAt: number | null = null
  for (let step = 0; step < 400 && droppedAt === null; step++) {
    await ingest(
      server.url,
      Array.from({ length: 40 }, (_, i) => ({
        ...change(server, `stall-${step}-${i}`),
        building: 'bench-house',
      })),
    )
    const { late, dropped } = await measures(server)
    if (late > before.late && lateAt === null) {
      lateAt = performance.now()
      least = resident(server)
    }
    if (dropped > before.dropped) droppedAt = performance.now()
    if (lateAt !== null) most = Math.max(most, resident(server) - least)
    await pause(250)
  }
  answer.destroy()
  const took = lateAt === null || droppedAt === null ? Number.NaN : droppedAt - lateAt
  return {
    what: 'a screen that stopped reading is let go',
    size: 'among the others, forty events twice a second',
    measured: Number.isNaN(took)
      ? `not seen: ${lateAt === null ? 'its buffers were never full' : 'it was not let go'}`
      : `${(took / 1000).toFixed(1)} s after its buffers were full; the server grew by ${Math.round(most)} MB meanwhile; load ${load()}`,
    target: `at most 30 s, ${STALLED_MB} MB`,
    holds: took <= 30_000 && most <= STALLED_MB,
  }
}

/** Where all of it happens: each message of the screen that stalls tells it four times, so that it has soon much to take. */
const TOPICS = ['city', 'district:bench-d', 'organization:bench-o', 'building:bench-house']
const told = (type: string, body: object) => ({
  ...{ type, id: `bench-screens:${type}`, source: 'bench', occurredAt: Date.UTC(2026, 0, 1) },
  ...body,
})
const house = [
  told('district.registered', { district: 'bench-d', name: { ru: 'Стенд' } }),
  told('organization.registered', { organization: 'bench-o', name: 'Стенд' }),
  told('building.registered', {
    ...{ building: 'bench-house', address: { ru: 'Стенд, 1' }, district: 'bench-d' },
  }),
  told('tenure.changed', { building: 'bench-house', organization: 'bench-o' }),
]

function listenTo(child: ReturnType<typeof fork>) {
  let heard: Heard = {
    ...{ frames: 0, gaps: 0, doubles: 0, opened: 0, resets: 0, ended: 0 },
    ...{ newest: -1, current: 0, waits: [] },
  }
  const waits: number[] = []
  child.on('message', (message: Heard) => {
    heard = message
    for (const [wait, frames] of message.waits) for (let i = 0; i < frames; i++) waits.push(wait)
  })
  return {
    waits,
    now: () => heard,
    /** Until it is so, or so long. */
    async until(so: (heard: Heard) => boolean, withinMs = 120_000) {
      const end = performance.now() + withinMs
      while (!so(heard) && performance.now() < end) await once(child, 'message')
    },
  }
}

const change = (server: Running, name: string) => ({
  type: 'request.registered',
  id: `bench-screens:${server.pid}:${name}`,
  source: 'bench',
  occurredAt: Date.now(),
  request: `bench-screens-${server.pid}-${name}`,
})

/** One change, and the rest of its second. */
async function happen(server: Running, second: number) {
  const began = performance.now()
  await ingest(server.url, [change(server, String(second))])
  await pause(Math.max(0, 1000 - (performance.now() - began)))
}

async function measures(server: Running) {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const value = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0)
  return { late: value('domovoi_live_late'), dropped: value('domovoi_live_dropped_total') }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const load = () => loadavg()[0]?.toFixed(1)

/** Milliseconds in which a process could have run and had no processor: what the rest of the machine took from it. */
const keptWaiting = (pid: number) =>
  Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1] ?? 0) / 1e6

/** Megabytes. */
const resident = ({ pid }: Running) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
