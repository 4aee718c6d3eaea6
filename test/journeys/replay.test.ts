import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openLog } from '#server/log/sqlite.ts'
import { openTestPeriods } from '#server/store/test-periods.ts'
import { openRecount } from '../recount.ts'
import { ingest } from '../running.ts'
import { command, digits, NOW, raiseStage, type Stage } from './stage.ts'

const HOUR = 3_600_000
/** Patience of a test on a busy machine. */
const SOON = { timeout: 60_000 }

let stage: Stage
let folder = ''
beforeAll(async () => {
  stage = await raiseStage((data) => {
    folder = data
    command(data, 'seed', '--preset', 'tiny', '--until', new Date(NOW).toISOString())
  })
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const address = (at: number) => encodeURIComponent(`${new Date(at).toISOString().slice(0, -5)}Z`)
const heading = async (page: Page) => digits(await page.locator('h1 b').first().textContent())
const clock = (page: Page, index: number) =>
  page.locator('fieldset label').nth(index).locator('b').first()

/** Open requests at an instant, as known at another, counted from the log itself. */
async function recounted(at: number, known: number): Promise<number> {
  const log = openLog({ file: join(folder, 'log.sqlite'), now: () => NOW })
  const periods = openTestPeriods()
  for (const event of log.registry())
    if (event.type === 'source.test_mode_changed') periods.apply(event)
  const open = (await openRecount(log))(at, known).filter(
    ({ state }) => !state.test && !periods.inTest(state.source, state.registeredAt),
  )
  await log.close()
  return open.length
}

test('a link to a frame shows what a recount of the log gives, by both clocks, and says that it is the past', async () => {
  const at = NOW - 30 * HOUR
  const page = await stage.open(`/map?at=${address(at)}&clock=known`)
  const [was, known] = [await recounted(at, Number.POSITIVE_INFINITY), await recounted(at, at)]
  expect(was).toBeGreaterThan(0)
  await expect.poll(() => heading(page), SOON).toBe(known)
  expect(digits(await clock(page, 0).textContent())).toBe(was)
  expect(digits(await clock(page, 1).textContent())).toBe(known)
  expect(await page.locator('[data-replay="past"]').textContent()).toContain('Это прошлое')
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160))}`),
  ).toEqual([])
})

test('it plays, stands still where it was stopped, and comes back to now', async () => {
  const at = NOW - 50 * HOUR
  const page = await stage.open(`/map?at=${address(at)}`)
  await expect.poll(() => heading(page), SOON).toBeGreaterThan(0)
  const banner = page.locator('[data-replay="past"] b')
  const before = await banner.textContent()
  await page.getByRole('button', { name: '3 600×' }).click()
  await page.getByRole('button', { name: 'Воспроизвести' }).click()
  await expect.poll(() => banner.textContent(), SOON).not.toBe(before)
  await page.getByRole('button', { name: 'Остановить' }).click()
  const shownAt = () => Date.parse(new URL(page.url()).searchParams.get('at') ?? '')
  await expect.poll(shownAt, SOON).toBeGreaterThan(at)
  const stopped = shownAt()
  const open = await recounted(stopped, Number.POSITIVE_INFINITY)
  await expect.poll(() => heading(page), SOON).toBe(open)
  expect(shownAt()).toBe(stopped)
  await page.getByRole('button', { name: 'Вернуться в настоящее' }).click()
  await page.locator('h1 a').first().waitFor()
  expect(new URL(page.url()).searchParams.get('at')).toBeNull()
  expect(await page.locator('[data-replay="past"]').count()).toBe(0)
})

test('the slider is moved by keys: minutes, hours, days, and to the present', async () => {
  const at = NOW - 100 * HOUR
  const page = await stage.open(`/map?at=${address(at)}`)
  const slider = page.getByRole('slider')
  await slider.focus()
  const minutes = async () => Number(await slider.getAttribute('aria-valuenow'))
  const start = at / 60_000
  for (const [key, step] of [
    ['ArrowRight', 1],
    ['ArrowUp', 60],
    ['PageDown', -1440],
    ['Shift+ArrowLeft', -60],
  ] as const) {
    const from = await minutes()
    await page.keyboard.press(key)
    await expect.poll(minutes, SOON).toBe(from + step)
  }
  expect(await minutes()).toBe(start + 1 - 1440)
  await page.keyboard.press('End')
  await expect.poll(() => new URL(page.url()).searchParams.get('at'), SOON).toBeNull()
})

test('what reaches the log late is seen at once in what was, and not in what was known', async () => {
  const at = NOW - 2 * HOUR
  const [was, known] = [await recounted(at, Number.POSITIVE_INFINITY), await recounted(at, at)]
  await ingest(stage.server.url, [
    {
      type: 'request.registered',
      id: 'journeys:late',
      source: 'journeys',
      occurredAt: NOW - 3 * HOUR,
      request: 'journey-late',
    },
  ])
  const page = await stage.open(`/map?at=${address(at)}`)
  await expect.poll(() => heading(page), SOON).toBe(was + 1)
  expect(digits(await clock(page, 1).textContent())).toBe(known)
  await page.locator('fieldset label').nth(1).click()
  await expect.poll(() => heading(page), SOON).toBe(known)
  expect(new URL(page.url()).searchParams.get('clock')).toBe('known')
})

test('a time of the future is refused in words, and a date of another country too', async () => {
  const page = await stage.open(`/map?at=${address(NOW - HOUR)}`)
  const field = page.locator('form input').first()
  await field.fill('11/21/2026')
  await field.press('Enter')
  await page.getByText('Это не дата').waitFor()
  await field.fill('01.01.2031 10:00')
  await field.press('Enter')
  await page.getByText('Это время ещё не наступило.').waitFor()
  await field.fill('09.02.2026 12:00')
  await field.press('Enter')
  await expect
    .poll(() => new URL(page.url()).searchParams.get('at'), SOON)
    .toBe('2026-02-09T07:00:00Z')
})

test('a frame that has not come says so and waits for nothing', async () => {
  const page = await stage.open(`/map?at=${address(NOW + 24 * HOUR)}`)
  await page.getByText('Это время ещё не наступило.').waitFor(SOON)
  await page.locator('section[data-drawn="true"]').waitFor(SOON)
  expect(await page.locator('[aria-busy="true"]').count()).toBe(0)
})

test('a picture of a frame carries the city, the measure, its instant, the total, the legend and whose time it is', async () => {
  const page = await stage.open(`/map?at=${address(NOW - 100 * HOUR)}`)
  await page.locator('section[data-drawn="true"]').waitFor(SOON)
  const total = await heading(page)
  await page.evaluate(() => {
    const written: string[] = []
    Object.assign(globalThis, { written })
    const write = CanvasRenderingContext2D.prototype.fillText
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
      written.push(text)
      return write.call(this, text, ...rest)
    }
  })
  const [file] = await Promise.all([
    page.waitForEvent('download', SOON),
    page.getByRole('button', { name: 'Кадр PNG' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('domovoi Домоград 2026-02-06 11-30.png')
  const written = await page.evaluate(
    () => (globalThis as unknown as { written: string[] }).written,
  )
  const [title, when, said] = written.map((text) => text.replaceAll('\u00a0', ' '))
  expect([title, when]).toEqual(['Домоград: Открыто', 'На 6 фев 2026, 11:30. Было на самом деле.'])
  expect(said).toMatch(/^Открыто \d+ заяв\S+ в \d+ дом\S+\./)
  expect(digits(/^\D+(\d+)/.exec(said ?? '')?.[1] ?? '')).toBe(total)
  const houses = written.slice(3, -2).map((item) => digits(item.split(': ')[1] ?? ''))
  expect(houses.reduce((sum, n) => sum + n, 0)).toBe(60)
  expect(written.at(-1)).toBe('Время города: Asia/Almaty.')
})

test('no page of the past asked anything of another origin, and none had an error', () => {
  expect(stage.faults).toEqual([])
})
