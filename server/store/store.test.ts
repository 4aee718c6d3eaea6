import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openLog, type SqliteLog } from '#server/log/sqlite.ts'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { openFacts } from './duckdb.ts'
import type { Engine } from './engine.ts'
import { openStore, type StoreOptions } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'domovoi-store-'))
const file = join(folder, 'facts.duckdb')
const wal = `${file}.wal`
const kept = join(folder, 'kept')
let log: SqliteLog
let truth: unknown

/** Every row of every table, and their order left out. */
const everything = async (engine: Engine) =>
  Promise.all(
    ['request', 'spell', 'version', 'building', 'tenure', 'meta'].map((table) =>
      engine.query(`SELECT count(*) AS rows, sum(hash(COLUMNS(*)))::VARCHAR FROM ${table}`),
    ),
  )

const options = (more: Partial<StoreOptions> = {}): StoreOptions => ({
  ...{ log, file, zone: ZONE, now: () => NOW, memoryLimitMb: 128 },
  ...more,
})
const askAll = async (more: Partial<StoreOptions> = {}) => {
  const reports: string[] = []
  const report = (_: string, cause: unknown) => void reports.push(String(cause))
  const store = await openStore(options({ report, ...more }))
  // While the facts heal themselves, questions are refused.
  const answer = await vi.waitFor(() => everything(store.engine), { timeout: 30_000, interval: 10 })
  await store.close()
  return { answer, reports }
}
const remove = () => {
  for (const name of readdirSync(folder)) if (name.startsWith('facts.')) rmSync(join(folder, name))
}

beforeAll(async () => {
  log = openLog({ file: join(folder, 'log.sqlite'), now: () => NOW })
  const half = Math.floor(CITY.length / 2)
  await log.append(CITY.slice(0, half))
  await (await openStore(options())).close()
  const store = await openStore(options())
  await log.append(CITY.slice(half))
  await store.projector.settle()
  truth = await everything(store.engine)
  // A copy while it is open: as a killed process leaves it, with the last transactions in the engine's own log.
  copyFileSync(file, kept)
  copyFileSync(wal, `${kept}.wal`)
  await store.close()
})
afterAll(async () => {
  await log.close()
  rmSync(folder, { recursive: true })
})

test('facts projected in portions and facts rebuilt from the whole log are the same', async () => {
  remove()
  expect((await askAll()).answer).toEqual(truth)
})

test('a store that was killed opens with what it had, without a rebuild', async () => {
  remove()
  copyFileSync(kept, file)
  copyFileSync(`${kept}.wal`, wal)
  expect(await askAll()).toEqual({ answer: truth, reports: [] })
})

const flip = (path: string, offset: number, bit: number) => {
  const handle = openSync(path, 'r+')
  const byte = Buffer.alloc(1)
  readSync(handle, byte, 0, 1, offset)
  byte[0] = (byte[0] ?? 0) ^ (1 << bit)
  writeSync(handle, byte, 0, 1, offset)
  closeSync(handle)
}
/** Park and Miller's generator, so that the places are the same in every run. */
function* places(seed: number) {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647
    yield state
  }
}

const HURTS = 12
test(`one flipped bit or a truncation anywhere ends in right numbers: ${HURTS} of each`, async () => {
  const random = places(20_260_210)
  const next = (below: number) => (random.next().value ?? 0) % below
  const sizes = { facts: statSync(kept).size, wal: statSync(`${kept}.wal`).size }
  for (let hurt = 0; hurt < HURTS * 2; hurt++) {
    remove()
    copyFileSync(kept, file)
    copyFileSync(`${kept}.wal`, wal)
    // The header is small beside the blocks: a third of the wounds go there, a third to the engine's log.
    const where = hurt % 3
    const path = where === 2 ? wal : file
    const offset = next(where === 0 ? 12_288 : where === 1 ? sizes.facts : sizes.wal)
    if (hurt < HURTS) flip(path, offset, next(8))
    else truncateSync(path, offset)
    const { answer } = await askAll()
    expect(answer, `${hurt < HURTS ? 'bit' : 'cut'} at ${offset} of ${path}`).toEqual(truth)
  }
})

test('a file that is no database is put aside under a name with the time, told about, and rebuilt', async () => {
  remove()
  copyFileSync(join(folder, 'log.sqlite'), file)
  const { answer, reports } = await askAll()
  expect(answer).toEqual(truth)
  expect(reports).toEqual([expect.stringContaining('facts.duckdb.damaged-2026-02-10T12-00-00')])
  expect(existsSync(`${file}.damaged-2026-02-10T12-00-00.000Z`)).toBe(true)
})

test('facts that another program has open are left alone, and the refusal names it', async () => {
  remove()
  copyFileSync(kept, file)
  const program = `const { DuckDBInstance } = await import('@duckdb/node-api')
    const held = await DuckDBInstance.create(process.argv[1])
    process.stdin.resume().on('end', () => held.closeSync())
    process.stdout.write('open')`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program, file])
  await once(holder.stdout, 'data')
  await expect(openStore(options())).rejects.toThrow(new RegExp(`another program.*${holder.pid}`))
  expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([])
  holder.stdin.end()
  await once(holder, 'exit')
})

test('facts of another log are not believed', async () => {
  remove()
  const other = openLog({ file: join(folder, 'other.sqlite'), now: () => NOW })
  await other.append(CITY.slice(0, 20).map((event) => ({ ...event, id: `other:${event.id}` })))
  await (await openStore(options({ log: other }))).close()
  await other.close()
  const { answer, reports } = await askAll()
  expect(answer).toEqual(truth)
  expect(reports).toHaveLength(1)
})

test('damage met by a question while serving is healed, and the next question is right', async () => {
  remove()
  await (await openStore(options())).close()
  const store = await openStore(options())
  const size = statSync(file).size
  for (let offset = 12_288; offset < size; offset += 4096) flip(file, offset, 1)
  await expect(
    store.engine.query('SELECT sum(hash(COLUMNS(*)))::VARCHAR FROM spell'),
  ).rejects.toThrow()
  await expect.poll(() => store.condition(), { timeout: 30_000 }).toBe('serving')
  expect(await everything(store.engine)).toEqual(truth)
  await store.close()
})

test('facts of another version are made anew, and that is news, not damage', async () => {
  remove()
  await (await openStore(options())).close()
  const old = await openFacts({ file })
  await old.write((writer) => writer.run(`UPDATE meta SET value = 1 WHERE key = 'schema'`))
  await old.close()
  const before = readdirSync(folder)
  const news: string[] = []
  const { answer, reports } = await askAll({ tell: (sentence) => void news.push(sentence) })
  expect(answer).toEqual(truth)
  expect(reports).toEqual([])
  expect(news).toEqual([expect.stringContaining('the facts are of version 1')])
  expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual([])
})

test('when the city chooses another authority the facts are made anew, and that is news, not a fault', async () => {
  await (await openStore(options())).close()
  const news: string[] = []
  const tell = (sentence: string) => void news.push(sentence)
  expect((await askAll({ authority: 'sever', tell })).reports).toEqual([])
  expect(news).toEqual([
    'the norms or the authority of the city have changed: the facts are made anew from the log',
  ])
  expect((await askAll({ authority: 'sever', tell })).reports).toEqual([])
  expect(news.length).toBe(1)
  const { answer } = await askAll()
  expect(answer).toEqual(truth)
})
