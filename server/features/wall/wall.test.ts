import { afterAll, beforeAll, expect, test } from 'vitest'
import { appRouter } from '#server/router.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { calling, coldCorner, NOON, quietCity } from '#test/outage-city.ts'

const HOUR = 3_600_000
let house: TestHouse
beforeAll(async () => {
  const leaks = Array.from({ length: 9 }, (_, i) =>
    event('request.registered', NOW - (i + 1) * HOUR, {
      request: `9-${i}`,
      building: 'b-2',
      category: 'leak',
      channel: 'phone',
      priority: 'ordinary',
      kind: 'work_request',
      subjectId: `resident-${i}`,
      place: 'кв. 17',
    }),
  )
  house = await openTestHouse([...CITY, ...leaks], { now: NOW })
})
afterAll(() => house.close())

const caller = () => appRouter.createCaller(house.context)

test('the wall has the numbers of the overview', async () => {
  const [wall, overview] = await Promise.all([caller().wall.city(), caller().overview.state({})])
  expect(wall.open.value).toBe(overview.open.value)
  expect(wall.overdue?.value).toBe(overview.overdue?.value)
  expect(wall.registered.value).toBe(overview.inflow.total)
  expect(wall.hour.value).toBe(overview.lastHour.registered)
  expect(wall.emergency).toMatchObject({ value: 2, overdue: 1 })
  expect(wall.worst?.address.ru).toBe('ул. Заводская, 2')
})

test('a wall says no zero of what the sources do not mark, nor of a day on which nothing comes any more', async () => {
  const ordinary = CITY.map((told) =>
    told.type === 'request.registered' && told.priority === 'emergency'
      ? { ...told, priority: 'ordinary' as const }
      : told,
  )
  const months = 60 * 24 * HOUR
  const later = await openTestHouse(ordinary, { now: NOW + months })
  const { wall, overview } = appRouter.createCaller(later.context)
  const [city, day, outages, page] = await Promise.all([
    wall.city(),
    wall.today(),
    wall.outages(),
    overview.state({}),
  ])
  expect([city.emergency.known, outages.emergenciesKnown]).toEqual([false, false])
  expect(page.ended).toBe(true)
  expect([city.noNewSince, day.noNewSince]).toEqual([page.span?.last, page.span?.last])
  await later.close()
  const { wall: present } = caller()
  expect((await present.city()).emergency.known).toBe(true)
  expect((await present.outages()).emergenciesKnown).toBe(true)
  expect([(await present.city()).noNewSince, (await present.today()).noNewSince]).toEqual([
    null,
    null,
  ])
})

test('the line ends with the requests of the last quarters of today', async () => {
  const { line } = await caller().wall.city()
  // 17:00: 4 × 17 quarters have passed, and the first point is of midnight.
  expect(line.today).toHaveLength(69)
  // Registered at 16:00 and not before: one leak of the story above; 2-05 came at 15:30.
  expect(line.today.at(-1)).toBe(1)
})

test('a burst in one building is told by its address, with what is usual there', async () => {
  const { concentrations, more } = await caller().wall.map()
  expect(
    concentrations.map(({ building, observed, buildings }) => [building?.ru, observed, buildings]),
  ).toEqual([['ул. Набережная, 3', 9, 1]])
  expect(more).toBe(0)
})

test('a district narrows every scene, is named, and is refused where nobody registered it', async () => {
  const { wall, overview } = caller()
  const zavod = { district: 'zavod' }
  const [city, page] = await Promise.all([
    wall.city(zavod),
    overview.state({ district: ['zavod'] }),
  ])
  expect(city.district?.ru).toBe('Заводской')
  expect([city.open.value, city.registered.value]).toEqual([page.open.value, page.inflow.total])
  const whole = await wall.city()
  expect(whole.district).toBeNull()
  expect(city.open.value).toBeLessThan(whole.open.value)
  // The burst of leaks is in the other district.
  const narrowed = await wall.map(zavod)
  expect(narrowed.concentrations).toEqual([])
  const registered = [...house.context.registry.buildings()]
  const zavodKey = house.context.registry.districtById('zavod')?.key
  expect(narrowed.around?.toSorted()).toEqual(
    registered.flatMap(({ key, district }) => (district === zavodKey ? [key] : [])).toSorted(),
  )
  const everywhere = await wall.today()
  const today = await wall.today(zavod)
  expect(today.registered.value).toBe(page.inflow.total)
  expect(everywhere.registered.value).toBe(whole.registered.value)
  const addresses = (await wall.outages(zavod)).rows.map(({ district }) => district?.ru)
  expect(new Set(addresses)).toEqual(new Set(addresses.length > 0 ? ['Заводской'] : []))
  await expect(wall.city({ district: 'nowhere' })).rejects.toThrow('no district "nowhere"')
})

test('the scene of the day has the hours of its page', async () => {
  const [wall, page] = await Promise.all([caller().wall.today(), caller().today.day({})])
  expect(wall.hours).toEqual(page.inflow.today)
  expect(wall.registered.value).toBe(page.inflow.total)
})

test('nothing that a wall is told can name a resident, a flat or a request', async () => {
  const told = JSON.stringify([
    await caller().wall.city(),
    await caller().wall.map(),
    await caller().wall.organizations(),
    await caller().wall.outages(),
    await caller().wall.today(),
  ])
  for (const secret of ['resident-', 'кв. 17', '9-0', '2-01', 'subject'])
    expect(told).not.toContain(secret)
})

test('organizations with too little data are counted and not named', async () => {
  const later = { ...house.context, now: () => NOW + 30 * 24 * HOUR }
  const { rows, counts } = await appRouter.createCaller(later).wall.organizations()
  expect(rows).toEqual([])
  expect(counts.insufficient).toBeGreaterThan(0)
})

test('an outage on the map is named with the numbers of its page, and told once: not as a concentration too', async () => {
  const now = NOON + HOUR
  // Six flats more of one house: enough to stand out by itself.
  const calls = [
    ...coldCorner(),
    ...Array.from({ length: 6 }, (_, i) => calling(`more-${i}`, 0, NOON + (20 + i) * 60_000)),
  ]
  const told = async (category: string) => {
    const events = [...quietCity(), ...calls.map((call) => ({ ...call, category }) as typeof call)]
    const city = await openTestHouse(events, { now, learnedAt: ({ occurredAt }) => occurredAt })
    const { wall, outages } = appRouter.createCaller(city.context)
    const answers = { map: await wall.map(), lines: (await outages.list()).lines }
    await city.close()
    return answers
  }
  const { map, lines } = await told('heat')
  const [line] = lines
  expect(map.outages).toMatchObject([
    {
      ...{ kind: 'suspected', resource: 'heating', heatingPoint: 'ЦТП-1' },
      ...{ houses: line?.count, called: line?.calls?.apartments, outline: line?.outline },
    },
  ])
  expect(map.concentrations).toEqual([])
  const { map: without } = await told('door')
  expect(without.outages).toEqual([])
  expect(without.concentrations.map(({ building }) => building?.ru)).toEqual(['Тестовая, 1'])
})
