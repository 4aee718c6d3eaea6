import { instantText } from '#server/export/city-text.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { refuseUnknown } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from '#server/export/words.ts'
import { type FindingOfOne, overview } from './integrity.ts'
import { INTEGRITY_WORDS } from './words.ts'

const round = (value: number | null, digits: number) =>
  value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits

/** Every organization by every indicator of one evaluation. */
export const integrityExport = defineExport(async ({ context, search, language }) => {
  refuseUnknown(search, [])
  const { findings, period, revision, tested, rules } = await overview(context)
  const words = DOMAIN_WORDS[language]
  const own = INTEGRITY_WORDS[language]
  const columns: ExportColumn<FindingOfOne>[] = [
    { id: 'level', type: 'text', width: 18, value: (row) => own.level[row.level] },
    { id: 'organizationName', type: 'text', width: 28, value: (row) => row.organization.name },
    { id: 'measure', type: 'text', width: 44, value: (row) => own.indicator[row.indicator] },
    { id: 'judged', type: 'number', value: ({ n }) => n },
    { id: 'observed', type: 'number', value: ({ observed }) => observed },
    { id: 'expected', type: 'number', value: ({ expected }) => round(expected, 2) },
    { id: 'ratio', type: 'number', value: ({ effect }) => round(effect, 3) },
    { id: 'lower', type: 'number', value: ({ lower }) => round(lower, 3) },
    { id: 'q', type: 'number', value: ({ q }) => round(q, 6) },
  ]
  return {
    title: own.title,
    columns,
    rows: (async function* () {
      yield findings
    })(),
    count: findings.length,
    about: [
      [words.column.period, `${period.from} – ${period.to}`],
      [EXPORT_WORDS[language].cut, instantText(context.city.zone)(period.cut)],
      [own.tested, String(tested)],
      [
        EXPORT_WORDS[language].rules,
        `${rules.version}; ${EXPORT_WORDS[language].revision} ${revision}`,
      ],
    ],
  } satisfies ExportTable<FindingOfOne>
})
