import { expect, test } from 'vitest'
import { aheadIn, nothingAt, toldAt, windowOf } from './when.ts'

const at = (iso: string) => Date.parse(iso)

test('a window holds the local day, the week from Monday, the month, or all', () => {
  const instant = at('2026-11-21T02:30:00+05:00')
  const span = { began: at('2025-10-20T00:00:00+05:00'), now: at('2026-11-21T14:30:00+05:00') }
  const spanned = (scale: Parameters<typeof windowOf>[0]) => {
    const { from, to } = windowOf(scale, instant, span, 'Asia/Almaty')
    return [from, to]
  }
  expect(spanned('day')).toEqual([at('2026-11-21T00:00+05:00'), at('2026-11-22T00:00+05:00')])
  expect(spanned('week')).toEqual([at('2026-11-16T00:00+05:00'), at('2026-11-23T00:00+05:00')])
  expect(spanned('month')).toEqual([at('2026-11-01T00:00+05:00'), at('2026-12-01T00:00+05:00')])
  expect(spanned('all')).toEqual([span.began, span.now])
})

test('a frame is ahead from the next minute on, and never before the server told its time', () => {
  const now = at('2026-11-21T09:32:00Z')
  const frame = (iso: string, by: string | null = null) => ({
    at: at(iso),
    by: by === null ? null : at(by),
  })
  expect(aheadIn(frame('2030-01-01T00:00:00Z'), now)).toBe(at('2030-01-01T00:00:00Z'))
  expect(aheadIn(frame('2026-11-21T09:33:00Z'), now)).toBe(at('2026-11-21T09:33:00Z'))
  expect(aheadIn(frame('2026-11-21T09:32:59Z'), now)).toBeNull()
  expect(aheadIn(frame('2026-11-20T00:00:00Z'), now)).toBeNull()
  // What was known by an instant that has not come is not known either.
  expect(aheadIn(frame('2026-11-20T00:00:00Z', '2027-01-01T00:00:00Z'), now)).toBe(
    at('2027-01-01T00:00:00Z'),
  )
  expect(aheadIn(frame('2030-01-01T00:00:00Z'), 0)).toBeNull()
  expect(aheadIn({ at: null, by: null }, now)).toBeNull()
})

test('before anything was there is nothing to count, before anything was heard nothing that was known', () => {
  const span = { began: 100, heard: 200 }
  const when = (at: number, by: number | null = null) => ({ at, clock: 'known' as const, by })
  expect([50, 150, 250].map((instant) => toldAt(when(instant), span))).toEqual([
    { was: false, known: false },
    { was: true, known: false },
    { was: true, known: true },
  ])
  expect([nothingAt(when(50), span), nothingAt(when(150), span)]).toEqual(['noData', 'noKnown'])
  expect([nothingAt(when(150, 200), span), nothingAt(when(250, 150), span)]).toEqual([
    null,
    'noKnown',
  ])
  expect(toldAt(when(50), { began: null, heard: null })).toEqual({ was: true, known: true })
})
