import { QueryClient } from '@tanstack/react-query'
import { beforeEach, expect, test } from 'vitest'
import { api } from '#web/api.ts'
import { wallQuestions } from './questions.ts'
import { keepSnapshot, readSnapshot, restoreSnapshot, wipeSnapshot } from './snapshot.ts'

const AT = Date.parse('2026-11-21T09:32:00Z')
const HOUR = 3_600_000
const { city, map } = wallQuestions(null)
let kept: Map<string, string>
let room: number
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem(key: string, text: string) {
    if (text.length > room) throw new Error('quota')
    kept.set(key, text)
  },
  removeItem: (key: string) => void kept.delete(key),
}
const clientWith = (answers: { city?: object; map?: object }) => {
  const client = new QueryClient()
  const place = { now: AT - HOUR, pinned: false, zone: 'Asia/Almaty', districts: [] }
  client.setQueryData(api.shell.place.queryKey(), place as never)
  if (answers.city) client.setQueryData(city.queryKey, answers.city as never)
  if (answers.map) client.setQueryData(map.queryKey, answers.map as never)
  return client
}
const keep = (client: QueryClient) =>
  keepSnapshot({ storage, client, version: 'v1', district: null, at: AT, wallClock: 5000 })

beforeEach(() => {
  kept = new Map()
  room = 5_000_000
})

test('the last picture is there after a restart of the browser, old from its first moment', () => {
  keep(clientWith({ city: { open: 7 } }))
  const client = new QueryClient()
  const snapshot = readSnapshot(storage, 'v1', 5000 + HOUR)
  if (!snapshot) throw new Error('nothing was kept')
  restoreSnapshot(client, snapshot, 5000 + HOUR)
  expect([snapshot.at, client.getQueryData(city.queryKey)]).toEqual([AT, { open: 7 }])
  expect(client.getQueryState(city.queryKey)?.dataUpdatedAt).toBe(1)
  expect(client.getQueryData(api.shell.place.queryKey())).toMatchObject({ now: AT + HOUR })
})

test('a picture of another web app, of a month ago, or a damaged one is none', () => {
  keep(clientWith({ city: { open: 7 } }))
  expect(readSnapshot(storage, 'v2', 5000)).toBeNull()
  expect(readSnapshot(storage, null, 5000)).toBeNull()
  expect(readSnapshot(storage, 'v1', 5000 + 32 * 24 * HOUR)).toBeNull()
  for (const [key, text] of kept) kept.set(key, text.slice(0, -9))
  expect(readSnapshot(storage, 'v1', 5000)).toBeNull()
})

test('what is too large is kept without its largest part, and never more than the browser gives', () => {
  room = 1000
  keep(clientWith({ city: { open: 7 }, map: { deviating: 'x'.repeat(2000) } }))
  expect(readSnapshot(storage, 'v1', 5000)?.answers).toEqual({ city: { open: 7 } })
  room = 5_000_000
  keep(clientWith({ city: { open: 8 }, map: { deviating: 'x'.repeat(1_600_000) } }))
  expect(readSnapshot(storage, 'v1', 5000)?.answers).toEqual({ city: { open: 8 } })
  room = 10
  keep(clientWith({ city: { open: 9 } }))
  expect(kept.size).toBe(0)
})

test('a wiped picture is gone', () => {
  keep(clientWith({ city: { open: 7 } }))
  wipeSnapshot(storage)
  expect([readSnapshot(storage, 'v1', 5000), kept.size]).toEqual([null, 0])
})
