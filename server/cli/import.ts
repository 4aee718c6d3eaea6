import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ENCODINGS } from '#server/import/bytes.ts'
import { importFile } from '#server/import/import.ts'
import { PRESET_NAMES } from '#server/import/presets.ts'
import { DELIMITERS } from '#server/import/records.ts'
import { ImportRefusal } from '#server/import/refusal.ts'
import { summaryOf } from '#server/import/report.ts'
import { openLog } from '#server/log/sqlite.ts'
import { logFile } from '#server/open.ts'
import { type Command, Failure, type Terminal } from './command.ts'
import { lockFor, withHouse } from './house.ts'

const KB = 1024

export const importCsv: Command = {
  summary: 'read requests or a register of buildings from CSV',
  usage: `import FILE... --preset ${PRESET_NAMES.join('|')} | --mapping FILE.json
  [--encoding NAME] [--delimiter CHARACTER|tab] [--as-of YYYY-MM-DD] [--region NAME] [--json]

Reads CSV, plain or gzip, into the data folder. Every row is stored, already known or quarantined with its column and
reason, and the three add up. The same file again changes nothing. A register names its date (in the name of the file or
by --as-of); a later one produces changes of tenure and buildings that are gone. Stop the server first.
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
      },
    })
    if (files.length === 0) throw new Failure('name at least one CSV file')
    for (const file of files) if (!existsSync(file)) throw new Failure(`there is no file ${file}`)
    const given = {
      ...definedOf({ preset: values.preset, mapping: values.mapping, region: values.region }),
      ...definedOf({ asOf: values['as-of'] }),
      ...definedOf({ encoding: oneOf('--encoding', ENCODINGS, values.encoding) }),
      ...definedOf({
        delimiter: oneOf('--delimiter', DELIMITERS, values.delimiter?.replace(/^tab$/, '\t')),
      }),
    }
    const lock = lockFor('import', terminal.config.dataDir)
    try {
      for (const file of files) {
        const report = await read(file, given, terminal)
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

async function read(file: string, given: object, { config, now, progress }: Terminal) {
  const { dataDir } = config
  const log = openLog({ file: logFile(dataDir), now })
  const bar = progress('kB read')
  const told = (done: number, total: number) =>
    bar.at(Math.round(done / KB), Math.round(total / KB))
  try {
    const imports = log.imports
    return await importFile({ ...given, file, dataDir, log, imports, now, progress: told })
  } catch (cause) {
    if (cause instanceof ImportRefusal) throw new Failure(cause.message, { cause })
    throw cause
  } finally {
    bar.end()
    await log.close()
  }
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
