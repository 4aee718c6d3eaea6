import { expect, test } from 'vitest'
import { createTurns, GoneError } from './turns.ts'

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
  const here = new AbortController().signal
  const first = inTurn(work('first'), here)
  const second = inTurn(work('second'), here)
  const third = inTurn(work('third'), here)
  expect(inTurn(work('fourth'), here)).toBeNull()
  await expect.poll(() => begun).toEqual(['first'])
  ends.get('first')?.reject(new Error('no paper'))
  await expect(first).rejects.toThrow('no paper')
  await expect.poll(() => begun).toEqual(['first', 'second'])
  const fifth = inTurn(work('fifth'), here)
  expect(fifth).not.toBeNull()
  expect(inTurn(work('sixth'), here)).toBeNull()
  ends.get('second')?.resolve()
  expect(await second).toBe('second')
  await expect.poll(() => begun).toEqual(['first', 'second', 'third'])
  ends.get('third')?.resolve()
  await third
  await expect.poll(() => begun).toEqual(['first', 'second', 'third', 'fifth'])
  ends.get('fifth')?.resolve()
  await fifth
})

test('who goes while waiting makes room at once, and nothing is done for them; who goes later changes nothing', async () => {
  const inTurn = createTurns(1)
  const begun: string[] = []
  const ends: (() => void)[] = []
  const work = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((resolve) => ends.push(() => resolve(name)))
  }
  const [early, waiting, here] = [
    new AbortController(),
    new AbortController(),
    new AbortController().signal,
  ]
  const first = inTurn(work('first'), early.signal)
  const second = inTurn(work('second'), waiting.signal)
  await expect.poll(() => begun).toEqual(['first'])
  early.abort()
  expect(inTurn(work('third'), here)).toBeNull()
  waiting.abort()
  const fourth = inTurn(work('fourth'), here)
  expect(inTurn(work('fifth'), here)).toBeNull()
  ends[0]?.()
  expect(await first).toBe('first')
  await expect(second).rejects.toThrow(GoneError)
  await expect.poll(() => begun).toEqual(['first', 'fourth'])
  const gone = inTurn(work('gone'), AbortSignal.abort())
  ends[1]?.()
  expect(await fourth).toBe('fourth')
  await expect(gone).rejects.toThrow(GoneError)
  expect(begun).toEqual(['first', 'fourth'])
})
