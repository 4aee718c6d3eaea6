import type { Outcome } from './run.ts'
import { lineOf } from './slope.ts'

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

/** The least and most of a figure in the first and in the last third. */
function flat(values: readonly number[]) {
  const third = Math.max(1, Math.floor(values.length / 3))
  const median = (of: readonly number[]) =>
    of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN
  return { first: median(values.slice(0, third)), last: median(values.slice(-third)) }
}

/** What the soak found, against what was asked of it. */
export function tableOf(outcome: Outcome): Row[] {
  const { minutes, samples, banners, returns, contexts, looks, bad, restarted, faults } = outcome
  const warm = samples.filter(({ at }) => at >= WARM * minutes * 60_000)
  const heap = lineOf(warm.map(({ at, heap }) => [at / HOUR, heap / MB]))
  const nodes = flat(warm.map(({ nodes }) => nodes))
  const listeners = flat(warm.map(({ listeners }) => listeners))
  const slowest = banners.map(({ seconds }) => seconds ?? Number.POSITIVE_INFINITY)
  const all = Object.values(looks).reduce((sum, count) => sum + count, 0)
  return [
    {
      what: 'heap after warm-up, events 60 times the ordinary rate',
      measured: `${heap.slope.toFixed(3)} ± ${heap.error.toFixed(3)} MB/h from ${warm.length} samples`,
      target: 'at most 0.2 MB/h',
      // The standard error of a few minutes is larger than the bound: they can only refute it.
      holds: heap.slope - 2 * heap.error <= 0.2,
    },
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
