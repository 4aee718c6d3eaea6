import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HeldError, holderOf, takeLock } from './lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the second on a folder is refused by the name of the first', () => {
  const lock = takeLock(folder, { pid: 4711, command: 'serve' })
  lock.listens('http://127.0.0.1:8101')
  expect(() => takeLock(folder, { pid: 4712, command: 'import' })).toThrow(
    `the data folder ${folder} is in use by process 4711 (serve); stop it first`,
  )
  expect(holderOf(folder)).toEqual({ pid: 4711, command: 'serve', url: 'http://127.0.0.1:8101' })
  lock.release()
  expect(holderOf(folder)).toBeNull()
  takeLock(folder, { pid: 4712, command: 'import' }).release()
})

test.skipIf(!existsSync('/proc/self'))(
  'a folder that the system does not let anybody make is refused in words, with what to set',
  () => {
    expect(() => takeLock('/proc/domovoi/data', { pid: 1, command: 'serve' })).toThrow(
      /cannot be written .* set DOMOVOI_DATA/,
    )
  },
)

test('the lock of a killed process is free at once', async () => {
  const program = `
    import { takeLock } from '${import.meta.dirname}/lock.ts'
    takeLock(${JSON.stringify(folder)}, { pid: process.pid, command: 'serve' })
    console.log('held'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module-typescript', '-e', program])
  await once(holder.stdout, 'data')
  expect(holderOf(folder)).toEqual({ pid: holder.pid, command: 'serve' })
  expect(() => takeLock(folder, { pid: 1, command: 'serve' })).toThrow(HeldError)
  const ended = once(holder, 'exit')
  holder.kill('SIGKILL')
  await ended
  expect(holderOf(folder)).toBeNull()
  takeLock(folder, { pid: 1, command: 'serve' }).release()
})
