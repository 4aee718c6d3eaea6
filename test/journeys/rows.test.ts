import { AxeBuilder } from '@axe-core/playwright'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../running.ts'
import { digits, NOW, raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterAll(() => stage?.close())

const SOON = { timeout: 60_000 }
const grid = (page: Page) => page.getByRole('grid')
const firstRow = (page: Page) => page.locator('[role="row"][aria-rowindex="2"] a').first()
const shown = async (page: Page) => digits(await page.locator('h1 a').first().textContent())

async function violations(page: Page) {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}

describe('the list of requests', () => {
  test('is walked by keyboard from its first row to its last, and Enter opens the row', async () => {
    const page = await stage.open('/requests')
    await firstRow(page).waitFor()
    const total = await shown(page)
    expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(total + 1))
    await grid(page).focus()
    await page.keyboard.press('End')
    const last = page.locator(`[role="row"][aria-rowindex="${total + 1}"]`)
    await last.locator('a').first().waitFor()
    expect(await grid(page).getAttribute('aria-activedescendant')).toBe(
      await last.getAttribute('id'),
    )
    const number = (await last.locator('a').first().textContent()) ?? ''
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/requests/${number}`)
  })

  test('a click on a title orders the rows and stands in the address, which shows the same again', async () => {
    const page = await stage.open('/requests?is=open')
    await firstRow(page).waitFor()
    const title = page.getByRole('columnheader', { name: 'Срок' })
    await title.getByRole('button').click()
    await page.waitForURL('**/requests?is=open&sort=dueAt')
    await expect.poll(() => title.getAttribute('aria-sort'), SOON).toBe('ascending')
    await page.waitForLoadState('networkidle')
    const first = await firstRow(page).textContent()
    const again = await stage.open('/requests?is=open&sort=dueAt')
    await expect.poll(() => firstRow(again).textContent(), SOON).toBe(first)
  })

  test('a chip takes its value away, and the file holds exactly the rows of the page', async () => {
    const page = await stage.open('/requests?is=open&priority=ordinary')
    await firstRow(page).waitFor()
    const narrow = await shown(page)
    const file = await fetch(
      new URL(
        (await page.getByRole('link', { name: /CSV/ }).getAttribute('href')) ?? '',
        stage.server.url,
      ),
    )
    expect(Number(file.headers.get('x-row-count'))).toBe(narrow)
    await page.getByRole('link', { name: /обычная/ }).click()
    await page.waitForURL('**/requests?is=open')
    await expect.poll(() => shown(page), SOON).toBeGreaterThanOrEqual(narrow)
  })

  test('is cards on a phone', async () => {
    const page = await stage.open('/requests', { width: 390, height: 844 })
    await firstRow(page).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await violations(page)).toEqual([])
  })

  test('a misspelt word in the address is named', async () => {
    const page = await stage.open('/requests?state=opne')
    await expect.poll(() => page.locator('main').textContent(), SOON).toContain('state')
  })
})

describe('a building', () => {
  test('a week that is chosen names who managed it then, and the address keeps the week', async () => {
    const list = await stage.open('/buildings?sort=-requestsYear')
    await firstRow(list).click()
    await list.waitForURL('**/buildings/**')
    const weeks = list.locator('svg g rect:first-child')
    await weeks.nth(20).click({ force: true })
    await list.waitForURL('**?week=*')
    const picked = list.locator('[aria-live="polite"]', { hasText: 'Показать строки' })
    await picked.getByRole('link').first().waitFor()
    expect(await picked.locator('a[href^="/organizations/"]').count()).toBeGreaterThan(0)
    const again = await stage.open(new URL(list.url()).pathname + new URL(list.url()).search)
    await expect.poll(() => again.locator('main').textContent(), SOON).toContain('Показать строки')
  })

  test('on a phone the number to call comes before the chart and is large enough for a thumb', async () => {
    const list = await stage.open('/buildings', { width: 390, height: 844 })
    await firstRow(list).click()
    await list.waitForURL('**/buildings/**')
    const call = await list.locator('a[href^="tel:"]').first().boundingBox()
    const chart = await list.locator('svg[role="group"]').boundingBox()
    expect(call?.height).toBeGreaterThanOrEqual(56)
    expect(call?.y).toBeLessThan(chart?.y ?? 0)
    expect(await list.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await violations(list)).toEqual([])
  })

  test('the chart can be read as a table', async () => {
    const list = await stage.open('/buildings')
    await firstRow(list).click()
    await list.waitForURL('**/buildings/**')
    const panel = list.locator('section', { hasText: 'Год дома' })
    await panel.getByRole('button', { name: 'Показать таблицей' }).click()
    expect(await panel.locator('tbody tr').count()).toBe(52)
    expect(await violations(list)).toEqual([])
  })
})

test('what is not there is said in words, inside the frame', async () => {
  const request = await stage.open('/requests/nope')
  await expect.poll(() => request.locator('h1').textContent(), SOON).toBe('Такой заявки нет')
  const building = await stage.open('/buildings/nope', { language: 'kk' })
  await expect.poll(() => building.locator('h1').textContent(), SOON).toBe('Мұндай үй жоқ')
})

describe('a request', () => {
  test('of an incident of many calls shows eight of them, none over another, and all when asked', async () => {
    const file = await fetch(new URL('/export/requests.csv?raw=1', stage.server.url))
    const lines: Record<string, string>[] = parse(await file.text(), { bom: true, columns: true })
    const call = lines.find(
      ({ incidentSize, number, incident }) => Number(incidentSize) > 40 && number !== incident,
    )
    expect(call).toBeDefined()
    for (const { width, language } of [
      { width: 1280, language: 'kk' },
      { width: 390, language: 'ru' },
    ] as const) {
      const page = await stage.open(`/requests/${call?.number}`, { width, language })
      const rows = page.locator('section:has(form) ul li')
      await rows.first().waitFor()
      expect(await rows.count()).toBe(8)
      const overlapping = await rows.evaluateAll((items) =>
        items.flatMap((item) => {
          const cells = [...item.children].map((cell) => {
            const range = document.createRange()
            range.selectNodeContents(cell)
            return range.getBoundingClientRect()
          })
          return cells.filter((a, at) =>
            cells.some(
              (b, other) =>
                other > at &&
                a.left < b.right &&
                b.left < a.right &&
                a.top < b.bottom &&
                b.top < a.bottom,
            ),
          )
        }),
      )
      expect(overlapping).toEqual([])
      await page.locator('section:has(form) ul + button').click()
      expect(await rows.count()).toBe(Number(call?.incidentSize) - 1)
      await page.context().close()
    }
  })

  test('is led to by its remaining time, which opens what that rests on', async () => {
    await ingest(stage.server.url, [
      {
        ...{
          type: 'request.registered',
          id: 'portal:trapped',
          source: 'portal',
          request: 'trapped',
        },
        ...{ occurredAt: NOW - 600_000, building: 'b-1', category: 'lift-trapped' },
        ...{ channel: 'phone', priority: 'emergency', kind: 'work_request' },
      },
    ])
    const page = await stage.open('/')
    const due = page.getByTitle('На чём основан срок').first()
    await due.click()
    await page.waitForURL(/\/requests\/[^/]+#basis$/)
    await page.locator('#basis').waitFor()
    await page.locator('section:has(#basis) details[open]').first().waitFor()
  })
})
