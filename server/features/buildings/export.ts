import { BuildingsSearch, buildingSortOf } from '#server/contract/buildings.ts'
import { EVERYTHING } from '#server/contract/filter.ts'
import { inLanguage, type Language, type Words } from '#server/contract/vocabulary.ts'
import type { ExportColumn } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { filterInWords, readFilter } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS, measureLines } from '#server/export/words.ts'
import { buildingRows } from './list.ts'
import type { BuildingRow } from './row.ts'

export const buildingsExport = defineExport<BuildingRow>(async ({ context, search, language }) => {
  const { sort, ...filter } = readFilter(BuildingsSearch, search)
  const rows = await buildingRows(context, { filter, order: sort, language })
  const words = EXPORT_WORDS[language]
  const { sort: column, descending } = buildingSortOf(sort)
  const order = `${DOMAIN_WORDS[language].column[column]}, ${descending ? words.descending : words.ascending}`
  const { district, organization } = filter
  return {
    title: words.buildings,
    columns: columnsOf(language),
    rows: inPortions(rows),
    count: rows.length,
    about: [
      [words.filter, filterInWords({ ...EVERYTHING, district, organization }, context, language)],
      ...(filter.only ? ([[words.only, DOMAIN_WORDS[language].column[filter.only]]] as const) : []),
      ...(filter.q ? ([[words.search, filter.q]] as const) : []),
      [words.order, order],
      ...measureLines(['open', 'overdue', 'buildingIntensity', 'buildingSilence'], language),
    ],
  }
})

async function* inPortions<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += 2000) yield rows.slice(start, start + 2000)
}

function columnsOf(language: Language): ExportColumn<BuildingRow>[] {
  const words = DOMAIN_WORDS[language]
  const said = (name: Words | null) => (name ? inLanguage(name, language) : null)
  const yesOrNo = (value: boolean) => (value ? words.yes : words.no)
  const thousandths = (value: number | null) =>
    value === null ? null : Math.round(value * 1000) / 1000
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10)
  return [
    { id: 'id', type: 'text', width: 14, value: (row) => row.id },
    { id: 'address', type: 'text', width: 32, value: (row) => said(row.address) },
    { id: 'district', type: 'text', width: 16, value: (row) => said(row.district) },
    { id: 'answersNow', type: 'text', value: (row) => row.answersNow?.name ?? null },
    { id: 'answersSince', type: 'instant', value: (row) => row.answersNow?.since ?? null },
    { id: 'phone', type: 'text', width: 18, value: (row) => row.answersNow?.phone ?? null },
    { id: 'open', type: 'number', value: (row) => row.open },
    { id: 'overdue', type: 'number', value: (row) => row.overdue },
    { id: 'emergency', type: 'number', value: (row) => row.emergency },
    { id: 'requestsYear', type: 'number', value: (row) => row.requestsYear },
    { id: 'per100', type: 'number', value: (row) => rounded(row.per100) },
    { id: 'smoothed', type: 'number', value: (row) => rounded(row.smoothed) },
    { id: 'expected', type: 'number', value: (row) => rounded(row.expected) },
    { id: 'ratio', type: 'number', value: (row) => thousandths(row.ratio) },
    { id: 'chance', type: 'number', value: (row) => thousandths(row.chance) },
    { id: 'heavy', type: 'text', value: (row) => yesOrNo(row.heavy) },
    { id: 'trend', type: 'number', value: (row) => thousandths(row.trend?.ratio ?? null) },
    { id: 'trendChance', type: 'number', value: (row) => thousandths(row.trend?.chance ?? null) },
    { id: 'silence', type: 'number', value: (row) => thousandths(row.silence) },
    { id: 'silent', type: 'text', value: (row) => yesOrNo(row.silent) },
    { id: 'year', type: 'number', value: (row) => row.year },
    { id: 'series', type: 'text', value: (row) => row.building.series },
    { id: 'floors', type: 'number', value: (row) => row.floors },
    { id: 'entrances', type: 'number', value: (row) => row.building.entrances },
    { id: 'apartments', type: 'number', value: (row) => row.apartments },
    { id: 'apartmentsAssumed', type: 'text', value: (row) => yesOrNo(row.apartmentsAssumed) },
    { id: 'area', type: 'number', value: (row) => row.building.area },
    { id: 'lifts', type: 'number', value: (row) => row.building.lifts },
    { id: 'gone', type: 'text', width: 10, value: (row) => yesOrNo(row.gone) },
    { id: 'lon', type: 'number', value: (row) => row.building.lon },
    { id: 'lat', type: 'number', value: (row) => row.building.lat },
  ]
}
