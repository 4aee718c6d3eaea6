import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { tinyArchive } from '../pmtiles.ts'
import { command, digits, NOW, raiseStage, type Stage } from './stage.ts'

const SOON = { timeout: 60_000 }
const LOSSES = 8
const DRAWN = 'section[data-drawn="true"]'

/** The small city, over a map archive of one lake and one road. */
function fill(folder: string) {
  command(folder, 'seed', '--preset', 'tiny', '--until', new Date(NOW).toISOString())
  const path = join(folder, 'city.json')
  const city = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...city, basemap: 'city.pmtiles' }))
  const [lon, lat] = city.centre as [number, number]
  const side = 2 ** -10
  const x = Math.floor((lon / 360 + 0.5) / side)
  const sine = Math.sin((lat * Math.PI) / 180)
  const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) / side)
  const lake: [number, number][] = [
    [lon - 0.05, lat - 0.05],
    [lon + 0.05, lat - 0.05],
    [lon + 0.05, lat + 0.05],
    [lon - 0.05, lat + 0.05],
    [lon - 0.05, lat - 0.05],
  ]
  const road: [number, number][] = [
    [lon - 0.05, lat],
    [lon + 0.05, lat],
  ]
  writeFileSync(
    join(folder, 'city.pmtiles'),
    tinyArchive(10, x, y, {
      water: [{ kind: 'lake', ring: lake }],
      roads: [{ kind: 'highway', ring: road }],
    }),
  )
}

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage(fill)
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const opened = async (path: string, how?: Parameters<Stage['open']>[1]) => {
  const page = await stage.open(path, how)
  await page.locator(DRAWN).waitFor(SOON)
  return page
}
const listed = (page: Page) => page.locator('[role="option"]')

/** The picture of the map once it does not change any more. */
async function picture(page: Page): Promise<Buffer> {
  const canvas = page.locator(`${DRAWN} canvas`)
  let before = await canvas.screenshot()
  for (let tries = 0; tries < 60; tries++) {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 250)))
    const now = await canvas.screenshot()
    if (now.equals(before)) return now
    before = now
  }
  throw new Error('the map never came to rest')
}

test('the measure, what it is compared with and the layers are in the address, and the list tells what the map shows', async () => {
  const page = await opened('/map')
  await listed(page).first().waitFor(SOON)
  const open = digits(await page.getByRole('heading', { name: /^Дома/ }).textContent())
  expect(open).toBeGreaterThan(0)
  await page.getByText('© Nobody').waitFor(SOON)

  await page.getByText('Тишина', { exact: true }).click()
  await page.getByText(/^Молчит|^Молчат/).waitFor(SOON)
  await page.getByText('Открыто', { exact: true }).first().click()
  await page.getByRole('button', { name: 'Сравнить' }).click()
  await page.getByRole('button', { name: 'С неделей назад' }).click()
  await page
    .getByText(/чем неделю назад в этот же час\.|сколько неделю назад/)
    .first()
    .waitFor(SOON)
  await page.getByRole('button', { name: /^Слои/ }).click()
  await page.getByRole('button', { name: 'Молчащие дома' }).click()
  await page.keyboard.press('Escape')
  await page.waitForURL(/vs=7/)
  const { searchParams } = new URL(page.url())
  expect([searchParams.get('vs'), searchParams.get('layers')]).toEqual([
    '7',
    '["outages","silence"]',
  ])

  const said = await page.locator('h1').textContent()
  const first = await listed(page).first().textContent()
  const other = await opened(new URL(page.url()).pathname + new URL(page.url()).search)
  await listed(other).first().waitFor(SOON)
  expect([
    await other.locator('h1').textContent(),
    await listed(other).first().textContent(),
  ]).toEqual([said, first])
  expect(stage.faults).toEqual([])
})

test('a building chosen by key in the list is chosen on the map', async () => {
  const page = await opened('/map')
  await listed(page).first().waitFor(SOON)
  const bare = await picture(page)
  await page.getByRole('listbox').focus()
  await page.keyboard.press('Home')
  await page.getByRole('region', { name: 'Выбранный дом' }).waitFor(SOON)
  expect(new URL(page.url()).searchParams.get('b')).toBeTruthy()
  expect((await picture(page)).equals(bare)).toBe(false)
})

test('a lost graphics context comes back with colours, the chosen house and the ground, again and again', async () => {
  const page = await opened('/map?m=overdue&layers=["silence"]')
  await listed(page).first().waitFor(SOON)
  await page.getByRole('listbox').focus()
  await page.keyboard.press('Home')
  await page.getByRole('region', { name: 'Выбранный дом' }).waitFor(SOON)
  const before = await picture(page)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const held = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
    return { nodes: of('Nodes'), listeners: of('JSEventListeners') }
  }
  const lose = () =>
    page.evaluate(async (selector) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`${selector} canvas`)
      const lost = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')
      if (!canvas || !lost) throw new Error('there is no WebGL to lose')
      const heard = new Promise((done) =>
        canvas.addEventListener('webglcontextlost', done, { once: true }),
      )
      lost.loseContext()
      await heard
      // A context cannot be given back while its loss is still being told.
      await new Promise((done) => setTimeout(done, 50))
      const back = new Promise((done) =>
        canvas.addEventListener('webglcontextrestored', done, { once: true }),
      )
      lost.restoreContext()
      await back
    }, DRAWN)
  await lose()
  expect((await picture(page)).equals(before)).toBe(true)
  const once = await held()
  for (let round = 0; round < LOSSES; round++) await lose()
  expect((await picture(page)).equals(before)).toBe(true)
  const { nodes, listeners } = await held()
  expect(nodes).toBeLessThanOrEqual(once.nodes)
  // MapLibre keeps some signals of the requests of each style that was lost.
  expect(listeners).toBeLessThanOrEqual(once.listeners + 5 * LOSSES)
  expect(stage.faults).toEqual([])
})

test('the map scene of a wall asks nothing of anybody else', async () => {
  const wall = await stage.open('/wall', { width: 1920, height: 1080 })
  const code = wall.locator('p span[aria-hidden]').first()
  await code.waitFor(SOON)
  const desk = await stage.open('/screens')
  await desk.getByLabel('Код на экране').fill(((await code.textContent()) ?? '').trim())
  await desk.getByLabel('Где он висит').fill('Карта')
  await desk.getByRole('button', { name: 'Подключить' }).click()
  const drawn = await wall
    .locator(DRAWN)
    .waitFor({ timeout: 90_000, state: 'attached' })
    .then(() => true)
  expect(drawn).toBe(true)
  expect(stage.faults).toEqual([])
})
