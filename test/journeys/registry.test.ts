import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATA_MISSING, MOSCOW_2016, MOSCOW_2017 } from '../real-data.ts'
import { ask } from '../running.ts'
import { command, digits, raiseStage, type Stage } from './stage.ts'

const SOON = { timeout: 60_000 }

const figure = (page: Page, name: string) =>
  page.locator(`[data-preview="${name}"] dd`).textContent().then(digits)
const choose = (page: Page, index: number, file: string) =>
  page.locator('input[type="file"]').nth(index).setInputFiles(file)
const apply = (page: Page) => page.getByRole('button', { name: /Применить/ })

async function violations(page: Page) {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}

describe('a small city', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await raiseStage()
  })
  afterAll(() => stage?.close())

  test('a register is looked at, applied exactly so, and then says nothing new', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'domovoi-register-'))
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const mapping = JSON.stringify({
      kind: 'register',
      source: 'paper',
      zone: 'Asia/Almaty',
      language: 'ru',
      building: { id: 'id', address: 'address' },
      organization: { id: 'company', name: 'name' },
    })
    const head = 'id,address,company,name\n'
    const first = write(
      'paper_2026-01-01.csv',
      `${head}p-1,"ул. Бумажная, 1",old,Старая\np-2,"ул. Бумажная, 2",old,Старая\n`,
    )
    const second = write(
      'paper_2026-02-01.csv',
      `${head}p-1,"ул. Бумажная, 1",new,Новая\np-2,"ул. Бумажная, 2",old,Старая\n`,
    )
    const page = await stage.open('/registry?tab=import')
    await page.getByLabel('Как читать колонки').selectOption('#own')
    await page.getByRole('textbox', { name: 'Описание колонок, JSON' }).fill(mapping)
    await choose(page, 0, first)
    await apply(page).waitFor()
    expect(await figure(page, 'newBuildings')).toBe(2)
    await apply(page).click()
    await page.getByText('Записано: paper_2026-01-01.csv').waitFor()
    await choose(page, 0, second)
    await apply(page).waitFor()
    expect([await figure(page, 'transfers'), await figure(page, 'newBuildings')]).toEqual([1, 0])
    await apply(page).click()
    await page.getByText('Записано: paper_2026-02-01.csv').waitFor()

    const list = await stage.open('/registry?q=бумажная 1')
    const row = list.locator('[role="row"]', { hasText: 'ул. Бумажная, 1' })
    await expect.poll(() => row.textContent(), SOON).toContain('Новая')
    await row.click()
    await list.waitForURL('**of=p-1*')
    await list.getByText('отвечала «Новая»').waitFor()
    const before = await stage.open('/registry?q=бумажная 1&of=p-1&asOf=2026-01-15')
    await before.getByText('отвечала «Старая»').waitFor()
    expect(await violations(before)).toEqual([])
  })

  test('a person corrects who answered: the wrong record stays, struck through, with its reason', async () => {
    const page = await stage.open('/buildings/b-9')
    await page.getByText(/^Записи: /).click()
    await page.getByRole('button', { name: 'Это неверно' }).first().click()
    const form = page.getByRole('form', { name: 'Исправить запись об управлении' })
    await form.getByLabel('Почему неверно').fill('протокол собрания недействителен')
    await form.getByRole('button', { name: 'Исправить' }).click()
    await page.getByText(/исправлено .* протокол собрания недействителен/).waitFor()
    expect(await page.locator('td s').count()).toBeGreaterThan(0)
  })

  test('a house passes to another organization: what follows is read before it is recorded', async () => {
    const page = await stage.open('/buildings/b-12')
    const pass = page.getByRole('button', { name: 'Дом перешёл к другой организации' })
    await pass.click()
    const form = page.getByRole('form', { name: 'Дом перешёл к другой организации' })
    const field = form.getByRole('combobox', { name: 'Кто отвечает теперь' })
    const { rows } = (await ask(stage.server.url, 'registry.organizations', {
      ...{ filter: { stale: false }, language: 'ru', offset: 0, limit: 200 },
    })) as { rows: { name: string; kind: string; buildings: number }[] }
    const before = await page
      .getByText(/отвечала «/)
      .first()
      .textContent()
    const other =
      rows.find(
        ({ name, kind, buildings }) => kind === 'uk' && buildings > 0 && !before?.includes(name),
      )?.name ?? ''
    await field.fill(other)
    await form.getByRole('option', { name: other }).first().waitFor(SOON)
    await field.press('Enter')
    await form.getByLabel('С какого дня').fill('2026-02-01')
    await form.getByText(`за дом отвечает «${other}», до этого дня`).waitFor(SOON)
    await form.getByRole('button', { name: 'Записать переход' }).click()
    await expect
      .poll(
        () =>
          page
            .getByText(/отвечала «/)
            .first()
            .textContent(),
        SOON,
      )
      .toContain(other)
    expect(await violations(page)).toEqual([])
  })

  test('a request that crosses a transfer names both companies', async () => {
    const { rows } = (await ask(stage.server.url, 'registry.buildings', {
      filter: { stale: false },
      language: 'ru',
      offset: 0,
      limit: 1,
    })) as { rows: unknown[] }
    expect(rows).toHaveLength(1)
    const file = await fetch(`${stage.server.url}/export/requests.csv?raw=1&is=transferred&lang=ru`)
    const [head = '', line = ''] = (await file.text()).replace(/^\uFEFF/, '').split('\n')
    const columns = head.split(',')
    const cell = (name: string) => line.split(',')[columns.indexOf(name)] ?? ''
    const page = await stage.open(`/requests/${cell('number')}`)
    const timeline = page.locator('main')
    await expect.poll(() => timeline.textContent(), SOON).toContain(cell('responsibleNow'))
    expect(await timeline.textContent()).toContain(cell('organization'))
    expect(cell('organization')).not.toBe(cell('responsibleNow'))
  })

  test.for(['light', 'dark'] as const)(
    'in the %s scheme nothing keeps somebody out',
    async (scheme) => {
      for (const path of ['/registry', '/registry?tab=organizations', '/registry?tab=import']) {
        const page = await stage.open(path, { scheme })
        await page.waitForLoadState('networkidle').catch(() => {})
        expect(await violations(page)).toEqual([])
      }
      expect(stage.faults).toEqual([])
    },
  )
})

describe.skipIf(DATA_MISSING)('the second register of Moscow', { timeout: 300_000 }, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await raiseStage(
      (folder) => command(folder, 'import', MOSCOW_2016, '--preset', 'reformagkh'),
      Date.parse('2017-06-20T12:00:00+03:00'),
    )
  }, 300_000)
  afterAll(() => stage?.close())

  test('shows 1,347 transfers and 34 buildings gone before, and stores exactly them', async () => {
    const page = await stage.open('/registry?tab=import')
    page.setDefaultTimeout(240_000)
    await choose(page, 0, MOSCOW_2017)
    await apply(page).waitFor()
    expect([await figure(page, 'transfers'), await figure(page, 'gone')]).toEqual([1_347, 34])
    await apply(page).click()
    await page.getByText('Записано: moscow_2017-06-14.csv.gz').waitFor()
    const known = async () => {
      const answer = await ask(stage.server.url, 'registry.buildings', {
        ...{ filter: { stale: false }, language: 'ru', offset: 0, limit: 1 },
      })
      return (answer as { total: number }).total
    }
    await expect.poll(known, { timeout: 120_000, interval: 2_000 }).toBe(33_741)
    const totals = (await (await fetch(`${stage.server.url}/totals`)).json()) as {
      transfers?: number
    }
    expect(totals.transfers).toBe(1_347)
  })
})
