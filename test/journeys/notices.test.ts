import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { prove } from '#server/sources/signature.ts'
import { ask, ingest } from '../running.ts'
import { command, NOW, raiseStage, type Stage } from './stage.ts'

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
const SOON = { timeout: 60_000 }

/** The program that is told; it refuses until it is let take. */
const told: { id: string; summary: string; proven: boolean }[] = []
let takes = false
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const header = (name: string) => String(request.headers[name])
    const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')]
    const signed = { id, timestamp, signature: header('webhook-signature') }
    let proven = true
    try {
      prove(signed, body, [SECRET], Number(timestamp) * 1000)
    } catch {
      proven = false
    }
    told.push({ id, proven, summary: JSON.parse(String(body)).data.summary })
    response.writeHead(takes ? 200 : 410).end()
  })
})

let stage: Stage
beforeAll(async () => {
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  const { port } = receiver.address() as AddressInfo
  stage = await raiseStage((folder) => {
    command(folder, 'seed', '--preset', 'tiny', '--until', new Date(NOW).toISOString())
    const host = { host: `127.0.0.1:${port}`, secret: SECRET, privateNetwork: true, http: true }
    writeFileSync(join(folder, 'notices.json'), JSON.stringify({ webhooks: [host] }))
  })
})
afterEach(() => stage?.clear())
afterAll(async () => {
  await stage?.close()
  receiver.closeAllConnections()
  receiver.close()
})

test('a rule is set, an emergency comes, the bell says so, somebody takes it on, and a dead letter is sent again', async () => {
  const { port } = receiver.address() as AddressInfo
  const { emergency } = (await ask(stage.server.url, 'overview.state', { district: [] })) as {
    emergency: { value: number }
  }
  const page = await stage.open('/notices?view=recipients')
  await page.getByLabel('Ваша подпись').fill('А. Серикова')
  await page.getByRole('button', { name: 'Новый получатель' }).click()
  await page.getByLabel('Каким путём').selectOption('webhook')
  await page.getByLabel('Кто это').fill('Диспетчерская система')
  await page.getByLabel('Адрес https').fill(`http://127.0.0.1:${port}/hook`)
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText(`127.0.0.1:${port}/•••`).waitFor(SOON)

  await page.getByRole('link', { name: 'Правила' }).click()
  await page.getByRole('button', { name: 'Новое правило' }).click()
  await page.getByLabel('Порог, открытых аварий').fill(String(emergency.value + 1))
  await page.getByLabel('Отбой, когда ниже').fill(String(emergency.value + 1))
  await page.getByLabel('Держится не меньше').fill('0')
  await page.getByLabel('Насколько важно').selectOption('danger')
  await page.getByLabel('Название').fill('Стало больше аварий')
  await page.getByLabel('Диспетчерская система').check()
  await page.getByText(/Сработало бы|Не сработало бы/).waitFor(SOON)
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Стало больше аварий').waitFor(SOON)

  await ingest(stage.server.url, [
    {
      ...{
        type: 'request.registered',
        id: 'journeys:notice',
        source: 'journeys',
        request: 'notice-1',
      },
      ...{ occurredAt: NOW, priority: 'emergency', kind: 'work_request', channel: 'phone' },
    },
  ])
  const bell = page.getByRole('button', { name: /^Оповещения: \d+ нов/ })
  await bell.waitFor(SOON)
  await bell.click()
  const said = `Аварий открыто: ${emergency.value + 1}`
  await page.getByRole('dialog').getByText(said).waitFor(SOON)
  await page.getByRole('dialog').getByRole('link', { name: 'Все оповещения' }).click()

  const row = page.locator('li').filter({ hasText: said })
  await row.getByRole('button', { name: 'Подтвердить' }).click()
  await row.getByText(/подтверждено: А\. Серикова/).waitFor(SOON)

  await page.getByRole('link', { name: 'Доставка' }).click()
  await page.getByText('не дошло', { exact: true }).first().waitFor(SOON)
  takes = true
  await page.getByRole('button', { name: 'Отправить снова' }).first().click()
  await page.getByText('доставлено', { exact: true }).first().waitFor(SOON)
  await page.getByText(/3 попытки/).click()
  await page.getByText(/отправлено снова · А\. Серикова/).waitFor(SOON)

  const [first] = told
  expect(told.map(({ id }) => id)).toEqual([first?.id, first?.id])
  expect(told.every(({ proven }) => proven)).toBe(true)
  expect(first?.summary).toContain(said)
  expect(stage.faults).toEqual([])
})

test.for(
  ['', '?view=rules', '?view=recipients', '?view=deliveries'].flatMap((view) =>
    (['light', 'dark'] as const).map((scheme) => [view, scheme] as const),
  ),
)('/notices%s in the %s scheme has no fault that keeps somebody out', async ([view, scheme]) => {
  const page = await stage.open(`/notices${view}`, { scheme, width: view ? 1440 : 390 })
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => {})
  const add = page.getByRole('button', { name: /^Нов/ })
  if (await add.first().isVisible()) await add.first().click()
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    ),
  ).toEqual([])
})
