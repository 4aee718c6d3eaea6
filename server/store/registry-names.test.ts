import { expect, test } from 'vitest'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse } from '#test/house.ts'

test('a phone in a name stays in the log and is masked wherever the name is shown', async () => {
  const house = await openTestHouse(
    [
      ...CITY,
      {
        ...{ id: 'city:ip', type: 'organization.registered', source: 'city' },
        ...{ organization: 'ip', kind: 'contractor', name: 'ИП Иванов И. И., 8 701 555-01-02' },
        occurredAt: NOW - 1000,
      },
      {
        ...{ id: 'city:b-900', type: 'building.registered', source: 'city', building: 'b-900' },
        address: { ru: 'ул. Мира, 900, звонить +7 (701) 555-01-02' },
        occurredAt: NOW - 1000,
      },
    ],
    { now: NOW },
  )
  const { registry, log } = house.context
  expect(registry.organizationById('ip')?.name).toBe('ИП Иванов И. И., •••02')
  expect(registry.buildingById('b-900')?.address).toEqual({ ru: 'ул. Мира, 900, звонить •••02' })
  const told = [...log.read(0, 1000)].find(({ id }) => id === 'city:ip')
  expect(told).toMatchObject({ name: 'ИП Иванов И. И., 8 701 555-01-02' })
  await house.close()
})

test('so are districts, categories, series, heating points, and the reasons of corrections', async () => {
  const PHONE = '8-701-555-01-02'
  const house = await openTestHouse(
    [
      ...CITY,
      event('district.registered', NOW - 1000, {
        district: 'd-9',
        name: { ru: `Участок ${PHONE}` },
      }),
      event('category.registered', NOW - 1000, {
        ...{ category: 'c-9', name: { ru: `Лифт ${PHONE}` }, group: { ru: `Дежурный ${PHONE}` } },
      }),
      event('building.registered', NOW - 1000, {
        ...{ building: 'b-900', address: { ru: 'ул. Мира, 900' } },
        ...{ series: `II-18 ${PHONE}`, heatingPoint: `ЦТП 7, ${PHONE}` },
      }),
      event('building.corrected', NOW - 1000, {
        ...{ building: 'b-900', event: 'nobody-told', reason: `спросить ${PHONE}` },
      }),
    ],
    { now: NOW },
  )
  const { registry } = house.context
  expect(registry.districtById('d-9')?.name).toEqual({ ru: 'Участок •••02' })
  expect(registry.categoryById('c-9')).toMatchObject({
    name: { ru: 'Лифт •••02' },
    group: { ru: 'Дежурный •••02' },
  })
  const building = registry.buildingById('b-900')
  expect(building).toMatchObject({ series: 'II-18 •••02', heatingPoint: 'ЦТП 7, •••02' })
  const reasons = registry
    .told(building?.key ?? 0)
    .flatMap((event) => ('reason' in event ? [event.reason] : []))
  expect(reasons).toEqual(['спросить •••02'])
  await house.close()
})
