import type { Language } from '#server/contract/vocabulary.ts'
import type { Context } from '#server/trpc.ts'
import type { ExportTable } from './columns.ts'

export interface ExportRequest {
  context: Context
  /** The search part of the page's address. */
  search: URLSearchParams
  language: Language
}

/** How a table of a page becomes a file. Throws a Refusal where the address is wrong. */
export interface ExportDefinition {
  // Rows of a table are known to its own columns only; the registry of definitions holds tables of every kind.
  open(request: ExportRequest): Promise<ExportTable<never>>
}

/** `defineExport(async ({ context, search, language }) => ({ title, columns, rows, count, about }))` */
export const defineExport = <Row>(
  open: (request: ExportRequest) => Promise<ExportTable<Row>>,
): ExportDefinition => ({ open: open as ExportDefinition['open'] })
