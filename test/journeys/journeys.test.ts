import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { ask, ingest } from '../running.ts'
import { digits, NOW, raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

/** Patience of a test on a busy machine; what speed is promised is measured by the bench. */
const SOON = { timeout: 60_000 }

const PAGES = [
  '/',
  '/today',
  '/map',
  '/organizations',
  '/buildings',
  '/requests',
  '/desk',
  '/flags',
  '/screens',
  '/wall',
  '/wall?scene=1',
]

describe.for(LANGUAGES)('in %s', (language) => {
  test('the number in the sentence opens its rows, and a row opens its request', async () => {
    const page = await stage.open('/', { language })
    const number = page.locator('h1 a').first()
    const open = digits(await number.textContent())
    expect(open).toBeGreaterThan(0)
    await number.click()
    await page.waitForURL('**/requests?**')
    const rows = page.locator('h1 a').first()
    await expect.poll(async () => digits(await rows.textContent()), SOON).toBe(open)
    const request = page.locator('[role="grid"] a[href^="/requests/"]').first()
    const name = decodeURIComponent((await request.getAttribute('href'))?.split('/').at(-1) ?? '')
    await request.click()
    await page.waitForURL((url) => decodeURIComponent(url.pathname) === `/requests/${name}`)
    await page.locator('ol li').first().waitFor()
    expect(await page.locator('h1').textContent()).toContain(name)
  })

  test('from the map to a building, which the window names, and to the organization that answered for it', async () => {
    const page = await stage.open('/map', { language })
    const first = page.locator('[role="option"], [role="row"]').first()
    await first.click()
    await page.locator('main a[href^="/buildings/"]:visible').first().click()
    await page.waitForURL('**/buildings/**')
    const address = page.locator('h1').first()
    await expect
      .poll(
        async () => (await page.title()).startsWith(`${await address.textContent()} \u2013 `),
        SOON,
      )
      .toBe(true)
    const holder = page.locator('main a[href^="/organizations/"]:visible').first()
    const name = (await holder.textContent())?.trim() ?? ''
    await holder.click()
    await page.waitForURL('**/organizations/**')
    await expect
      .poll(() => page.locator('main').textContent(), SOON)
      .toContain(name.replace(/[«»]/g, ''))
  })
})

test('two pages are open, an event is sent, and both change', async () => {
  const pages = await Promise.all([stage.open('/'), stage.open('/', { language: 'kk' })])
  const figure = (index: number) => pages[index]?.locator('h1 a').first()
  const before = digits((await figure(0)?.textContent()) ?? null)
  await ingest(stage.server.url, [registered('journey-two')])
  for (const index of [0, 1])
    await expect
      .poll(async () => digits((await figure(index)?.textContent()) ?? null), SOON)
      .toBe(before + 1)
})

test('after a restart of the server an open page goes on by itself', async () => {
  const page = await stage.open('/')
  const figure = page.locator('h1 a').first()
  const before = digits(await figure.textContent())
  await stage.restart()
  await ingest(stage.server.url, [registered('journey-restart')])
  const open = async () =>
    ((await ask(stage.server.url, 'overview.state', {})) as { open: { value: number } }).open.value
  await expect.poll(open, SOON).toBeGreaterThan(before)
  const told = await open()
  await expect.poll(async () => digits(await figure.textContent()), SOON).toBe(told)
})

test.for(
  PAGES.flatMap((path) => (['light', 'dark'] as const).map((scheme) => [path, scheme] as const)),
)('%s in the %s scheme has no fault that keeps somebody out', async ([path, scheme]) => {
  const page = await stage.open(path, { scheme })
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => {})
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    ),
  ).toEqual([])
})

test('no page asked anything of another origin, and none had an error', () => {
  expect(stage.faults).toEqual([])
})

const registered = (request: string) => ({
  type: 'request.registered',
  id: `journeys:${request}`,
  source: 'journeys',
  occurredAt: NOW,
  request,
})
