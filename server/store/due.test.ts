import { afterAll, beforeAll, expect, test } from 'vitest'
import { event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

const HOUR = 3_600_000
const AT = NOW - 5 * HOUR
const registered = (request: string, body: object) =>
  event('request.registered', AT, {
    ...{ request, channel: 'phone', priority: 'ordinary', kind: 'work_request' },
    ...body,
  })

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(
    [
      registered('told', { category: 'power-light', dueAt: AT + HOUR }),
      registered('by-norm', { category: 'power-light' }),
      registered('no-norm', { category: 'of another city' }),
      registered('urgent', { category: 'power-light' }),
      event('request.category_changed', AT + HOUR, { request: 'urgent', category: 'sewer-block' }),
    ],
    { now: NOW, zone: ZONE, norms: ['domograd'] },
  )
})
afterAll(() => house.close())

test('the time that a source set stands; else the norm of the category that it has now, from its registration', async () => {
  const rows = await house.context.engine.query(
    'SELECT number, due_at, due_basis, norms FROM request ORDER BY number',
  )
  const acknowledged = 'domograd/acknowledged'
  expect(
    rows.map(({ number, due_at, due_basis, norms }) => [
      number,
      due_at === null ? null : (Number(due_at) - AT) / HOUR,
      due_basis,
      norms,
    ]),
  ).toEqual([
    ['by-norm', 72, 'domograd/three-days', ` domograd/three-days ${acknowledged} `],
    ['no-norm', null, null, ` ${acknowledged} `],
    ['told', 1, 'source', ` ${acknowledged} `],
    ['urgent', 2, 'domograd/two-hours', ` domograd/two-hours ${acknowledged} `],
  ])
})

test('a spell of responsibility is due when its request is', async () => {
  const rows = await house.context.engine.query(
    `SELECT request.number, spell.due_at - request.due_at AS apart
     FROM spell JOIN request USING (request) WHERE request.due_at IS NOT NULL ORDER BY number`,
  )
  expect(rows.map(({ number, apart }) => [number, Number(apart)])).toEqual([
    ['by-norm', 0],
    ['told', 0],
    ['urgent', 0],
  ])
})
