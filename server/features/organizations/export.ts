import * as z from 'zod/mini'
import {
  OrganizationSearch,
  OrganizationsSearch,
  organizationRows,
  requestsOf,
  scopeOf,
  UNIT_KINDS,
} from '#server/contract/organizations.ts'
import { inLanguage, type Language, type Words } from '#server/contract/vocabulary.ts'
import { instantText } from '#server/export/city-text.ts'
import type { ExportColumn, ExportTable } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { filterInWords, readFilter } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS, measureLines } from '#server/export/words.ts'
import { excess } from '#server/judgement/excess.ts'
import { comparable, judge } from '#server/judgement/judge.ts'
import { byBuilding, judgedPeriod } from '#server/judgement/parts.ts'
import { frozen } from '#server/judgement/period.ts'
import type { Context } from '#server/trpc.ts'
import { comparison } from './compare.ts'
import { ON_TIME, onTimeOfAll } from './on-time.ts'
import { shares } from './shares.ts'
import { unitBy, unitIdOf } from './unit.ts'
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
  const { unit } = asked
  const compared = await comparison(context, asked.measure, filter, unit)
  const pace = asked.measure === 'pace' ? compared : await comparison(context, 'pace', filter, unit)
  const shared = await shares(context, filter, unit)
  const answered = await responses(context, filter, unit)
  const inTime = await onTimeOfAll(context, comparable(filter, unit), unit)
  const known = {
    units: named(compared.units),
    shares: named(shared.units),
    responses: answered.units,
  }
  function named<U extends { name: string | Words }>(units: readonly U[]) {
    return units.map(({ name, ...one }) => ({
      ...one,
      name: typeof name === 'string' ? name : inLanguage(name, language),
    }))
  }
  const slow = new Map(pace.units.map((one) => [one.id, one]))
  const timely = (id: string) => inTime.of.get(unitBy(context, { unit, id }).key)
  const share = (id: string, measure: (typeof ON_TIME)[number]) =>
    round(timely(id)?.definitions.find((one) => one.measure === measure)?.share?.share, 4)
  const rows = organizationRows(known, asked)
  type Row = (typeof rows)[number]
  const words = DOMAIN_WORDS[language]
  const onTimeColumns: ExportColumn<Row>[] = [
    {
      id: 'onTimeEstimated',
      type: 'number',
      value: (row) => round(timely(row.id)?.estimate?.share, 4),
    },
    {
      id: 'onTimeEstimatedLower',
      type: 'number',
      value: (row) => round(timely(row.id)?.estimate?.lower, 4),
    },
    {
      id: 'onTimeEstimatedUpper',
      type: 'number',
      value: (row) => round(timely(row.id)?.estimate?.upper, 4),
    },
    { id: 'onTimeDone', type: 'number', value: (row) => share(row.id, 'onTime') },
    { id: 'onTimeOfClosed', type: 'number', value: (row) => share(row.id, 'onTimeOfClosed') },
    {
      id: 'onTimeOfClosedAndOverdue',
      type: 'number',
      value: (row) => share(row.id, 'onTimeOfClosedAndOverdue'),
    },
    { id: 'onTimeSoFar', type: 'number', value: (row) => share(row.id, 'onTimeSoFar') },
  ]
  const columns: ExportColumn<Row>[] = [
    { id: 'id', type: 'text', width: 14, value: (row) => row.id },
    { id: 'organizationName', type: 'text', width: 28, value: (row) => row.name },
    {
      id: 'organizationKind',
      type: 'text',
      width: 14,
      value: (row) => row.kind && words.organizationKind[row.kind],
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
    { id: 'shrunken', type: 'number', value: (row) => round(row.unit?.shrunken.mean, 3) },
    { id: 'slowness', type: 'number', value: (row) => round(slow.get(row.id)?.ratio, 3) },
    { id: 'slownessLower', type: 'number', value: (row) => round(slow.get(row.id)?.lower, 3) },
    { id: 'slownessUpper', type: 'number', value: (row) => round(slow.get(row.id)?.upper, 3) },
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
    ...onTimeColumns,
    { id: 'overdue', type: 'number', value: (row) => timely(row.id)?.overdue ?? null },
    { id: 'confirmed', type: 'number', value: (row) => round(row.shares?.confirmed?.share, 4) },
    {
      id: 'confirmedOfAnswered',
      type: 'number',
      value: (row) => round(row.shares?.confirmedOfAnswered?.share, 4),
    },
    { id: 'answered', type: 'number', value: (row) => round(row.shares?.answered?.share, 4) },
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
        filterInWords(frozen(filter, compared.period), context, language),
      ],
      [EXPORT_WORDS[language].cut, instantText(context.city.zone)(cut)],
      ...measureLines(
        [
          ...new Set([asked.measure, 'pace'] as const),
          'responseMedian',
          'withinNorm',
          'onTimeEstimated',
          ...ON_TIME,
          'overdue',
          'confirmed',
          'confirmedOfAnswered',
          'answered',
        ],
        language,
      ),
    ],
  } satisfies ExportTable<Row>
})

const BuildingsOfOne = z.extend(OrganizationSearch, {
  id: z.string(),
  unit: z.optional(z.enum(UNIT_KINDS)),
})

/** Every building of one organization with what it adds to the excess; the page shows the heaviest. */
export const organizationBuildingsExport = defineExport(async ({ context, search, language }) => {
  const asked = readFilter(BuildingsOfOne, search)
  const { id } = asked
  const unit = asked.unit ?? unitIdOf(context, id).unit
  const { name, key } = unitBy(context, { unit, id })
  const filter = scopeOf(asked)
  const judgement = await judge(context, asked.measure, filter, unit)
  const { buildings } = await byBuilding(context, judgement, { id, key, filter })
  type Row = (typeof buildings)[number]
  return {
    title: `${EXPORT_WORDS[language].buildings}: ${typeof name === 'string' ? name : inLanguage(name, language)}`,
    columns: buildingColumns(context.registry, language) satisfies ExportColumn<Row>[],
    rows: inPortions(buildings),
    count: buildings.length,
    about: [
      [
        EXPORT_WORDS[language].filter,
        filterInWords(
          frozen(requestsOf(filter, { unit, id }), judgedPeriod(judgement, key)),
          context,
          language,
        ),
      ],
      ...measureLines([asked.measure], language),
    ],
  } satisfies ExportTable<Row>
})

type BuildingRow = Awaited<ReturnType<typeof byBuilding>>['buildings'][number]
type Registry = Context['registry']

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
