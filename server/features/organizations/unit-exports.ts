import * as z from 'zod/mini'
import { Filter, type Filter as FilterOf } from '#server/contract/filter.ts'
import { JUDGED, type MeasureId } from '#server/contract/measures/shape.ts'
import { requestsOf, scopeOf, UNIT_KINDS } from '#server/contract/organizations.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import { instantText } from '#server/export/city-text.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { filterInWords, readFilter } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS, MEASURES, measureLines } from '#server/export/words.ts'
import { frozen, type Period } from '#server/judgement/period.ts'
import type { Context } from '#server/trpc.ts'
import { breakdown } from './breakdown.ts'
import { months } from './months.ts'
import { onTimeOf } from './on-time.ts'
import { outcomesOf } from './outcomes.ts'
import type { Asked } from './own.ts'
import { stagesOf } from './stages.ts'
import { unitBy, unitIdOf } from './unit.ts'

const { from, to, district, category } = Filter.shape
/** The address of a panel's table: whose, and what its page is narrowed to. */
const PanelSearch = z.object({
  ...{ from, to, district, category },
  id: z.string(),
  unit: z.optional(z.enum(UNIT_KINDS)),
  by: z.catch(
    z._default(z.enum(['channel', 'contractor', 'organization', 'district']), 'channel'),
    'channel',
  ),
})

const HOUR_S = 3600
const round = (value: number | null | undefined, digits: number) =>
  value == null ? null : Math.round(value * 10 ** digits) / 10 ** digits
const hours = (seconds: number | null | undefined) =>
  seconds == null ? null : round(seconds / HOUR_S, 4)

type PanelName = 'onTime' | 'stages' | 'breakdown' | 'outcomes' | 'months'

/** A table of a page of one unit: its title names the unit, its notes the filter, the cut and the measures. */
const panelExport = <Row>(
  panel: PanelName,
  read: (
    context: Context,
    asked: Asked & { by: z.output<typeof PanelSearch>['by'] },
    language: Language,
  ) => Promise<{
    rows: readonly Row[]
    columns: readonly ExportColumn<Row>[]
    measures: readonly MeasureId[]
    period: Period
    /** Open requests are watched until now, not judged as of the cut. */
    watched?: boolean
  }>,
) =>
  defineExport<Row>(async ({ context, search, language }) => {
    const { id, unit, by, ...scope } = readFilter(PanelSearch, search)
    const filter = scopeOf(scope)
    const asked = { unit: unit ?? unitIdOf(context, id).unit, id, filter, by }
    const { name } = unitBy(context, asked)
    const { rows, columns, measures, period, watched } = await read(context, asked, language)
    const own: FilterOf = requestsOf(filter, asked)
    const words = EXPORT_WORDS[language]
    return {
      title: `${words.unit[panel]}: ${typeof name === 'string' ? name : inLanguage(name, language)}`,
      columns,
      rows: (async function* () {
        yield rows
      })(),
      count: rows.length,
      about: [
        [
          words.filter,
          filterInWords(
            watched ? { ...own, from: period.from, to: period.to } : frozen(own, period),
            context,
            language,
          ),
        ],
        ...(!watched ? ([[words.cut, instantText(context.city.zone)(period.cut)]] as const) : []),
        ...measureLines(measures, language),
      ],
    } satisfies ExportTable<Row>
  })

export const onTimeExport = panelExport('onTime', async (context, asked, language) => {
  const { definitions, estimate, overdue, period } = await onTimeOf(context, asked)
  type Line = {
    id: MeasureId
    cases: number | null
    n: number
    share: number
    lower: number
    upper: number
  }
  const rows: Line[] = [
    ...(estimate ? [{ id: 'onTimeEstimated' as const, cases: null, ...estimate }] : []),
    ...definitions.flatMap(({ measure, share }) => (share ? [{ id: measure, ...share }] : [])),
  ]
  const columns: ExportColumn<Line>[] = [
    { id: 'definition', type: 'text', width: 40, value: (row) => MEASURES[language][row.id].name },
    { id: 'measure', type: 'text', width: 26, value: (row) => row.id },
    { id: 'cases', type: 'number', value: (row) => row.cases },
    { id: 'among', type: 'number', value: (row) => row.n },
    { id: 'share', type: 'number', value: (row) => round(row.share, 4) },
    { id: 'shareLower', type: 'number', value: (row) => round(row.lower, 4) },
    { id: 'shareUpper', type: 'number', value: (row) => round(row.upper, 4) },
    { id: 'overdue', type: 'number', value: () => overdue },
  ]
  return { rows, columns, period, measures: rows.map(({ id }) => id) }
})

export const stagesExport = panelExport('stages', async (context, asked, language) => {
  const { stages, rework, period } = await stagesOf(context, asked)
  const words = EXPORT_WORDS[language].stage
  const rows = [
    ...stages.map((one) => ({ ...one, share: null })),
    ...(rework
      ? [
          {
            stage: 'rework' as const,
            told: rework.cases,
            waiting: null,
            silent: null,
            median: null,
            p90: null,
            share: rework.share,
          },
        ]
      : []),
  ]
  type Line = (typeof rows)[number]
  const columns: ExportColumn<Line>[] = [
    { id: 'stage', type: 'text', width: 26, value: (row) => words[row.stage] },
    { id: 'passed', type: 'number', value: (row) => row.told },
    { id: 'waiting', type: 'number', value: (row) => row.waiting },
    { id: 'untold', type: 'number', value: (row) => row.silent },
    { id: 'medianHours', type: 'number', value: (row) => hours(row.median?.value) },
    { id: 'medianLowerHours', type: 'number', value: (row) => hours(row.median?.lower) },
    { id: 'medianUpperHours', type: 'number', value: (row) => hours(row.median?.upper) },
    { id: 'p90Hours', type: 'number', value: (row) => hours(row.p90?.value) },
    { id: 'share', type: 'number', value: (row) => round(row.share, 4) },
  ]
  return { rows, columns, period, watched: true, measures: ['rework'] }
})

export const breakdownExport = panelExport('breakdown', async (context, asked, language) => {
  const { parts, period } = await breakdown(context, asked.by, asked)
  type Line = (typeof parts)[number]
  const words = DOMAIN_WORDS[language]
  const nameOf = ({ channel, name }: Line) =>
    channel
      ? words.channel[channel]
      : name === null
        ? words.unknown
        : typeof name === 'string'
          ? name
          : inLanguage(name, language)
  const columns: ExportColumn<Line>[] = [
    { id: 'part', type: 'text', width: 32, value: nameOf },
    { id: 'requests', type: 'number', value: (row) => row.n },
    { id: 'reopened', type: 'number', value: (row) => row.reopened.share?.cases ?? null },
    { id: 'judged', type: 'number', value: (row) => row.reopened.share?.n ?? null },
    { id: 'expected', type: 'number', value: (row) => round(row.reopened.expected, 2) },
    { id: 'ratio', type: 'number', value: (row) => round(row.reopened.ratio?.ratio, 3) },
    { id: 'lower', type: 'number', value: (row) => round(row.reopened.ratio?.lower, 3) },
    { id: 'upper', type: 'number', value: (row) => round(row.reopened.ratio?.upper, 3) },
    { id: 'share', type: 'number', value: (row) => round(row.late.share?.share, 4) },
    { id: 'medianHours', type: 'number', value: (row) => hours(row.wait.median?.value) },
  ]
  return { rows: parts, columns, period, measures: [...JUDGED, 'resolutionMedian'] }
})

export const outcomesExport = panelExport('outcomes', async (context, asked, language) => {
  const { endings, at, period } = await outcomesOf(context, asked)
  const words = DOMAIN_WORDS[language]
  const rows = endings.flatMap(({ ending, count, shares }) =>
    shares.map((share, i) => ({ ending, count, days: (at[i] ?? 0) / 86_400, ...share })),
  )
  type Line = (typeof rows)[number]
  const columns: ExportColumn<Line>[] = [
    { id: 'ending', type: 'text', width: 34, value: (row) => words.spellEnd[row.ending] },
    { id: 'cases', type: 'number', value: (row) => row.count },
    { id: 'withinDays', type: 'number', value: (row) => row.days },
    { id: 'share', type: 'number', value: (row) => round(row.share, 4) },
    { id: 'shareLower', type: 'number', value: (row) => round(row.lower, 4) },
    { id: 'shareUpper', type: 'number', value: (row) => round(row.upper, 4) },
  ]
  const measures: MeasureId[] = [
    'confirmed',
    'closedNoResponse',
    'refused',
    'cancelled',
    'forwarded',
  ]
  return { rows, columns, period, watched: true, measures }
})

export const monthsExport = panelExport('months', async (context, asked, language) => {
  const answer = await months(context, asked)
  const told = new Map(answer.told.map(({ month, share }) => [month, share]))
  const rows = JUDGED.flatMap((measure) => answer[measure].map((month) => ({ measure, ...month })))
  type Line = (typeof rows)[number]
  const words = DOMAIN_WORDS[language]
  const columns: ExportColumn<Line>[] = [
    {
      id: 'measure',
      type: 'text',
      width: 22,
      value: (row) => MEASURES[language][row.measure].name,
    },
    { id: 'month', type: 'text', width: 10, value: (row) => row.month },
    { id: 'judged', type: 'number', value: (row) => row.n },
    { id: 'observed', type: 'number', value: (row) => row.observed },
    { id: 'expected', type: 'number', value: (row) => round(row.expected, 2) },
    { id: 'share', type: 'number', value: (row) => round(row.share, 4) },
    { id: 'chanceLimit', type: 'number', value: (row) => round(row.limits?.upper, 4) },
    {
      id: 'reopenedTold',
      type: 'number',
      value: (row) => (row.measure === 'reopened' ? round(told.get(row.month)?.share, 4) : null),
    },
    { id: 'mature', type: 'text', value: (row) => (row.mature ? words.yes : words.no) },
  ]
  const { period } = answer
  return { rows, columns, period, measures: [...JUDGED, 'reopenedTold'] }
})
