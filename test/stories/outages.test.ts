import { expect, test } from 'vitest'
import { isRequestEvent, type Recorded, streamOf } from '#server/contract/events.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import { createCity } from '../../seed/city.ts'
import { type OutageTruth, outageStory, outageTable } from './outages.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')

/** The small city, told in the order of delivery to a list that stands for the log. */
function story() {
  const city = createCity({ preset: 'tiny', seed: 7, end: END })
  const registry = memoryRegistry()
  const keys = new Map<string, number>()
  const keyOf = (stream: string) => {
    const key = keys.get(stream) ?? keys.size + 1
    keys.set(stream, key)
    return key
  }
  const told = [
    ...city.registry.map((event) => ({ at: event.occurredAt, event })),
    ...[...city.history()].flat(),
  ]
  const events = told.map(
    ({ at, event }, i) => ({ ...event, seq: i + 1, recordedAt: at }) as Recorded,
  )
  for (const event of events) {
    const key = keyOf(streamOf(event))
    if (!isRequestEvent(event)) registry.apply(event as Parameters<typeof registry.apply>[0], key)
  }
  const log = {
    read: (after: number, limit: number) => events.slice(after, after + limit),
    key: (stream: string) => keys.get(stream),
  }
  const truth = city.truth() as OutageTruth
  return outageStory({ truth, registry, log, zone: 'Asia/Almaty' }, () => 0)
}

test('the outages planted in the small city are found within minutes, and at most one alarm a month is false', () => {
  const { planted, falseAlarms, months } = story()
  expect(planted.length).toBeGreaterThan(2)
  for (const { id, calls, delay } of planted)
    expect([id, calls >= 4, delay !== null && delay > 0 && delay < 15]).toEqual([id, true, true])
  expect(falseAlarms.length).toBeLessThanOrEqual(months)
})

test('an outage that was said to be over while its calls went on is suspected anew', () => {
  expect(story().wrongEnds).toMatchObject([{ delay: expect.closeTo(30, -2) }])
})

test('the table says how many were found, how soon, and how often it was wrong', () => {
  const found = {
    id: 'undeclared-0',
    resource: 'heating',
    buildings: 9,
    calls: 20,
    delay: 5,
  } as const
  const missed = { ...found, id: 'undeclared-1', delay: null, apartments: null, expected: null }
  const silent = { ...missed, id: 'undeclared-2', calls: 3 }
  const alarm = { id: 'lift:1', at: 0, apartments: 4, expected: 0.02, ratio: 17 }
  const story = {
    ...{ wrongEnds: [], early: 2, months: 4, scans: [] },
    planted: [{ ...found, apartments: 4, expected: 0.02 }, missed, silent],
    falseAlarms: [alarm],
  }
  const { lines, holds } = outageTable(story)
  expect([lines.at(-2), lines.at(-1), holds]).toEqual([
    'found 1 of 2 that at least 4 called about; median delay 5.0 minutes (target 6)',
    'false alarms 1 in 4.0 months, 0.25 a month (target 1); 2 more were announced later',
    false,
  ])
  expect(outageTable({ ...story, planted: [...story.planted.slice(0, 1), silent] }).holds).toBe(
    true,
  )
})
