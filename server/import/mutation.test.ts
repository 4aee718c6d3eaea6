import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Event } from '#server/contract/events.ts'
import { memoryImports, memoryLog } from '#test/memory-log.ts'
import { SMALL_HEADER, SMALL_MAPPING, SMALL_NOW, SMALL_ROWS, smallFile } from '#test/small-file.ts'
import { importFile } from './import.ts'
import { ImportRefusal } from './refusal.ts'

const RUNS = 500
const folder = mkdtempSync(join(tmpdir(), 'domovoi-mutation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const mappingFile = join(folder, 'mapping.json')
writeFileSync(mappingFile, JSON.stringify({ ...SMALL_MAPPING, place: 'адрес', closingNote: 'вид' }))
const registerFile = join(folder, 'register.json')
writeFileSync(
  registerFile,
  JSON.stringify({
    kind: 'register',
    source: 'register',
    zone: 'Asia/Almaty',
    language: 'kk',
    dates: ['yyyy-MM-dd HH:mm', 'dd.MM.yyyy'],
    building: {
      id: 'дом',
      address: 'адрес',
      lon: 'срок',
      lat: 'закрыта',
      year: 'номер',
      series: 'вид',
      area: 'срок',
      floors: 'закрыта',
      heatingPoint: 'статус',
    },
    organization: { id: 'организация', name: 'вид', kinds: [['ОСИ', 'osi']] },
    since: 'создана',
    district: { id: 'статус', name: 'вид' },
  }),
)

/** Imports twice and proves what must hold whatever the bytes are. Whether the file was taken. */
async function holds(bytes: Uint8Array, mapping: string): Promise<boolean> {
  const file = join(folder, 'rows.csv')
  writeFileSync(file, bytes)
  const log = memoryLog(SMALL_NOW)
  const options = {
    file,
    mapping,
    dataDir: folder,
    log,
    imports: memoryImports(),
    now: () => SMALL_NOW,
    asOf: '2026-01-20',
  }
  try {
    const first = await importFile(options)
    expect(first.stored + first.known + first.quarantined).toBe(first.rowsRead)
    expect(log.events.length).toBe(first.eventsStored)
    expect(options.imports.quarantined()).toBe(first.quarantined)
    for (const { seq: _seq, recordedAt: _at, ...event } of log.events)
      expect(Event.parse(event)).toEqual(event)

    const again = await importFile(options)
    expect([again.rowsRead, again.stored, again.eventsStored]).toEqual([first.rowsRead, 0, 0])
    expect(again.known + again.quarantined).toBe(first.rowsRead)
    return true
  } catch (cause) {
    if (!(cause instanceof ImportRefusal)) throw cause
    expect(log.events).toEqual([])
    return false
  }
}

// Many rows, so that most changes meet one of them: a header that is damaged is refused at once.
const MANY = smallFile(
  Array.from({ length: 8 }, (_, round) =>
    SMALL_ROWS.map((row) => row.replace(/^\d/, (number) => `${round}-${number}`)),
  ).flat(),
)
const SEEDS = [
  Buffer.from(MANY),
  Buffer.from(`\uFEFF${MANY}`, 'utf16le'),
  Buffer.from(MANY.replaceAll(',', ';').replaceAll('\n', '\r\n')),
  gzipSync(MANY),
]
const change = fc.record({
  at: fc.nat(1_000_000),
  what: fc.constantFrom('flip', 'drop', 'double', 'put'),
  byte: fc.oneof(fc.constantFrom(0, 10, 13, 34, 44, 59, 0xff, 0xd0), fc.nat(255)),
  length: fc.integer({ min: 1, max: 40 }),
})

function mutated(
  seed: Buffer,
  changes: readonly { at: number; what: string; byte: number; length: number }[],
) {
  let bytes = Buffer.from(seed)
  for (const { at, what, byte, length } of changes) {
    const place = at % Math.max(1, bytes.length)
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)]
    if (what === 'flip') bytes.writeUInt8((bytes[place] ?? 0) ^ (byte || 1), place)
    else if (what === 'drop') bytes = Buffer.concat([before, after.subarray(length)])
    else if (what === 'double') bytes = Buffer.concat([before, after.subarray(0, length), after])
    else bytes = Buffer.concat([before, Buffer.of(byte), after])
    if (bytes.length === 0) break
  }
  return bytes
}

test.for([mappingFile, registerFile])(
  'whatever happens to the bytes of a file, it is refused whole or its rows add up',
  { timeout: 300_000 },
  async (mapping) => {
    let taken = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SEEDS),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (seed, changes) => {
          taken += Number(await holds(mutated(seed, changes), mapping))
        },
      ),
      { numRuns: RUNS },
    )
    expect(taken).toBeGreaterThan(RUNS / 5)
  },
)

const COLUMNS = SMALL_HEADER.split(',')
const NO_BUILDING = '4,2026-01-12 11:00,,,открыта,,у фонтана,КСК Ұлан,лифт'
const usual = parse([...SMALL_ROWS, NO_BUILDING].join('\n')) as string[][]
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', minLength: 100, maxLength: 400, size: 'max' }),
  fc.constantFrom(
    '',
    '__proto__',
    'toString',
    '1e400',
    '-0',
    '٣',
    '\u00a0',
    '=1+1',
    '🏚️'.repeat(70),
  ),
  fc.constantFrom('9999-12-31 23:59', '1000-01-01', '0999-12-31', '9998-12-31 23:59', '01.01.1901'),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 16).replace('T', ' ')),
  fc.double().map(String),
  fc.integer({ min: -100, max: 100_000 }).map(String),
)
/** A usual row with some of its cells replaced. */
const row = fc
  .tuple(
    fc.constantFrom(...usual),
    fc.array(fc.tuple(fc.nat(COLUMNS.length - 1), cell), { maxLength: 3 }),
  )
  .map(([cells, changes]) => {
    const changed = [...cells]
    for (const [index, value] of changes) changed[index] = value
    return changed
  })

test.for([mappingFile, registerFile])(
  'whatever the cells hold, every event that is stored is one',
  { timeout: 300_000 },
  async (mapping) => {
    let taken = 0
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        taken += Number(await holds(Buffer.from(stringify([COLUMNS, ...rows])), mapping))
      }),
      { numRuns: RUNS },
    )
    expect(taken).toBeGreaterThan(RUNS / 2)
  },
)
