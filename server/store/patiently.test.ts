import { expect, test } from 'vitest'
import { patiently } from './patiently.ts'

test('work that met damage is done again when the damage is healed', async () => {
  const told: string[] = []
  const answer = await patiently(
    async () => {
      told.push('healed')
      return true
    },
    async () => {
      told.push('work')
      if (told.length === 1) throw new Error('checksum')
      return 'right'
    },
  )
  expect([answer, ...told]).toEqual(['right', 'work', 'healed', 'work'])
})

test('what nobody heals is told, and what heals and fails for ever is told in the end', async () => {
  let works = 0
  const work = async () => {
    works++
    throw new Error('checksum')
  }
  await expect(patiently(async () => false, work)).rejects.toThrow('checksum')
  expect(works).toBe(1)
  await expect(patiently(async () => true, work)).rejects.toThrow('checksum')
  expect(works).toBe(4)
})
