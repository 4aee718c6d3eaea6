import { ask, type Running } from '../running.ts'
import { type Figure, quantile, spread } from './measure.ts'

const FRAMES = 200
const DAY = 86_400_000
const MINUTE = 60_000
/** Steps through the year that come back to no minute twice. */
const STRIDE = 0.618_033_988_749_895

/** Minutes all over a year, as the map asks for them, and days to play on from, as it asks for those. */
export async function benchReplay(server: Running, requests: string): Promise<Figure[]> {
  const now = server.now || Date.now()
  const scope = { district: [], category: [], organization: [] }
  const timed = async (at: number, to: number) => {
    const startedAt = performance.now()
    await ask(server.url, 'replay.interval', { at, to, ...scope })
    return performance.now() - startedAt
  }
  const minutes = Array.from(
    { length: FRAMES },
    (_, i) => Math.floor((now - (1 + 364 * ((i * STRIDE) % 1)) * DAY) / MINUTE) * MINUTE,
  )
  const frames: number[] = []
  for (const at of minutes) frames.push(await timed(at, at))
  const days: number[] = []
  // Days that begin at minutes which nobody has asked for yet.
  for (const at of minutes.slice(0, FRAMES / 5)) days.push(await timed(at - DAY / 2, at + DAY / 2))
  return [
    {
      what: 'replay: any minute of a year, by both clocks',
      size: `${requests} requests, ${FRAMES} minutes`,
      measured: spread(frames),
      target: 'p95 at most 150 ms',
      holds: quantile(frames, 0.95) <= 150,
    },
    {
      what: 'replay: a day to play, every change of it',
      size: `${requests} requests, ${days.length} days`,
      measured: spread(days),
      target: 'p95 at most 500 ms',
      holds: quantile(days, 0.95) <= 500,
    },
  ]
}
