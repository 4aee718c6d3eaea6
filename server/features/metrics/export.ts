import { DifferenceSearch, type Side, type SideName } from '#server/contract/measures/comparison.ts'
import { tokenOf } from '#server/contract/measures/versions.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import type { ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { filterInWords, readFilter } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS, MEASURES, measureLines } from '#server/export/words.ts'
import type { Context } from '#server/trpc.ts'
import { compare, type DifferenceInput, type DifferenceLine, differences } from './compare.ts'

const PORTION = 4000

/** The requests that one number counts and another does not, each with why. */
export const differencesExport = defineExport(async ({ context, search, language }) => {
  const asked = readFilter(DifferenceSearch, search)
  const compared = await compare(context, asked)
  const words = EXPORT_WORDS[language]
  const domain = DOMAIN_WORDS[language]
  const described = (name: SideName): [string, string] => [
    name.toUpperCase(),
    `${sideInWords(asked[name], context, language)}: ${compared[name].count}`,
  ]
  const measures = [...new Set([asked.a.measure, asked.b.measure])]
  return {
    title: words.difference,
    columns: [
      { id: 'number', type: 'text', width: 16, value: (row) => row.number },
      { id: 'fails', type: 'text', width: 48, value: (row) => row.fails.join('; ') },
      { id: 'registeredAt', type: 'instant', value: (row) => row.registeredAt },
      { id: 'dueAt', type: 'instant', value: (row) => row.dueAt },
      { id: 'closedAt', type: 'instant', value: (row) => row.closedAt },
      { id: 'state', type: 'text', value: (row) => domain.state[row.state] },
      { id: 'outcome', type: 'text', value: (row) => domain.outcome[row.outcome] },
      {
        id: 'category',
        type: 'text',
        value: (row) => row.category && inLanguage(row.category, language),
      },
      { id: 'organization', type: 'text', value: (row) => row.organization },
      {
        id: 'address',
        type: 'text',
        width: 32,
        value: (row) => row.address && inLanguage(row.address, language),
      },
    ],
    rows: rowsOf(context, { ...asked, language }),
    count: asked.side === 'a' ? compared.onlyA : compared.onlyB,
    about: [
      described('a'),
      described('b'),
      [words.onlyIn, asked.side.toUpperCase()],
      ...measureLines(measures, language),
    ],
  } satisfies ExportTable<DifferenceLine>
})

async function* rowsOf(
  context: Context,
  asked: Omit<DifferenceInput, 'offset' | 'limit'>,
): AsyncGenerator<DifferenceLine[]> {
  for (let offset = 0; ; offset += PORTION) {
    const rows = await differences(context, { ...asked, offset, limit: PORTION })
    if (rows.length > 0) yield rows
    if (rows.length < PORTION) return
  }
}

function sideInWords({ measure, part, filter }: Side, context: Context, language: Language) {
  const { name, numerator, denominator } = MEASURES[language][measure]
  const counted = part === 'among' ? denominator : numerator
  return `${tokenOf(measure)} ${name} (${counted}); ${filterInWords(filter, context, language)}`
}
