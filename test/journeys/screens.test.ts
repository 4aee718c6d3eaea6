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
  await desk.getByLabel('Код на экране').fill(shown)
  await desk.getByLabel('Где он висит').fill('Дежурная часть')
  await desk.getByRole('button', { name: 'Впустить' }).click()
  await desk.getByText('Экран «Дежурная часть» впущен.').waitFor(SOON)
  const scene = wall.locator('section[data-on="true"]')
  await scene.getByText('Открыто сейчас').first().waitFor(SOON)
  await desk.getByText(/работает, показывает: Город/).waitFor(SOON)

  await stage.restart()
  await wall.reload()
  await scene.getByText('Открыто сейчас').first().waitFor(SOON)

  await desk.reload()
  await desk.getByRole('button', { name: 'Отключить' }).click()
  await desk.getByText(/^отключён /).waitFor(SOON)
  await code.waitFor(SOON)
  expect((await code.textContent())?.trim()).not.toBe(shown)
  expect(stage.faults).toEqual([])
})
