import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const SOON = { timeout: 60_000 }

test('a television shows a code, an official lets it in, and it shows the city until it is revoked', async () => {
  const wall = await stage.open('/wall', { width: 1920, height: 1080 })
  const code = wall.locator('p span[aria-hidden]').first()
  await code.waitFor(SOON)
  const shown = ((await code.textContent()) ?? '').trim()
  expect(shown).toMatch(/^\d{3}\s\d{3}$/)

  const desk = await stage.open('/screens')
  const field = desk.getByLabel('Код на экране')
  await field.fill('12x 456')
  await desk.getByLabel('Где он висит').fill('Дежурная часть')
  await desk.getByRole('button', { name: 'Подключить' }).click()
  expect(await field.evaluate((input) => (input as HTMLInputElement).validationMessage)).toBe(
    'Код на экране состоит из шести цифр, например 123 456.',
  )
  await field.fill(shown)
  await desk.getByRole('button', { name: 'Подключить' }).click()
  await desk.getByText('Экран «Дежурная часть» подключён.').waitFor(SOON)
  const scene = wall.locator('section[data-on="true"]')
  await scene.getByText('Открыто сейчас').first().waitFor(SOON)
  await desk.getByText(/работает, показывает: Город/).waitFor(SOON)

  await desk.getByRole('button', { name: 'Изменить' }).click()
  expect(await desk.getByText('Экран «Дежурная часть» подключён.').count()).toBe(0)
  const form = desk.getByRole('form', { name: 'Изменить экран «Дежурная часть»' })
  for (const scene of ['Карта', 'Организации', 'Отключения'])
    await form.getByLabel(scene, { exact: true }).uncheck()
  await form.getByRole('button', { name: 'Раньше: Сегодня' }).click()
  await form.getByRole('button', { name: 'Раньше: Сегодня' }).click()
  await form.getByRole('button', { name: 'Раньше: Сегодня' }).click()
  await form.getByLabel('Секунд: Сегодня').fill('90')
  const district = form.getByLabel('Чьи числа').locator('option').nth(1)
  const of = (await district.textContent()) ?? ''
  await form.getByLabel('Чьи числа').selectOption({ label: of })
  await form.getByRole('button', { name: 'Сохранить' }).click()
  await desk.getByText(`${of} · Сегодня 90 с, Город 20 с`).waitFor(SOON)
  await wall.locator('footer b', { hasText: of }).waitFor(SOON)
  await wall.locator('section[data-scene="today"][data-on="true"]').waitFor(SOON)

  await stage.restart()
  await wall.reload()
  await scene.getByText('Поступило с 0:00').first().waitFor(SOON)

  await desk.reload()
  await desk.getByRole('button', { name: 'Отключить' }).click()
  await desk.getByRole('button', { name: 'Точно отключить' }).click()
  await desk.getByText(/^отключён /).waitFor(SOON)
  await code.waitFor(SOON)
  expect((await code.textContent())?.trim()).not.toBe(shown)
  expect(stage.faults).toEqual([])
}, 300_000)
