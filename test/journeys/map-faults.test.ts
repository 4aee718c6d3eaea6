import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ingest } from '../running.ts'
import { command, NOW, raiseStage, type Stage } from './stage.ts'

const SOON = { timeout: 60_000 }
const DRAWN = 'section[data-drawn="true"]'

let archive = ''
let centre: [number, number] = [0, 0]

/** The small city, over a map archive that was cut short when it was copied. */
function fill(folder: string) {
  command(folder, 'seed', '--preset', 'tiny', '--until', new Date(NOW).toISOString())
  const path = join(folder, 'city.json')
  const city = JSON.parse(readFileSync(path, 'utf8'))
  centre = city.centre
  writeFileSync(path, JSON.stringify({ ...city, basemap: 'city.pmtiles' }))
  archive = join(folder, 'city.pmtiles')
  writeFileSync(archive, 'PMTiles\x03 and no more')
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
const classCount = (page: Page, word: string) =>
  page.locator('figcaption li', { hasText: word }).locator('b').textContent(SOON)

test('a map archive that is cut short, and one that is not there, are named in words; the map works without', async () => {
  const page = await opened('/map')
  await page.getByText('city.pmtiles не архив PMTiles версии 3 или обрезан').waitFor(SOON)
  expect(await page.getByRole('option').count()).toBeGreaterThan(0)

  rmSync(archive)
  await page.reload()
  await page.getByText('файла city.pmtiles нет в папке данных').waitFor(SOON)
  const other = await opened('/map', { language: 'en' })
  await other.locator('[role="status"]', { hasText: 'city.pmtiles' }).waitFor(SOON)
  expect(stage.faults).toEqual([])
})

test('a house that cannot be compared is hollow, counted apart, and no house as usual', async () => {
  const [lon, lat] = centre
  const side = 0.004
  const outline = [
    [lon - side, lat - side],
    [lon + side, lat - side],
    [lon + side, lat + side],
    [lon - side, lat + side],
    [lon - side, lat - side],
  ]
  const at = `lon=${lon}&lat=${lat + side / 2}&z=15`
  const building = { type: 'building.registered', source: 'house-register', occurredAt: NOW - 1000 }
  const ask = (m: string) => opened(`/map?m=${m}&layers=[]&${at}`)
  const usual = await classCount(await ask('change'), 'как обычно')
  await ingest(stage.server.url, [
    {
      ...building,
      id: 'new-house',
      building: 'new-house',
      address: { ru: 'ул. Новая, 1' },
      outline: [outline],
    },
  ])
  // The same house in the colour of a measure, and where it is not compared.
  const colourIn = async (page: Page) => {
    await page.locator('figcaption li b').first().waitFor(SOON)
    const canvas = page.locator(`${DRAWN} canvas`)
    const shot = await canvas.screenshot()
    return page.evaluate(async (base64) => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const flat = document.createElement('canvas')
      flat.width = image.width
      flat.height = image.height
      const context = flat.getContext('2d')
      context?.drawImage(image, 0, 0)
      const counts = new Map<string, number>()
      const { data } = context?.getImageData(
        image.width / 2 - 60,
        image.height / 2 - 60,
        120,
        120,
      ) ?? { data: [] }
      for (let i = 0; i < data.length; i += 4) {
        const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`
        counts.set(colour, (counts.get(colour) ?? 0) + 1)
      }
      const land = getComputedStyle(document.documentElement).getPropertyValue('--map-land').trim()
      const hex = (text: string) =>
        [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)).join()
      const [most] = [...counts].sort(([, one], [, other]) => other - one)
      return { most: most?.[0], land: hex(land) }
    }, shot.toString('base64'))
  }
  const compared = await ask('change')
  await expect.poll(() => classCount(compared, 'нет сравнения'), SOON).toBe('1')
  expect(await classCount(compared, 'как обычно')).toBe(usual)
  await expect
    .poll(async () => {
      const { most, land } = await colourIn(compared)
      return most === land
    }, SOON)
    .toBe(true)
  const open = await ask('open')
  await expect
    .poll(async () => {
      const { most, land } = await colourIn(open)
      return most === land
    }, SOON)
    .toBe(false)
})

test('on a phone the row of measures shows that there is more, and the chosen one', async () => {
  const page = await opened('/map?m=silence', { width: 390, height: 844 })
  const row = page.getByRole('radiogroup')
  const { left, most, inSight } = await row.evaluate((element) => {
    const chosen = element.querySelector('[data-on="true"]')?.getBoundingClientRect()
    const frame = element.getBoundingClientRect()
    return {
      left: element.scrollLeft,
      most: element.scrollWidth - element.clientWidth,
      inSight: chosen !== undefined && chosen.left >= frame.left && chosen.right <= frame.right + 1,
    }
  })
  expect(most).toBeGreaterThan(0)
  expect([inSight, left > 0]).toEqual([true, true])
})
