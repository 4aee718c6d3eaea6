import { afterEach, expect, test, vi } from 'vitest'
import { openTestHouse } from '#test/house.ts'
import { startNightly } from './nightly.ts'

const NOW = Date.parse('2026-02-10T12:00:00Z')

afterEach(() => vi.useRealTimers())

/** A house whose reading of the past for outages ends when the test says so. */
async function begun() {
  const house = await openTestHouse([], { now: NOW })
  const { engine } = house.context
  const asked = vi.fn()
  const columns: typeof engine.columns = (...question) => {
    asked()
    return engine.columns(...question)
  }
  let ready = false
  const context = {
    ...house.context,
    pinned: true,
    outages: { ...house.context.outages, ready: () => ready },
    engine: { ...engine, columns },
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const nightly = startNightly({
    context,
    report: (where, cause) => {
      throw new Error(where, { cause })
    },
  })
  return {
    asked,
    becomeReady: () => {
      ready = true
    },
    async end() {
      await nightly.stop()
      vi.useRealTimers()
      await house.close()
    },
  }
}

test('the first evaluation waits until the past has been read for outages', async () => {
  const { asked, becomeReady, end } = await begun()
  vi.advanceTimersByTime(60_000)
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).not.toHaveBeenCalled()
  becomeReady()
  vi.advanceTimersByTime(1_000)
  await vi.waitFor(() => expect(asked).toHaveBeenCalled())
  await end()
})

test('it does not wait for ever', async () => {
  const { asked, end } = await begun()
  vi.advanceTimersByTime(200_000)
  await vi.waitFor(() => expect(asked).toHaveBeenCalled())
  await end()
})
