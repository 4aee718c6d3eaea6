import { expect, test } from 'vitest'
import { CITY, NOW } from '#test/city.ts'
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
