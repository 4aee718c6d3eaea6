import { afterEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { EVERYTHING } from '#server/contract/filter.ts'
import { appRouter } from '#server/router.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { calling, house, NOON, quietCity } from '../../../test/outage-city.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A Tuesday: four weeks end on the Monday before. */
const NOW = NOON + HOUR
const MONDAY = Date.parse('2026-02-09T00:00:00Z') / DAY
const QUIET = quietCity()
const CORNER = [0, 1, 10, 11]
const opened: TestHouse[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function city(events: readonly DomainEvent[]) {
  const learnedAt = ({ occurredAt }: DomainEvent) => Math.min(occurredAt, NOW)
  const one = await openTestHouse([...QUIET, ...events], { now: NOW, learnedAt })
  opened.push(one)
  return appRouter.createCaller(one.context)
}

/** Thirty flats of a corner call about cold radiators within ten hours of a day, three weeks or so before now. */
const coldDay = (at: number, more: object = {}): DomainEvent[] =>
  Array.from({ length: 30 }, (_, nth) =>
    calling(`9-${nth}`, CORNER[nth % CORNER.length] ?? 0, at + nth * 20 * MINUTE, more),
  )
/** Wednesday morning. */
const THEN = NOON - 20 * DAY - 4 * HOUR

describe('clusters of four weeks', () => {
  test('say where, when, how much more than expected, how rare, and open their rows', async () => {
    const asked = await city(coldDay(THEN))
    const { from, to, lines } = await asked.outages.clusters()
    expect([from, to]).toEqual([MONDAY - 28, MONDAY])
    const [line, ...more] = lines
    expect(more).toEqual([])
    expect(line).toMatchObject({
      ...{ resource: 'heating', from: MONDAY - 19, to: MONDAY - 18, ofThousand: 1 },
      place: { heatingPoint: 'ЦТП-1' },
      rows: { from: '2026-01-21', to: '2026-01-22', category: ['heat'] },
    })
    expect(line?.rows.building).toEqual(expect.arrayContaining(CORNER.map(house)))
    expect(line?.observed).toBeGreaterThanOrEqual(30)
    expect(line?.expected).toBeLessThan(12)
    const { requests } = await asked.requests.summary({ ...EVERYTHING, ...line?.rows })
    expect(requests).toBe(line?.observed)
  })

  test('are none where calls are spread evenly', async () => {
    const { lines, calls } = await (await city([])).outages.clusters()
    const days = QUIET.filter(({ type }) => type === 'request.registered').map(({ occurredAt }) =>
      Math.floor((occurredAt + 5 * HOUR) / DAY),
    )
    expect(lines).toEqual([])
    expect(calls).toBe(days.filter((day) => day >= MONDAY - 28 && day < MONDAY).length)
  })

  test('hold no flat that calls all day, nor what came after the last Monday', async () => {
    const again = coldDay(THEN, { subjectId: 'p-impatient', building: house(0) })
    const late = coldDay(Date.parse('2026-02-09T08:00:00+05:00'))
    for (const events of [again, late])
      expect((await (await city(events)).outages.clusters()).lines).toEqual([])
  })

  test('are the same after a restart', async () => {
    const [once, twice] = [await city(coldDay(THEN)), await city(coldDay(THEN))]
    expect(await twice.outages.clusters()).toEqual(await once.outages.clusters())
  })

  test('say what was known: an announced outage, or a suspicion of the calls', async () => {
    const known = async (more: readonly DomainEvent[]) =>
      (await (await city([...coldDay(THEN), ...more])).outages.clusters()).lines[0]?.known
    const declared = {
      ...{ id: 's:1', source: 's', type: 'outage.declared', occurredAt: THEN, outage: 's:1' },
      ...{ resource: 'heating', planned: false, buildings: [house(1)], startsAt: THEN },
    } as DomainEvent
    const ended = {
      ...{ id: 's:2', source: 's', type: 'outage.ended', occurredAt: THEN + HOUR, outage: 's:1' },
    } as DomainEvent
    expect(await known([declared, ended])).toBe('announced')
    expect(await known([])).toBe('suspected')
    const dismissed = {
      ...{ id: 's:3', source: 's', type: 'outage.dismissed', occurredAt: THEN + HOUR },
      ...{ suspicion: 'heating:9-4', reason: 'Звонки о разном' },
    } as DomainEvent
    expect(await known([dismissed])).toBe('none')
  })
})
