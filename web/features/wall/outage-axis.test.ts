import { expect, test } from 'vitest'
import { elapsed, outageAxis } from './outage-axis.ts'

const at = (local: string) => Date.parse(`${local}+05:00`)

test('the axis is eight hours from an even hour, with now about its middle', () => {
  const axis = outageAxis(at('2026-11-21T14:32:09'), 'Asia/Almaty')
  expect(axis.from).toBe(at('2026-11-21T10:00:00'))
  expect(axis.ticks.map(({ hour }) => hour)).toEqual([10, 12, 14, 16, 18])
  expect(outageAxis(at('2026-11-21T15:00:00'), 'Asia/Almaty').from).toBe(at('2026-11-21T10:00:00'))
})

test('over midnight the hours begin anew', () => {
  const { ticks } = outageAxis(at('2026-11-21T23:10:00'), 'Asia/Almaty')
  expect(ticks.map(({ hour }) => hour)).toEqual([18, 20, 22, 0, 2])
})

test('time that runs is told in hours, minutes and seconds, and never runs backwards', () => {
  expect(elapsed((112 * 60 + 7) * 1000)).toEqual({ clock: '1:52', seconds: '07' })
  expect(elapsed(100 * 3_600_000)).toEqual({ clock: '100:00', seconds: '00' })
  expect(elapsed(-5)).toEqual({ clock: '0:00', seconds: '00' })
})
