import { survivalAt } from '#server/stats/curve-reading.ts'
import type { Curve } from '#server/stats/kaplan-meier.ts'
import type { OwnTimes } from './own-times.ts'

/** Seconds, share still waiting, and its band. */
export type Vertex = [seconds: number, survival: number, lower: number | null, upper: number | null]

/** From five minutes to fourteen weeks on a logarithmic axis, where a vertex takes at least this ratio: about 0.8 px. */
export const AXIS_S = { from: 300, to: 98 * 86_400 } as const
const STEP = (AXIS_S.to / AXIS_S.from) ** (1 / 500)
const MOST_TICKS = 160

/** To a hundredth of a percent. */
const visible = <T extends number | null>(share: T) =>
  (share === null ? null : Math.round(share * 10_000) / 10_000) as T

/** What a picture can show of a curve: the height at its left edge, then one vertex for each 0.8 px in which it falls. */
export function thin(curve: Curve): Vertex[] {
  const vertices: Vertex[] = []
  let last: Vertex = [AXIS_S.from, 1, 1, 1]
  const vertexAt = (j: number): Vertex => [
    Math.round(curve.time[j] ?? 0),
    visible(curve.survival[j] ?? 0),
    visible(curve.lower[j] ?? null),
    visible(curve.upper[j] ?? null),
  ]
  let next = AXIS_S.from * STEP
  for (let j = 0; j < curve.time.length; j++) {
    if (!((curve.time[j] ?? 0) > next)) continue
    const vertex = vertexAt(j)
    if (vertices.length === 0) {
      const [, ...before] = j > 0 ? vertexAt(j - 1) : last
      vertices.push([AXIS_S.from, ...before])
    }
    vertices.push(vertex)
    next = vertex[0] * STEP
  }
  if (curve.time.length > 0) last = vertexAt(curve.time.length - 1)
  if (vertices.length === 0) vertices.push([AXIS_S.from, last[1], last[2], last[3]])
  if (vertices.at(-1)?.[0] !== last[0] && last[0] > AXIS_S.from) vertices.push(last)
  return vertices
}

/** Where somebody still waits; of ticks that would touch one is drawn. */
export function openTicks(
  curve: Curve,
  times: Pick<OwnTimes, 'time' | 'open'>,
): [seconds: number, survival: number][] {
  const ratio = (AXIS_S.to / AXIS_S.from) ** (1 / MOST_TICKS)
  const ticks: [number, number][] = []
  for (let at = 0; at < times.time.length; at++) {
    const time = times.time[at] ?? 0
    if (!times.open[at] || time < (ticks.at(-1)?.[0] ?? 0) * ratio) continue
    ticks.push([Math.round(time), visible(survivalAt(curve, time).survival)])
  }
  return ticks
}
