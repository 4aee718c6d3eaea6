import type { Language } from '#server/contract/vocabulary.ts'
import { instantText } from './city-text.ts'
import type { ExportTable } from './columns.ts'
import { csvText } from './csv.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from './words.ts'
import { xlsxBytes } from './xlsx.ts'

export const FORMATS = ['csv', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

export interface ExportOptions {
  format: Format
  language: Language
  zone: string
  city: string
  /** Instant of the answer, UTC epoch milliseconds. */
  now: number
  raw: boolean
}

const TYPES: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A table as a file that downloads while its rows are read; a reader who leaves ends the reading. */
export function exportTable<Row>(table: ExportTable<Row>, options: ExportOptions): Response {
  const { format, language, zone, city, now, raw } = options
  const words = EXPORT_WORDS[language]
  const at = instantText(zone)(now)
  const described: ExportTable<Row> = {
    ...table,
    about: [
      [words.what, `${words.product}, ${city}: ${table.title}`],
      ...table.about,
      [words.cut, at],
      [words.zone, zone],
      [words.rows, String(table.count)],
    ],
  }
  const header = table.columns.map((column) => {
    const title = DOMAIN_WORDS[language].column[column.id]
    return column.type === 'instant' ? `${title} (${zone})` : title
  })
  const body =
    format === 'csv'
      ? byteStream(csvText(described, { language, zone, header, raw }))
      : xlsxBytes(described, { zone, header })
  return new Response(body, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': attachment(`${table.title} ${table.of ?? minuteText(at)}`, format),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-row-count': String(table.count),
    },
  })
}

/** As it stands in names of files: `2026-02-10 17:00`. */
export const minuteText = (instant: string) => instant.slice(0, 16).replace('T', ' ')

/** RFC 6266: the name in full in UTF-8, and one in ASCII for those who do not read it. */
export function attachment(name: string, format: Format | 'pdf'): string {
  const clean = name.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, '-')
  const ascii = `domovoi${clean
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim()
    .replaceAll(/\s+/g, '-')
    .replace(/^(?=.)/, '-')}`
  const encoded = encodeURIComponent(clean).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}.${format}"; filename*=UTF-8''${encoded}.${format}`
}

function byteStream(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}
