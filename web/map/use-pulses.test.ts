import { afterEach, expect, test, vi } from 'vitest'
import { heardAfter, type Pulse, pulsesOf, strengthAt } from './use-pulses.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const registered = (...keys: number[]) => ({
  kind: 'changes',
  events: keys.map((key) => ({ type: 'request.registered', key })),
})

test('a pulse is whole for eight seconds and gone after twelve', () => {
  expect([0, 7999, 8500, 10_500, 12_000].map(strengthAt)).toEqual([1, 1, 0.75, 0.25, 0])
})

test('only a new request at a known building pulses, and not what a reset tells of the past', () => {
  const closed = { kind: 'changes', events: [{ type: 'request.closed', key: 4 }] }
  expect(heardAfter([], closed, 0)).toEqual([])
  expect(heardAfter([], { ...registered(4), kind: 'reset' }, 0)).toEqual([])
  expect(heardAfter([], registered(0, 4), 5)).toEqual([{ key: 4, at: 5 }])
})

test('a building that calls again begins anew, and at most twelve pulse at once', () => {
  const first = heardAfter([], registered(1, 2), 0)
  expect(heardAfter(first, registered(2), 3000)).toEqual([
    { key: 2, at: 3000 },
    { key: 1, at: 0 },
  ])
  const many = registered(...Array.from({ length: 30 }, (_, i) => i + 1))
  expect(heardAfter(first, many, 1)).toHaveLength(12)
})

test.each([
  ['where motion is unwelcome a pulse is told when it comes and when it is gone', true, [1, 0]],
  ['else it is told every second as it fades', false, [...Array(12).fill(1), 0]],
])('%s', (_, still, told) => {
  vi.useFakeTimers()
  vi.stubGlobal('matchMedia', () => ({ matches: still }))
  const shown: (readonly Pulse[])[] = []
  let hear = (_frame: ReturnType<typeof registered>) => {}
  const stop = pulsesOf((follower) => {
    hear = follower
    return () => {}
  })((pulses) => shown.push(pulses))
  hear(registered(4))
  vi.advanceTimersByTime(20_000)
  stop()
  expect(shown.map(({ length }) => length)).toEqual(told)
  expect(shown[0]).toEqual([{ key: 4, strength: 1 }])
})
