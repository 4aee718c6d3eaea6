import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#server/contract/roles.ts'
import { appRouter } from '#server/router.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

let house: TestHouse
beforeAll(async () => {
  const asked = (request: string, subjectId: string) =>
    event('request.registered', NOW - 1000, {
      ...{ request, subjectId, building: 'b-1', category: 'leak' },
      ...({ channel: 'phone', priority: 'ordinary', kind: 'work_request' } as const),
    })
  house = await openTestHouse(
    [...CITY, asked('p-1', 's-1'), asked('p-2', 's-2'), asked('p-3', 's-3')],
    {
      now: NOW,
    },
  )
  house.context.subjects.put(
    [
      { subjectId: 's-1', name: 'Айгүл Сәрсенова', phone: '+7 701 555 01 02', consent: true },
      { subjectId: 's-1', request: 'p-1', text: 'Капает с потолка' },
      { subjectId: 's-2', phone: '+7 701 555 01 09' },
    ],
    NOW,
  )
  house.context.subjects.remove('s-2', NOW)
})
afterAll(() => house.close())

const as = (role: Role) => appRouter.createCaller({ ...house.context, role }).contacts

test('everybody sees a mask, and whether it can be lifted depends on the role', async () => {
  const masked = {
    kept: 'kept',
    erasedAt: null,
    fields: [
      { field: 'name', masked: 'А. С.' },
      { field: 'phone', masked: '+7 *** ** 02' },
      { field: 'text', masked: '16' },
    ],
    consent: true,
  }
  expect(await as('official').ofRequest({ number: 'p-1' })).toEqual({ ...masked, mayReveal: false })
  expect(await as('operator').ofRequest({ number: 'p-1' })).toEqual({ ...masked, mayReveal: true })
  expect(await as('wall').ofRequest({ number: 'p-1' })).toMatchObject({ kept: 'none', fields: [] })
})

test('an erased person, one of whom nothing was told, and a request of nobody are three different things', async () => {
  const kept = async (number: string) => (await as('official').ofRequest({ number })).kept
  const ofNobody = [...CITY].find(({ type }) => type === 'request.registered')
  const number = ofNobody && 'request' in ofNobody ? ofNobody.request : ''
  expect([await kept('p-2'), await kept('p-3'), await kept(number)]).toEqual([
    'erased',
    'apart',
    'none',
  ])
  await expect(as('official').ofRequest({ number: 'none' })).rejects.toThrow('no request')
})

test('an operator reads a value with a reason, and the reading is written down without it', async () => {
  const before = house.context.subjects.readings().length
  const reason = 'уточнить время прихода мастера'
  expect(await as('operator').reveal({ number: 'p-1', field: 'phone', reason })).toEqual({
    value: '+7 701 555 01 02',
  })
  expect(await as('inspector').reveal({ number: 'p-1', field: 'text', reason })).toEqual({
    value: 'Капает с потолка',
  })
  expect(house.context.subjects.readings().slice(before)).toEqual([
    { at: NOW, role: 'operator', subjectId: 's-1', field: 'phone', reason },
    { at: NOW, role: 'inspector', subjectId: 's-1', field: 'text', reason },
  ])
})

test.for([
  ['official', { field: 'phone', reason: 'просто посмотреть' }, 'only an operator or an inspector'],
  ['wall', { field: 'phone', reason: 'просто посмотреть' }, 'only an operator or an inspector'],
  ['operator', { field: 'phone', reason: 'нет' }, 'Too small'],
  ['operator', { field: 'flat', reason: 'мастер не нашёл дверь' }, 'did not tell the flat'],
  ['operator', { field: 'name', reason: 'звонить на 8-701-555-01-02' }, 'names the person'],
  ['operator', { field: 'phone', reason: 'ищу Айгүл Сәрсенова' }, 'names the person'],
] as const)(
  'the %s who asks %o is refused and no reading is written down',
  async ([role, asked, why]) => {
    const before = house.context.subjects.readings()
    await expect(as(role).reveal({ number: 'p-1', ...asked })).rejects.toThrow(why)
    expect(house.context.subjects.readings()).toEqual(before)
  },
)

test('a person whom a corrected registration named is neither shown nor revealed', async () => {
  const asked = (subjectId: string, ago: number) =>
    event('request.registered', NOW - ago, {
      ...{ request: 'p-4', subjectId, building: 'b-1', category: 'leak' },
      ...({ channel: 'phone', priority: 'ordinary', kind: 'work_request' } as const),
    })
  const wrong = asked('s-1', 1000)
  const correction = { request: 'p-4', event: wrong.id, reason: 'another person' }
  await house.append([asked('s-4', 2000), wrong, event('request.corrected', NOW - 500, correction)])
  await house.settle()
  expect((await as('operator').ofRequest({ number: 'p-4' })).kept).toBe('apart')
  const reveal = as('operator').reveal({ number: 'p-4', field: 'phone', reason: 'уточнить время' })
  await expect(reveal).rejects.toThrow('nothing is kept')
})
