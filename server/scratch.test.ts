import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replayFolder } from './scratch.ts'

test('what a killed replay left is removed by the next, what a running one uses stays', () => {
  const within = mkdtempSync(join(tmpdir(), 'domovoi-scratch-'))
  const { pid: ended } = spawnSync(process.execPath, ['-e', ''])
  const left = join(within, `domovoi-replay-${ended}-abcdef`)
  const used = join(within, `domovoi-replay-${process.ppid}-abcdef`)
  const other = join(within, 'domovoi-house-123456')
  for (const folder of [left, used, other]) mkdirSync(folder)
  writeFileSync(join(left, 'facts.duckdb'), '')
  const own = replayFolder(process.pid, within)
  expect([left, used, other, own].map((folder) => existsSync(folder))).toEqual([
    ...[false, true, true, true],
  ])
  rmSync(within, { recursive: true })
})
