import { describe, expect, test } from 'vitest'
import type { Recorded, RegistryEvent } from '#server/contract/events.ts'
import { keyOfHouse } from '#server/domain/address/address-index.ts'
import { isTransfer } from '#server/domain/registry.ts'
import { type MemoryRegistry, memoryRegistry, type RegistryChange } from './registry-memory.ts'

const keys = new Map<string, number>()
const keyOf = (stream: string) => {
  const key = keys.get(stream) ?? keys.size + 1
  keys.set(stream, key)
  return key
}
let seq = 0
const tell = (registry: MemoryRegistry, at: number, told: object): RegistryChange[] => {
  const event = {
    source: 's',
    occurredAt: at,
    recordedAt: 1000,
    seq: ++seq,
    id: `s:${seq}`,
    ...told,
  }
  const [stream] = Object.values(told).slice(1)
  const kind = String(Object.values(told)[0]).split('.')[0]
  return registry.apply(
    event as unknown as Recorded<RegistryEvent>,
    keyOf(`${kind === 'tenure' ? 'building' : kind}:${stream}`),
  )
}
const building = (id: string, more: object = {}) => ({
  type: 'building.registered',
  building: id,
  address: { ru: id },
  ...more,
})
const tenure = (id: string, organization: string | null) => ({
  type: 'tenure.changed',
  building: id,
  organization,
})
const organization = (id: string, name = id) => ({
  type: 'organization.registered',
  organization: id,
  name,
  kind: 'uk',
})

describe('a passport', () => {
  test('is that of the latest news, whatever order they come in, and keeps what they do not speak of', () => {
    const registry = memoryRegistry()
    tell(registry, 20, building('b', { address: { ru: 'new' }, floors: 9 }))
    tell(registry, 10, building('b', { address: { ru: 'old' }, floors: 5, year: 1961 }))
    expect(registry.buildingById('b')).toMatchObject({
      address: { ru: 'new' },
      floors: 9,
      year: 1961,
      lifts: null,
    })
  })

  test('of a removed building stays, as gone, until it is registered again', () => {
    const registry = memoryRegistry()
    tell(registry, 10, building('b'))
    tell(registry, 20, { type: 'building.removed', building: 'b' })
    expect(registry.buildingById('b')?.gone).toBe(true)
    tell(registry, 15, building('b'))
    expect(registry.buildingById('b')?.gone).toBe(true)
    tell(registry, 30, building('b'))
    expect(registry.buildingById('b')?.gone).toBe(false)
  })

  test('a renamed organization is the same organization', () => {
    const registry = memoryRegistry()
    tell(registry, 10, organization('o', 'ООО Ромашка'))
    tell(registry, 20, organization('o', 'УК Ромашка'))
    expect([...registry.organizations()].map(({ id, name }) => [id, name])).toEqual([
      ['o', 'УК Ромашка'],
    ])
  })
})

describe('tenures', () => {
  const told = (registry: MemoryRegistry) =>
    registry
      .buildingById('b')
      ?.tenures.map(({ organization: key, organizationRef, start, end }) => [
        organizationRef ?? registry.organization(key)?.id ?? null,
        start,
        end,
      ])

  test('are half-open intervals in order of time, whatever order they are told in', () => {
    const registry = memoryRegistry()
    for (const id of ['a', 'c']) tell(registry, 0, organization(id))
    tell(registry, 5, building('b'))
    tell(registry, 30, tenure('b', 'a'))
    tell(registry, 10, tenure('b', 'a'))
    tell(registry, 20, tenure('b', 'c'))
    tell(registry, 40, tenure('b', null))
    expect(told(registry)).toEqual([
      ['a', 10, 20],
      ['c', 20, 30],
      ['a', 30, 40],
      [null, 40, null],
    ])
  })

  test('of two told for one instant the one recorded later stands', () => {
    const registry = memoryRegistry()
    for (const id of ['a', 'c']) tell(registry, 0, organization(id))
    tell(registry, 5, building('b'))
    tell(registry, 10, tenure('b', 'a'))
    tell(registry, 10, tenure('b', 'c'))
    expect(told(registry)).toEqual([['c', 10, null]])
  })

  test('keep the name of an organization that nobody registered, until somebody does', () => {
    const registry = memoryRegistry()
    tell(registry, 5, building('b'))
    tell(registry, 10, tenure('b', 'late'))
    expect(told(registry)).toEqual([['late', 10, null]])
    expect(registry.buildingById('b')?.tenures[0]?.organization).toBe(0)
    const changes = tell(registry, 50, organization('late'))
    expect(registry.buildingById('b')?.tenures[0]?.organizationRef).toBeUndefined()
    expect(changes).toEqual([
      { unknown: 'organization' },
      { building: 'b', key: keyOf('building:b'), from: 10 },
    ])
  })

  test('told before their building wait for it', () => {
    const registry = memoryRegistry()
    tell(registry, 0, organization('a'))
    expect(tell(registry, 10, tenure('b', 'a'))).toEqual([])
    expect(registry.buildingById('b')).toBeUndefined()
    tell(registry, 20, building('b'))
    expect(told(registry)).toEqual([['a', 10, null]])
  })
})

test('a building knows its district even when the district is registered after it', () => {
  const registry = memoryRegistry()
  tell(registry, 10, building('b', { district: 'd' }))
  expect(registry.buildingById('b')?.district).toBe(0)
  tell(registry, 20, { type: 'district.registered', district: 'd', name: { ru: 'd' } })
  expect(registry.buildingById('b')?.district).toBe(registry.districtById('d')?.key)
})

test('an event that changes no request changes the revision all the same', () => {
  const registry = memoryRegistry()
  const before = registry.revision()
  expect(
    tell(registry, 10, { type: 'category.registered', category: 'c', name: { ru: 'c' } }),
  ).toEqual([{ unknown: 'category' }])
  tell(registry, 20, { type: 'category.registered', category: 'c', name: { ru: 'd' } })
  expect(registry.revision()).toBe(before + 2)
})

test('an address is found whether its building was told of now or recalled, and a new one says which houses it touches', async () => {
  const address = (street: string) => ({ ru: `${street}, д. 5` })
  const event = (id: string, at: number, street: string) =>
    ({
      ...building(id, { address: address(street) }),
      ...{ source: 's', occurredAt: at, recordedAt: at, seq: at, id: `${id}:${at}` },
    }) as unknown as Recorded<RegistryEvent>
  const recalled = memoryRegistry()
  recalled.recall(event('a', 1, 'ул. Абая'), 1)
  recalled.recall(event('b', 2, 'ул. Мира'), 2)
  recalled.recall(event('a', 3, 'ул. Сатпаева'), 1)
  const [change] = recalled.apply(event('c', 4, 'ул. Лесная'), 3)
  expect(change).toMatchObject({ building: 'c', houses: new Set([keyOfHouse('ул. Лесная, д. 5')]) })
  const found = (registry: MemoryRegistry, street: string) =>
    registry.addressed(`${street}, 5`).found?.building
  expect(['улица Сатпаева', 'улица Мира', 'улица Лесная'].map((s) => found(recalled, s))).toEqual([
    1, 2, 3,
  ])
  expect(found(recalled, 'улица Абая')).toBeUndefined()

  const ahead = memoryRegistry()
  ahead.recall(event('a', 1, 'ул. Абая'), 1)
  await ahead.readAddresses()
  ahead.recall(event('a', 3, 'ул. Сатпаева'), 1)
  expect([found(ahead, 'улица Абая'), found(ahead, 'улица Сатпаева')]).toEqual([undefined, 1])
})

describe('what a late word about responsibility asks to be projected again', () => {
  const correction = (id: string, event: string) => ({
    type: 'building.corrected',
    building: id,
    event,
    reason: 'the contract was void',
  })
  test('from the first instant for which another organization is now known to answer', () => {
    const registry = memoryRegistry()
    for (const id of ['a', 'c']) tell(registry, 0, organization(id))
    tell(registry, 5, building('b'))
    tell(registry, 10, tenure('b', 'a'))
    tell(registry, 30, tenure('b', 'c'))
    const [wrong] = registry.told(keyOf('building:b')).filter(({ occurredAt }) => occurredAt === 30)
    const key = keyOf('building:b')
    expect(tell(registry, 40, correction('b', wrong?.id ?? ''))).toEqual([
      { building: 'b', key, from: 30 },
    ])
    expect(tell(registry, 41, correction('b', 'nope'))).toEqual([])
  })

  test('of a merger, its houses and what names it, from its day on', () => {
    const registry = memoryRegistry()
    for (const id of ['a', 'c']) tell(registry, 0, organization(id))
    tell(registry, 5, building('b'))
    tell(registry, 10, tenure('b', 'a'))
    const changes = tell(registry, 20, {
      type: 'organization.merged',
      organization: 'a',
      into: 'c',
    })
    const keys = [keyOf('organization:a'), keyOf('organization:c')]
    expect(changes).toEqual([
      { building: 'b', key: keyOf('building:b'), from: 20 },
      { organizations: keys, from: 20 },
    ])
    const [before, after] = registry.buildingById('b')?.tenures ?? []
    expect([before, after].map((held) => [held?.organization, held?.merger])).toEqual([
      [keys[0], undefined],
      [keys[1], true],
    ])
    expect(after && isTransfer(before, after)).toBe(false)
  })
})
