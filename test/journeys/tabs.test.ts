import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ingest } from '../running.ts'
import { raiseStage, type Stage } from './stage.ts'

const TABS = 8

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterAll(() => stage.close())

/** Screens that the server counts; it takes a moment to see that one is gone. */
const streams = () =>
  expect.poll(
    async () => {
      const text = await (await fetch(`${stage.server.url}/metrics`)).text()
      return Number(/^domovoi_live_readers (\d+)/m.exec(text)?.[1])
    },
    { timeout: 30_000 },
  )

const report = (request: string) =>
  ingest(stage.server.url, [
    {
      ...{ type: 'request.registered', id: `tabs:${request}`, source: 'tabs', request },
      occurredAt: stage.server.now,
    },
  ])
const shows = (page: Page, request: string) =>
  page.getByText(request).first().waitFor({ timeout: 60_000 })

test('eight tabs of a browser hold one stream, all show what happens, and all are answered', async () => {
  const first = await stage.open('/requests')
  const context: BrowserContext = first.context()
  await first.waitForLoadState('networkidle')
  await streams().toBe(1)
  const tabs = [first]
  while (tabs.length < TABS) {
    const tab = await context.newPage()
    await tab.goto(`${stage.server.url}/requests`)
    tabs.push(tab)
  }
  await report('tab-one')
  for (const tab of tabs) await shows(tab, 'tab-one')
  await streams().toBe(1)

  await first.close()
  await report('tab-two')
  for (const tab of tabs.slice(1)) await shows(tab, 'tab-two')
  await streams().toBe(1)

  const ask = async () => (await fetch('/trpc/shell.place')).status
  const answers = await Promise.all(tabs.slice(1).map((tab) => tab.evaluate(ask)))
  expect(answers).toEqual(Array.from({ length: TABS - 1 }, () => 200))

  const wall = await context.newPage()
  await wall.goto(`${stage.server.url}/wall?scene=1`)
  await streams().toBe(2)
  await context.close()
  await streams().toBe(0)
  expect(stage.faults).toEqual([])
})

test('a tab that the browser freezes while it leads is replaced, and joins again when it is thawed', async () => {
  const first = await stage.open('/requests')
  await streams().toBe(1)
  const second = await first.context().newPage()
  await second.goto(`${stage.server.url}/requests`)
  const browser = await first.context().newCDPSession(first)
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' })
  await report('tab-frozen')
  await shows(second, 'tab-frozen')
  await streams().toBe(1)
  await browser.send('Page.setWebLifecycleState', { state: 'active' })
  await shows(first, 'tab-frozen')
  await streams().toBe(1)
  await stage.clear()
})

test('tabs that are about different districts share the stream, which carries what each is about', async () => {
  const page = await stage.open('/requests')
  await streams().toBe(1)
  const asked: string[][] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/live') asked.push(searchParams.getAll('topic'))
  })
  const answer = await (await fetch(`${stage.server.url}/trpc/shell.place`)).json()
  const [one, other]: { id: string }[] = answer.result.data.districts
  for (const district of [one, other]) {
    const tab = await page.context().newPage()
    await tab.goto(`${stage.server.url}/requests?district=${district?.id}`)
  }
  await expect
    .poll(() => asked.at(-1), { timeout: 30_000 })
    .toEqual(['city', `district:${one?.id}`, `district:${other?.id}`])
  await streams().toBe(1)
  await stage.clear()
})
