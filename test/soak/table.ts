import type { Outcome } from './run.ts'
import type { Sample } from './screen.ts'
import { type Line, lineOf } from './slope.ts'
import { FASTER } from './traffic.ts'

export interface Row {
  what: string
  measured: string
  target: string
  holds: boolean
}

const HOUR = 3_600_000
const MB = 1_000_000
/** Of the soak; before it the browser still compiles and fills its caches. */
const WARM = 0.15
/** A banner comes within so many seconds of silence. */
const BANNER_S = 15

/** The median of a figure in the first and in the last third. */
function flat(values: readonly number[]) {
  const third = Math.max(1, Math.floor(values.length / 3))
  const median = (of: readonly number[]) =>
    of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN
  return { first: median(values.slice(0, third)), last: median(values.slice(-third)) }
}

/** In a shorter soak the engine still compiles what it runs: what grows is not told from what warms up. */
const LONG_MINUTES = 20

/** In the second half no context is lost. What grows by the event is a sixtieth at the ordinary rate, what grows by the hour is not. */
function heapRow(warm: readonly Sample[], minutes: number): Row {
  const lineFrom = (share: number) =>
    lineOf(
      warm
        .filter(({ at }) => at >= share * minutes * 60_000)
        .map(({ at, heap }) => [at / HOUR, heap / MB]),
    )
  const told = ({ slope, error }: Line) => `${slope.toFixed(2)} ± ${error.toFixed(2)} MB/h`
  const calm = lineFrom(0.5)
  return {
    what: 'heap after warm-up',
    measured: `${told(calm)} with events 60 times the ordinary rate (by the event ${(calm.slope / FASTER).toFixed(3)} MB/h at the ordinary one); ${told(lineFrom(0))} with the lost contexts`,
    target: 'at most 0.2 MB/h at the ordinary rate',
    holds: calm.slope / FASTER <= 0.2,
  }
}

/** What the soak found, against what was asked of it. */
export function tableOf(outcome: Outcome): Row[] {
  const { minutes, samples, banners, returns, contexts, looks, bad, restarted, faults } = outcome
  const { events, refused } = outcome
  const warm = samples.filter(({ at }) => at >= WARM * minutes * 60_000)
  const nodes = flat(warm.map(({ nodes }) => nodes))
  const listeners = flat(warm.map(({ listeners }) => listeners))
  const slowest = banners.map(({ seconds }) => seconds ?? Number.POSITIVE_INFINITY)
  const all = Object.values(looks).reduce((sum, count) => sum + count, 0)
  const growth = [
    heapRow(warm, minutes),
    {
      what: 'nodes, first and last third',
      measured: `${nodes.first} and ${nodes.last}`,
      target: 'at most 5 % more',
      holds: nodes.last <= nodes.first * 1.05,
    },
    {
      what: 'listeners, first and last third',
      measured: `${listeners.first} and ${listeners.last}`,
      target: 'at most 5 % more',
      holds: listeners.last <= listeners.first * 1.05,
    },
  ]
  return [
    ...(minutes < LONG_MINUTES ? [] : growth),
    {
      what: 'neither scene nor banner',
      measured: `${bad.length} of ${all} looks${bad.length > 0 ? `: ${bad.slice(0, 3).join('; ')}` : ''}`,
      target: 'none',
      holds: bad.length === 0,
    },
    {
      what: 'from silence to its banner',
      measured: banners
        .map(({ what, seconds }) => `${what} ${seconds?.toFixed(1) ?? 'never'} s`)
        .join(', '),
      target: `at most ${BANNER_S} s`,
      holds: slowest.every((seconds) => seconds <= BANNER_S),
    },
    {
      what: 'from its end to the present',
      measured: returns
        .map(({ what, seconds }) => `${what} ${seconds?.toFixed(1) ?? 'never'} s`)
        .join(', '),
      target: 'by itself',
      holds: returns.every(({ seconds }) => seconds !== null),
    },
    {
      what: 'events that the server took',
      measured: `${events - refused} of ${events}`,
      // While it restarts, and while it is killed, nobody takes them.
      target: 'three quarters at least',
      holds: refused <= events / 4,
    },
    {
      what: 'graphics contexts lost and back',
      measured: `${contexts.lost} and ${contexts.back}`,
      target: 'all',
      holds: contexts.lost === contexts.back && contexts.lost > 0,
    },
    {
      what: 'started while the server is away',
      measured: restarted.look,
      target: 'the kept picture under a banner',
      holds: restarted.look === 'banner' && /\d{2}:\d{2}/.test(restarted.text),
    },
    {
      what: 'faults of the page',
      measured: String(faults.length) + (faults[0] ? `: ${faults[0]}` : ''),
      target: 'none',
      holds: faults.length === 0,
    },
  ]
}
