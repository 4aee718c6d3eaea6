import type { Answer } from '#web/api.ts'
import type { ChartOption } from '#web/chart/chart.tsx'
import { band, drawn, stepped } from '#web/chart/shapes.ts'
import type { Format } from '#web/lib/format.ts'
import { FONT, type Palette } from '#web/ui/theme.ts'

export type Waiting = Answer['organizations']['waiting']
type Vertex = Waiting['curve'][number]
type Point = [x: number, y: number]

export interface SurvivalWords {
  own: string
  city: string
  norm: string
  ticks: string
}
interface SurvivalInput {
  waiting: Waiting
  palette: Palette
  format: Format
  words: SurvivalWords
  /** A tick of the time axis: 5 мин, 2 ч, 3 сут. */
  tick: (seconds: number) => string
}

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
export const FROM_S = 5 * MINUTE
export const TO_S = 98 * DAY
const TICKS = [5 * MINUTE, HOUR / 2, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 28 * DAY, 98 * DAY]

const percent = (share: number) => share * 100

/** A curve as points of the chart, continued to the edge of the axis. */
const points = (curve: readonly Vertex[], column: 1 | 2 | 3): Point[] => {
  const known = curve.flatMap((vertex): Point[] => {
    const share = vertex[column]
    return share === null ? [] : [[Math.log10(vertex[0]), percent(share)]]
  })
  return known
}

/** Height of a curve at a place: that of the last vertex before it. */
export function heightAt(curve: readonly Vertex[], seconds: number): number {
  let height = 1
  for (const [time, share] of curve) {
    if (time > seconds) break
    height = share
  }
  return height
}

/** Where a curve falls to a half; null where it does not within what was observed. */
const halfOf = (curve: readonly Vertex[]): number | null =>
  curve.find(([, share]) => share <= 0.5)?.[0] ?? null

/** Pieces between the curves, each with whether the organization waits longer in it. */
export function gaps(own: readonly Vertex[], city: readonly Vertex[]) {
  const end = Math.min(own.at(-1)?.[0] ?? 0, city.at(-1)?.[0] ?? 0)
  const times = [...new Set([...own, ...city].map(([time]) => time))]
    .filter((time) => time <= end)
    .sort((a, b) => a - b)
  const pieces: { longer: boolean; upper: Point[]; lower: Point[] }[] = []
  for (const [i, time] of times.entries()) {
    const next = times[i + 1]
    if (next === undefined) break
    const [mine, theirs] = [heightAt(own, time), heightAt(city, time)]
    if (mine === theirs) continue
    const longer = mine > theirs
    const [high, low] = longer ? [mine, theirs] : [theirs, mine]
    let piece = pieces.at(-1)
    if (piece?.longer !== longer) {
      piece = { longer, upper: [], lower: [] }
      pieces.push(piece)
    }
    for (const edge of [time, next]) {
      piece.upper.push([Math.log10(edge), percent(high)])
      piece.lower.push([Math.log10(edge), percent(low)])
    }
  }
  return pieces
}

/** Share still waiting against time, for an organization and for the city on the same mix. */
export function survivalOption(input: SurvivalInput, width: number): ChartOption {
  const { waiting, palette, format, words, tick } = input
  const { curve, city, stillOpen, norm } = waiting
  const ticks = (width < 420 ? TICKS.filter((_, i) => i % 2 === 0) : TICKS).map(Math.log10)
  const axisText = { color: palette['ink-3'], fontSize: 12 }
  const own = points(curve, 1)
  const halves = [
    { time: halfOf(curve), colour: palette.ink },
    { time: halfOf(city.curve), colour: palette['volume-3'] },
  ]
  const line = (data: Point[], colour: string, thickness: number, z: number) => ({
    type: 'line' as const,
    step: 'end' as const,
    data,
    symbol: 'none',
    silent: true,
    clip: true,
    z,
    lineStyle: { color: colour, width: thickness },
  })
  return {
    grid: { left: 32, right: 12, top: 24, bottom: 42 },
    xAxis: {
      type: 'value',
      min: Math.log10(FROM_S),
      max: Math.log10(TO_S),
      axisLine: { onZero: false, lineStyle: { color: palette['ink-3'] } },
      axisTick: {
        show: true,
        length: 4,
        customValues: ticks,
        lineStyle: { color: palette['ink-3'] },
      },
      axisLabel: {
        ...axisText,
        customValues: ticks,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        hideOverlap: true,
        lineHeight: 16,
        formatter: (value: number) => {
          const seconds = Math.round(10 ** value)
          const watched = waiting.atRisk.find((place) => place.seconds === seconds)?.n ?? 0
          return `${tick(seconds)}\n{n|${watched === 0 ? '' : format.number(watched)}}`
        },
        rich: { n: { color: palette['ink-2'], fontSize: 12, lineHeight: 16 } },
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 25,
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      axisLabel: axisText,
      splitLine: { lineStyle: { color: palette.hairline } },
    },
    series: [
      ...gaps(curve, city.curve).map(({ longer, upper, lower }) =>
        band(upper, lower, {
          fill: longer ? palette['worse-1'] : palette['better-1'],
          opacity: 0.45,
        }),
      ),
      band(stepped(points(city.curve, 3)), stepped(points(city.curve, 2)), {
        fill: palette['volume-3'],
        opacity: 0.15,
      }),
      band(stepped(points(curve, 3)), stepped(points(curve, 2)), {
        fill: palette.ink,
        opacity: 0.15,
      }),
      line(points(city.curve, 1), palette['volume-3'], 1.75, 3),
      line(own, palette.ink, 1.75, 4),
      drawn(
        ({ at }) =>
          stillOpen.map(([seconds, share]) => {
            const [x, y] = at([Math.log10(Math.max(seconds, FROM_S)), percent(share)])
            return {
              type: 'line',
              shape: { x1: x, y1: y - 4, x2: x, y2: y + 4 },
              style: { stroke: palette.ink, lineWidth: 1 },
            }
          }),
        { z: 4 },
      ),
      drawn(
        ({ at, frame }) => {
          if (!norm) return []
          const x = at([Math.log10(norm.seconds), 0])[0]
          const dot = (share: number, colour: string) => ({
            type: 'circle',
            shape: { cx: x, cy: at([0, percent(share)])[1], r: 3.5 },
            style: { fill: colour },
          })
          return [
            {
              type: 'line',
              shape: { x1: x, y1: frame.y - 10, x2: x, y2: frame.y + frame.height },
              style: { stroke: palette['ink-2'], lineWidth: 1, lineDash: [2, 3] },
            },
            dot(norm.city, palette['volume-3']),
            dot(norm.own.survival, palette.ink),
          ]
        },
        { z: 5, clip: false },
      ),
      drawn(
        ({ at }) =>
          halves.flatMap(({ time, colour }) =>
            time === null
              ? []
              : [
                  {
                    type: 'circle',
                    shape: {
                      cx: at([Math.log10(Math.max(time, FROM_S)), 50])[0],
                      cy: at([0, 50])[1],
                      r: 3.5,
                    },
                    style: { fill: palette.surface, stroke: colour, lineWidth: 1.5 },
                  },
                ],
          ),
        { z: 6 },
      ),
      captions(input, width, words, format),
    ],
  }
}

const LETTER = 7
const APART = 14

/** Names beside the curves, and the shares at the norm: to the right of the slower curve and to the left of the quicker. */
function captions(
  { waiting, palette }: SurvivalInput,
  width: number,
  words: SurvivalWords,
  format: Format,
) {
  const { curve, city, stillOpen, norm } = waiting
  const longer = heightArea(curve) >= heightArea(city.curve)
  const own = { curve, text: words.own, fill: palette.ink, fontWeight: 600 }
  const other = { curve: city.curve, text: words.city, fill: palette['ink-2'], fontWeight: 400 }
  const [slower, quicker] = longer ? [own, other] : [other, own]
  return drawn(
    ({ at, frame }) => {
      const text = (x: number, y: number, label: string, style: object) => ({
        type: 'text',
        x,
        y,
        style: {
          text: label,
          fontFamily: FONT,
          fontSize: 12,
          lineHeight: 15,
          fill: palette['ink-2'],
          verticalAlign: 'middle',
          stroke: palette.surface,
          lineWidth: 3,
          ...style,
        },
      })
      const leader = (x1: number, x2: number, y: number) => ({
        type: 'line',
        shape: { x1, y1: y, x2, y2: y },
        style: { stroke: palette['ink-3'], lineWidth: 1 },
      })
      const place = (of: readonly Vertex[], share: number) => {
        const time = of.find(([, height]) => height <= share)?.[0] ?? of.at(-1)?.[0] ?? FROM_S
        return at([Math.log10(Math.max(time, FROM_S)), percent(share)])
      }
      const shapes: object[] = []
      const [x, y] = place(slower.curve, 0.72)
      const { curve: _, text: name, ...face } = slower
      shapes.push(text(x + APART, y, name, { ...face, align: 'left' }))
      const { curve: __, text: second, ...look } = quicker
      const long = Math.max(...second.split('\n').map((line) => line.length)) * LETTER
      const [left, middle] = place(quicker.curve, 0.4)
      if (left - APART - long > frame.x)
        shapes.push(text(left - APART, middle, second, { ...look, align: 'right' }))
      else {
        // No room before the curve: behind both, with a line to it.
        const behind = place(slower.curve, 0.4)[0] + 2 * APART
        shapes.push(
          leader(left, behind - 4, middle),
          text(behind, middle, second, { ...look, align: 'left' }),
        )
      }
      if (stillOpen.length > 0 && width >= 340)
        shapes.push(
          text(frame.x + frame.width, at([0, 14])[1], words.ticks, {
            align: 'right',
            verticalAlign: 'bottom',
          }),
        )
      if (norm) {
        const line = at([Math.log10(norm.seconds), 0])[0]
        const right = line < frame.x + frame.width * 0.75
        const above = norm.own.survival >= norm.city
        const side = (toRight: boolean) => ({ align: toRight ? 'left' : 'right' })
        shapes.push(
          text(line + (right ? 6 : -6), frame.y - 12, words.norm, side(right)),
          text(
            line + (right ? 9 : -9),
            at([0, percent(norm.own.survival)])[1] + (above ? -9 : 10),
            format.percent(norm.own.survival),
            { ...side(right), fill: palette.ink, fontWeight: 600 },
          ),
          text(
            line + (right ? -8 : 8),
            at([0, percent(norm.city)])[1] + (above ? 10 : -9),
            format.percent(norm.city),
            side(!right),
          ),
        )
      }
      return shapes
    },
    { z: 7, clip: false },
  )
}

/** Mean height on the logarithmic axis: which curve lies higher. */
function heightArea(curve: readonly Vertex[]): number {
  let area = 0
  for (const [i, [time, share]] of curve.entries()) {
    const next = curve[i + 1]?.[0] ?? TO_S
    area += share * Math.log(Math.max(next, time) / time)
  }
  return area
}
