import { JUDGED } from '#server/contract/measures/shape.ts'
import { instantText } from '#server/export/city-text.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { refuseUnknown } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS, MEASURES, measureLines } from '#server/export/words.ts'
import { flags } from './flags.ts'

type Row = Awaited<ReturnType<typeof flags>>['flags'][number]

const round = (value: number | null, digits: number) =>
  value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits

/** The queue of flags of one evaluation. */
export const flagsExport = defineExport(async ({ context, search, language }) => {
  refuseUnknown(search, [])
  const { flags: rows, period, revision, rules } = await flags(context)
  const words = DOMAIN_WORDS[language]
  const columns: ExportColumn<Row>[] = [
    { id: 'id', type: 'text', width: 20, value: (row) => row.id },
    { id: 'level', type: 'text', width: 18, value: (row) => words.level[row.level] },
    { id: 'organizationName', type: 'text', width: 28, value: (row) => row.organization.name },
    {
      id: 'measure',
      type: 'text',
      width: 18,
      value: (row) => MEASURES[language][row.measure].name,
    },
    { id: 'judged', type: 'number', value: ({ figures }) => figures.n },
    { id: 'observed', type: 'number', value: ({ figures }) => figures.observed },
    { id: 'expected', type: 'number', value: ({ figures }) => round(figures.expected, 2) },
    { id: 'ratio', type: 'number', value: ({ figures }) => round(figures.ratio, 3) },
    { id: 'lower', type: 'number', value: ({ figures }) => round(figures.lower, 3) },
    { id: 'upper', type: 'number', value: ({ figures }) => round(figures.upper, 3) },
    { id: 'chanceLimit', type: 'number', value: ({ figures }) => round(figures.chance[1], 3) },
    { id: 'outerLimit', type: 'number', value: ({ figures }) => round(figures.outer[1], 3) },
    // Closings of pace end at a horizon, its requests do not: of one in the other there is no share.
    {
      id: 'share',
      type: 'number',
      value: ({ measure, share }) => (measure === 'pace' ? null : round(share.share, 4)),
    },
    { id: 'q', type: 'number', value: ({ q }) => round(q, 6) },
  ]
  return {
    title: EXPORT_WORDS[language].flags,
    columns,
    rows: (async function* () {
      yield rows
    })(),
    count: rows.length,
    about: [
      ...(period
        ? ([
            [words.column.period, `${period.from} – ${period.to}`],
            [EXPORT_WORDS[language].cut, instantText(context.city.zone)(period.cut)],
          ] as const)
        : []),
      ...measureLines(JUDGED, language),
      [
        EXPORT_WORDS[language].rules,
        `${rules.version}; ${EXPORT_WORDS[language].revision} ${revision}`,
      ],
    ],
  } satisfies ExportTable<Row>
})
