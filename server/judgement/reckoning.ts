import { type DetailColumns, detailOf } from './detail.ts'
import { evaluateInputs } from './evaluation.ts'
import type { Inputs } from './inputs.ts'
import type { Policy } from './policy.ts'
import type { Quality } from './quality.ts'
import { candidatesOf, type Refined, refine } from './refined.ts'
import { cellsOf, type Restarts, shareStandard } from './standard.ts'

/** What an evaluation rests on. All of it is data and may cross to another thread. */
export interface Basis {
  tables: Inputs
  policy: Policy
  restarts: Restarts
}

export interface Reckoned extends Refined {
  /** Requests of a measure that counts by organization and stratum, for the pages of one organization. */
  cells: Record<'reopened' | 'late', ReturnType<typeof cellsOf>>
  /** The same of two years, for those who are judged by them; all others together are nobody. Empty where nobody is. */
  longer: Record<'reopened' | 'late', ReturnType<typeof cellsOf>>
}

/** The numeric part of an evaluation, in its two steps: it takes seconds for a large city, and knows neither facts nor clock. */
export interface Reckoning {
  /** Keys of the organizations whose rows are needed before the levels can stand. */
  candidates(): Promise<ReadonlySet<number>>
  refined(detail: DetailColumns | null, quality: ReadonlyMap<number, Quality>): Promise<Reckoned>
  end(): void
}
export type Reckon = (basis: Basis) => Reckoning

/** In the thread of whoever asks. */
export const reckonHere: Reckon = ({ tables, policy, restarts }) => {
  const figures = evaluateInputs(tables, policy, restarts)
  return {
    candidates: async () => candidatesOf(figures),
    async refined(columns, quality) {
      const detail = detailOf(columns)
      const longer = (measure: 'reopened' | 'late') => {
        const widened = new Set(
          figures.measures[measure].units.flatMap((one) => (one.widened ? [one.unit] : [])),
        )
        if (widened.size === 0) return []
        return cellsOf(shareStandard(tables, measure, { restarts, years: 2 }), widened)
      }
      return {
        ...refine(figures, { inputs: tables, policy, restarts, detail }, quality),
        cells: {
          reopened: cellsOf(shareStandard(tables, 'reopened', { restarts })),
          late: cellsOf(shareStandard(tables, 'late', { restarts })),
        },
        longer: { reopened: longer('reopened'), late: longer('late') },
      }
    },
    end() {},
  }
}
