import { inLanguage } from '#server/contract/vocabulary.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { refuseUnknown } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from '#server/export/words.ts'
import type { IntakeCounts, IntakeUnit } from '#server/log/intake.ts'
import { sourceName } from '#server/sources/source-name.ts'
import { Refusal } from '#server/trpc.ts'
import { completeness, DaysSearch } from './completeness.ts'
import type { SourceDay } from './days.ts'

interface Row {
  day: SourceDay
  unit: IntakeUnit
  counts: IntakeCounts
}

/** Completeness by source and day, as on the page: a line for events, and one for rows of files where there were any. */
export const completenessExport = defineExport(async ({ context, search, language }) => {
  refuseUnknown(search, Object.keys(DaysSearch.shape))
  const asked = DaysSearch.safeParse(Object.fromEntries(search))
  if (!asked.success) throw new Refusal('BAD_REQUEST', 'from and to are dates such as 2026-02-10')
  const { days } = await completeness(context, asked.data)
  const words = DOMAIN_WORDS[language]
  const named = (id: string) => {
    const name = sourceName(context.city, id)
    return name ? inLanguage(name, language) : id
  }
  const rows = days.flatMap((day): Row[] => [
    { day, unit: 'event', counts: day.events },
    ...(day.rows.arrived > 0 ? [{ day, unit: 'row' as const, counts: day.rows }] : []),
  ])
  const count = (id: keyof IntakeCounts): ExportColumn<Row> => ({
    ...{ id, type: 'number', width: 14 },
    value: ({ counts }) => counts[id],
  })
  const columns: ExportColumn<Row>[] = [
    { id: 'day', type: 'day', value: ({ day }) => day.day },
    { id: 'source', type: 'text', width: 28, value: ({ day }) => named(day.source) },
    { id: 'id', type: 'text', width: 20, value: ({ day }) => day.source },
    { id: 'unit', type: 'text', width: 16, value: ({ unit }) => words.intakeUnit[unit] },
    ...(['arrived', 'stored', 'known', 'quarantined', 'refused', 'batches'] as const).map(count),
    {
      ...{ id: 'registeredThatDay', type: 'number' },
      value: ({ day, unit }) => (unit === 'event' ? day.registered : null),
    },
    {
      ...{ id: 'silentDay', type: 'text' },
      value: ({ day, unit }) => (unit === 'event' && day.silent ? words.yes : null),
    },
  ]
  return {
    title: EXPORT_WORDS[language].completeness,
    columns,
    rows: (async function* () {
      yield rows
    })(),
    count: rows.length,
    about: [[EXPORT_WORDS[language].measures, words.intakeRule]],
  } satisfies ExportTable<Row>
})
