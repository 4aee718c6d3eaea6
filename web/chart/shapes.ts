import type { CustomSeriesOption } from 'echarts/charts'

type Point = readonly [x: number, y: number]
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>

/** What a custom series is given to draw with: data to pixels, and the frame of its grid. */
interface Pen {
  at(point: Point): [x: number, y: number]
  frame: { x: number; y: number; width: number; height: number }
}

interface DrawingOptions {
  name?: string
  z?: number
  /** Index of the axes, where a chart has several grids. */
  axes?: number
  /** Texts may stand outside the axes. */
  clip?: boolean
}

/**
 * A series drawn by hand over the axes of the chart and, unless told otherwise, clipped to them: bands, ticks and hatches
 * that stacked areas would only imitate. It hears no mouse.
 */
export function drawn(
  draw: (pen: Pen) => object[],
  { name, z = 1, axes = 0, clip = true }: DrawingOptions = {},
): CustomSeriesOption {
  const renderItem: RenderItem = (params, api) => {
    const frame = params.coordSys as unknown as Pen['frame']
    const pen: Pen = {
      at: ([x, y]) => api.coord([x, y]) as [number, number],
      frame: { x: frame.x, y: frame.y, width: frame.width, height: frame.height },
    }
    return { type: 'group', children: draw(pen) } as ReturnType<RenderItem>
  }
  return {
    type: 'custom',
    ...(name !== undefined && { name }),
    z,
    xAxisIndex: axes,
    yAxisIndex: axes,
    clip,
    silent: true,
    data: [[0, 0]],
    renderItem,
  }
}

/** Between two lines given by points of the same places. */
export const band = (
  upper: readonly Point[],
  lower: readonly Point[],
  fill: { fill: string; opacity: number },
  options?: DrawingOptions,
) =>
  drawn(
    ({ at }) => [
      {
        type: 'polygon',
        shape: { points: [...upper.map(at), ...lower.map(at).reverse()] },
        style: fill,
      },
    ],
    options,
  )

/** The corners of a line that keeps each height until the next place. */
export function stepped(points: readonly Point[]): Point[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1]
    return before ? [[point[0], before[1]] as Point, point] : [point]
  })
}

/** 45°, 1 px lines 6 px apart, between two places of the x axis over the whole height. */
export const hatch = (
  [from, to]: readonly [number, number],
  stroke: string,
  options?: DrawingOptions,
) =>
  drawn(({ at, frame }) => {
    const [left, right] = [at([from, 0])[0], at([to, 0])[0]]
    const lines: object[] = []
    for (let x = left - frame.height; x < right; x += 6 * Math.SQRT2) {
      const low = Math.max(0, left - x)
      const high = Math.min(frame.height, right - x)
      if (high <= low) continue
      lines.push({
        type: 'line',
        shape: {
          x1: x + low,
          y1: frame.y + frame.height - low,
          x2: x + high,
          y2: frame.y + frame.height - high,
        },
        style: { stroke, lineWidth: 1 },
      })
    }
    return lines
  }, options)
