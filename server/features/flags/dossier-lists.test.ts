import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evaluated } from '#server/contract/flags.ts'
import { pageOf } from '#server/features/requests/page.ts'
import { event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { LEAKY_CITY, LEAKY_NOW } from '#test/leaky-city.ts'
import { servedDossier } from './dossier-serve.ts'
import { flag } from './flags.ts'

const DAY = 86_400_000
const FIRST = Date.parse('2026-03-02T10:00:00+05:00')

/** Of Sever five more leaks are closed after thirty days, when all of the city are after three, and two are not closed. */
const SLOW = Array.from({ length: 7 }, (_, i) => {
  const request = `slow-${i}`
  const about = {
    building: 's-1',
    category: 'leak',
    channel: 'phone',
    priority: 'ordinary',
  } as const
  return [
    event('request.registered', FIRST + i * DAY, { request, ...about, kind: 'complaint' }),
    ...(i < 5 ? [event('request.closed', FIRST + (30 + i) * DAY, { request })] : []),
  ]
}).flat()

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse([...LEAKY_CITY, ...SLOW], { now: LEAKY_NOW, zone: ZONE })
})
afterAll(() => house.close())

const listsOf = async (measure: Evaluated) => {
  const { dossier } = await servedDossier(house.context, `${measure}.sever`, 'en')
  return dossier.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'numbers' ? [block] : [])),
  )
}

test.for(['reopened', 'pace'] as const)(
  'the lists of a dossier of %s add up to its figures',
  async (measure) => {
    const lists = await listsOf(measure)
    const { figures } = await flag(house.context, `${measure}.sever`)
    const numbers = lists.flatMap((list) => list.numbers)
    expect(new Set(numbers).size).toBe(figures.n)
    const counted = measure === 'pace' ? lists.slice(2) : lists.slice(0, 1)
    expect(counted.flatMap((list) => list.numbers)).toHaveLength(figures.observed)
  },
)

test('what closed after the horizon is listed by itself, with the horizon, as still waiting', async () => {
  const [waiting, beyond, closed] = await listsOf('pace')
  expect(waiting?.numbers).toEqual(['slow-5', 'slow-6'])
  expect(beyond).toMatchObject({
    caption: 'Closed after the horizon of their stratum (2.5 days), counted as waiting: 5.',
    numbers: ['slow-0', 'slow-1', 'slow-2', 'slow-3', 'slow-4'],
  })
  expect(closed?.numbers).toHaveLength(150)
})

test('the sheet of pace tells all that was closed beside what counts, and its link opens all of it', async () => {
  const { closed, figures, rows, share } = await flag(house.context, 'pace.sever')
  expect([closed, figures.observed, figures.n]).toEqual([155, 150, 157])
  expect(share.share).toBeCloseTo(155 / 157, 12)
  const asked = { order: 'registeredAt', language: 'ru', offset: 0, limit: 1000 } as const
  expect(await pageOf(house.context, { filter: rows.events, ...asked })).toHaveLength(155)
})

test('how the expected number was made is told by the policy, for shares and for pace', async () => {
  const said = async (measure: Evaluated) => {
    const { dossier } = await servedDossier(house.context, `${measure}.sever`, 'en')
    return JSON.stringify(dossier.sections.find(({ id }) => id === 'method')?.blocks)
  }
  const reopened = await said('reopened')
  expect(reopened).toContain('more than 20% of a stratum’s requests, the share is taken without it')
  expect(reopened).toContain('fewer than 30 requests, 20 are added')
  const pace = await said('pace')
  expect(pace).toContain('cumulative hazard of closing (Nelson–Aalen)')
  expect(pace).toContain('the time that 99% of its requests do not exceed')
})
