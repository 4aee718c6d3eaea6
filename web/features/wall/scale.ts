type Band = readonly [low: number, high: number]

/** Ends of a gauge: the band and the value with room on both sides; counts do not go below zero. */
export function gaugeDomain(value: number, usual: Band | null): Band {
  const low = Math.min(value, usual?.[0] ?? value)
  const high = Math.max(value, usual?.[1] ?? value)
  const room = Math.max((high - low) * 0.45, high * 0.04, 1)
  return [Math.max(0, low - room), high + room]
}

/** On which side of its band a count stands. The band is taken as it is printed; a single request is never too many. */
export function sideOf(value: number, usual: Band | null): 'below' | 'within' | 'above' {
  if (!usual) return 'within'
  const [low, high] = printed(usual)
  return value < low ? 'below' : value > Math.max(high, 1) ? 'above' : 'within'
}

/** A band of counts is printed in whole requests, as the overview prints it. */
export const printed = ([low, high]: Band): Band => [Math.round(low), Math.round(high)]

/** The top of an axis from zero, and its one grid line: a round number at about half. */
export function axisOf(most: number): { top: number; line: number } {
  const top = Math.max(most * 1.08, 4)
  const power = 10 ** Math.floor(Math.log10(top / 2))
  const line = [5, 2, 1].map((step) => step * power).find((value) => value <= top * 0.62) ?? power
  return { top, line }
}

/** Sizes of figures so that `digits` of them fit into a width: a city of five digits is told smaller, never cut. */
export function figureSize(text: string, largest: number, width: number): number {
  // Measured of Golos Text 600: a digit is 0.63 of the size wide, a thin space a fifth.
  const digits = text.replaceAll(/\D/g, '').length
  const wide = digits * 0.63 + (text.length - digits) * 0.2
  return Math.min(largest, Math.floor(width / Math.max(wide, 0.63)))
}

/** Left ends of columns whose contents are so wide, spread evenly; what is too wide together keeps `gap` and runs out on the right. */
export function columnsOf(
  widths: readonly number[],
  from: number,
  to: number,
  gap: number,
): number[] {
  const free = to - from - widths.reduce((sum, width) => sum + width, 0)
  const between = Math.max(gap, free / Math.max(1, widths.length - 1))
  let x = from
  return widths.map((width) => {
    const at = x
    x += width + between
    return at
  })
}

/** Width of a text of Golos, about: a letter is 0.6 of its size, a small Latin one 0.55, a digit 0.63, a space a quarter. */
export const textWidth = (text: string, size: number) =>
  [...text].reduce((sum, sign) => sum + size * widthOf(sign), 0)

const widthOf = (sign: string) =>
  /\d/.test(sign) ? 0.63 : /[\s.,:;]/.test(sign) ? 0.26 : /[a-z]/.test(sign) ? 0.55 : 0.6

export interface RatioAxis {
  from: number
  to: number
  ticks: readonly number[]
}
const AXES: readonly [RatioAxis, ...RatioAxis[]] = [
  { from: 0.42, to: 2.1, ticks: [0.5, 0.7, 1, 1.4, 2] },
  { from: 0.22, to: 4.5, ticks: [0.25, 0.5, 1, 2, 4] },
  { from: 0.09, to: 11, ticks: [0.1, 0.3, 1, 3, 10] },
]

/** The narrowest axis that holds all ratios; what is beyond the widest is drawn as an arrow at its end. */
export const ratioAxis = (ratios: readonly number[]): RatioAxis =>
  AXES.find(({ from, to }) => ratios.every((ratio) => ratio > from && ratio < to)) ??
  AXES.at(-1) ??
  AXES[0]

/** A text that is wider than its room is cut at a word's end or within it, and says so. */
export function shortened(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text
  let cut = text
  while (cut.length > 1 && textWidth(`${cut}\u2026`, size) > width) cut = cut.slice(0, -1)
  return `${cut.trimEnd()}\u2026`
}
