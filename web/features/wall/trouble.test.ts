import { expect, test } from 'vitest'
import { troubleOf } from './trouble.ts'

const NOW = 1_000_000
const source = (silentTooLong: boolean, newestAt = NOW - 600_000) => ({
  source: 'portal',
  name: null,
  newestAt,
  silentTooLong,
})
const well = { link: 'live', server: 'serving', heardAt: NOW - 3000 } as const
const sources = [source(false)]

test('a server heard of three seconds ago is the present', () => {
  expect(troubleOf({ live: well, silentMs: 3000, sources })).toBeNull()
})

test('a short break passes without a word, one of more than fifteen seconds is said', () => {
  const live = { ...well, link: 'stale' } as const
  expect(troubleOf({ live, silentMs: 14_000, sources })).toBeNull()
  expect(troubleOf({ live, silentMs: 16_000, sources })).toEqual({
    kind: 'away',
    since: NOW - 3000,
  })
})

test('a quiet night is not a break: the server that is connected need not speak', () => {
  expect(troubleOf({ live: well, silentMs: 16_000, sources })).toBeNull()
})

test('a wall that never heard a word says so', () => {
  const live = { link: 'connecting', server: null, heardAt: null } as const
  expect(troubleOf({ live, silentMs: 16_000, sources: [] })).toEqual({ kind: 'away', since: null })
})

test('a server that rebuilds its facts is not the present', () => {
  const live = { ...well, server: 'rebuilding' } as const
  expect(troubleOf({ live, silentMs: 0, sources })).toMatchObject({
    kind: 'server',
    state: 'rebuilding',
  })
})

test('one silent source is a remark, all of them are a stop, dated by the newest event', () => {
  const told = (...all: boolean[]) =>
    troubleOf({ live: well, silentMs: 0, sources: all.map((silent, i) => source(silent, 5 + i)) })
  expect(told(true, false)).toBeNull()
  expect(told(true, true)).toEqual({ kind: 'silent', since: 6 })
})
