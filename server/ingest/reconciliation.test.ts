import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOW, openIngest } from '#test/ingest.ts'

let ingest: ReturnType<typeof openIngest>
beforeAll(() => {
  ingest = openIngest()
})
afterAll(() => ingest.close())

/** A small space of ids and names, so that the same events, and the same ids with other bodies, come again. */
const said = fc.record({
  source: fc.constantFrom('north', 'south'),
  number: fc.nat(12),
  name: fc.constantFrom('A', 'A', 'A', 'B'),
  fault: fc.constantFrom(...Array.from({ length: 15 }, () => 'none' as const), 'field' as const),
})
const batch = fc.record({
  events: fc.array(said, { minLength: 1, maxLength: 6 }),
  cut: fc.constantFrom(...Array.from({ length: 9 }, () => false), true),
})
type Batch = typeof batch extends fc.Arbitrary<infer B> ? B : never

const line = (run: number, { source, number, name, fault }: Batch['events'][number]) =>
  JSON.stringify({
    id: `${source}-${run}:${number}`,
    type: 'organization.registered',
    occurredAt: new Date(NOW).toISOString(),
    source: `${source}-${run}`,
    organization: `o-${number}`,
    name,
    kind: 'uk',
    ...(fault === 'field' && { mistyped: 1 }),
  })

/** What must be counted, told without the log: the first body of an id stands, a batch is taken whole or not at all. */
function expected(batches: readonly Batch[], source: string) {
  const bodies = new Map<string, string>()
  const counts = { arrived: 0, stored: 0, known: 0, refused: 0 }
  for (const { events, cut } of batches) {
    const fresh = new Map(bodies)
    let stored = 0
    let known = 0
    let taken = !cut && events.every(({ fault }) => fault === 'none')
    for (const event of events) {
      const id = `${event.source}:${event.number}`
      const stands = fresh.get(id)
      taken &&= stands === undefined || stands === event.name
      fresh.set(id, stands ?? event.name)
      if (event.source !== source) continue
      if (stands === undefined) stored++
      else known++
    }
    const mine = events.filter((event) => event.source === source).length
    if (!taken) {
      counts.refused += cut ? 0 : mine
      continue
    }
    for (const [id, name] of fresh) bodies.set(id, name)
    counts.arrived += mine
    counts.stored += stored
    counts.known += known
  }
  return counts
}

test('in = stored + known + quarantined, refused apart, whatever comes in whatever batches', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 8 }), async (batches) => {
      run += 1
      const before = ingest.log.intake.rows(0).find(({ source }) => source === '')?.batches ?? 0
      for (const { events, cut } of batches)
        await ingest.post(
          events.map((event) => line(run, event)).join('\n') + (cut ? '\n{"id":' : ''),
        )
      const rows = ingest.log.intake.rows(0)
      for (const source of ['north', 'south']) {
        const found = rows.find((row) => row.source === `${source}-${run}`)
        const { arrived = 0, stored = 0, known = 0, quarantined = 0, refused = 0 } = found ?? {}
        expect(arrived).toBe(stored + known + quarantined)
        expect({ arrived, stored, known, refused }).toEqual(expected(batches, source))
      }
      const unread = rows.find(({ source }) => source === '')?.batches ?? 0
      expect(unread - before).toBe(batches.filter(({ cut }) => cut).length)
    }),
    { numRuns: 150 },
  )
})

test('who does not present the key is not counted: strangers fill no table', async () => {
  const before = ingest.log.intake.rows(0)
  const answer = await ingest.post('[]', { authorization: 'Bearer wrong' })
  expect(answer.status).toBe(401)
  expect(ingest.log.intake.rows(0)).toEqual(before)
})
