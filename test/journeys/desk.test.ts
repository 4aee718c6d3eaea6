import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { ask, ingest } from '../running.ts'
import { digits, NOW, raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const SOON = { timeout: 60_000 }
const MINUTE = 60_000

const asks = (request: string, body: object) => ({
  type: 'request.registered',
  id: `portal:${request}`,
  source: 'portal',
  occurredAt: NOW - MINUTE,
  request,
  ...{ channel: 'web', priority: 'ordinary', kind: 'work_request', category: 'lift-stopped' },
  ...body,
})
const counted = async (filter: Partial<Filter>) => {
  const summary = await ask(stage.server.url, 'requests.summary', { ...EVERYTHING, ...filter })
  return (summary as { requests: number }).requests
}
const row = (page: Awaited<ReturnType<Stage['open']>>, number: string) =>
  page.locator('li', { has: page.locator(`a[href="/requests/${number}"]`) }).first()

test('a message of a social network is an appeal once an operator has confirmed who asks', async () => {
  const building = await someBuilding()
  const numbers = async () => ({
    messages: await counted({ is: ['message'] }),
    appeals: await counted({ is: ['appeal'] }),
    all: await counted({}),
  })
  await ingest(stage.server.url, [
    asks('post-1', {
      building: building.id,
      kind: 'message',
      channel: 'social_network',
      url: 'https://example.org/p/1',
    }),
  ])
  const page = await stage.open('/desk?queue=messages')
  const post = row(page, 'post-1')
  await post.waitFor(SOON)
  const before = await numbers()
  await post.getByRole('button', { name: 'заявка' }).click()
  await expect.poll(numbers, SOON).toEqual({
    messages: before.messages - 1,
    appeals: before.appeals + 1,
    all: before.all,
  })
  await post.waitFor({ state: 'detached', ...SOON })
  expect(stage.faults).toEqual([])
})

test('an address that nobody understood is resolved by one press, and the request stands at its building', async () => {
  const building = await someBuilding()
  const at = { building: [building.id] }
  const before = await counted(at)
  // A corpus that the register does not have: too like to be lost, too unlike to be taken.
  await ingest(stage.server.url, [asks('lost-1', { place: `${building.address}, корп. 77` })])
  const page = await stage.open('/desk?queue=addresses')
  const lost = row(page, 'lost-1')
  await lost.waitFor(SOON)
  expect(await counted(at)).toBe(before)
  await lost.getByRole('button', { name: building.address }).first().click()
  await expect.poll(() => counted(at), SOON).toBe(before + 1)
  await page.goto(`${stage.server.url}/buildings/${building.id}`)
  await page.locator('a[href="/requests/lost-1"]').first().waitFor(SOON)
  expect(stage.faults).toEqual([])
})

test('a house that no suggestion names is found by search, and every count falls at once', async () => {
  const building = await someBuilding()
  const at = { building: [building.id] }
  const before = await counted(at)
  await ingest(stage.server.url, [asks('stray-1', { building: 'b-of-nobody' })])
  const page = await stage.open('/desk?queue=addresses')
  const stray = row(page, 'stray-1')
  await stray.waitFor(SOON)
  expect(await stray.textContent()).toContain('b-of-nobody')
  const counts = async () => ({
    tab: digits(await page.locator('[data-queue="addresses"] span').textContent()),
    rail: digits(await page.locator('nav a[href^="/desk"]').first().textContent()),
  })
  const waited = await counts()
  await stray.getByRole('button', { name: 'Другой дом…' }).click()
  const field = stray.getByRole('combobox', { name: 'Адрес дома' })
  await field.fill(building.address)
  await stray.getByRole('option', { name: building.address }).first().waitFor(SOON)
  await field.press('Enter')
  await stray.waitFor({ state: 'detached', ...SOON })
  expect(await counts()).toEqual({ tab: waited.tab - 1, rail: waited.rail - 1 })
  await expect.poll(() => counted(at), SOON).toBe(before + 1)
  expect(stage.faults).toEqual([])
})

test('the keys go through the rows and choose', async () => {
  await ingest(stage.server.url, [
    asks('key-1', { kind: 'message', channel: 'social_network' }),
    asks('key-2', { kind: 'message', channel: 'social_network' }),
  ])
  const page = await stage.open('/desk?queue=messages', { language: 'kk' })
  await row(page, 'key-2').waitFor(SOON)
  const chosen = page.locator('li[aria-current] a[href^="/requests/"]')
  const first = await chosen.getAttribute('href')
  await page.keyboard.press('j')
  await expect.poll(() => chosen.getAttribute('href'), SOON).not.toBe(first)
  await page.keyboard.press('k')
  await expect.poll(() => chosen.getAttribute('href'), SOON).toBe(first)
  const waits = await page.locator('li[aria-current] button[data-choice]').count()
  await page.keyboard.press(String(waits))
  await expect.poll(() => page.locator(`main a[href="${first}"]`).count(), SOON).toBe(0)
})

test.for(LANGUAGES)('in %s the desk has no fault that a machine can find', async (language) => {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await stage.open('/desk?queue=addresses', { language, scheme, width: 390 })
    await page.locator('main h1').waitFor(SOON)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  }
})

async function someBuilding(): Promise<{ id: string; address: string }> {
  const csv = await (await fetch(`${stage.server.url}/export/buildings.csv?lang=ru`)).text()
  const lines = csv
    .split(/\r?\n/)
    .map((line) => line.split(';').map((cell) => cell.replaceAll('"', '')))
  const head = lines.findIndex((cells) => cells.some((cell) => /^ул\. /.test(cell)))
  const cells = lines[head] ?? []
  const address = cells.find((cell) => /^ул\. /.test(cell)) ?? ''
  const id = cells.find((cell) => /^b-/.test(cell)) ?? ''
  expect({ id, address }).toEqual({
    id: expect.stringMatching(/./),
    address: expect.stringMatching(/\d/),
  })
  return { id, address }
}
