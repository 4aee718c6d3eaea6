import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ingest, type Running } from '../running.ts'
import { type Figure, ms, quantile } from './measure.ts'

interface Heard {
  frames: number
  disordered: number
  opened: number
  ended: number
  open: number
  newest: number
  waits: number[]
}

const CROWD = fileURLToPath(new URL('./screen-crowd.ts', import.meta.url))

/** So many open screens, one change a second for so long: how late a frame reaches them, and what a screen costs the server. */
export async function benchScreens(
  server: Running,
  { screens, seconds, p99 }: { screens: number; seconds: number; p99: number },
): Promise<Figure[]> {
  const port = new URL(server.url).port
  const before = resident(server.pid)
  const crowd = fork(CROWD, [port, String(screens), String(screens * 2)])
  let heard: Heard | undefined
  const waits: number[] = []
  let counting = false
  crowd.on('message', (message: Heard) => {
    heard = message
    if (counting) for (const wait of message.waits) waits.push(wait)
  })
  try {
    while ((heard?.opened ?? 0) < screens) await pause(500)
    await pause(2000)
    const opened = resident(server.pid)
    counting = true
    const framesBefore = heard?.frames ?? 0
    for (let second = 0; second < seconds; second++) {
      const began = performance.now()
      await ingest(server.url, [
        {
          type: 'request.registered',
          id: `bench-screens:${server.pid}:${screens}:${second}`,
          source: 'bench',
          occurredAt: Date.now(),
          request: `bench-screens-${server.pid}-${screens}-${second}`,
        },
      ])
      await pause(Math.max(0, 1000 - (performance.now() - began)))
    }
    await pause(3000)
    const delivered = (heard?.frames ?? 0) - framesBefore
    const size = `${screens} screens, ${seconds} s`
    const each = ((opened - before) * 1024) / screens
    return [
      {
        what: 'a frame reaches every screen',
        size,
        measured: `p50 ${ms(quantile(waits, 0.5))}, p99 ${ms(quantile(waits, 0.99))}; ${delivered} frames, ${heard?.disordered} out of order or missing, ${heard?.ended} cut off`,
        target: `p99 at most ${p99} ms, none missing`,
        holds:
          quantile(waits, 0.99) <= p99 &&
          heard?.disordered === 0 &&
          heard.ended === 0 &&
          delivered >= screens * seconds,
      },
      {
        what: 'memory of the server for a screen',
        size,
        measured: `${each.toFixed(1)} kB`,
        target: 'at most 60 kB',
        holds: each <= 60,
      },
    ]
  } finally {
    crowd.kill()
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Megabytes. */
const resident = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
