import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { SavedMappings } from '#server/contract/file-import.ts'
import { createGate } from '#server/ingest/pressure.ts'
import { openDesk } from '#test/import-desk.ts'
import { previewRoutes } from './preview-routes.ts'

const NOW = Date.parse('2017-06-20T00:00:00+03:00')
const desk = openDesk(NOW)
const faults: unknown[] = []
const disk = { free: 100, size: 100 }
const gate = createGate({ dataDir: desk.folder, clock: () => 0, room: async () => disk })
const app = previewRoutes({
  ...{ dataDir: desk.folder, log: desk.log, gate, now: () => NOW },
  report: (_where, cause) => void faults.push(cause),
})
afterAll(() => desk.close())

const mapping = JSON.stringify({
  kind: 'register',
  source: 'small',
  zone: 'Europe/Moscow',
  language: 'ru',
  building: { id: 'id', address: 'address' },
  organization: { id: 'company', name: 'name' },
})
const file = (companies: string[]) =>
  `id,address,company,name\n${companies.map((company, house) => `${house},"Садовая, ${house}",${company},${company}`).join('\n')}\n`
async function send(path: string, query: object, body?: string | Uint8Array<ArrayBuffer>) {
  const search = new URLSearchParams({ mapping, ...query })
  const answer = await app.request(`${path}?${search}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    ...(body !== undefined && { body }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, never> }
}
const preview = (name: string, companies: string[]) =>
  send('/registry/preview', { name }, file(companies))

test('what is applied is exactly what was shown; when the log has moved on, it is shown again and nothing is stored', async () => {
  const first = await preview('small_2016-01-01.csv', ['a', 'a', 'b'])
  expect([first.status, desk.log.lastSeq()]).toEqual([200, 0])
  const { sha256, diff, events } = first.body
  const apply = (named: object) =>
    send('/registry/apply', { name: 'small_2016-01-01.csv', sha256, diff, ...named })
  expect((await apply({})).body).toMatchObject({ stored: { events } })
  expect(desk.log.lastSeq()).toBe(events)
  expect((await apply({})).body.error).toContain('choose it again')

  const second = await preview('small_2017-01-01.csv', ['a', 'b', 'b'])
  expect(second.body).toMatchObject({ transfers: { count: 1 } })
  await desk.take(file(['b', 'a', 'b']), {
    ...{ mapping: JSON.parse(mapping), name: 'small_2016-06-01.csv' },
  })
  const before = desk.log.lastSeq()
  const late = await send('/registry/apply', {
    ...{ name: 'small_2017-01-01.csv', sha256: second.body.sha256, diff: second.body.diff },
  })
  expect([late.status, desk.log.lastSeq()]).toEqual([409, before])
  expect(late.body).toMatchObject({ moved: { transfers: { count: 2 } } })
  expect(faults).toEqual([])
})

test('what is no register, no date, no mapping is said in words', async () => {
  const requests = await send('/registry/preview', { name: 'a.csv', mapping: '{"kind":1}' }, 'a')
  expect([requests.status, requests.body.error]).toEqual([400, expect.stringContaining('mapping')])
  const undated = await send('/registry/preview', { name: 'small.csv' }, file(['a']))
  expect([undated.status, undated.body.error]).toEqual([400, expect.stringContaining('date')])
  const form = await app.request('/registry/preview?name=a.csv', { method: 'POST', body: 'a' })
  expect(form.status).toBe(415)
})

test('a small packed file that is a whole country unpacked is refused before it fills the memory', async () => {
  const many = `id,address,company,name\n${'1,"Садовая, 1",a,a\n'.repeat(250_001)}`
  const sent = await send('/registry/preview', { name: 'small_2018-01-01.csv.gz' }, gzipSync(many))
  expect([sent.status, sent.body.error]).toEqual([400, expect.stringContaining('250000 rows')])
})

test('files that nobody applies do not fill the disk, and none is taken when it is full', async () => {
  for (let day = 10; day < 23; day++)
    await preview(`small_2018-01-${day}.csv`, ['a', 'a', `c-${day}`])
  expect(readdirSync(join(desk.folder, 'previews')).length).toBeLessThanOrEqual(10)
  disk.free = 1
  await gate.look()
  const full = await preview('small_2018-02-01.csv', ['a'])
  expect([full.status, full.body.error]).toEqual([503, expect.stringContaining('disk')])
  disk.free = 100
})

test('of two who apply the same at once the second is told that it is done with', async () => {
  const name = 'small_2018-02-10.csv'
  const { sha256, diff } = (await preview(name, ['a', 'a', 'twice'])).body
  const both = await Promise.all([1, 2].map(() => send('/registry/apply', { name, sha256, diff })))
  expect(both.map(({ status }) => status)).toEqual([200, 400])
  expect(both[1]?.body.error).toContain('choose it again')
})

test('what is wrong with a file is told without where it lies', async () => {
  const cut = gzipSync(file(['a', 'b'])).subarray(0, 40)
  const broken = await send(
    '/registry/preview',
    { name: 'small_2018-03-01.csv.gz' },
    new Uint8Array(cut),
  )
  expect([broken.status, broken.body.error]).toEqual([
    400,
    expect.stringMatching(/^small_2018-03-01\.csv\.gz is broken/),
  ])
})

test('the description of columns that a register was applied with is offered for the next, before the shipped ones', async () => {
  const offered = SavedMappings.parse(await (await app.request('/registry/mappings')).json())
  expect(offered.map(({ name, shipped }) => [name, shipped])).toEqual([
    ['small', false],
    ['reformagkh', true],
  ])
  expect(offered[0]?.text).toBe(mapping)
})
