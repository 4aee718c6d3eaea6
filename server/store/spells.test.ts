import { afterEach, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { requestByNumber } from '#server/features/requests/one.ts'
import { event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-01-10T10:00:00+05:00')
const at = (hours: number) => START + hours * HOUR

let house: TestHouse | undefined
afterEach(async () => {
  await house?.close()
  house = undefined
})

const registry = [
  ...['old', 'new', 'third'].map((organization) =>
    event('organization.registered', at(-900), { organization, name: organization, kind: 'uk' }),
  ),
  event('building.registered', at(-900), { building: 'b', address: { ru: 'b' } }),
  event('tenure.changed', at(-900), { building: 'b', organization: 'old' }),
]
const registered = event('request.registered', START, {
  ...{ request: '1', building: 'b' },
  ...{ channel: 'phone', priority: 'ordinary', kind: 'work_request' },
})
const taken = event('tenure.changed', at(10), { building: 'b', organization: 'new' })

async function told(...batches: DomainEvent[][]) {
  await house?.close()
  house = await openTestHouse(registry, { now: NOW, zone: ZONE })
  for (const batch of batches) await house.append(batch)
  const { engine, registry: book } = house.context
  const name = (key: unknown) => book.organization(Number(key))?.id ?? null
  const [row] = await engine.query(
    'SELECT organization, current_organization, transfers FROM request',
  )
  const spells = await engine.query('SELECT * FROM spell ORDER BY start_at, end_at NULLS LAST')
  const card = await requestByNumber(house.context, '1')
  return {
    judged: name(row?.organization),
    answers: name(row?.current_organization),
    transfers: row?.transfers,
    spells: spells.map((spell) => [
      name(spell.organization),
      (Number(spell.start_at) - START) / HOUR,
      spell.end_at === null ? null : (Number(spell.end_at) - START) / HOUR,
    ]),
    shown: card.spells.map(({ organization, reason }) => [organization?.id, reason]),
  }
}

test('an open request passes with its house: another answers, the first is judged, both are shown', async () => {
  const passed = {
    ...{ judged: 'old', answers: 'new', transfers: 1 },
    spells: [
      ['old', 0, 10],
      ['new', 10, null],
    ],
    shown: [
      ['old', 'transferred'],
      ['new', 'open'],
    ],
  }
  expect(await told([registered], [taken])).toEqual(passed)
  expect(await told([taken], [registered])).toEqual(passed)
})

test('a closing told years ahead of its receipt ends the time in which it stood open when it was heard', async () => {
  const closed = event('request.closed', NOW + 3 * 365 * 24 * HOUR, { request: '1' })
  const { spells } = await told([registered], [closed])
  expect(spells).toEqual([['old', 0, (NOW - START) / HOUR]])
})

test('a request closed before its house passed stays with who closed it', async () => {
  const closed = event('request.closed', at(9), { request: '1' })
  expect(await told([registered, closed], [taken])).toMatchObject({
    ...{ answers: 'old', transfers: 0, spells: [['old', 0, 9]] },
  })
})

test('reopened after its house passed, it is the new holder’s', async () => {
  const closed = event('request.closed', at(9), { request: '1' })
  const again = event('request.reopened', at(20), { request: '1' })
  expect(await told([registered, closed, taken], [again])).toMatchObject({
    ...{ judged: 'old', answers: 'new' },
    spells: [
      ['old', 0, 9],
      ['new', 20, null],
    ],
  })
})

test('a source that tells of its transfers itself is believed', async () => {
  const transferred = event('request.transferred', at(30), { request: '1', organization: 'third' })
  expect(await told([registered, taken, transferred])).toMatchObject({
    ...{ answers: 'third', transfers: 1 },
    spells: [
      ['old', 0, 30],
      ['third', 30, null],
    ],
  })
})

test('a contract that was wrong takes its transfer back', async () => {
  const wrong = event('building.corrected', at(40), {
    ...{ building: 'b', event: taken.id, reason: 'a mistyped house' },
  })
  expect(await told([registered], [taken], [wrong])).toMatchObject({
    ...{ answers: 'old', transfers: 0, spells: [['old', 0, null]] },
  })
})

test('a contract told before it begins counts from the request’s next event after that', async () => {
  const next = NOW + 100 * HOUR
  const ahead = event('tenure.changed', next, { building: 'b', organization: 'new' })
  expect(await told([registered], [ahead])).toMatchObject({ answers: 'old', transfers: 0 })
  const later = event('request.acknowledged', next + HOUR, { request: '1' })
  expect(await told([registered], [ahead], [later])).toMatchObject({ answers: 'new', transfers: 1 })
})
