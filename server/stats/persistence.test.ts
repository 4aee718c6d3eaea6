import { describe, expect, test } from 'vitest'
import type { Level } from '#server/contract/measures/shape.ts'
import { changedShare, type Finding, standingAfter, widened } from './persistence.ts'

const FIGURES: Record<Level, Pick<Finding, 'q' | 'l975' | 'zDispersed'>> = {
  inspect: { q: 0.01, l975: 1.4, zDispersed: 4 },
  watch: { q: 0.15, l975: 1.1, zDispersed: 2 },
  none: { q: 0.9, l975: 0.9, zDispersed: 0.3 },
  good: { q: 1, l975: 0.6, zDispersed: -4 },
  insufficient: { q: 1, l975: 0, zDispersed: 0 },
}
/** Months of levels, one after another; `none` is calm and quiet. */
const months = (...levels: (Level | Partial<Finding>)[]): Finding[] =>
  levels.map((given, i) => {
    const level = typeof given === 'string' ? given : (given.level ?? 'inspect')
    const rest = typeof given === 'string' ? {} : given
    return { month: `m${i + 1}`, level, ...FIGURES[level], ...rest }
  })
const told = (...levels: (Level | Partial<Finding>)[]) =>
  standingAfter(months(...levels)).steps.map(({ month, step, reason }) =>
    [month, step, reason].filter(Boolean).join(' '),
  )

describe('a reason to inspect', () => {
  test('is proposed when first met and issued when met again', () => {
    expect(told('inspect', 'inspect')).toEqual(['m1 proposed', 'm1 watched', 'm2 issued'])
  })
  test('that is not met again lapses, and is proposed anew another time', () => {
    expect(told('inspect', 'watch', 'inspect', 'inspect')).toEqual([
      ...['m1 proposed', 'm1 watched', 'm2 withdrawn notAgain', 'm3 proposed', 'm4 issued'],
    ])
  })
  test('of emergencies is issued at once', () => {
    expect(told({ level: 'inspect', urgent: true })).toEqual([
      ...['m1 proposed', 'm1 issued', 'm1 watched'],
    ])
  })
  test('that was issued stays over one calm month and months in between', () => {
    const { standing } = standingAfter(months('inspect', 'inspect', 'none', 'watch', 'none'))
    expect(standing).toMatchObject({
      ...{ level: 'inspect', inspect: { state: 'issued', proposed: 'm1', issued: 'm2' } },
    })
  })
  test('is withdrawn after two calm months running', () => {
    expect(told('inspect', 'inspect', 'none', 'none').slice(3)).toEqual([
      ...['m4 withdrawn calm', 'm4 watchEnded quiet'],
    ])
  })
  test('is not calm with a lower end above one, or a false-discovery rate of a fifth', () => {
    const almost = [
      { level: 'none' as const, l975: 1.01 },
      { level: 'none' as const, q: 0.2 },
    ]
    expect(told('inspect', 'inspect', ...almost).filter((step) => /withdrawn/.test(step))).toEqual(
      [],
    )
  })
  test('is not calmed by months with too little to judge', () => {
    const { standing } = standingAfter(months('inspect', 'inspect', 'insufficient', 'insufficient'))
    expect(standing.inspect?.state).toBe('issued')
  })
})

describe('watching', () => {
  test('ends after two quiet months, not after one', () => {
    expect(told('watch', 'none', 'watch', 'none', 'none')).toEqual([
      ...['m1 watched', 'm5 watchEnded quiet'],
    ])
  })
  test('does not end while the distance is above the limit or a signal keeps it', () => {
    expect(told('watch', { level: 'none', zDispersed: 1.28 }, 'none')).toEqual(['m1 watched'])
    expect(told('watch', { level: 'watch', zDispersed: 0 }, 'none')).toEqual(['m1 watched'])
  })
})

test('a company that changed starts again: nothing of before counts', () => {
  expect(told('inspect', { level: 'inspect', restarted: true }, 'inspect')).toEqual([
    ...['m1 proposed', 'm1 watched'],
    ...['m2 withdrawn restarted', 'm2 watchEnded restarted', 'm2 proposed', 'm2 watched'],
    'm3 issued',
  ])
})

test('without anything standing the level of the month is shown', () => {
  expect(standingAfter(months('none', 'good')).standing.level).toBe('good')
  expect(standingAfter(months('insufficient')).standing.level).toBe('insufficient')
  expect(standingAfter([]).standing.level).toBe('none')
})

test('a year that is not sufficient is widened to two, if these are', () => {
  const [few, none, watch] = months('insufficient', 'none', 'watch')
  if (!few || !none || !watch) throw new Error('three months were asked for')
  expect(widened(few, watch)).toBe(watch)
  expect(widened(none, watch)).toBe(none)
  expect(widened(few, few)).toBe(few)
  expect(widened(few, null)).toBe(few)
})

test('buildings that came or went are a share of the larger number', () => {
  const houses = (...ids: number[]) => new Set(ids)
  expect(changedShare(houses(1, 2, 3, 4), houses(1, 2, 3, 4))).toBe(0)
  expect(changedShare(houses(1, 2, 3, 4), houses(1, 2, 3, 5))).toBe(0.25)
  expect(changedShare(houses(1, 2), houses(1, 2, 3, 4, 5, 6, 7, 8))).toBe(0.75)
  expect(changedShare(houses(), houses(1))).toBe(1)
  expect(changedShare(houses(), houses())).toBe(0)
})
