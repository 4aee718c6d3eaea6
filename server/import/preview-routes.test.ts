import { afterAll, expect, test } from 'vitest'
import { openDesk } from '#test/import-desk.ts'
import { previewRoutes } from './preview-routes.ts'

const NOW = Date.parse('2017-06-20T00:00:00+03:00')
const desk = openDesk(NOW)
const faults: unknown[] = []
const app = previewRoutes({
  ...{ dataDir: desk.folder, log: desk.log, now: () => NOW },
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
async function send(path: string, query: object, body?: string) {
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
