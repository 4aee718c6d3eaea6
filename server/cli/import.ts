import { existsSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readCity } from '#server/config.ts'
import type { ImportPreview } from '#server/contract/import-preview.ts'
import { ENCODINGS } from '#server/import/bytes.ts'
import { type ImportOptions, importFile } from '#server/import/import.ts'
import { OUTLINES } from '#server/import/outlines.ts'
import { PRESET_NAMES } from '#server/import/presets.ts'
import { previewImport } from '#server/import/preview.ts'
import { DELIMITERS } from '#server/import/records.ts'
import { ImportRefusal } from '#server/import/refusal.ts'
import { summaryOf } from '#server/import/report.ts'
import { openLog } from '#server/log/sqlite.ts'
import { logFile } from '#server/open.ts'
import { type Command, Failure, type Terminal } from './command.ts'
import { lockFor, withHouse } from './house.ts'

const KB = 1024

export const importCsv: Command = {
  summary: 'read requests or a register of buildings from CSV or XLSX',
  usage: `import FILE... --preset ${PRESET_NAMES.join('|')}|${OUTLINES} | --mapping FILE.json
  [--encoding NAME] [--delimiter CHARACTER|tab] [--as-of YYYY-MM-DD] [--region NAME] [--json] [--preview]
  [--id-property NAME] [--new-buildings [--any-use]] [--attribution TEXT]

Reads CSV, plain or gzip, or the first sheet of an XLSX workbook, into the data folder. Every row is stored, already known or quarantined with its column and
reason, and the three add up. The same file again changes nothing. A register names its date (in the name of the file or
by --as-of); a later one produces changes of tenure and buildings that are gone. Stop the server first.
--preview tells what would change and stores nothing.
--preset outlines reads footprints of buildings from GeoJSON (plain or gzip, WGS 84). An outline belongs to the building whose id it
carries (building_id, house_id, the id of the feature, or the property of --id-property), whose address it has, or whose point it holds; one of
no building of the register is quarantined, or with --new-buildings becomes a building: where its property "building" says that people live
there, or says nothing and it has an address; with --any-use shops and garages too. The map names whom they are owed to: --attribution, or
OpenStreetMap where the ids are its own.
Encodings: ${ENCODINGS.join(', ')}; found by itself where not given.`,
  async run(args, terminal) {
    const { values, positionals: files } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        preset: { type: 'string' },
        mapping: { type: 'string' },
        encoding: { type: 'string' },
        delimiter: { type: 'string' },
        'as-of': { type: 'string' },
        region: { type: 'string' },
        json: { type: 'boolean' },
        preview: { type: 'boolean' },
        'id-property': { type: 'string' },
        'new-buildings': { type: 'boolean' },
        'any-use': { type: 'boolean' },
        attribution: { type: 'string' },
      },
    })
    if (files.length === 0) throw new Failure('name at least one file')
    for (const file of [...files, ...(values.mapping ? [values.mapping] : [])]) {
      if (!existsSync(file)) throw new Failure(`there is no file ${file}`)
      if (!statSync(file).isFile()) throw new Failure(`${file} is a folder; name a file in it`)
    }
    const given = {
      ...definedOf({ preset: values.preset, mapping: values.mapping, region: values.region }),
      ...definedOf({ asOf: values['as-of'] }),
      ...definedOf({ encoding: oneOf('--encoding', ENCODINGS, values.encoding) }),
      ...definedOf({
        delimiter: oneOf('--delimiter', DELIMITERS, values.delimiter?.replace(/^tab$/, '\t')),
      }),
    }
    const outlined = values.preset === OUTLINES
    if (!outlined && (values['new-buildings'] || values['id-property']))
      throw new Failure(`--new-buildings and --id-property go with --preset ${OUTLINES}`)
    if (values['any-use'] && !values['new-buildings'])
      throw new Failure('--any-use goes with --new-buildings')
    const outlines = {
      city: readCity(terminal.config.dataDir),
      newBuildings: values['new-buildings'] ?? false,
      anyUse: values['any-use'] ?? false,
      ...definedOf({ idProperty: values['id-property'], attribution: values.attribution }),
    }
    const lock = lockFor('import', terminal.config.dataDir)
    try {
      if (values.preview) {
        for (const file of files) {
          const found = await withLog(terminal, (world) =>
            previewImport({ ...given, ...world, file, outlines }),
          )
          if (values.json) terminal.out(JSON.stringify(found))
          else for (const line of previewLines(found)) terminal.out(line)
        }
        return
      }
      for (const file of files) {
        const report = await read(file, { ...given, outlines }, terminal)
        if (values.json) terminal.out(JSON.stringify(report))
        else for (const line of summaryOf(report)) terminal.out(line)
      }
    } finally {
      lock.release()
    }
    const bar = terminal.progress('facts')
    await withHouse('import', terminal, async () => {}, bar.at)
    bar.end()
  },
}

const read = (file: string, given: object, terminal: Terminal) =>
  withLog(terminal, (world, imports) => importFile({ ...given, ...world, file, imports }))

type World = Pick<ImportOptions, 'dataDir' | 'log' | 'now' | 'progress'>

async function withLog<T>(
  { config, now, progress }: Terminal,
  work: (world: World, imports: ImportOptions['imports']) => Promise<T>,
): Promise<T> {
  const { dataDir } = config
  const log = openLog({ file: logFile(dataDir), now })
  const bar = progress('kB read')
  const told = (done: number, total: number) =>
    bar.at(Math.round(done / KB), Math.round(total / KB))
  try {
    return await work({ dataDir, log, now, progress: told }, log.imports)
  } catch (cause) {
    if (cause instanceof ImportRefusal) throw new Failure(cause.message, { cause })
    throw cause
  } finally {
    bar.end()
    await log.close()
  }
}

/** Of each list of a preview; `--json` has more. */
const FIRST = 10
const andMore = (count: number, of: string) =>
  count > FIRST ? [`  … and ${count - FIRST} more ${of}; --json lists more of them`] : []

/** The preview for the terminal. */
function previewLines(found: ImportPreview): string[] {
  const { rows, transfers } = found
  return [
    `${found.file}, as of ${found.asOf}: nothing was stored`,
    `${rows.read} rows = ${rows.new} with news + ${rows.known} already known + ${rows.quarantined} that cannot be stored`,
    `buildings: ${found.newBuildings.count} new, ${found.changedBuildings.count} described otherwise, ${found.gone.count} gone`,
    `organizations: ${found.newOrganizations.count} new, ${found.renamed.count} renamed`,
    `tenures: ${transfers.count} transfers between ${transfers.pairs.count} pairs, ${found.taken} from nobody, ${found.lost} to nobody`,
    ...transfers.pairs.first
      .slice(0, FIRST)
      .map(({ from, to, buildings }) => `  ${buildings}: ${from.name} → ${to.name}`),
    ...andMore(transfers.pairs.count, 'pairs'),
    ...found.quarantined.first
      .slice(0, FIRST)
      .map(({ row, column, reason, value }) => `  row ${row}: ${column} ${reason} (${value})`),
    ...andMore(found.quarantined.count, 'rows that cannot be stored'),
    ...found.warnings.map((warning) => `Note: ${warning}`),
  ]
}

function oneOf<T extends string>(option: string, all: readonly T[], value: string | undefined) {
  if (value === undefined) return undefined
  const found = all.find((known) => known === value)
  if (!found) throw new Failure(`${option} is one of ${all.join(' ')}, not "${value}"`)
  return found
}

/** Options that were given; the others are left out, as exact optional fields want it. */
const definedOf = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
