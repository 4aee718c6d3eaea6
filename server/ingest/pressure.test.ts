import { expect, test } from 'vitest'
import { createGate, PressureFault, reserveOf } from './pressure.ts'

const GB = 1024 ** 3

test('a big disk keeps 512 MB, a small one five percent', () => {
  expect(reserveOf(250 * GB)).toBe(512 * 1024 * 1024)
  expect(reserveOf(GB)).toBe(GB / 20)
})

test('a full disk is told as 503, and the gate opens as soon as there is room', async () => {
  const disk = { free: 10, size: 1000 }
  const gate = createGate({ dataDir: '.', clock: () => 0, room: async () => disk })
  await expect(gate.pass(async () => 'stored')).rejects.toMatchObject({
    status: 503,
    retryAfterSeconds: 5,
  })
  disk.free = 500
  expect(await gate.pass(async () => 'stored')).toBe('stored')
})

test('the batch beyond the limit is sent away, and taken when another has left', async () => {
  const room = async () => ({ free: GB, size: GB })
  const gate = createGate({ dataDir: '.', clock: () => 0, room, batchesAtOnce: 1 })
  let leave = () => {}
  const first = gate.pass(() => new Promise<void>((resolve) => (leave = resolve)))
  await expect(gate.pass(async () => 'second')).rejects.toThrow(PressureFault)
  leave()
  await first
  expect(await gate.pass(async () => 'second')).toBe('second')
})
