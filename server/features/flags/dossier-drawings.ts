import { dispersedLimit, poissonLimit } from '#server/stats/funnel.ts'
import { normalCdf, Z999 } from '#server/stats/normal.ts'
import type { DossierFacts, Happened, Ratio } from './dossier-facts.ts'
import type { Drawing, Ink, Mark } from './dossier-model.ts'

type Number = (value: number, digits: number) => string

/** Coordinates are written to a hundredth, so that the same facts give the same text. */
const hundredth = (value: number) => Math.round(value * 100) / 100
const at = (value: number) => String(hundredth(value))
const line = (points: readonly (readonly [x: number, y: number])[]) =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('')
const drawing = (width: number, height: number, marks: Mark[], label: string): Drawing => ({
  kind: 'drawing',
  width,
  height,
  marks: marks.map((mark) =>
    'text' in mark ? { ...mark, x: hundredth(mark.x), y: hundredth(mark.y) } : mark,
  ),
  label,
})
const square = (x: number, y: number, side: number) =>
  `M${at(x - side / 2)} ${at(y - side / 2)}h${side}v${side}h${-side}Z`
const dot = (x: number, y: number, r: number) =>
  `M${at(x - r)} ${at(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`

/** The point of a level keeps its shape: square, triangle, diamond, else a dot. */
function point(level: DossierFacts['level'], x: number, y: number): Mark {
  switch (level) {
    case 'inspect':
      return { path: square(x, y, 9), fill: 'inspect' }
    case 'watch':
      return {
        path: `M${at(x)} ${at(y - 5.5)}L${at(x + 5.8)} ${at(y + 4.8)}H${at(x - 5.8)}Z`,
        fill: 'surface',
        stroke: 'watch',
        width: 1.5,
      }
    case 'good':
      return { path: `M${at(x)} ${at(y - 6)}l6 6l-6 6l-6 -6Z`, fill: 'good' }
    case 'insufficient':
      return { path: dot(x, y, 4), fill: 'surface', stroke: 'volume4', dash: '2 2', width: 1 }
    case 'none':
      return { path: dot(x, y, 4), fill: 'ink' }
  }
}
const inkOf = (level: DossierFacts['level']): Ink =>
  level === 'inspect' || level === 'good' ? level : 'ink'

const FUNNEL = { width: 344, height: 206, left: 28, right: 342, top: 6, bottom: 186 }
const STEPS = 96
/** Least distance between two figures of the axis. */
const APART = 34
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]

/** Where it lies among those it is compared with: ratio over expected, log scale, both funnels at 99.8 %. */
export function funnelDrawing(facts: DossierFacts, number: Number, label: string): Drawing {
  const { width, height, left, right, top, bottom } = FUNNEL
  const { points, tau2 } = facts.peers
  const own = facts.figures
  const all = [...points.map(({ expected }) => expected), own.expected]
  const low = Math.max(1, Math.min(4, ...all))
  const high = Math.max(20, ...all) * 1.3
  const most = Math.max(2.25, Math.min(4, own.ratio * 1.1))
  const x = (expected: number) =>
    left + (Math.log(Math.max(low, expected) / low) / Math.log(high / low)) * (right - left)
  const y = (ratio: number) => bottom - (Math.min(most, ratio) / most) * (bottom - top)

  const p = normalCdf(-Z999)
  const volumes = Array.from({ length: STEPS + 1 }, (_, i) => low * (high / low) ** (i / STEPS))
  const side = (sign: 1 | -1) =>
    volumes.map((expected) => {
      const chance = Math.max(0, poissonLimit(expected, sign === 1 ? 1 - p : p))
      const outer = dispersedLimit(expected, tau2, sign * Z999)
      return {
        x: x(expected),
        chance: y(chance),
        outer: y(sign === 1 ? Math.max(chance, outer) : Math.min(chance, outer)),
      }
    })
  const [upper, lower] = [side(1), side(-1)]
  const chanceOf = (limits: typeof upper) => limits.map((l) => [l.x, l.chance] as const)
  const outerOf = (limits: typeof upper) => limits.map((l) => [l.x, l.outer] as const)
  const marks: Mark[] = [
    {
      path: `${line([...chanceOf(upper), ...chanceOf(lower).toReversed()])}Z`,
      fill: 'volume3',
      opacity: 0.2,
    },
  ]
  for (let ratio = 0; ratio <= most; ratio += 0.5) {
    if (ratio !== 1)
      marks.push({ path: `M${left} ${at(y(ratio))}H${right}`, stroke: 'hairline', width: 1 })
    marks.push({
      ...{ text: number(ratio, 1), x: left - 6, y: y(ratio) + 4 },
      ...{ anchor: 'end', size: 11, ink: 'ink3' },
    })
  }
  let last = Number.NEGATIVE_INFINITY
  for (const tick of TICKS.filter((tick) => tick >= low && x(tick) < right - 12)) {
    if (x(tick) - last < APART) continue
    last = x(tick)
    marks.push({
      ...{ text: number(tick, 0), x: x(tick), y: bottom + 16 },
      ...{ anchor: 'middle', size: 11, ink: 'ink3' },
    })
  }
  for (const limits of [upper, lower])
    marks.push(
      { path: line(chanceOf(limits)), stroke: 'volume4', width: 1 },
      { path: line(outerOf(limits)), stroke: 'volume4', width: 1, dash: '5 4' },
    )
  marks.push({ path: `M${left} ${at(y(1))}H${right}`, stroke: 'ink', width: 1.25 })
  for (const other of points)
    marks.push({ path: dot(x(other.expected), y(other.ratio), 2.5), fill: 'volume3' })
  const [ownX, ownY] = [x(own.expected), y(own.ratio)]
  marks.push(point(facts.level, ownX, ownY), {
    ...{ text: number(own.ratio, 2), x: ownX, y: ownY < top + 20 ? ownY + 20 : ownY - 9 },
    anchor: ownX > right - 24 ? 'end' : ownX < left + 24 ? 'start' : 'middle',
    ...{ size: 12, strong: true, ink: inkOf(facts.level) },
  })
  return drawing(width, height, marks, label)
}

const BARS = { width: 344, row: 28, left: 60, right: 250 }

/** Quarter by quarter: the bar is what happened, the line its interval, the tick what was expected. */
export function quartersDrawing(
  quarters: readonly (Happened & { name: string; least: number; most: number })[],
  number: Number,
  label: string,
): Drawing {
  const { width, row, left, right } = BARS
  const end = Math.max(
    1,
    ...quarters.map(({ observed, expected, most }) =>
      Math.max(observed, expected, Number.isFinite(most) ? most : 0),
    ),
  )
  const x = (value: number) => left + (Math.min(value, end) / end) * (right - left)
  const marks = quarters.flatMap(({ name, observed, expected, least, most }, i): Mark[] => {
    const middle = i * row + row / 2
    return [
      { text: name, x: 0, y: middle + 4, size: 12, ink: 'ink' },
      {
        path: `M${left} ${middle - 7}H${at(x(observed))}V${middle + 7}H${left}Z`,
        fill: 'volume2',
      },
      {
        path: `M${at(x(least))} ${middle}H${at(x(most))}`,
        stroke: 'volume4',
        width: 1.25,
      },
      {
        path: `M${at(x(expected))} ${middle - 11}V${middle + 11}`,
        stroke: 'ink',
        width: 2,
      },
      {
        ...{ text: `${number(observed, 0)} / ${number(expected, 1)}`, x: width, y: middle + 4 },
        ...{ anchor: 'end', size: 12, ink: 'ink' },
      },
    ]
  })
  return drawing(width, quarters.length * row, marks, label)
}

const RATIOS = { width: 344, row: 26, left: 186, right: 300 }

/** The same question asked otherwise, each answer with its interval on one axis. */
export function ratiosDrawing(
  ratios: readonly (Ratio & { name: string })[],
  { level, excess }: { level: DossierFacts['level']; excess: number },
  number: Number,
  label: string,
): Drawing {
  const { width, row, left, right } = RATIOS
  const low = Math.min(0.9, ...ratios.map(({ lower }) => lower))
  const high = Math.max(1.3, ...ratios.map(({ upper }) => upper))
  const x = (ratio: number) => left + ((ratio - low) / (high - low)) * (right - left)
  const height = ratios.length * row
  const marks: Mark[] = [
    { path: `M${at(x(1))} 2V${height}`, stroke: 'ink', width: 1.25 },
    { path: `M${at(x(excess))} 2V${height}`, stroke: 'hairline', width: 1 },
    { text: '1', x: x(1), y: height + 14, anchor: 'middle', size: 11, ink: 'ink3' },
  ]
  if (x(excess) - x(1) > 16)
    marks.push({
      ...{ text: number(excess, 1), x: x(excess), y: height + 14 },
      ...{ anchor: 'middle', size: 11, ink: 'ink3' },
    })
  for (const [i, { name, ratio, lower, upper }] of ratios.entries()) {
    const middle = i * row + row / 2
    marks.push(
      { text: clipped(name), x: 0, y: middle + 4, size: 12, ink: 'ink' },
      { path: `M${at(x(lower))} ${middle}H${at(x(upper))}`, stroke: 'volume4', width: 1.5 },
      i === 0 ? point(level, x(ratio), middle) : { path: dot(x(ratio), middle, 3.5), fill: 'ink' },
      {
        ...{ text: number(ratio, 2), x: width, y: middle + 4 },
        ...{ anchor: 'end', size: 12, strong: true, ink: 'ink' },
      },
    )
  }
  return drawing(width, height + 18, marks, label)
}

/** As much of a name as stands before the axis; the table beside it has it whole. */
const LONGEST = 27
const clipped = (name: string) =>
  name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name
