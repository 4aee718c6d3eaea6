import * as z from 'zod/mini'

const count = z.int()
const Told = z.object({
  row: count,
  column: z.string(),
  reason: z.string(),
  value: z.string(),
})
const counts = { read: count, stored: count, known: count, quarantined: count }

/** What the first rows of a file of requests would become; nothing was stored. */
export const FilePreview = z.object({
  read: count,
  stored: count,
  known: count,
  encoding: z.string(),
  zone: z.string(),
  requests: z.array(
    z.object({
      number: z.string(),
      registeredAt: z.int(),
      building: z.nullable(z.string()),
      category: z.nullable(z.string()),
      organization: z.nullable(z.string()),
      /** Steps after the registration, such as `request.closed`. */
      steps: z.array(z.object({ type: z.string(), at: z.int() })),
    }),
  ),
  quarantined: z.array(Told),
  warnings: z.array(z.string()),
})
export type FilePreview = z.output<typeof FilePreview>

/** One line of the answer while a file is stored: how far it is, and at the end what became of it or why it was refused. */
export const FileImportLine = z.union([
  z.object({ done: count, total: count }),
  z.object({
    report: z.object({
      ...counts,
      source: z.string(),
      events: count,
      quarantine: z.array(
        z.object({ column: z.string(), reason: z.string(), rows: count, row: count }),
      ),
      warnings: z.array(z.string()),
    }),
  }),
  z.object({ error: z.string() }),
])
export type FileImportLine = z.output<typeof FileImportLine>

/** Mappings that a person may begin with; `shipped`: a preset of the product. */
export const SavedMappings = z.array(
  z.object({ name: z.string(), text: z.string(), shipped: z.boolean() }),
)
export type SavedMappings = z.output<typeof SavedMappings>
