import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { ask } from '../running.ts'
import { raiseStage, type Stage } from './stage.ts'

const SOON = { timeout: 60_000 }

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

test('d over a number says what it means; from there it is compared, and the requests of the difference are told why', async () => {
  const page = await stage.open('/')
  await page.locator('[data-measure="overdue"] a').first().focus()
  await page.keyboard.press('d')
  const panel = page.getByRole('dialog', { name: 'Просрочено' })
  await panel.getByText('overdue@1').waitFor(SOON)
  await panel.getByRole('link', { name: 'Сравнить с…' }).click()
  await page
    .getByRole('group', { name: 'Число B' })
    .getByRole('combobox')
    .first()
    .selectOption('open')
  await page.getByText(/^A считает/).waitFor(SOON)
  const sides = { a: { measure: 'overdue' }, b: { measure: 'open' } }
  const counts = (await ask(stage.server.url, 'metrics.compare', sides)) as { onlyB: number }
  expect(counts.onlyB).toBeGreaterThan(0)
  await page.getByRole('button', { name: `Только в B: ${counts.onlyB}` }).click()
  await page.getByRole('columnheader', { name: 'Каким условиям A не отвечает' }).waitFor(SOON)
  await page.getByRole('cell', { name: 'просроченные', exact: true }).first().waitFor(SOON)
  const address = page.url()
  const again = await stage.open(address.slice(new URL(address).origin.length))
  await again.getByText(/^A считает/).waitFor(SOON)
  expect(stage.faults).toEqual([])
})

test('d means nothing while one types, and after g it goes to the duty desk', async () => {
  const page = await stage.open('/')
  // The search field comes after the first picture.
  await page.waitForLoadState('networkidle')
  await page.locator('[data-measure="open"] a').first().hover()
  await page.keyboard.press('/')
  await page.keyboard.press('d')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.locator('[data-measure="open"] a').first().focus()
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.waitForURL('**/desk**', SOON)
})

test.for(LANGUAGES)('the dictionary has no fault that axe finds, in %s', async (language) => {
  const page = await stage.open('/metrics-dictionary?measure=late', { language })
  await page.locator('#measure-late').waitFor(SOON)
  const { violations } = await new AxeBuilder({ page }).include('main').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})
