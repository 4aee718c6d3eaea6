import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { refuseUnknown } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from '#server/export/words.ts'
import { type NormLine, normsOf } from './norms.ts'

/** The norms of the city as they stand, with what they rest on. */
export const normsExport = defineExport(async ({ context, search, language }) => {
  refuseUnknown(search, [])
  const { packs } = await normsOf(context)
  const rows = packs.flatMap(({ norms }) => norms)
  const said = (words: Words) => inLanguage(words, language)
  const words = DOMAIN_WORDS[language]
  const columns: ExportColumn<NormLine>[] = [
    { id: 'norm', type: 'text', width: 28, value: ({ ref }) => ref },
    { id: 'normName', type: 'text', width: 40, value: ({ name }) => said(name) },
    {
      id: 'term',
      type: 'text',
      width: 18,
      value: ({ duration, calendar }) => `${duration.amount} ${duration.unit}, ${calendar}`,
    },
    { id: 'clock', type: 'text', width: 26, value: ({ start, end }) => `${start} → ${end}` },
    { id: 'since', type: 'text', width: 12, value: ({ validFrom }) => validFrom },
    { id: 'validTo', type: 'text', width: 12, value: ({ validTo }) => validTo },
    {
      id: 'citation',
      type: 'text',
      width: 60,
      value: ({ citations }) =>
        citations
          .map(({ title, paragraph, where }) =>
            [said(title), paragraph, where].filter(Boolean).join(', '),
          )
          .join('; '),
    },
    {
      id: 'verified',
      type: 'text',
      width: 24,
      value: ({ verified }) => (verified ? `${verified.by}, ${verified.on}` : words.no),
    },
    { id: 'requests', type: 'number', value: ({ requests }) => requests },
    { id: 'open', type: 'number', value: ({ open }) => open },
    { id: 'overdue', type: 'number', value: ({ overdue }) => overdue },
  ]
  return {
    title: EXPORT_WORDS[language].norms,
    columns,
    rows: (async function* () {
      yield rows
    })(),
    count: rows.length,
    about: packs.map(({ id, name }) => [id, said(name)] as const),
  } satisfies ExportTable<NormLine>
})
