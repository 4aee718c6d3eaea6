import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { STAGE_ROWS, type UnitKind } from '#server/contract/organizations.ts'
import { pageOf } from '#server/features/requests/page.ts'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { breakdown } from './breakdown.ts'
import { comparison } from './compare.ts'
import { months } from './months.ts'
import { onTimeOf, onTimeOfAll } from './on-time.ts'
import { outcomesOf } from './outcomes.ts'
import { paceLimits } from './pace.ts'
import { profile } from './profile.ts'
import { sideBySide } from './side-by-side.ts'
import { stagesOf } from './stages.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

const january: Filter = { ...EVERYTHING, from: '2026-01-01', to: '2026-02-01' }
const of = (id: string, unit: UnitKind = 'organization', filter = january) => ({ unit, id, filter })
const close = (value: number) => expect.closeTo(value, 9)

test('a stage counts who went through it, who is in it, and who went on without a word', async () => {
  const { stages, rework } = await stagesOf(house.context, of('sever'))
  // Eight with sound times. Who assigned 2-12 has accepted it; 2-02 and 2-11 wait accepted; 2-03 is open with its work declared done.
  expect(stages.map(({ stage, told, waiting, silent }) => [stage, told, waiting, silent])).toEqual([
    ['routing', 0, 0, 8],
    ['acknowledgement', 8, 0, 0],
    ['assignment', 1, 2, 5],
    ['arrival', 0, 0, 6],
    ['work', 5, 0, 1],
    ['closing', 4, 1, 0],
  ])
  // Fewer than twenty give no median.
  expect(stages.map(({ median }) => median)).toEqual(stages.map(() => null))
  expect(rework).toMatchObject({ cases: 1, n: 5 })
})

test('a stage opens exactly the requests that went through it', async () => {
  for (const id of ['sever', 'pribrezhnaya']) {
    const { stages } = await stagesOf(house.context, of(id))
    for (const { stage, told } of stages) {
      const filter = {
        ...january,
        organization: [id],
        is: ['sound', ...STAGE_ROWS[stage]],
      } as Filter
      const page = await pageOf(house.context, {
        ...{ filter, order: 'registeredAt', language: 'ru', offset: 0, limit: 100 },
      })
      expect([stage, page.length]).toEqual([stage, told])
    }
  }
})

test('how requests end opens exactly those that ended so', async () => {
  for (const id of ['sever', 'pribrezhnaya']) {
    const { endings, open } = await outcomesOf(house.context, of(id))
    const opened = async (more: Partial<Filter>) => {
      const filter = { ...january, organization: [id], ...more }
      const asked = {
        filter,
        order: 'registeredAt',
        language: 'ru',
        offset: 0,
        limit: 100,
      } as const
      return (await pageOf(house.context, asked)).length
    }
    for (const { ending, count } of endings) {
      const rows: Partial<Filter> =
        ending === 'transferred'
          ? { is: ['sound', 'transferred'] }
          : { is: ['sound', 'notTransferred'], outcome: [ending] }
      expect([ending, await opened(rows)]).toEqual([ending, count])
    }
    expect(await opened({ is: ['open', 'sound', 'notTransferred'] })).toBe(open)
  }
})

test('outcomes exclude each other; a transfer ends the part of who gave the request away', async () => {
  const { n, open, endings, at } = await outcomesOf(house.context, of('sever'))
  expect([n, open]).toEqual([8, 3])
  // 2-12 after 66 hours and 2-04 after 240; 2-10 after 117; 2-07 after 70; 2-09 given away after 119. Nobody is censored before.
  const [week, fortnight] = [at.indexOf(7 * 86_400), at.indexOf(14 * 86_400)]
  expect(
    endings.map(({ ending, count, shares }) => [
      ending,
      count,
      shares[week]?.share,
      shares[fortnight]?.share,
    ]),
  ).toEqual([
    ['confirmed', 2, close(1 / 8), close(2 / 8)],
    ['closed_no_response', 1, close(1 / 8), close(1 / 8)],
    ['refused', 1, close(1 / 8), close(1 / 8)],
    ['transferred', 1, close(1 / 8), close(1 / 8)],
  ])
})

test('in time has four answers of the same requests, and the open overdue are told beside them', async () => {
  const { definitions, overdue, estimate } = await onTimeOf(house.context, of('sever'))
  // Only 2-07 closed by its due time, by a refusal; 2-02, 2-03 and 2-11 are open past theirs.
  expect(definitions.map(({ measure, share }) => [measure, share?.cases, share?.n])).toEqual([
    ['onTime', 0, 8],
    ['onTimeOfClosed', 1, 5],
    ['onTimeOfClosedAndOverdue', 1, 8],
    ['onTimeSoFar', 1, 8],
  ])
  expect(overdue).toBe(3)
  expect(estimate).toMatchObject({ n: 8, share: 0 })
})

test('the headline counts everybody registered: withdrawn ones are another ending, those not due yet are censored', async () => {
  const whole = await onTimeOf(house.context, of('pribrezhnaya'))
  // 1-01, 1-02, 1-04 and 1-06 of seven; 1-07 was withdrawn, which the counted share leaves out.
  expect(whole.estimate).toMatchObject({ n: 7, share: close(4 / 7) })
  expect(whole.definitions[0]?.share).toMatchObject({ cases: 4, n: 6 })
  const running = of('pribrezhnaya', 'organization', { ...january, to: '2026-02-11' })
  const { estimate } = await onTimeOf(house.context, running)
  // Ten: 1-09 censored at once, 1-10 and 1-07 end otherwise (8/9, 7/9), 1-08 censored, then four of the last six.
  expect(estimate).toMatchObject({ n: 10, share: close((4 * 7) / 9 / 6) })
})

test('a page and the table of all say the same of one organization', async () => {
  const one = await onTimeOf(house.context, of('sever'))
  const { of: all } = await onTimeOfAll(house.context, january, 'organization')
  const key = house.context.registry.organizationById('sever')?.key ?? 0
  expect(all.get(key)).toEqual({
    definitions: one.definitions,
    overdue: one.overdue,
    estimate: one.estimate,
  })
})

test('what the sources told of returns stands beside all that came back', async () => {
  const { reopened, told } = await months(house.context, of('sever'))
  expect(reopened.map(({ month, n, observed }) => [month, n, observed])).toEqual([
    ['2026-01', 6, 3],
  ])
  expect(told.map(({ month, share }) => [month, share?.n, share?.cases])).toEqual([
    ['2026-01', 6, 3],
  ])
})

test('a contractor is judged by what was assigned to it', async () => {
  const lift = of('liftservis', 'contractor')
  expect(await profile(house.context, lift)).toMatchObject({
    unit: 'contractor',
    name: 'Лифтсервис',
    buildings: 0,
    requests: 2,
    open: 0,
    confirmedOfAnswered: { cases: 2, n: 2 },
  })
  const { units, nobody } = await comparison(house.context, 'late', january, 'contractor')
  // 1-04 in time, 2-12 late.
  expect(units.map(({ id, n, observed }) => [id, n, observed])).toEqual([['liftservis', 2, 1]])
  expect(nobody).toMatchObject({ n: 15, observed: 6 })
})

test('a district is what lies in it, whoever answers', async () => {
  expect(await profile(house.context, of('zavod', 'district'))).toMatchObject({
    unit: 'district',
    name: { ru: 'Заводской' },
    buildings: 4,
    apartments: 400,
    requests: 10,
    open: 8,
    overdue: 7,
  })
  const { units } = await comparison(house.context, 'late', january, 'district')
  expect(Object.fromEntries(units.map(({ id, n, observed }) => [id, [n, observed]]))).toEqual({
    zavod: [9, 7],
    old: [6, 0],
    garden: [2, 0],
  })
})

test('a district that nobody registered is not found', async () => {
  await expect(profile(house.context, of('nowhere', 'district'))).rejects.toThrow(
    'no district "nowhere" is registered',
  )
})

test('parts add up to the whole', async () => {
  const contractors = await breakdown(house.context, 'contractor', of('sever'))
  expect(contractors.parts.map(({ id, n, late }) => [id, n, late.share?.cases])).toEqual([
    [null, 8, 6],
    ['liftservis', 1, 1],
  ])
  const channels = await breakdown(house.context, 'channel', of('sever'))
  expect(channels.parts.map(({ channel, n }) => [channel, n])).toEqual([['phone', 9]])
})

test('the city closes at its own pace: what it closed is what was expected of it', async () => {
  const { units, nobody, city } = await comparison(house.context, 'pace', january, 'district')
  const expected = units.reduce((sum, unit) => sum + unit.expected, nobody?.expected ?? 0)
  expect(city.observed).toBeGreaterThan(10)
  // One district with more than a fifth of a stratum is held against the others, so the sums are near, not equal.
  expect(units.map(({ id }) => id)).toContain('zavod')
  expect(expected).toBeGreaterThan(0)
  for (const { ratio, lower, upper } of units) {
    expect(lower).toBeLessThanOrEqual(ratio)
    expect(upper).toBeGreaterThanOrEqual(ratio)
  }
})

test('limits of pace are those of the square root, turned over', () => {
  // 1 / (1 ± 3.09 · √(1/400))² with 3.0902… = Φ⁻¹(0.999).
  const { chance, outer } = paceLimits(100, 0)
  expect(chance[0]).toBeCloseTo(1 / 1.1545 ** 2, 3)
  expect(chance[1]).toBeCloseTo(1 / 0.8455 ** 2, 3)
  expect(outer).toEqual(chance)
  expect(paceLimits(1, 0).chance[1]).toBeCloseTo(99, 9)
})

test('the chosen stand side by side in the order in which they were chosen', async () => {
  const curves = await sideBySide(house.context, {
    unit: 'organization',
    ids: ['sever', 'pribrezhnaya'],
    filter: january,
    clock: 'resolution',
  })
  expect(curves.map(({ id, n, events }) => [id, n, events])).toEqual([
    ['sever', 8, 5],
    ['pribrezhnaya', 6, 6],
  ])
})
