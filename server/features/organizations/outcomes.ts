import { OUTCOMES, SPELL_ENDS, type SpellEnd } from '#server/contract/vocabulary.ts'
import { aalenJohansen, type CompetingCurves, incidenceAt } from '#server/stats/aalen-johansen.ts'
import { binOf, secondsOf } from '#server/stats/log-bins.ts'
import type { Context } from '#server/trpc.ts'
import { type Asked, has, leastWatched, maskOf, type Own, ownOf } from './own.ts'
import { AXIS_S } from './thin.ts'

const SOUND = maskOf('sound')
const DAY = 86_400
/** Where the shares are told, in seconds. */
const AT = [DAY, 3 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 98 * DAY]
type Ending = Exclude<SpellEnd, 'open'>
const ENDINGS = SPELL_ENDS.filter((end): end is Ending => end !== 'open')
const TRANSFERRED = ENDINGS.indexOf('transferred')
/** By position in OUTCOMES: a request that is open has not ended, and one that ended in no known way was closed. */
const ENDING_OF = OUTCOMES.map((word) => ENDINGS.indexOf(word === 'open' ? 'closed' : word))

/** How requests end, as competing outcomes: each request is at one time open or in exactly one of them. */
export async function outcomesOf(context: Context, asked: Asked) {
  const own = await ownOf(context, asked)
  const { tallies, counts, n, open } = endingsOf(own)
  const known = ENDINGS.map((_, kind) => kind).filter((kind) => (counts[kind] ?? 0) > 0)
  const curves = aalenJohansen(tallies, ENDINGS.length)
  return {
    n,
    open,
    period: own.period,
    /** Those that happened, in the order of the vocabulary, with how many ended so and the share by each of the times. */
    endings: known.map((kind) => ({
      ending: ENDINGS[kind] ?? 'closed',
      count: counts[kind] ?? 0,
      shares: AT.map((seconds) => incidenceAt(curves, kind, seconds)),
    })),
    at: AT,
    curve: thinned(curves, known),
    /** From here on not all of them have been watched so long: the youngest were registered later. */
    immature: leastWatched(own, context.city.zone),
  }
}

function endingsOf({ columns, count, until }: Own) {
  const tallies = new Map<number, { time: number; outcomes: number[]; censored: number }>()
  const counts = Array<number>(ENDINGS.length).fill(0)
  let n = 0
  let open = 0
  const { registered, closed, transferred, outcome, bits } = columns
  for (let i = 0; i < count; i++) {
    if (!has(bits[i], SOUND)) continue
    n++
    const start = registered[i] ?? 0
    const left = transferred[i] ?? Number.NaN
    const end = closed[i] ?? Number.NaN
    const moved = !Number.isNaN(left) && !(end < left)
    const ended = moved ? left : end
    const still = Number.isNaN(ended)
    const bin = binOf(((still ? until : ended) - start) / 1000)
    const known = tallies.get(bin)
    const tally = known ?? {
      time: secondsOf(bin),
      outcomes: Array<number>(ENDINGS.length).fill(0),
      censored: 0,
    }
    if (!known) tallies.set(bin, tally)
    if (still) {
      tally.censored++
      open++
    } else {
      const kind = moved ? TRANSFERRED : (ENDING_OF[outcome[i] ?? 0] ?? ENDING_OF[0] ?? 0)
      tally.outcomes[kind] = (tally.outcomes[kind] ?? 0) + 1
      counts[kind] = (counts[kind] ?? 0) + 1
    }
  }
  return { tallies: tallies.values(), counts, n, open }
}

const STEP = (AXIS_S.to / AXIS_S.from) ** (1 / 240)

/** What a picture can show: of each kind its share at one vertex for every 2 px. */
function thinned({ time, incidence }: CompetingCurves, kinds: readonly number[]) {
  const vertices: [seconds: number, ...shares: number[]][] = []
  for (const [j, seconds] of time.entries()) {
    const vertex: [number, ...number[]] = [
      Math.round(seconds),
      ...kinds.map((kind) => Math.round((incidence[kind]?.[j] ?? 0) * 10_000) / 10_000),
    ]
    const before = vertices.at(-1)
    if (before && seconds < before[0] * STEP)
      vertices[vertices.length - 1] = [before[0], ...vertex.slice(1)]
    else vertices.push(vertex)
  }
  return vertices
}
