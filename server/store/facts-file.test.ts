import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isDamage, isInvalidated, quarantine } from './facts-file.ts'

// The sentences are the engine's, met with a flipped bit in a block, a header and its log, a file cut short, and a full disk.
test.for([
  [
    'IO Error: Corrupt database file: computed checksum 11 does not match stored checksum 12 in block at location 0',
    'damaged',
  ],
  [
    'IO Error: Failure while replaying WAL file "f.wal": Corrupt WAL file: entry at byte position 24 computed checksum 1 does not match',
    'damaged',
  ],
  [
    'IO Error: Could not read enough bytes from file "f": attempted to read 262144 bytes from location 798720',
    'damaged',
  ],
  ['IO Error: The file "f" exists, but it is not a valid DuckDB database file!', 'damaged'],
  [
    'FATAL Error: Failed: database has been invalidated because of a previous fatal error. The database must be restarted',
    'invalidated',
  ],
  ['IO Error: Could not write file "f.wal": No space left on device', 'invalidated'],
  ["Conversion Error: Could not convert string 'corrupt FATAL' to INT32", 'sound'],
  ['Binder Error: Referenced column "checksum" not found in FROM clause!', 'sound'],
] as const)('"%s" means %s', ([message, meaning]) => {
  const cause = new Error(message)
  expect([isDamage(cause), isInvalidated(cause)]).toEqual([
    meaning === 'damaged',
    meaning === 'invalidated',
  ])
})

test('the two newest damaged files are kept, with their logs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'domovoi-quarantine-'))
  const file = join(folder, 'facts.duckdb')
  for (const minute of [1, 2, 3]) {
    writeFileSync(file, '')
    writeFileSync(`${file}.wal`, '')
    quarantine(file, Date.UTC(2026, 1, 10, 12, minute))
  }
  expect(readdirSync(folder)).toEqual([
    'facts.duckdb.damaged-2026-02-10T12-02-00.000Z',
    'facts.duckdb.damaged-2026-02-10T12-02-00.000Z.wal',
    'facts.duckdb.damaged-2026-02-10T12-03-00.000Z',
    'facts.duckdb.damaged-2026-02-10T12-03-00.000Z.wal',
  ])
  rmSync(folder, { recursive: true })
})
