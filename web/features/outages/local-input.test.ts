import { expect, test } from 'vitest'
import { inputOf, instantOf } from './local-input.ts'

test('what a field of local time shows is read back as the same minute of the city', () => {
  const instant = Date.parse('2026-11-21T12:52:00+05:00')
  expect(inputOf(instant, 'Asia/Almaty')).toBe('2026-11-21T12:52')
  expect(instantOf('2026-11-21T12:52', 'Asia/Almaty')).toBe(instant)
})

test('on the day on which the clock is moved the offset of that hour counts', () => {
  // 2026-03-29: at 02:00 it becomes 03:00.
  for (const local of ['2026-03-29T01:30', '2026-03-29T04:30', '2026-10-25T05:00'])
    expect(inputOf(instantOf(local, 'Europe/Berlin') ?? 0, 'Europe/Berlin')).toBe(local)
})

test('an empty or broken field is no instant', () => {
  expect([instantOf('', 'Asia/Almaty'), instantOf('soon', 'Asia/Almaty')]).toEqual([null, null])
})
