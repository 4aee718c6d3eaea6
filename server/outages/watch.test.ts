import { afterEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { calling, coldCorner, house, NOON, quietCity } from '../../test/outage-city.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = NOON + 4 * HOUR
const QUIET = quietCity()
const houses: TestHouse[] = []
afterEach(async () => {
  for (const one of houses.splice(0)) await one.close()
})

/** Learned as it happened, unless said otherwise. */
async function city(
  events: readonly DomainEvent[],
  learnedAt = ({ occurredAt }: DomainEvent) => occurredAt,
  now = NOW,
) {
  const opened = await openTestHouse([...QUIET, ...events], { now, learnedAt })
  houses.push(opened)
  return opened
}
const seen = ({ context }: TestHouse) =>
  context.outages.suspicions().map(({ calls, ...rest }) => ({ ...rest, calls: [...calls.keys()] }))
const ids = (opened: TestHouse) => seen(opened).map(({ id }) => id)

const outage = (type: string, occurredAt: number, body: object): DomainEvent =>
  ({ id: `o:${type}:${occurredAt}`, source: 's', type, occurredAt, ...body }) as DomainEvent
const announced = (at: number, more: object = {}) =>
  outage('outage.declared', at, {
    ...{ outage: 'o-1', resource: 'heating', planned: false, startsAt: at },
    buildings: [0, 1, 2, 3, 10, 11, 12, 13].map(house),
    ...more,
  })

describe('eight apartments of a corner within twenty minutes', () => {
  test('are a suspicion from the fourth call on, with its houses and its numbers', async () => {
    const [suspicion, ...more] = seen(await city(coldCorner()))
    expect(more).toEqual([])
    expect(suspicion).toMatchObject({
      id: 'heating:1-4',
      since: NOON + MINUTE,
      raisedAt: NOON + 7 * MINUTE,
      calls: ['1-1', '1-2', '1-3', '1-4', '1-5', '1-6', '1-7', '1-8'],
      strongest: { apartments: 8, windowMin: 30 },
    })
    expect(suspicion?.strongest.expected).toBeLessThan(0.2)
    expect(suspicion?.strongest.ratio).toBeGreaterThan(20)
  })

  test('are the same suspicion in whatever portions they come, and after a restart', async () => {
    const whole = await city(coldCorner())
    for (const size of [1, 3]) {
      const opened = await city([])
      const calls = coldCorner()
      for (let i = 0; i < calls.length; i += size) await opened.append(calls.slice(i, i + size))
      expect(seen(opened)).toEqual(seen(whole))
    }
  })

  test('keep their name after a restart, though the house and the category were changed meanwhile', async () => {
    const corrected = [
      ...coldCorner(),
      outage('request.category_changed', NOON + HOUR, { request: '1-4', category: 'door' }),
      outage('request.address_resolved', NOON + HOUR, { request: '1-2', building: house(55) }),
    ]
    const opened = await city([])
    for (const one of corrected) await opened.append([one])
    const restarted = await city(corrected)
    expect(seen(restarted)).toEqual(seen(opened))
    expect(ids(restarted)).toEqual(['heating:1-4'])
  })

  test('of one apartment each, or of one and the same, are not the same thing', async () => {
    const one = coldCorner().map((call) => ({ ...call, subjectId: 'p-same', building: house(0) }))
    expect(ids(await city(one))).toEqual([])
  })

  test('alarm nobody when they are told five hours late', async () => {
    expect(ids(await city(coldCorner(), ({ occurredAt }) => occurredAt))).toHaveLength(1)
    const late = await city(
      coldCorner(),
      ({ id, occurredAt }) =>
        QUIET.some((one) => one.id === id) ? occurredAt : occurredAt + 5 * HOUR,
      NOON + 6 * HOUR,
    )
    expect(ids(late)).toEqual([])
  })

  test('are nothing while the whole city calls as much', async () => {
    const everywhere = Array.from({ length: 45 }, (_, n) =>
      calling(`2-${n}`, (n * 7 + 4) % 60, NOON - 25 * MINUTE + n * 30_000),
    )
    const opened = await city([...everywhere, ...coldCorner()])
    const alone = await city(coldCorner())
    expect(seen(opened)[0]?.strongest.ratio ?? 0).toBeLessThan(seen(alone)[0]?.strongest.ratio ?? 0)
    expect(ids(await city(everywhere))).toEqual([])
  })

  test('about something that no network brings are nothing', async () => {
    expect(ids(await city(coldCorner().map((call) => ({ ...call, category: 'door' }))))).toEqual([])
  })

  test('of a source in test mode are nothing', async () => {
    const testing = outage('source.test_mode_changed', NOON - HOUR, { of: '109', test: true })
    expect(ids(await city([testing, ...coldCorner()]))).toEqual([])
  })
})

describe('an announced outage', () => {
  test('of the same houses and resource explains their calls', async () => {
    expect(ids(await city([announced(NOON - HOUR), ...coldCorner()]))).toEqual([])
  })
  test('of another resource explains nothing', async () => {
    const other = announced(NOON - HOUR, { resource: 'hot_water' })
    expect(ids(await city([other, ...coldCorner()]))).toEqual(['heating:1-4'])
  })
  test('of other houses explains nothing', async () => {
    const other = announced(NOON - HOUR, { buildings: [40, 41].map(house) })
    expect(ids(await city([other, ...coldCorner()]))).toEqual(['heating:1-4'])
  })
  test('that was said to be over explains no calls after it', async () => {
    const ended = outage('outage.ended', NOON - HOUR, { outage: 'o-1' })
    expect(ids(await city([announced(NOON - 3 * HOUR), ended, ...coldCorner()]))).toEqual([
      'heating:1-4',
    ])
  })
})

test('calls an hour later are the same event, and those of the evening another', async () => {
  const again = (at: number, last: number) =>
    coldCorner(at).map((call, i) => ({
      ...call,
      ...{ id: `l:${last}:${i}`, request: `${last}-${i + 1}`, subjectId: `q-${last}-${i}` },
    }))
  const events = [...coldCorner(), ...again(NOON + HOUR, 2), ...again(NOON + 9 * HOUR, 3)]
  const opened = await city(events, undefined, NOON + 10 * HOUR)
  expect(ids(opened)).toEqual(['heating:1-4', 'heating:3-4'])
})
