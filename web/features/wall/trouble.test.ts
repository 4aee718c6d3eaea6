import { expect, test } from 'vitest'
import { panelTrouble, troubleOf } from './trouble.ts'

const NOW = 1_000_000
const source = (silentTooLong: boolean, newestAt = NOW - 600_000) => ({
  source: 'portal',
  name: null,
  newestAt,
  silentTooLong,
})
const beat = { lost: false, since: NOW - 3000 }
const live = { server: 'serving', heardAt: NOW - 3000 } as const
const sources = [source(false)]

test('a server that lives and serves is the present', () => {
  expect(troubleOf({ beat, live, sources })).toBeNull()
})

test('a server that is away is said with the time of its last word, or that there was none', () => {
  expect(troubleOf({ beat: { lost: true, since: 7 }, live, sources })).toEqual({
    kind: 'away',
    since: 7,
  })
  const never = { server: null, heardAt: null } as const
  expect(troubleOf({ beat: { lost: true, since: null }, live: never, sources: [] })).toEqual({
    kind: 'away',
    since: null,
  })
})

test('a server that rebuilds its facts is not the present', () => {
  expect(troubleOf({ beat, live: { ...live, server: 'rebuilding' }, sources })).toMatchObject({
    kind: 'server',
    state: 'rebuilding',
  })
})

test('one silent source is a remark, all of them are a stop, dated by the newest event', () => {
  const told = (...all: boolean[]) =>
    troubleOf({ beat, live, sources: all.map((silent, i) => source(silent, 5 + i)) })
  expect(told(true, false)).toBeNull()
  expect(told(true, true)).toEqual({ kind: 'silent', since: 6 })
})

test('a picture whose answer is older than three minutes stands, though the rest goes on', () => {
  expect(panelTrouble(NOW - 180_000, NOW)).toBeNull()
  expect(panelTrouble(NOW - 180_001, NOW)).toEqual({ kind: 'panel', since: NOW - 180_001 })
  expect(panelTrouble(undefined, NOW)).toBeNull()
})
