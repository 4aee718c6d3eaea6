import type { ChartOption } from '#web/chart/chart.tsx'
import { band, drawn, hatch, stepped } from '#web/chart/shapes.ts'
import { captions } from './survival-captions.ts'
import {
  FROM_S,
  gaps,
  halfOf,
  type Point,
  percent,
  type SurvivalInput,
  TO_S,
  type Vertex,
} from './survival-curves.ts'
import { timeAxes } from './time-axes.ts'

/** A curve as points of the chart, continued to the edge of the axis. */
const points = (curve: readonly Vertex[], column: 1 | 2 | 3): Point[] => {
  const known = curve.flatMap((vertex): Point[] => {
    const share = vertex[column]
    return share === null ? [] : [[Math.log10(vertex[0]), percent(share)]]
  })
  return known
}

/** Share still waiting against time, for an organization and for the city on the same mix. */
export function survivalOption(input: SurvivalInput, width: number): ChartOption {
  const { waiting, palette, format, words, tick } = input
  const { curve, city, stillOpen, norm } = waiting
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
    ...timeAxes({
      palette,
      sparse: width < 420,
      label: (seconds) => {
        const watched = waiting.atRisk.find((place) => place.seconds === seconds)?.n ?? 0
        return `${tick(seconds)}\n{n|${watched === 0 ? '' : format.number(watched)}}`
      },
    }),
    series: [
      ...(waiting.immature > FROM_S && waiting.immature < TO_S
        ? [hatch([Math.log10(waiting.immature), Math.log10(TO_S)], palette.hairline, { z: 1 })]
        : []),
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
            ...(norm.city === null ? [] : [dot(norm.city, palette['volume-3'])]),
            ...(norm.own === null ? [] : [dot(norm.own.survival, palette.ink)]),
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
