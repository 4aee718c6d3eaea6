import { expect, test } from 'vitest'
import { reckonBeside } from './reckoning-thread.ts'

test('a thread that fails is an error to whoever waits for it, again and again, and no end of the server', async () => {
  const nothing = {} as Parameters<typeof reckonBeside>[0]
  const reckoning = reckonBeside(nothing)
  await expect(reckoning.candidates()).rejects.toThrow()
  await expect(reckoning.refined(null, new Map())).rejects.toThrow()
  reckoning.end()
})
