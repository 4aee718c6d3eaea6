import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import type { OrganizationRow as Row } from '#server/contract/organizations.ts'
import type { Answer } from '#web/api.ts'

export type Comparison = Answer['organizations']['comparison']
export type Unit = Comparison['units'][number]
type Shares = Answer['organizations']['shares']
type Responses = Answer['organizations']['responses']

export type OrganizationRow = Row<Unit, Shares['units'][number], Responses['units'][number]>

/** The filter that opens the rows of a judged figure. */
export function rowsFilter(
  filter: Filter,
  period: Comparison['period'],
  measure: Judged,
): Record<'among' | 'events', Filter> {
  const frozen = { ...filter, ...period, cut: new Date(period.cut).toISOString() }
  return {
    among: { ...frozen, is: [measure === 'reopened' ? 'mature' : 'due', 'incidentHead'] },
    events: {
      ...frozen,
      is:
        measure === 'reopened'
          ? ['mature', 'returned', 'incidentHead']
          : ['due', 'late', 'incidentHead'],
    },
  }
}
