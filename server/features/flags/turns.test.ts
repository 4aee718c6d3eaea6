import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('one works, so many wait, the next is told to come again; a failure makes room like a success', async () => {
  const inTurn = createTurns(2)
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const work = (name: string) => async () => {
    begun.push(name)
    const end = Promise.withResolvers<void>()
    ends.set(name, end)
    await end.promise
    return name
  }
  const first = inTurn(work('first'))
  const second = inTurn(work('second'))
  const third = inTurn(work('third'))
  expect(inTurn(work('fourth'))).toBeNull()
  await expect.poll(() => begun).toEqual(['first'])
  ends.get('first')?.reject(new Error('no paper'))
  await expect(first).rejects.toThrow('no paper')
  await expect.poll(() => begun).toEqual(['first', 'second'])
  const fifth = inTurn(work('fifth'))
  expect(fifth).not.toBeNull()
  expect(inTurn(work('sixth'))).toBeNull()
  ends.get('second')?.resolve()
  expect(await second).toBe('second')
  await expect.poll(() => begun).toEqual(['first', 'second', 'third'])
  ends.get('third')?.resolve()
  await third
  await expect.poll(() => begun).toEqual(['first', 'second', 'third', 'fifth'])
  ends.get('fifth')?.resolve()
  await fifth
})
