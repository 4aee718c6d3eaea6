import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

/** Patience of a test on a busy machine. */
const SOON = { timeout: 60_000 }

test('a page that nobody touched begins anew when a piece of it did not come', async () => {
  const page = await stage.open('/flags')
  const asked: string[] = []
  await page.route('**/assets/deviation-panel-*.js', (route) => {
    asked.push(route.request().url())
    return asked.length === 1 ? route.abort() : route.continue()
  })
  await page.goto(`${stage.server.url}/`)
  await expect.poll(() => asked.length, SOON).toBe(2)
  await page.locator('main canvas').first().waitFor(SOON)
  expect(await page.locator('h1 a').count()).toBeGreaterThan(0)
})

test('a page that somebody has touched stays, and says which part of it did not come', async () => {
  const page = await stage.open('/requests')
  let asked = 0
  await page.route('**/assets/choice-list-*.js', (route) => {
    asked += 1
    return route.abort()
  })
  await page.locator('h1').click()
  await page.locator('main button[aria-haspopup]').first().click()
  await page.locator('[role="alert"]').first().waitFor(SOON)
  expect(asked).toBe(1)
  expect(await page.locator('[role="grid"]').count()).toBe(1)
})

test('a page that somebody writes on is not begun anew, and says that no news reach it', async () => {
  const page = await stage.open('/requests')
  await page.route('**/assets/live-open-*.js', (route) => route.abort())
  await page.goto(`${stage.server.url}/`)
  await page.locator('header input').first().fill('Зал')
  await page.locator('[role="status"]', { hasText: 'не приходят' }).waitFor(SOON)
  expect(await page.locator('header input').first().inputValue()).toBe('Зал')
})

test('a page that does not come while the server is away says so, and comes when it is back', async () => {
  const page = await stage.open('/')
  await page.locator('main canvas').first().waitFor(SOON)
  let away = true
  await page.route(/\/assets\/norms-|\/alive$|\/trpc\//, (route) =>
    away ? route.abort() : route.continue(),
  )
  await page.goto(`${stage.server.url}/#`)
  await page.locator('a[href="/norms"]').first().click()
  await page.locator('[role="alert"]').first().waitFor(SOON)
  expect(new URL(page.url()).pathname).toBe('/norms')
  away = false
  await page.locator('main table').first().waitFor(SOON)
})
