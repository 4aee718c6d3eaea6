import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { type DictionarySearch, rowsOf, type Side } from '#server/contract/measures/comparison.ts'

/** The scope of the page as a filter. */
export const scopeOf = ({ district, from, to }: DictionarySearch): Filter => ({
  ...EVERYTHING,
  district,
  ...(from && { from }),
  ...(to && { to }),
})

/** The filter that opens the rows of a number; undefined where a list of the filter and one of the measure exclude each other in part. */
export function openedBy({ filter, ...measure }: Side): Filter | undefined {
  const rows = rowsOf(measure)
  const meet = <T>(asked: readonly T[], own: readonly T[] | undefined) => {
    if (!own?.length) return [...asked]
    if (asked.length === 0) return [...own]
    const both = own.filter((value) => asked.includes(value))
    return both.length > 0 ? both : undefined
  }
  const outcome = meet(filter.outcome, rows.outcome)
  const priority = meet(filter.priority, rows.priority)
  if (!outcome || !priority) return undefined
  return { ...filter, outcome, priority, is: [...new Set([...filter.is, ...(rows.is ?? [])])] }
}
