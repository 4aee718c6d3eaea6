import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { openLog } from './sqlite.ts'

const NOW = Date.parse('2026-02-10T12:07:00Z')
const SLOT = Date.parse('2026-02-10T12:00:00Z')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intake-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const file = () => join(folder, 'log.sqlite')
const open = (now = NOW) => openLog({ file: file(), now: () => now })

const told = (source: string, number: number, name = 'x'): DomainEvent => ({
  id: `${source}:${number}`,
  type: 'organization.registered',
  occurredAt: NOW,
  source,
  organization: `o-${number}`,
  name,
  kind: 'uk',
})
const nothing = { arrived: 0, stored: 0, known: 0, quarantined: 0, refused: 0, batches: 0 }

test('what arrives is counted by source and quarter of an hour, with what became of it', async () => {
  const log = open()
  await log.append([told('a', 1), told('a', 2), told('b', 1)])
  await log.append([told('a', 2), told('a', 3)])
  expect(log.intake.rows(0)).toEqual([
    { slot: SLOT, source: 'a', unit: 'event', ...nothing, arrived: 4, stored: 3, known: 1 },
    { slot: SLOT, source: 'b', unit: 'event', ...nothing, arrived: 1, stored: 1 },
  ])
  expect(log.intake.rows(SLOT + 15 * 60_000)).toEqual([])
  await log.close()
})

test('of a batch with a conflict nothing is counted, as nothing of it is stored', async () => {
  const log = open()
  await log.append([told('a', 1)])
  await expect(log.append([told('a', 2), told('a', 1, 'other')])).rejects.toThrow('another body')
  expect(log.intake.rows(0)).toEqual([
    { slot: SLOT, source: 'a', unit: 'event', ...nothing, arrived: 1, stored: 1 },
  ])
  await log.close()
})

test('an import counts its rows each time it is read, beside the events they became', async () => {
  const log = open()
  const entry = { source: 'file', file: 'a.csv', sha256: 'f'.repeat(64), at: NOW }
  log.imports.finish(log.imports.begin(entry), { read: 9, stored: 7, known: 0, quarantined: 2 })
  const again = { ...entry, at: NOW + 3_600_000 }
  log.imports.finish(log.imports.begin(again), { read: 9, stored: 0, known: 7, quarantined: 2 })
  expect(log.intake.rows(0)).toEqual([
    { slot: SLOT, source: 'file', unit: 'row', ...nothing, arrived: 9, stored: 7, quarantined: 2 },
    {
      ...{ slot: SLOT + 3_600_000, source: 'file', unit: 'row' },
      ...{ ...nothing, arrived: 9, known: 7, quarantined: 2 },
    },
  ])
  await log.close()
})

test('refused batches are told apart, newest first, and stand after a restart', async () => {
  const log = open()
  log.intake.refuse({ source: 'a', status: 400, events: 3, reason: 'first' })
  log.intake.refuse({ source: 'a', status: 409, events: 1, reason: 'second' })
  await log.close()
  const later = open()
  expect(later.intake.refusals('a', 1)).toEqual([
    { at: NOW, source: 'a', status: 409, events: 1, reason: 'second' },
  ])
  expect(later.intake.rows(0)).toEqual([
    { slot: SLOT, source: 'a', unit: 'event', ...nothing, refused: 4, batches: 2 },
  ])
  await later.close()
})

test('the sums over all time are those of the rows, however the counting went on', async () => {
  const log = open()
  await log.append([told('a', 1)])
  expect(log.intake.totals()).toEqual([
    { source: 'a', unit: 'event', ...nothing, arrived: 1, stored: 1, lastSlot: SLOT },
  ])
  await log.append([told('a', 1), told('b', 1)])
  await expect(log.append([told('b', 2), told('a', 1, 'other')])).rejects.toThrow('another body')
  log.intake.refuse({ source: 'c', status: 400, events: 2, reason: 'x' })
  log.intake.quarantine('a', 1, 'y')
  const counted = log.intake.totals()
  await log.close()
  const again = open()
  expect(again.intake.totals()).toEqual(counted)
  expect(counted.map(({ source, arrived, lastSlot }) => [source, arrived, lastSlot])).toEqual([
    ['a', 3, SLOT],
    ['b', 1, SLOT],
    ['c', 0, null],
  ])
  await again.close()
})

test('a log from before arrivals were counted is counted once, from what it holds', async () => {
  const log = open()
  await log.append([told('a', 1), told('a', 2)])
  await log.close()
  const db = new DatabaseSync(file())
  db.exec('DROP TABLE intake; DROP TABLE refusal')
  db.close()
  for (const _ of [1, 2]) {
    const opened = open()
    expect(opened.intake.rows(0)).toEqual([
      { slot: SLOT, source: 'a', unit: 'event', ...nothing, arrived: 2, stored: 2 },
    ])
    await opened.close()
  }
})
