import { RequestsSearch, sortOf } from '#server/contract/requests.ts'
import { inLanguage, type Language, type Words } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { filterInWords, readFilter } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS, measureLines } from '#server/export/words.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { type InIncident, incidentsOf } from './incidents-of.ts'
import { factsOnce, type LineFacts, lineOf, type RequestLine } from './lines.ts'
import { allKeysOf } from './page.ts'

const PORTION = 4000
const HOUR_S = 3600

interface Row {
  facts: LineFacts
  line: RequestLine
  belongs: InIncident
}

export const requestsExport = defineExport(async ({ context, search, language }) => {
  const { sort, ...filter } = readFilter(RequestsSearch, search)
  const portions = await allKeysOf(context, { filter, order: sort, language })
  const words = EXPORT_WORDS[language]
  const { sort: column, descending } = sortOf(sort)
  const order = `${DOMAIN_WORDS[language].column[column]}, ${descending ? words.descending : words.ascending}`
  return {
    title: words.requests,
    columns: columnsOf(context, filter.cut, language),
    rows: rowsOf(context, portions),
    count: portions.reduce((sum, portion) => sum + portion.length, 0),
    about: [
      [words.filter, filterInWords(filter, context, language)],
      [words.order, order],
      ...measureLines(['open', 'overdue'], language),
    ],
  } satisfies ExportTable<Row>
})

async function* rowsOf(
  { engine, registry }: Context,
  portions: readonly Int32Array[],
): AsyncGenerator<Row[]> {
  for (const portion of portions)
    for (let start = 0; start < portion.length; start += PORTION) {
      const rows = await factsOnce(engine, [...portion.subarray(start, start + PORTION)])
      const belongs = await incidentsOf(engine, rows)
      yield rows.map((facts) => ({
        facts,
        line: lineOf(facts, registry),
        belongs: belongs(facts),
      }))
    }
}

function columnsOf(
  { registry, now }: Context,
  cut: string | undefined,
  language: Language,
): ExportColumn<Row>[] {
  const words = DOMAIN_WORDS[language]
  const at = cut ? Date.parse(cut) : minuteOf(now())
  const said = (name: Words | null | undefined) => (name ? inLanguage(name, language) : null)
  const hours = (seconds: number | null) =>
    seconds === null ? null : Math.round((seconds / HOUR_S) * 100) / 100
  return [
    { id: 'number', type: 'text', width: 16, value: ({ line }) => line.number },
    { id: 'registeredAt', type: 'instant', value: ({ line }) => line.registeredAt },
    { id: 'district', type: 'text', width: 16, value: ({ line }) => said(line.district) },
    { id: 'address', type: 'text', width: 32, value: ({ line }) => said(line.building?.address) },
    { id: 'building', type: 'text', width: 14, value: ({ line }) => line.building?.id ?? null },
    { id: 'place', type: 'text', value: ({ line }) => line.place },
    { id: 'category', type: 'text', value: ({ line }) => said(line.category) },
    { id: 'kind', type: 'text', width: 14, value: ({ line }) => words.kind[line.kind] },
    { id: 'priority', type: 'text', width: 12, value: ({ line }) => words.priority[line.priority] },
    { id: 'channel', type: 'text', width: 16, value: ({ line }) => words.channel[line.channel] },
    { id: 'organization', type: 'text', value: ({ line }) => line.organization?.name ?? null },
    { id: 'responsibleNow', type: 'text', value: ({ line }) => line.responsible?.name ?? null },
    { id: 'contractor', type: 'text', value: ({ facts }) => contractor(registry, facts) },
    { id: 'state', type: 'text', value: ({ line }) => words.state[line.state] },
    { id: 'outcome', type: 'text', value: ({ line }) => words.outcome[line.outcome] },
    { id: 'acknowledgedAt', type: 'instant', value: ({ facts }) => facts.acknowledged_at },
    { id: 'arrivedAt', type: 'instant', value: ({ facts }) => facts.arrived_at },
    { id: 'workDoneAt', type: 'instant', value: ({ facts }) => facts.work_done_at },
    { id: 'firstClosedAt', type: 'instant', value: ({ facts }) => facts.first_closed_at },
    { id: 'closedAt', type: 'instant', value: ({ line }) => line.closedAt },
    { id: 'dueAt', type: 'instant', value: ({ line }) => line.dueAt },
    { id: 'dueBasis', type: 'text', width: 24, value: ({ line }) => line.dueBasis },
    { id: 'overdueHours', type: 'number', value: ({ line }) => hours(beyondDue(line, at)) },
    { id: 'responseHours', type: 'number', value: ({ facts }) => hours(facts.response_s) },
    { id: 'resolutionHours', type: 'number', value: ({ facts }) => hours(facts.resolution_s) },
    { id: 'reopenings', type: 'number', value: ({ line }) => line.reopenings },
    { id: 'returns', type: 'number', value: ({ line }) => line.returns },
    { id: 'transfers', type: 'number', value: ({ line }) => line.transfers },
    { id: 'incident', type: 'text', width: 16, value: ({ belongs }) => belongs.head },
    { id: 'incidentSize', type: 'number', value: ({ belongs }) => belongs.size },
    {
      id: 'incidentReturnHours',
      type: 'number',
      value: ({ facts }) => hours(facts.incident_reopen_delay_s),
    },
    { id: 'duplicateOf', type: 'text', width: 16, value: ({ belongs }) => belongs.duplicateOf },
    {
      id: 'hiddenRepeatOf',
      type: 'text',
      width: 16,
      value: ({ belongs }) => belongs.hiddenRepeatOf,
    },
    {
      id: 'appeal',
      type: 'text',
      width: 14,
      value: ({ line }) => words.appealOrMessage[line.message ? 'message' : 'appeal'],
    },
    {
      id: 'test',
      type: 'text',
      width: 10,
      value: ({ line }) => (line.test ? words.yes : words.no),
    },
    {
      id: 'marks',
      type: 'text',
      width: 32,
      value: ({ line }) => line.marks.map((mark) => words.mark[mark]).join('; ') || null,
    },
    { id: 'source', type: 'text', width: 14, value: ({ facts }) => facts.source },
    { id: 'lon', type: 'number', value: ({ facts }) => facts.lon },
    { id: 'lat', type: 'number', value: ({ facts }) => facts.lat },
  ]
}

const contractor = (registry: Registry, facts: LineFacts) =>
  registry.organization(facts.contractor)?.name ?? null

/** Seconds past its due time, at its closing or, while it is open, now; null when it was or is in time. */
function beyondDue({ dueAt, closedAt }: RequestLine, now: number): number | null {
  if (dueAt === null) return null
  const beyond = (closedAt ?? now) - dueAt
  return beyond > 0 ? beyond / 1000 : null
}
