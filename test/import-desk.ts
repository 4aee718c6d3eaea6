import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportPreview } from '#server/contract/import-preview.ts'
import { type ImportOptions, importFile } from '#server/import/import.ts'
import { previewImport } from '#server/import/preview.ts'
import type { ImportReport } from '#server/import/report.ts'
import { openLog, type SqliteLog } from '#server/log/sqlite.ts'

type Given = Partial<
  Omit<ImportOptions, 'mapping' | 'file' | 'dataDir' | 'log' | 'imports' | 'now'>
>

export interface Desk {
  folder: string
  log: SqliteLog
  /** Writes the bytes under a name into a folder of their own and imports them; a mapping is given as a value. */
  take(
    bytes: string | Uint8Array,
    given: Given & { mapping?: unknown; name?: string },
  ): Promise<ImportReport>
  /** The same, but only what it would change. */
  preview(
    bytes: string | Uint8Array,
    given: Given & { mapping?: unknown; name?: string },
  ): Promise<ImportPreview>
  /** Imports a file that is there. */
  file(path: string, given: Given): Promise<ImportReport>
  close(): Promise<void>
}

/** An empty data folder with a log, to import into; the clock stands at `now`. */
export function openDesk(now: number): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'domovoi-import-'))
  const files = mkdtempSync(join(tmpdir(), 'domovoi-files-'))
  const log = openLog({ file: join(folder, 'log.sqlite'), now: () => now })
  const world = { dataDir: folder, log, imports: log.imports, now: () => now }
  return {
    folder,
    log,
    take: (bytes, { mapping, name, ...given }) =>
      importFile({ ...world, ...given, ...laid(files, bytes, mapping, name) }),
    preview: (bytes, { mapping, name, ...given }) =>
      previewImport({ ...world, ...given, ...laid(files, bytes, mapping, name) }),
    file: (path, given) => importFile({ ...world, ...given, file: path }),
    async close() {
      await log.close()
      rmSync(folder, { recursive: true, force: true })
      rmSync(files, { recursive: true, force: true })
    },
  }
}

function laid(folder: string, bytes: string | Uint8Array, mapping: unknown, name = 'requests.csv') {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  if (mapping === undefined) return { file }
  const path = join(folder, 'mapping.json')
  writeFileSync(path, JSON.stringify(mapping))
  return { file, mapping: path }
}

/** `rowsRead = stored + known + quarantined`, by the report. */
export const counts = ({ rowsRead, stored, known, quarantined }: ImportReport) => ({
  rowsRead,
  stored,
  known,
  quarantined,
})
