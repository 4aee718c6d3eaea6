import { afterEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { appRouter } from '#server/router.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { calling, coldCorner, house, NOON, quietCity } from '../../../test/outage-city.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ID = 'heating:1-4'
/** The eight calls of the corner raise it with the fourth. */
const RAISED = NOON + 7 * MINUTE
const QUIET = quietCity()
const opened: TestHouse[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

/** The corner goes cold, a neighbour calls an hour later, and a call of house 13 reaches the log three quarters of an hour after it was made. */
const LATE = calling('late', 13, NOON + 10 * MINUTE)
const STORY = [...coldCorner(), LATE, calling('next', 3, NOON + HOUR)]
const heardAt = (event: DomainEvent) =>
  event.id === LATE.id ? NOON + 55 * MINUTE : event.occurredAt

const person = (type: string, occurredAt: number, body: object) =>
  ({ id: `s:${type}`, source: 's', type, occurredAt, ...body }) as DomainEvent
const DISMISSED = person('outage.dismissed', NOON + 30 * MINUTE, {
  ...{ suspicion: ID, reason: 'Звонки о разном' },
})
const DECLARED = person('outage.declared', NOON + 30 * MINUTE, {
  ...{ outage: 's:1', resource: 'heating', planned: false, startsAt: NOON },
  buildings: [0, 1, 2, 10, 11, 12].map(house),
})

/** The city with what the log had heard by `now`. */
async function city(now: number, more: readonly DomainEvent[] = []) {
  const events = [...QUIET, ...STORY, ...more].filter((event) => heardAt(event) <= now)
  const learnedAt = (event: DomainEvent) => Math.min(heardAt(event), now)
  events.sort((a, b) => learnedAt(a) - learnedAt(b))
  const one = await openTestHouse(events, { now, learnedAt })
  opened.push(one)
  return appRouter.createCaller(one.context)
}
type City = Awaited<ReturnType<typeof city>>

/** What the live page draws as suspected. */
const live = async ({ outages }: City) =>
  (await outages.list()).lines
    .filter(({ state }) => state === 'suspected')
    .map(({ id, count, outline }) => ({ id, count, outline }))
const then = async ({ replay }: City, at: number, by?: number) =>
  (await replay.suspicions({ at, ...(by !== undefined && { by }) })).suspicions.map(
    ({ id, houses, outline }) => ({ id, count: houses, outline }),
  )
const AFTER = NOON + DAY

describe('the suspicions of an instant', () => {
  test.each([
    ['when it was raised', 7],
    ['while calls came', 12],
    ['before a call that was made by then had come', 50],
    ['after that', 56],
    ['after a neighbour called', 90],
  ])('are those that the page then showed, %s', async (_when, minutes) => {
    const at = NOON + minutes * MINUTE
    const shown = await live(await city(at))
    expect(shown.map(({ id }) => id)).toEqual([ID])
    expect(await then(await city(AFTER), at)).toEqual(shown)
  })

  test('are none a minute before it was raised, and none when it had faded for two hours', async () => {
    const one = await city(AFTER)
    expect(await then(one, RAISED - MINUTE)).toEqual([])
    expect(await then(one, RAISED - 1)).toEqual([])
    expect(await then(one, RAISED)).toHaveLength(1)
    expect(await then(one, NOON + 6 * HOUR)).toEqual([])
  })

  test.each([
    ['dismissed', DISMISSED],
    ['announced', DECLARED],
  ])('stand until a person has %s them, and not after', async (_word, event) => {
    const one = await city(AFTER, [event])
    expect(await then(one, event.occurredAt - 1)).toHaveLength(1)
    expect(await then(one, event.occurredAt)).toEqual([])
    expect(await then(one, event.occurredAt, event.occurredAt - 1)).toHaveLength(1)
  })

  test('are by an earlier knowledge what that knew, and by a later one no more than their own', async () => {
    const one = await city(AFTER, [DISMISSED])
    const [at, by] = [NOON + 20 * MINUTE, NOON + 9 * MINUTE]
    expect(await then(one, at, by)).toEqual(await then(one, by))
    expect(await then(one, at, RAISED - 1)).toEqual([])
    expect(await then(one, at, AFTER)).toEqual(await then(one, at))
  })

  test('of an hour are told in stretches without a gap, each as at its first instant', async () => {
    const one = await city(AFTER, [DISMISSED])
    const { suspicions } = await one.replay.suspicions({ at: NOON, to: NOON + HOUR })
    expect(suspicions[0]?.from).toBe(RAISED)
    expect(suspicions.at(-1)?.to).toBe(DISMISSED.occurredAt)
    expect(suspicions.slice(1).map(({ from }) => from)).toEqual(
      suspicions.slice(0, -1).map(({ to }) => to),
    )
    for (const { id, from, houses, outline } of suspicions)
      expect(await then(one, from)).toEqual([{ id, count: houses, outline }])
  })
})

test('further back than suspicions are kept it says so', async () => {
  const one = await city(AFTER)
  const { keptSince, keptDays, ready } = await one.replay.suspicions({ at: NOON })
  expect({ keptSince, keptDays, ready }).toEqual({
    ...{ keptSince: AFTER - 62 * DAY, keptDays: 62, ready: true },
  })
  await expect(one.replay.suspicions({ at: AFTER + 1 })).rejects.toThrow('has not come yet')
})
