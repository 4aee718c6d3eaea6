import { expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import type { Delivery } from './life/steps.ts'
import { type PlayOptions, play, type Sent } from './player.ts'

const at = (second: number): Delivery => ({
  at: second * 1000,
  event: {
    type: 'building.removed',
    id: `e${second}`,
    occurredAt: second * 1000,
    source: 's',
    building: 'b',
  },
})

/** A clock that only sleeping moves, and a server that answers as told. */
function stage(answers: (ids: string[]) => Sent = () => ({ how: 'taken' })) {
  let clock = 100_000
  const stop = new AbortController()
  const told: { at: number; ids: string[] }[] = []
  const heard: string[] = []
  const reached: number[] = []
  const options = (seconds: number[], more: Partial<PlayOptions> = {}): PlayOptions => ({
    future: [seconds.map(at)],
    from: 0,
    speed: Infinity,
    now: () => clock,
    async sleep(milliseconds) {
      clock += milliseconds
    },
    async send(events: readonly DomainEvent[]) {
      const ids = events.map(({ id }) => id)
      told.push({ at: clock, ids })
      return answers(ids)
    },
    reached: (instant) => reached.push(instant),
    report: (sentence) => heard.push(sentence),
    signal: stop.signal,
    ...more,
  })
  return { told, heard, reached, options }
}

test('what happened while nobody played is told at once, the rest when it happens', async () => {
  const { told, reached, options } = stage()
  await play(options([10, 20, 90, 103]))
  expect(told).toEqual([
    { at: 100_000, ids: ['e10', 'e20', 'e90'] },
    { at: 103_000, ids: ['e103'] },
  ])
  expect(reached).toEqual([90_000, 103_000])
})

test('a faster play catches up with the clock and then keeps to it', async () => {
  const { told, options } = stage()
  await play(options([40, 80, 120], { from: 0, speed: 2 }))
  // Two seconds of the city a second: 40 s at 120, 80 s at 140; the clock, then at 140, is past 120 only when the city is.
  expect(told.map(({ ids }) => ids)).toEqual([['e40'], ['e80'], ['e120']])
  expect(told.map((one) => Math.round(one.at / 1000))).toEqual([120, 140, 160])
})

test('a server that is away is tried until it is back, and nothing is skipped', async () => {
  let tries = 0
  const { told, heard, options } = stage(() =>
    ++tries < 4 ? { how: 'later', why: 'no answer' } : { how: 'taken' },
  )
  await play(options([10, 20]))
  expect(told.map(({ ids }) => ids)).toEqual(Array.from({ length: 4 }, () => ['e10', 'e20']))
  expect(heard).toEqual(['the server does not take events now (no answer); trying on'])
})

test('an event that is refused is named, and its neighbours are stored all the same', async () => {
  const stored: string[] = []
  const { heard, options } = stage((ids) => {
    if (ids.includes('e20')) return { how: 'refused', why: '409 another body' }
    stored.push(...ids)
    return { how: 'taken' }
  })
  await play(options([10, 20, 30]))
  expect(stored).toEqual(['e10', 'e30'])
  expect(heard).toEqual(['event e20 was refused: 409 another body'])
})
