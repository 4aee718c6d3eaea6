import { requestsExport } from '#server/features/requests/export.ts'
import type { ExportDefinition } from './definition.ts'

/** One line per table. */
export const exports: Readonly<Record<string, ExportDefinition>> = {
  requests: requestsExport,
}
