import type { Answer } from '#web/api.ts'
import type { Format } from '#web/lib/format.ts'
import type { Palette } from '#web/ui/theme.ts'

export type Waiting = Answer['organizations']['waiting']
export type Vertex = Waiting['curve'][number]
export type Point = [x: number, y: number]

export interface SurvivalWords {
  own: string
  city: string
  norm: string
  ticks: string
}
export interface SurvivalInput {
  waiting: Waiting
  palette: Palette
  format: Format
  words: SurvivalWords
  /** A tick of the time axis: 5 мин, 2 ч, 3 сут. */
  tick: (seconds: number) => string
}

/** The time axis: five minutes to fourteen weeks. */
export const FROM_S = 300
export const TO_S = 98 * 86_400

export const percent = (share: number) => share * 100

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
export const halfOf = (curve: readonly Vertex[]): number | null =>
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

/** Mean height on the logarithmic axis: which curve lies higher. */
export function heightArea(curve: readonly Vertex[]): number {
  let area = 0
  for (const [i, [time, share]] of curve.entries()) {
    const next = curve[i + 1]?.[0] ?? TO_S
    area += share * Math.log(Math.max(next, time) / time)
  }
  return area
}
