import type { Row } from './scenarios.ts'
import type { Tally } from './worlds.ts'

const INNOCENT = 0.01

export const HEADER = `
| | Scenario (300 companies, 1 M requests) | Rule | Precision | True ratio ≥ 1.25 | Recall | True ratio < 1.10 | |
|---|---|---|---|---|---|---|---|`

const figuresOf = ({ worlds, bad, flagged, planted, material, innocent, any }: Tally) => ({
  precision: flagged === 0 ? 1 : planted / flagged,
  material: flagged === 0 ? 1 : material / flagged,
  recall: bad === 0 ? 1 : planted / bad,
  innocent: flagged === 0 ? 0 : innocent / flagged,
  perWorld: flagged / worlds,
  evaluations: any / worlds,
})

/** Whether every figure reaches what is demanded of it. */
export function holds({ required, atMost }: Row, tally: Tally): boolean {
  const { precision, material, recall, innocent, perWorld, evaluations } = figuresOf(tally)
  if (required)
    return (
      precision >= required.precision &&
      material >= required.material &&
      recall >= required.recall &&
      innocent <= INNOCENT
    )
  if (!atMost) return true
  return 'flags' in atMost ? perWorld <= atMost.flags : evaluations <= atMost.evaluations
}

const beside = (value: number, needed: number) => `${value.toFixed(3)} (≥ ${needed.toFixed(2)})`

export function lineOf(row: Row, tally: Tally): string {
  const figures = figuresOf(tally)
  const { required, atMost } = row
  const cells = required
    ? [
        beside(figures.precision, required.precision),
        beside(figures.material, required.material),
        beside(figures.recall, required.recall),
        `${figures.innocent.toFixed(4)} (≤ ${INNOCENT})`,
      ]
    : atMost && 'flags' in atMost
      ? [`${figures.perWorld.toFixed(2)} flags an evaluation (≤ ${atMost.flags})`, '', '', '']
      : atMost
        ? [
            `${figures.evaluations.toFixed(3)} of evaluations with a flag (≤ ${atMost.evaluations})`,
            '',
            '',
            '',
          ]
        : ['', '', '', '']
  return `| ${[row.name, row.what, row.rule, ...cells, holds(row, tally) ? 'holds' : 'BELOW'].join(' | ')} |`
}
