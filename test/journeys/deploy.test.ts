import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, ingest } from '../running.ts'
import { digits, NOW, raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const SOON = { timeout: 60_000 }
const SCENE = 'section[data-scene="city"][data-on="true"]'

/** A wall that an official has let in. */
async function letIn(): Promise<Page> {
  const wall = await stage.open('/wall', { width: 1920, height: 1080 })
  const code = wall.locator('p span[aria-hidden]').first()
  await code.waitFor(SOON)
  const desk = await stage.open('/screens')
  await desk.getByLabel('Код на экране').fill(((await code.textContent()) ?? '').trim())
  await desk.getByLabel('Где он висит').fill('Дежурная часть')
  await desk.getByRole('button', { name: 'Подключить' }).click()
  return wall
}

/** From now on the server gives out another app than the one that runs in the page. */
const deploy = (page: Page, version: string) =>
  page.route('**/alive', (route) => route.fulfill({ json: { version, now: NOW, pinned: true } }))

test('a wall begins anew once after a deploy, and goes on where something between keeps the old page', async () => {
  const page = await letIn()
  const scene = page.locator('section[data-on="true"] h1').first()
  await scene.waitFor(SOON)
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  await page.clock.install()
  await page.reload()
  await scene.waitFor(SOON)
  await page.clock.runFor(60_000)
  expect(loads).toBe(1)

  let told = 0
  await page.route('**/alive', (route) => {
    told += 1
    return route.fulfill({ json: { version: 'another', now: NOW, pinned: true } })
  })
  const pass = async () => {
    await page.clock.runFor(5000)
    return loads
  }
  await expect.poll(pass, SOON).toBe(2)
  await scene.waitFor(SOON)

  // The page that came is the old one, and the server still tells of the other.
  const toldBefore = told
  await expect
    .poll(async () => {
      await pass()
      return told - toldBefore
    }, SOON)
    .toBeGreaterThan(4)
  for (let step = 0; step < 6; step++) await pass()
  expect(loads).toBe(2)
  expect(await scene.textContent()).not.toBe('')
})

test('a form that is being filled stays after a deploy, and its page tells of the new version', async () => {
  const page = await stage.open('/screens')
  const field = page.getByLabel('Где он висит')
  await field.waitFor(SOON)
  await field.fill('Холл второго этажа')
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  await deploy(page, 'another')
  await stage.restart()
  const note = page.getByText('Вышла новая версия')
  await note.waitFor(SOON)
  expect([await field.inputValue(), loads]).toEqual(['Холл второго этажа', 0])
  await page.unroute('**/alive')
  await note.getByRole('button').click()
  await expect.poll(() => loads, SOON).toBe(1)
})

test('a wall keeps its screen awake, and asks for it again when it has been hidden or the machine took it back', async () => {
  const page = await stage.open('/wall?scene=1', { width: 1920, height: 1080 })
  await page.addInitScript(() => {
    const locks: EventTarget[] = []
    Object.assign(globalThis, { locks })
    const request = async () => {
      const lock = Object.assign(new EventTarget(), { released: false, release: async () => {} })
      locks.push(lock)
      return lock
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
  })
  await page.clock.install()
  await page.reload()
  await page.locator(`${SCENE} h1`).waitFor(SOON)
  const asked = () => page.evaluate(() => (globalThis as unknown as { locks: [] }).locks.length)
  await expect.poll(asked, SOON).toBeGreaterThan(0)
  const first = await asked()

  const turn = (hidden: boolean) =>
    page.evaluate((is) => {
      Object.defineProperty(document, 'hidden', { value: is, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await turn(true)
  expect(await asked()).toBe(first)
  await turn(false)
  await expect.poll(asked, SOON).toBe(first + 1)

  await page.evaluate(() =>
    (globalThis as unknown as { locks: EventTarget[] }).locks
      .at(-1)
      ?.dispatchEvent(new Event('release')),
  )
  await expect
    .poll(async () => {
      await page.clock.runFor(61_000)
      return asked()
    }, SOON)
    .toBe(first + 2)
})

test('a wall whose machine slept shows what has happened meanwhile as soon as it wakes', async () => {
  const page = await stage.open('/wall?scene=1', { width: 1920, height: 1080 })
  const scene = page.locator(SCENE)
  await scene.locator('h1').waitFor(SOON)
  const open = async () => {
    const { open } = (await ask(stage.server.url, 'wall.city', {})) as { open: { value: number } }
    return open.value
  }
  const shown = async () => digits(await scene.locator('[data-key-figure]').first().textContent())
  const before = await open()
  await expect.poll(shown, SOON).toBe(before)

  const session = await page.context().newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  await ingest(
    stage.server.url,
    Array.from({ length: 7 }, (_, i) => ({
      ...{ type: 'request.registered', id: `slept-${i}`, source: 'portal', request: `slept-${i}` },
      ...{ occurredAt: NOW - 60_000, channel: 'web', priority: 'ordinary', kind: 'work_request' },
    })),
  )
  await stage.restart()
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  await expect.poll(shown, SOON).toBe(before + 7)
  expect(await page.getByText('Нет связи').count()).toBe(0)
})
