import type { Filter } from '#server/contract/filter.ts'
import type { Evaluated } from '#server/contract/flags.ts'
import type { OrganizationRow as Row } from '#server/contract/organizations.ts'
import { inLanguage, type Language, type Words } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'

type Named<U extends { name: string | Words }> = Omit<U, 'name'> & { name: string }
type InOneLanguage<A extends { units: { name: string | Words }[] }> = Omit<A, 'units'> & {
  units: Named<A['units'][number]>[]
}

export type Comparison = InOneLanguage<Answer['organizations']['comparison']>
export type Unit = Comparison['units'][number]
type Shares = InOneLanguage<Answer['organizations']['shares']>
type Responses = Answer['organizations']['responses']

export type OrganizationRow = Row<Unit, Shares['units'][number], Responses['units'][number]>

export const nameIn = (name: string | Words, language: Language) =>
  typeof name === 'string' ? name : inLanguage(name, language)

const namedUnits = <U extends { name: string | Words }>(
  units: readonly U[],
  language: Language,
): Named<U>[] => units.map(({ name, ...unit }) => ({ ...unit, name: nameIn(name, language) }))

const readersIn = (language: Language) => ({
  comparison: (answer: Answer['organizations']['comparison']): Comparison => ({
    ...answer,
    units: namedUnits(answer.units, language),
  }),
  shares: (answer: Answer['organizations']['shares']): Shares => ({
    ...answer,
    units: namedUnits(answer.units, language),
  }),
})
const READERS = {
  kk: readersIn('kk'),
  ru: readersIn('ru'),
  en: readersIn('en'),
}
/** Answers with names as they are read: a district has one for each language. Always the same function, so that an answer is read once. */
export const named = (language: Language) => READERS[language]

/** Its present figure lies within chance and ordinary differences: what calls it out is the tolerance, or an earlier evaluation. */
export const isWithin = ({ ratio, outer }: Pick<Unit, 'ratio' | 'outer'>): boolean =>
  ratio <= outer[1]

/** The filter that opens the rows of a judged figure. */
export function rowsFilter(
  filter: Filter,
  period: Comparison['period'],
  measure: Evaluated,
): Record<'among' | 'events', Filter> {
  const frozen = { ...filter, ...period, cut: new Date(period.cut).toISOString() }
  const [among, events] = IS[measure]
  return { among: { ...frozen, is: [...among] }, events: { ...frozen, is: [...events] } }
}

const IS = {
  reopened: [
    ['mature', 'incidentHead'],
    ['mature', 'returned', 'incidentHead'],
  ],
  late: [
    ['due', 'incidentHead'],
    ['due', 'late', 'incidentHead'],
  ],
  pace: [
    ['sound', 'kept', 'incidentHead'],
    ['sound', 'kept', 'incidentHead', 'closedByCut'],
  ],
} as const satisfies Record<Evaluated, readonly [Filter['is'], Filter['is']]>
