import { afterAll, beforeAll, expect, test } from 'vitest'
import { USUAL_SETTING } from '#server/contract/screens.ts'
import { appRouter } from '#server/router.ts'
import { CITY, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

test('a screen that was just let in is awaited for a minute, and then it is missed', async () => {
  const asking = house.context.screens.ask('10.0.0.1')
  const roster = (later: number) =>
    appRouter.createCaller({ ...house.context, now: () => NOW + later }).screens.roster()
  await appRouter
    .createCaller(house.context)
    .screens.approve({ code: asking?.code ?? '', name: 'Дежурная часть', setting: USUAL_SETTING })
  expect(await roster(60_000)).toMatchObject([{ seenAt: null, away: false }])
  expect(await roster(60_001)).toMatchObject([{ seenAt: null, away: true }])
})

test('a screen of a district that is not registered is refused by name', async () => {
  const setting = { ...USUAL_SETTING, district: 'atlantis' }
  await expect(
    appRouter
      .createCaller(house.context)
      .screens.approve({ code: '000000', name: 'Дежурная часть', setting }),
  ).rejects.toThrow('no district "atlantis" is registered')
})

test('too many wrong codes of one address are refused with the time to wait, and not to others', async () => {
  const approve = (sender: string) =>
    appRouter
      .createCaller({ ...house.context, sender })
      .screens.approve({ code: '000000', name: 'Холл', setting: USUAL_SETTING })
  for (let i = 0; i < 5; i++)
    await expect(approve('10.0.0.66')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(approve('10.0.0.66')).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    message: expect.stringContaining('looked at again in 60 seconds'),
    cause: { refused: { why: 'wait', seconds: 60 } },
  })
  await expect(approve('10.0.0.67')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
