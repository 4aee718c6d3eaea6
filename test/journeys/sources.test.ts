import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { ask, ingest } from '../running.ts'
import { raiseStage, NOW as SEEDED, type Stage } from './stage.ts'

/** The city was told of until yesterday afternoon; then nothing came any more. */
const NOW = SEEDED + 20 * 3_600_000
const SOURCE = '109'
const SOON = { timeout: 60_000 }

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage(undefined, NOW)
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const asks = (request: string) => ({
  ...{ type: 'request.registered', id: `${SOURCE}:${request}`, source: SOURCE, occurredAt: NOW },
  ...{ request, channel: 'phone', priority: 'ordinary', kind: 'work_request' },
})
const counted = async () => {
  const filter = { ...EVERYTHING, source: [SOURCE] }
  const summary = await ask(stage.server.url, 'requests.summary', filter)
  return (summary as { requests: number }).requests
}

test('a source that fell silent is named in amber, and is well again when it tells something', async () => {
  const page = await stage.open('/sources')
  const row = page.getByRole('row', { name: /Служба 109/ }).first()
  await row.getByText('молчит', { exact: true }).waitFor(SOON)
  await page.getByRole('heading', { name: /требу(ет|ют) внимания/ }).waitFor(SOON)
  await row.getByRole('link').click()
  await page
    .getByRole('heading', { name: /Служба 109: молчит .*обычно за это время/ })
    .waitFor(SOON)
  const before = await counted()
  await ingest(stage.server.url, [asks('again-1')])
  await expect.poll(counted, SOON).toBe(before + 1)
  await page.reload()
  await page.getByRole('heading', { name: /Служба 109: всё приходит/ }).waitFor(SOON)
  expect(stage.faults).toEqual([])
})

test('in test mode its requests leave the counts, and come back with it', async () => {
  const before = await counted()
  const page = await stage.open(`/sources/${SOURCE}`)
  await page.getByRole('button', { name: 'Включить тестовый режим' }).click()
  await page.getByLabel('Причина').fill('проверка связи')
  await page.getByRole('button', { name: 'Включить тестовый режим' }).click()
  await page.getByText('проверка связи').waitFor(SOON)
  await ingest(stage.server.url, [asks('test-1'), asks('test-2')])
  const told = () =>
    ask(stage.server.url, 'sources.completeness', { source: SOURCE, days: 1 }).then(
      (answer) => (answer as { days: { test: number }[] }).days[0]?.test,
    )
  // The one that came at this very minute before is of the same time, and so of the test.
  await expect.poll(told, SOON).toBe(3)
  await expect.poll(counted, SOON).toBe(before - 1)
  await page.getByRole('button', { name: 'Выключить тестовый режим' }).click()
  await page.getByLabel('Причина').fill('связь проверена')
  await page.getByRole('button', { name: 'Выключить тестовый режим' }).click()
  await page.getByRole('button', { name: 'Включить тестовый режим' }).waitFor(SOON)
  await expect.poll(counted, SOON).toBe(before + 2)
  expect(stage.faults).toEqual([])
})

test('a file of requests is looked at, then stored, and stands in the completeness of its source', async () => {
  const page = await stage.open('/sources')
  const mapping = {
    ...{ kind: 'requests', source: 'crm', zone: 'Asia/Almaty', language: 'ru' },
    ...{ number: 'id', registered: 'opened' },
  }
  const lines = [
    'id,opened',
    'crm-1,2026-02-10 09:00',
    'crm-2,31.02.2026',
    'crm-3,2026-02-10 10:00',
  ]
  await page
    .getByLabel('Файл', { exact: true })
    .setInputFiles({ name: 'crm.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  await page.getByLabel('Начать с описания колонок').selectOption('#own')
  await page.getByRole('textbox', { name: 'Описание колонок, JSON' }).fill(JSON.stringify(mapping))
  await page.getByRole('button', { name: 'Посмотреть первые строки' }).click()
  await page.getByText('Строка 3, opened:').waitFor(SOON)
  await page.getByRole('rowheader', { name: 'crm-3' }).waitFor(SOON)
  await page.getByRole('button', { name: 'Загрузить весь файл' }).click()
  await page.getByText('Строк 3 = сохранено 2 + уже было 0 + в карантине 1').waitFor(SOON)
  await page.getByRole('link', { name: 'crm', exact: true }).first().click()
  await page.getByText('crm.csv, строка 3, opened:').waitFor(SOON)
  expect(stage.faults).toEqual([])
})

test.for(LANGUAGES)(
  'nothing of the pages of sources keeps a reader out, in %s',
  async (language) => {
    for (const [path, scheme, width] of [
      ['/sources', 'light', 1440],
      [`/sources/${SOURCE}`, 'dark', 390],
    ] as const) {
      const page = await stage.open(path, { language, scheme, width })
      await page.getByRole('table').first().waitFor(SOON)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wide).toBe(0)
    }
    expect(stage.faults).toEqual([])
  },
)
