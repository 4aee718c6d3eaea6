import * as z from 'zod/mini'
import { Filter } from '#server/contract/filter.ts'
import {
  OrganizationSearch,
  OrganizationsSearch,
  organizationRows,
  scopeOf,
} from '#server/contract/organizations.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { filterInWords, readFilter } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS, measureLines } from '#server/export/words.ts'
import { judge } from '#server/judgement/judge.ts'
import { byBuilding, excess } from '#server/judgement/parts.ts'
import { frozen } from '#server/judgement/period.ts'
import { Refusal } from '#server/trpc.ts'
import { comparison } from './compare.ts'
import { organizationBy } from './profile.ts'
import { shares } from './shares.ts'
import { responses } from './waits.ts'

const HOUR_S = 3600
const round = (value: number | null | undefined, digits: number) =>
  value == null ? null : Math.round(value * 10 ** digits) / 10 ** digits

async function* inPortions<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += 2000) yield rows.slice(start, start + 2000)
}

/** The table of Organizations as the address shows it. */
export const organizationsExport = defineExport(async ({ context, search, language }) => {
  const asked = readFilter(OrganizationsSearch, search)
  const filter = scopeOf(asked)
  const [compared, shared, answered] = [
    await comparison(context, asked.measure, filter),
    await shares(context, filter),
    await responses(context, filter),
  ]
  const known = { units: compared.units, shares: shared.units, responses: answered.units }
  const rows = organizationRows(known, asked)
  type Row = (typeof rows)[number]
  const words = DOMAIN_WORDS[language]
  const columns: ExportColumn<Row>[] = [
    { id: 'id', type: 'text', width: 14, value: (row) => row.id },
    { id: 'organization', type: 'text', width: 28, value: (row) => row.name },
    {
      id: 'organizationKind',
      type: 'text',
      width: 14,
      value: (row) => words.organizationKind[row.kind],
    },
    { id: 'buildings', type: 'number', value: (row) => row.buildings },
    {
      id: 'level',
      type: 'text',
      width: 18,
      value: (row) => row.unit && words.level[row.unit.level],
    },
    { id: 'requests', type: 'number', value: (row) => row.shares?.requests ?? null },
    { id: 'judged', type: 'number', value: (row) => row.unit?.n ?? null },
    { id: 'observed', type: 'number', value: (row) => row.unit?.observed ?? null },
    { id: 'expected', type: 'number', value: (row) => round(row.unit?.expected, 2) },
    { id: 'ratio', type: 'number', value: (row) => round(row.unit?.ratio, 3) },
    { id: 'lower', type: 'number', value: (row) => round(row.unit?.lower, 3) },
    { id: 'upper', type: 'number', value: (row) => round(row.unit?.upper, 3) },
    { id: 'chanceLimit', type: 'number', value: (row) => round(row.unit?.chance[1], 3) },
    { id: 'outerLimit', type: 'number', value: (row) => round(row.unit?.outer[1], 3) },
    { id: 'share', type: 'number', value: (row) => round(row.unit?.share?.share, 4) },
    { id: 'shareLower', type: 'number', value: (row) => round(row.unit?.share?.lower, 4) },
    { id: 'shareUpper', type: 'number', value: (row) => round(row.unit?.share?.upper, 4) },
    {
      id: 'responseMedian',
      type: 'number',
      value: ({ response }) => {
        const seconds = response?.median?.value ?? null
        return round(seconds === null ? null : seconds / HOUR_S, 2)
      },
    },
    { id: 'onTime', type: 'number', value: (row) => round(row.shares?.withinNorm?.share, 4) },
    { id: 'confirmed', type: 'number', value: (row) => round(row.shares?.confirmed?.share, 4) },
  ]
  const { cut } = compared.period
  return {
    title: EXPORT_WORDS[language].organizations,
    columns,
    rows: inPortions(rows),
    count: rows.length,
    about: [
      [
        EXPORT_WORDS[language].filter,
        filterInWords(frozen(filter, compared.period), context.registry, language),
      ],
      [EXPORT_WORDS[language].cut, new Date(cut).toISOString()],
      ...measureLines([asked.measure, 'responseMedian', 'withinNorm', 'confirmed'], language),
    ],
  } satisfies ExportTable<Row>
})

const BuildingsOfOne = z.extend(OrganizationSearch, { organization: Filter.shape.organization })

/** Every building of one organization with what it adds to the excess; the page shows the heaviest. */
export const organizationBuildingsExport = defineExport(async ({ context, search, language }) => {
  const asked = readFilter(BuildingsOfOne, search)
  const [organization] = asked.organization
  if (organization === undefined)
    throw new Refusal('BAD_REQUEST', 'the address names no organization: add organization=…')
  const { name } = organizationBy(context, organization)
  const filter = scopeOf(asked)
  const judgement = await judge(context, asked.measure, filter)
  const { buildings } = await byBuilding(context, judgement, { id: organization, filter })
  type Row = (typeof buildings)[number]
  return {
    title: `${EXPORT_WORDS[language].buildings}: ${name}`,
    columns: buildingColumns(context.registry, language) satisfies ExportColumn<Row>[],
    rows: inPortions(buildings),
    count: buildings.length,
    about: [
      [
        EXPORT_WORDS[language].filter,
        filterInWords(
          frozen({ ...filter, organization: [organization] }, judgement.period),
          context.registry,
          language,
        ),
      ],
      ...measureLines([asked.measure], language),
    ],
  } satisfies ExportTable<Row>
})

type BuildingRow = Awaited<ReturnType<typeof byBuilding>>['buildings'][number]
type Registry = Parameters<typeof filterInWords>[1]

function buildingColumns(registry: Registry, language: Language): ExportColumn<BuildingRow>[] {
  const known = (row: BuildingRow) => registry.building(row.building)
  const address = (row: BuildingRow) => {
    const words = known(row)?.address
    return words ? inLanguage(words, language) : null
  }
  return [
    { id: 'id', type: 'text', width: 14, value: (row) => known(row)?.id ?? null },
    { id: 'address', type: 'text', width: 32, value: address },
    { id: 'judged', type: 'number', value: (row) => row.n },
    { id: 'observed', type: 'number', value: (row) => row.observed },
    { id: 'expected', type: 'number', value: (row) => round(row.expected, 2) },
    { id: 'excess', type: 'number', value: (row) => round(excess(row), 2) },
    { id: 'without', type: 'number', value: (row) => round(row.without?.ratio, 3) },
  ]
}
