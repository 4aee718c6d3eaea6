import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { ingest, startServer } from '../running.ts'

const NOW = Date.parse('2026-02-10T15:30:00+05:00')
const CHANGE = '2026-02-10'

const folder = mkdtempSync(join(tmpdir(), 'domovoi-norm-change-'))
let browser: Browser | undefined
afterAll(() => browser?.close())

const norm = (amount: number, validFrom: string | null, validTo: string | null) => ({
  id: 'repair',
  name: { ru: 'Ремонт по правилам города' },
  start: 'registered',
  end: 'closed',
  duration: { amount, unit: 'hour' },
  calendar: 'calendar',
  ...{ validFrom, validTo },
  citations: [{ title: { ru: 'Решение маслихата' }, paragraph: 'п. 7', seen: 'nowhere' }],
  verified: null,
})
const writePack = (norms: object[]) =>
  writeFileSync(
    join(folder, 'norms', 'own.json'),
    JSON.stringify({
      ...{ type: 'pack', id: 'own', name: { ru: 'Свой город' }, jurisdiction: 'KZ' },
      ...{ region: null, calendar: 'kz', norms },
    }),
  )
const registered = (request: string, occurredAt: string) => ({
  type: 'request.registered',
  id: `crm:${request}:registered`,
  source: 'crm',
  ...{ occurredAt, request },
})

test('a norm changed from a date: old requests keep theirs, and each says what it rests on', async () => {
  mkdirSync(join(folder, 'norms'))
  writeFileSync(
    join(folder, 'city.json'),
    JSON.stringify({
      ...{ name: { ru: 'Город' }, zone: 'Asia/Almaty', languages: ['ru', 'kk', 'en'] },
      ...{ centre: [71.4, 51.1], norms: ['own'] },
    }),
  )
  writePack([norm(24, null, null)])
  let server = await startServer(folder, NOW)
  await ingest(server.url, [registered('old', '2026-02-09T23:00:00+05:00')])
  await server.stop()

  writePack([norm(24, null, CHANGE), norm(6, CHANGE, null)])
  server = await startServer(folder, NOW)
  try {
    await ingest(server.url, [registered('new', '2026-02-10T08:00:00+05:00')])
    browser = await launchBrowser()
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.addInitScript(() => localStorage.setItem('language', 'ru'))
    const due = async (request: string) => {
      await page.goto(`${server.url}/requests/${request}`)
      const panel = page.getByRole('region', { name: 'Срок' })
      await panel.getByText('На чём основано').click()
      await panel.getByText('Решение маслихата').waitFor()
      await panel.getByText('не проверено юристом').first().waitFor()
      return (await panel.textContent())?.replaceAll('\u00a0', ' ')
    }
    // 23:00 of the day before and twenty-four hours; 8:00 of the day itself and six.
    expect(await due('old')).toContain('до 10 фев 2026, 23:00')
    const fresh = await due('new')
    expect(fresh).toContain('до 10 фев 2026, 14:00')
    expect(fresh).toContain('просрочено 1 ч 30 мин')

    await page.goto(`${server.url}/norms`)
    const row = page.getByRole('row', { name: /own\/repair@2026-02-10/ })
    await row.getByRole('link', { name: '1', exact: true }).click()
    await page.waitForURL('**/requests?norm=own%2Frepair%402026-02-10')
    await page.getByRole('link', { name: 'new', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: 'old', exact: true }).count()).toBe(0)
  } finally {
    await server.stop()
  }
})
