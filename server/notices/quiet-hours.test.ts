import { describe, expect, test } from 'vitest'
import { localClock } from '#server/domain/local-time.ts'
import { quietUntil } from './quiet-hours.ts'

const at = (text: string) => Date.parse(text)
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
const NIGHT = { from: '22:00', to: '07:00' }

describe('a night in Almaty (+05:00)', () => {
  const local = localClock('Asia/Almaty')
  test.for([
    ['2026-11-21T21:59:59+05:00', null],
    ['2026-11-21T22:00:00+05:00', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22T00:00:00+05:00', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22T06:59:30+05:00', '2026-11-22T02:00:00.000Z'],
    ['2026-11-22T07:00:00+05:00', null],
  ] as const)('at %s nothing is sent before %s', ([now, until]) => {
    expect(iso(quietUntil(NIGHT, local, at(now)))).toBe(until)
  })
  test('hours within one day end on that day', () => {
    const lunch = { from: '13:00', to: '14:30' }
    expect(iso(quietUntil(lunch, local, at('2026-11-21T13:10:00+05:00')))).toBe(
      '2026-11-21T09:30:00.000Z',
    )
    expect(quietUntil(lunch, local, at('2026-11-21T14:30:00+05:00'))).toBeNull()
  })
  test('nobody who set no hours is spared', () => {
    expect(quietUntil(null, local, at('2026-11-22T03:00:00+05:00'))).toBeNull()
  })
})

describe('a night with a change of the clock in Berlin', () => {
  const local = localClock('Europe/Berlin')
  test('the short night of spring ends at seven by the wall: eight hours after ten', () => {
    const ten = at('2026-03-28T22:00:00+01:00')
    expect(iso(quietUntil(NIGHT, local, ten))).toBe('2026-03-29T05:00:00.000Z')
    expect((at('2026-03-29T05:00:00Z') - ten) / 3_600_000).toBe(8)
  })
  test('the long night of autumn lasts ten hours', () => {
    const ten = at('2026-10-24T22:00:00+02:00')
    expect(iso(quietUntil(NIGHT, local, ten))).toBe('2026-10-25T06:00:00.000Z')
    expect((at('2026-10-25T06:00:00Z') - ten) / 3_600_000).toBe(10)
  })
  test('an end that the clock skips is the first minute after the gap', () => {
    const hours = { from: '22:00', to: '02:30' }
    expect(iso(quietUntil(hours, local, at('2026-03-29T01:30:00+01:00')))).toBe(
      '2026-03-29T01:00:00.000Z',
    )
  })
})
