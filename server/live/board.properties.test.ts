import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DomainEvent, RequestEvent } from '#server/contract/events.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { LIFE } from '#server/domain/life-order.ts'
import { openStore } from '#server/store/store.ts'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import type { Counts } from './board.ts'

const HOUR = 3_600_000
const EMERGENCY = PRIORITIES.indexOf('emergency')

/** The city without its requests, told in part only after requests speak of it; some of it is corrected. */
const REGISTRY = [
  ...CITY.filter((told) => !told.type.startsWith('request.')),
  ...['b-1', 'b-7'].flatMap((building, index) => [
    event('building.registered', NOW - (index + 1) * HOUR, {
      ...{ building, address: { ru: building }, district: 'garden', lon: 71.5 + index },
    }),
    event('building.registered', NOW - (index + 5) * HOUR, {
      ...{ building, address: { ru: building }, lat: 51.5 },
    }),
    event('building.removed', NOW - 3 * HOUR, { building }),
    event('tenure.changed', NOW - 500 * HOUR, { building, organization: 'sadovoe' }),
  ]),
]

const anyRequestEvent = fc
  .record({
    type: fc.constantFrom(...LIFE, 'request.registered' as const, 'request.registered' as const),
    request: fc.integer({ min: 1, max: 25 }),
    hour: fc.integer({ min: -900, max: 30 }),
    building: fc.option(fc.constantFrom('b-1', 'b-4', 'b-7', 'b-8', 'b-99'), { nil: undefined }),
    organization: fc.constantFrom('pribrezhnaya', 'sever', 'nobody'),
    category: fc.constantFrom('leak', 'lift', 'ghosts'),
    priority: fc.constantFrom(...PRIORITIES),
    due: fc.option(fc.integer({ min: -900, max: 100 }), { nil: undefined }),
    of: fc.integer({ min: 1, max: 30 }),
    test: fc.boolean(),
  })
  .map((one): DomainEvent => {
    const at = NOW + one.hour * HOUR
    const request = `r-${one.request}`
    const bodies: Partial<Record<RequestEvent['type'], object>> = {
      'request.registered': {
        ...{ channel: 'phone', kind: 'complaint', priority: one.priority, category: one.category },
        ...(one.building !== undefined && { building: one.building }),
        ...(one.due !== undefined && { dueAt: NOW + one.due * HOUR }),
        test: one.test && one.request < 4,
      },
      'request.transferred': { organization: one.organization },
      'request.repeat_linked': { of: `r-${one.of}` },
    }
    return event(one.type, at, { request, ...bodies[one.type] } as never)
  })
const anyTelling = fc.tuple(
  fc.array(fc.array(anyRequestEvent, { minLength: 1, maxLength: 25 }), {
    minLength: 2,
    maxLength: 5,
  }),
  fc.shuffledSubarray(REGISTRY, { minLength: REGISTRY.length }),
)

/** Batches of what the source tells, the registry spread among them; an event told before is left out. */
function batchesOf([requests, registry]: [DomainEvent[][], DomainEvent[]]): DomainEvent[][] {
  const told = new Set<string>()
  const share = Math.ceil(registry.length / requests.length)
  return requests.map((batch, index) =>
    [...registry.slice(index * share, (index + 1) * share), ...batch].filter(
      ({ id }) => !told.has(id) && told.add(id),
    ),
  )
}

async function counted(house: TestHouse, dimension?: string): Promise<Map<number, Counts>> {
  const key = dimension ?? 'request * 0'
  const rows = await house.context.engine.query(
    `SELECT ${key} AS key, count(*) AS open, count(CASE WHEN due_at < $now THEN 1 END) AS overdue,
       count(CASE WHEN priority = ${EMERGENCY} THEN 1 END) AS emergency,
       count(CASE WHEN priority = ${EMERGENCY} AND due_at < $now THEN 1 END) AS "emergencyOverdue"
     FROM request WHERE closed_at IS NULL AND test = false GROUP BY ${key}`,
    { now: NOW },
  )
  return new Map(
    rows.map(({ key: value, ...counts }) => [Number(value), counts as unknown as Counts]),
  )
}

const everything = (engine: TestHouse['context']['engine']) =>
  Promise.all(
    ['request', 'spell', 'version', 'building', 'tenure', 'source', 'meta'].map((table) =>
      engine.query(`SELECT count(*) AS rows, sum(hash(${table}))::VARCHAR AS hash FROM ${table}`),
    ),
  )

test('whatever is told and in what portions, board, questions and rebuilt facts agree', async () => {
  await fc.assert(
    fc.asyncProperty(anyTelling, async (telling) => {
      const house = await openTestHouse([], { now: NOW, zone: ZONE })
      const { board, engine, log, norms } = house.context
      for (const batch of batchesOf(telling)) {
        await house.append(batch)
        expect(board.totals(NOW)).toEqual((await counted(house)).get(0) ?? EMPTY)
        expect(board.byBuilding(NOW)).toEqual(await counted(house, 'building'))
        expect(board.byOrganization(NOW)).toEqual(await counted(house, 'organization'))
        expect(board.byCategory(NOW)).toEqual(await counted(house, 'category'))
        expect(board.byDistrict(NOW)).toEqual(await counted(house, 'district'))
        const [today] = await engine.query(
          'SELECT count(*) AS count FROM request WHERE test = false AND registered_on = 20494',
        )
        expect(board.registeredToday(NOW)).toBe(today?.count)
      }
      const projected = await everything(engine)
      const options = { log, norms, zone: ZONE, now: () => NOW, memoryLimitMb: 128 }
      const rebuilt = await openStore({ ...options, file: house.path('again.duckdb') })
      expect(await everything(rebuilt.engine)).toEqual(projected)
      await rebuilt.close()
      await house.close()
    }),
    { numRuns: 8 },
  )
})

const EMPTY: Counts = { open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 }
