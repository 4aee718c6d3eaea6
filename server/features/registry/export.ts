import { RegistryFilter } from '#server/contract/registry-search.ts'
import { inLanguage, type Language, type Words } from '#server/contract/vocabulary.ts'
import { instantText } from '#server/export/city-text.ts'
import type { ExportColumn } from '#server/export/columns.ts'
import { defineExport } from '#server/export/definition.ts'
import { readFilter } from '#server/export/filter-words.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from '#server/export/words.ts'
import type { Context } from '#server/trpc.ts'
import {
  type BuildingLine,
  buildingLines,
  type OrganizationLine,
  organizationLines,
} from './lists.ts'

/** Who answered for each building, as of and as known at the instants of the address. */
export const registryBuildingsExport = defineExport<BuildingLine>(
  async ({ context, search, language }) => {
    const filter = readFilter(RegistryFilter, search)
    const rows = buildingLines(context, { filter, language })
    const words = EXPORT_WORDS[language]
    return {
      title: `${words.registry}: ${words.buildings}`,
      columns: buildingColumns(language),
      rows: inPortions(rows),
      count: rows.length,
      about: aboutOf(filter, context, language),
    }
  },
)

export const registryOrganizationsExport = defineExport<OrganizationLine>(
  async ({ context, search, language }) => {
    const filter = readFilter(RegistryFilter, search)
    const rows = organizationLines(context, { filter, language })
    const words = EXPORT_WORDS[language]
    return {
      title: `${words.registry}: ${words.organizations}`,
      columns: organizationColumns(language),
      rows: inPortions(rows),
      count: rows.length,
      about: aboutOf(filter, context, language),
    }
  },
)

function aboutOf(
  { asOf, knownAt, q, stale }: RegistryFilter,
  { city }: Pick<Context, 'city'>,
  language: Language,
) {
  const words = EXPORT_WORDS[language]
  const then = (clock: string | undefined) =>
    clock?.includes('T') ? instantText(city.zone)(Date.parse(clock)) : (clock ?? words.now)
  return [
    [words.asOf, then(asOf)],
    [words.knownAt, then(knownAt)],
    ...(q ? ([[words.search, q]] as const) : []),
    ...(stale ? ([[words.filter, words.stalePhones]] as const) : []),
  ] as const
}

async function* inPortions<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += 2000) yield rows.slice(start, start + 2000)
}

const said = (name: Words | null, language: Language) => (name ? inLanguage(name, language) : null)

function buildingColumns(language: Language): ExportColumn<BuildingLine>[] {
  const words = DOMAIN_WORDS[language]
  return [
    { id: 'id', type: 'text', width: 14, value: (row) => row.id },
    { id: 'address', type: 'text', width: 32, value: (row) => said(row.address, language) },
    { id: 'district', type: 'text', width: 16, value: (row) => said(row.district, language) },
    { id: 'responsibleNow', type: 'text', width: 28, value: (row) => row.answers?.name ?? null },
    { id: 'since', type: 'instant', value: (row) => row.answers?.since ?? null },
    { id: 'apartments', type: 'number', value: (row) => row.apartments },
    { id: 'recordedAt', type: 'instant', value: (row) => row.recordedAt },
    { id: 'corrections', type: 'number', value: (row) => row.corrected },
    { id: 'gone', type: 'text', width: 10, value: (row) => (row.gone ? words.yes : words.no) },
  ]
}

function organizationColumns(language: Language): ExportColumn<OrganizationLine>[] {
  const words = DOMAIN_WORDS[language]
  return [
    { id: 'id', type: 'text', width: 14, value: (row) => row.id },
    { id: 'organizationName', type: 'text', width: 28, value: (row) => row.name },
    {
      id: 'organizationKind',
      type: 'text',
      width: 14,
      value: (row) => words.organizationKind[row.kind],
    },
    { id: 'mergedInto', type: 'text', width: 28, value: (row) => row.mergedInto?.name ?? null },
    { id: 'member', type: 'text', width: 28, value: (row) => row.member },
    { id: 'phone', type: 'text', width: 18, value: (row) => row.phone },
    { id: 'verifiedAt', type: 'instant', value: (row) => row.verifiedAt },
    { id: 'buildings', type: 'number', value: (row) => row.buildings },
    { id: 'apartments', type: 'number', value: (row) => row.apartments },
  ]
}
