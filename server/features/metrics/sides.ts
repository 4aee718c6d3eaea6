import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { rowsOf, type Side, type SideName } from '#server/contract/measures/comparison.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { filterInWords } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS } from '#server/export/words.ts'
import { conditionsOf } from '#server/metrics.ts'
import type { Params } from '#server/store/engine.ts'
import { bindFilter, restricting } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

/** One condition that a number sets for its rows: in SQL, and as the part of a filter that says it in words. */
interface Condition {
  sql: string
  says: Partial<Filter>
}

/** A number as its conditions; their parameters bear the name of the side, so that two numbers fit into one question. */
export interface BoundSide {
  conditions: readonly Condition[]
  /** All of them. */
  sql: string
  params: Params
}

export function bindSide(context: Context, name: SideName, side: Side): BoundSide {
  const { filter } = side
  const params = bindFilter(filter, context.registry, context.now())
  const ofFields = restricting(params).flatMap(({ name, text }): Condition[] => {
    if (name === 'marks') return [{ sql: text, says: { mark: filter.mark } }]
    if (name === 'test') return [{ sql: text, says: { test: filter.test ?? 'without' } }]
    return isField(name) ? [{ sql: text, says: { [name]: filter[name] } }] : []
  })
  const ofWords = [{ is: filter.is }, rowsOf(side)]
    .flatMap(conditionsOf)
    .map(({ field, words, sql }): Condition => ({ sql, says: { [field]: words } }))
  const own = (sql: string) => sql.replaceAll(/\$(\w+)/g, `$${name}_$1`)
  const conditions = [
    ...new Map([...ofFields, ...ofWords].map((each) => [each.sql, each])).values(),
  ].map(({ sql, says }) => ({ sql: `(${own(sql)}) IS TRUE`, says }))
  return {
    conditions,
    sql: `(${conditions.map(({ sql }) => sql).join(' AND ')})`,
    params: Object.fromEntries(
      Object.entries(params).map(([param, value]) => [`${name}_${param}`, value]),
    ),
  }
}

/** Words of `is` are told one by one, from the measure and from the filter alike. */
const isField = (name: string): name is keyof Filter =>
  (name !== 'is' && Object.hasOwn(EVERYTHING, name)) || ['from', 'to', 'hour'].includes(name)

/** `закрыта не позже срока`, `Район: Заводской`. */
export function inWords({ says }: Condition, context: Context, language: Language): string {
  const words = DOMAIN_WORDS[language]
  if (says.is) return says.is.map((word) => words.is[word]).join(', ')
  if (says.test) return `${words.field.test}: ${words.test[says.test]}`
  return filterInWords({ ...EVERYTHING, ...says }, context, language)
}
