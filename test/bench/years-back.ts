import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { REQUEST_COLUMNS, SPELL_COLUMNS } from '#server/store/schema.ts'
import { ROOT } from '../running.ts'

/** So many more years before the history, each a copy of it: nine make ten million of a million. */
const YEARS = 9
const YEAR_DAYS = 364
const YEAR_MS = YEAR_DAYS * 86_400_000

/** Keys of requests; instants end in `_at`, and days are told by name. */
const KEYS = new Set([
  ...['request', 'incident', 'repeat_of', 'hidden_repeat_of', 'duplicate_of', 'joined_to'],
])
const DAYS = new Set(['registered_on', 'week', 'closed_on', 'first_closed_on'])

const shifted = (columns: readonly string[], by: { keys: number; years: number }) =>
  columns
    .map((name) => {
      if (KEYS.has(name)) return `${name} + ${by.keys} AS ${name}`
      if (DAYS.has(name)) return `${name} - ${by.years * YEAR_DAYS} AS ${name}`
      if (name === 'month') return `month - ${by.years * 12} AS month`
      if (name === 'number') return `number || '~${by.years}' AS number`
      return name.endsWith('_at') ? `${name} - ${by.years * YEAR_MS} AS ${name}` : name
    })
    .join(', ')

/**
 * A folder of a city whose facts go further back than its log: its own history, and before it copies of what was closed, a year
 * apart. Made once beside it in .cache (a few gigabytes); only for reading.
 */
export async function yearsBack(folder: string, preset: string): Promise<string> {
  const made = join(ROOT, '.cache', `city-${preset}-years`)
  if (existsSync(join(made, 'facts.duckdb'))) return made
  process.stderr.write(`making ${YEARS} more years of the city "${preset}" once in .cache\n`)
  const next = `${made}.${process.pid}`
  rmSync(next, { recursive: true, force: true })
  mkdirSync(next)
  for (const name of ['log.sqlite', 'city.json', 'demo.json', 'truth.json', 'basemap.json'])
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(next, name), { mode: 2 })
  const instance = await DuckDBInstance.create(join(next, 'facts.duckdb'), {
    memory_limit: '2GB',
    threads: '2',
    preserve_insertion_order: 'true',
  })
  const facts = await instance.connect()
  try {
    await facts.run(`ATTACH '${join(folder, 'facts.duckdb')}' AS city (READ_ONLY)`)
    const tables = await facts.runAndReadAll(
      `SELECT table_name FROM duckdb_tables() WHERE database_name = 'city'`,
    )
    const [top] = (await facts.runAndReadAll('SELECT max(request) FROM city.request')).getRows()
    const keys = Number(top?.[0] ?? 0) + 1
    const copied = { request: REQUEST_COLUMNS, spell: SPELL_COLUMNS }
    for (const [name] of tables.getRows()) {
      const table = String(name)
      await facts.run(`CREATE TABLE ${table} AS FROM city.${table} LIMIT 0`)
      const columns = copied[table as keyof typeof copied]
      for (let years = YEARS; columns && years > 0; years--)
        await facts.run(
          `INSERT INTO ${table} SELECT ${shifted(Object.keys(columns), { keys: keys * years, years })}
           FROM city.${table} WHERE ${table === 'request' ? 'closed_at' : 'end_at'} IS NOT NULL`,
        )
      await facts.run(`INSERT INTO ${table} FROM city.${table}`)
      await facts.run('CHECKPOINT')
    }
  } finally {
    facts.closeSync()
    instance.closeSync()
  }
  renameSync(next, made)
  return made
}
