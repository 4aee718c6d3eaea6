import { afterEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { isWithin, outlineOf } from '#server/outages/area.ts'
import { appRouter } from '#server/router.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { coldCorner, house, NOON, quietCity } from '../../../test/outage-city.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOW = NOON + HOUR
const ID = 'heating:1-4'
const QUIET = quietCity()
const opened: TestHouse[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function city(events: readonly DomainEvent[] = coldCorner(), now = NOW) {
  const learnedAt = ({ occurredAt }: DomainEvent) => Math.min(occurredAt, now)
  const one = await openTestHouse([...QUIET, ...events], { now, learnedAt })
  opened.push(one)
  const { outages } = appRouter.createCaller(one.context)
  return { ...one, outages }
}
type City = Awaited<ReturnType<typeof city>>
const lines = async ({ outages }: City) => (await outages.list()).lines
const states = async (one: City) => (await lines(one)).map(({ id, state }) => [id, state])
/** What the log holds beyond the story. */
const told = ({ context }: City) =>
  context.log.read(QUIET.length, 1000).filter(({ type }) => type.startsWith('outage.'))

describe('a suspicion on the page', () => {
  test('says what, where, since when, and why in numbers, and names the rows behind them', async () => {
    const [line, ...more] = await lines(await city())
    expect(more).toEqual([])
    expect(line).toMatchObject({
      ...{ id: ID, state: 'suspected', resource: 'heating', announced: null, count: 6 },
      ...{ since: NOON + MINUTE, raisedAt: NOON + 7 * MINUTE, apartments: 600 },
      place: { heatingPoint: 'ЦТП-1' },
      calls: { apartments: 8, lastAt: NOON + 15 * MINUTE },
    })
    expect(line?.calls?.requests).toEqual(
      coldCorner().map((call) => 'request' in call && call.request),
    )
    expect(line?.houses.map(({ id }) => id).sort()).toEqual([0, 1, 10, 11, 12, 2].map(house).sort())
  })

  test('shows the silent houses of its outline, and only those', async () => {
    const one = await city()
    const [line] = await lines(one)
    const outline = outlineOf(
      (line?.houses ?? []).flatMap(({ key }) => one.context.outages.place(key) ?? []),
    )
    const within = one.context.outages
      .places()
      .filter((place) => isWithin(outline ?? [], place))
      .map(({ key }) => key)
    expect(
      new Set([...(line?.houses ?? []), ...(line?.silent ?? [])].map(({ key }) => key)),
    ).toEqual(new Set(within))
    expect(line?.outline).toEqual(outline)
  })

  test('is over when its calls have faded for two hours, and is told for a month', async () => {
    // The last call that held the ratio leaves the longest window after two hours; two quiet hours follow.
    expect(await states(await city(coldCorner(), NOON + 3 * HOUR))).toEqual([[ID, 'suspected']])
    expect(await states(await city(coldCorner(), NOON + 5 * HOUR))).toEqual([[ID, 'ended']])
    expect(await states(await city(coldCorner(), NOON + 40 * 24 * HOUR))).toEqual([])
  })
})

test('a phone that a source wrote into a cause or a reason is masked on the page', async () => {
  const source = { source: 's', occurredAt: NOW }
  const one = await city([
    ...coldCorner(),
    {
      ...{ ...source, id: 's:dismissed', type: 'outage.dismissed', suspicion: ID },
      reason: 'проверил, 8-701-555-01-02',
    },
    {
      ...{ ...source, id: 's:declared', type: 'outage.declared', outage: 's:1', planned: true },
      ...{ resource: 'cold_water', buildings: [house(0)], startsAt: NOW },
      cause: 'ремонт, мастер 8-701-555-01-02',
    },
  ])
  expect(await lines(one)).toContainEqual(
    expect.objectContaining({ dismissed: { at: NOW, reason: 'проверил, •••02' } }),
  )
  expect((await lines(one)).flatMap(({ announced }) => announced?.cause ?? [])).toEqual([
    'ремонт, мастер •••02',
  ])
})

describe('a person dismisses', () => {
  test('and it stays dismissed, with the reason, after more calls and after a restart', async () => {
    const one = await city()
    await one.outages.dismiss({ suspicion: ID, reason: 'Неисправность одного дома' })
    await one.settle()
    expect(await states(one)).toEqual([[ID, 'dismissed']])
    const more = coldCorner(NOON + 30 * MINUTE).map((call, i) => ({
      ...call,
      ...{ id: `m:${i}`, request: `3-${i}`, subjectId: `m-${i}` },
    }))
    await one.append(more)
    expect(await states(one)).toEqual([[ID, 'dismissed']])
    const again = await city([
      ...coldCorner(),
      ...told(one).map(({ seq: _, recordedAt: __, ...event }) => event),
    ] as DomainEvent[])
    expect(await lines(again)).toMatchObject([
      { id: ID, state: 'dismissed', dismissed: { reason: 'Неисправность одного дома' } },
    ])
  })

  test('once: a second word, or one on nothing, is refused and says why', async () => {
    const one = await city()
    await one.outages.dismiss({ suspicion: ID, reason: 'Звонки о разном' })
    await expect(one.outages.dismiss({ suspicion: ID, reason: 'Другое' })).rejects.toThrow(
      /was (?:announced or )?dismissed/,
    )
    await expect(one.outages.dismiss({ suspicion: 'heating:0', reason: 'x' })).rejects.toThrow(
      'no suspicion "heating:0" is known',
    )
    expect(told(one)).toHaveLength(1)
  })

  test('without a phone in the reason', async () => {
    const one = await city()
    await expect(
      one.outages.dismiss({ suspicion: ID, reason: 'звонил +7 701 555 12 34' }),
    ).rejects.toThrow('phone')
    expect(told(one)).toEqual([])
  })
})

describe('a person announces', () => {
  const declaration = {
    ...{ suspicion: ID, resource: 'heating' as const, planned: false },
    buildings: [0, 1, 2, 3, 10, 11, 12, 13].map(house),
    organization: 's-heat',
    startsAt: NOON,
    endsAt: NOON + 4 * HOUR,
  }

  test('and the suspicion is told with the outage, once, with its calls', async () => {
    const one = await city()
    await one.outages.declare(declaration)
    await one.settle()
    expect(await lines(one)).toMatchObject([
      {
        ...{ id: `desk:${ID}`, state: 'in_force', suspicion: ID, count: 8 },
        announced: { promised: NOON + 4 * HOUR, organization: { name: 'Тест-Тепло' } },
        calls: { apartments: 8 },
      },
    ])
    await one.outages.promise({ outage: `desk:${ID}`, endsAt: NOON + 6 * HOUR })
    await one.settle()
    expect(await lines(one)).toMatchObject([
      { announced: { promised: NOON + 6 * HOUR, revised: 1 } },
    ])
    await one.outages.end({ outage: `desk:${ID}` })
    await one.settle()
    expect(await states(one)).toEqual([[`desk:${ID}`, 'ended']])
    await expect(one.outages.end({ outage: `desk:${ID}` })).rejects.toThrow('is over already')
  })

  test('of houses, organizations and times that cannot be: refused, and nothing is stored', async () => {
    const one = await city()
    for (const [wrong, why] of [
      [{ buildings: ['b-0', 'b-none'] }, 'no building has the id "b-none"'],
      [{ organization: 'nobody' }, 'no organization "nobody"'],
      [{ endsAt: NOON - 1 }, 'before the beginning'],
      [{ suspicion: 'heating:9' }, 'no suspicion "heating:9"'],
      [{ resource: 'lift' }, 'is about heating and not about lift'],
      [{ buildings: [40, 41].map(house) }, 'none of the houses called'],
      [{ startsAt: NOW - 60 * DAY - 1 }, 'more than 60 days back'],
      [{ startsAt: NOW + 30 * DAY + 1, endsAt: NOW + 31 * DAY }, 'more than 30 days ahead'],
      [{ endsAt: NOW + 60 * DAY + 1 }, 'more than 60 days ahead'],
      [{ cause: 'порыв\u202eтрубы' }, 'the cause holds characters that are not seen'],
      [{ cause: 'порыв\nтрубы' }, 'the cause holds characters that are not seen'],
      [{ cause: 'звоните +7 701 555 12 34' }, 'phone'],
    ] as const)
      await expect(
        one.outages.declare({
          ...declaration,
          ...wrong,
          buildings: [...(('buildings' in wrong && wrong.buildings) || declaration.buildings)],
        }),
      ).rejects.toThrow(why)
    expect(told(one)).toEqual([])
  })

  test('each house once, however often it was named', async () => {
    const one = await city()
    await one.outages.declare({ ...declaration, buildings: [house(0), house(1), house(0)] })
    expect(told(one)).toMatchObject([{ buildings: [house(0), house(1)] }])
  })

  test('an end no more than sixty days ahead, when it is promised anew too', async () => {
    const one = await city()
    await one.outages.declare(declaration)
    await one.settle()
    const outage = `desk:${ID}`
    await expect(one.outages.promise({ outage, endsAt: NOW + 60 * DAY + 1 })).rejects.toThrow(
      'more than 60 days ahead',
    )
    await one.outages.promise({ outage, endsAt: NOW + 60 * DAY })
    expect(told(one).map(({ type }) => type)).toEqual(['outage.declared', 'outage.revised'])
  })

  test('at once with one who dismisses: one word stands, the other is told so', async () => {
    for (const first of ['declare', 'dismiss'] as const) {
      const one = await city()
      const words = {
        declare: () => one.outages.declare(declaration),
        dismiss: () => one.outages.dismiss({ suspicion: ID, reason: 'Звонки о разном' }),
      }
      const second = first === 'declare' ? 'dismiss' : 'declare'
      const [won, lost] = await Promise.allSettled([words[first](), words[second]()])
      expect(won.status).toBe('fulfilled')
      expect(lost).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'CONFLICT',
          message: expect.stringContaining('announced or dismissed by somebody a moment ago'),
        },
      })
      expect(told(one)).toHaveLength(1)
      await one.settle()
      await expect(words[second]()).rejects.toMatchObject({ code: 'CONFLICT' })
    }
  })
})

test('the supplier whose name speaks of heat is proposed for heat', async () => {
  const { outages } = await city([])
  expect(await outages.suppliers()).toEqual([
    { id: 's-heat', name: 'Тест-Тепло', resources: ['heating', 'hot_water'] },
  ])
})
