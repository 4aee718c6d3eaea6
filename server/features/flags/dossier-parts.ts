import type { Evaluated } from '#server/contract/flags.ts'
import { type DetailRow, talliesOf } from '#server/judgement/detail.ts'
import { type Expectation, worseBy, worseRatio } from '#server/judgement/expectation.ts'
import type { Period } from '#server/judgement/period.ts'
import type { Happened, Ratio } from './dossier-facts.ts'

/** How an organization's rows are taken apart: by the rates of the evaluation, so that the parts add up to it. */
export interface Apart {
  measure: Evaluated
  worse: 'more' | 'fewer'
  expected: Expectation
}

/** Sums by part, the one that weighs most first. */
export function heaviest(
  rows: readonly DetailRow[],
  keyOf: (row: DetailRow) => number,
  { measure, worse, expected }: Apart,
) {
  const parts = new Map<number, DetailRow[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const part = parts.get(key)
    if (part) part.push(row)
    else parts.set(key, [row])
  }
  return Array.from(parts, ([key, own]) => ({ key, ...expected(talliesOf(own, measure)) })).sort(
    (a, b) => worseBy(b, worse) - worseBy(a, worse) || a.key - b.key,
  )
}

/** What is left when a part is taken away; null where nothing is. */
export function withoutPart(
  rows: readonly DetailRow[],
  isPart: (row: DetailRow) => boolean,
  { measure, worse, expected }: Apart,
): (Happened & Ratio) | null {
  const left = rows.filter((row) => !isPart(row))
  if (left.length === 0) return null
  const rest = expected(talliesOf(left, measure))
  const ratio = worseRatio(rest, worse)
  return ratio && { n: rest.n, observed: rest.observed, expected: rest.expected, ...ratio }
}

/** By quarter of registration, from the first that is judged. */
export function quartersOf(
  rows: readonly DetailRow[],
  { measure, worse, expected }: Apart,
  { period, first }: { period: Period; first: number },
) {
  const numbers = [...new Set(rows.map(({ quarter }) => quarter))].sort((a, b) => a - b)
  return numbers
    .filter((quarter) => quarter >= first)
    .flatMap((quarter) => {
      const own = rows.filter((row) => row.quarter === quarter)
      const sum = expected(talliesOf(own, measure))
      const ratio = worseRatio(sum, worse)
      if (!ratio) return []
      const { n, observed } = sum
      const [from, to] = [monthAt(period.from, quarter * 3), monthAt(period.from, quarter * 3 + 3)]
      return [{ from, to, n, observed, expected: sum.expected, ...ratio }]
    })
}

/** The first day of the month so many months after that of a day. */
function monthAt(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}
