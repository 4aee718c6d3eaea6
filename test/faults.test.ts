import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { damageOften } from './faults/damages.ts'
import { fillDisk } from './faults/full-disk.ts'
import { killOften } from './faults/kills.ts'

/** The short form of `npm run faults`: fewer kills and damages, and no judgement of times. */
const PATIENCE = 600_000
const note = () => {}
let folder: string
const place = (name: string) => {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'domovoi-faults-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what was acknowledged survives SIGKILL at any moment, once, in order, and the totals are those of the log', {
  timeout: PATIENCE,
}, async () => {
  const found = await killOften(place('kills'), { kills: 5, seed: 1, note })
  expect(found).toMatchObject({ kills: 5, lost: 0, doubled: 0, disordered: 0, wrongTotals: 0 })
  expect(found.acknowledged).toBeGreaterThan(0)
})

test('a flipped bit or a cut anywhere in the facts leaves every answer as it was', {
  timeout: PATIENCE,
}, async () => {
  const found = await damageOften(place('damages'), { damages: 3, seed: 1, seconds: 1, note })
  expect(found.map(({ what, right }) => [what, right])).toEqual(
    found.map(({ what }) => [what, true]),
  )
  expect(found.filter(({ rebuilt }) => rebuilt)).not.toEqual([])
})

test('a full disk is never acknowledged on, goes on being read, and is left behind without a hand', {
  timeout: PATIENCE,
}, async (context) => {
  const { skipped, ...found } = await fillDisk(place('disk'), { seed: 1, note })
  if (skipped) context.skip(skipped)
  expect(found).toMatchObject({
    lost: 0,
    healthWhileFull: 503,
    readWhileFull: true,
    totalsRight: true,
    sameProcess: true,
  })
})
