import { buildingsExport } from '#server/features/buildings/export.ts'
import { requestsExport } from '#server/features/requests/export.ts'
import type { ExportDefinition } from './definition.ts'

/** One line per table. */
export const exports: Readonly<Record<string, ExportDefinition>> = {
  buildings: buildingsExport,
  requests: requestsExport,
}
