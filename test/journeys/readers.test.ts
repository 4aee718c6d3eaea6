import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, ROOT } from '../running.ts'
import { raiseStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage()
})
afterEach(() => stage?.clear())
afterAll(() => stage?.close())

const SOON = { timeout: 60_000 }
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
const HOUSE = 'b-1'

/** Pages that are opened from others, by the file of their route. */
const PAGES: Record<string, () => Promise<string> | string> = {
  'flags.$flag': async () => `/flags/${await raised()}`,
  'flags.$flag_.dossier': async () => `/flags/${await raised()}/dossier`,
  'organizations.$organization': async () =>
    `/organizations/${(await raised()).split('.').slice(1).join('.')}`,
  'districts.$district': async () => `/districts/${(await place()).districts[0]?.id}`,
  'buildings.$building': () => `/buildings/${HOUSE}`,
  'requests.$request': async () => `/requests/${await request()}`,
  outages: () => '/outages',
  integrity: () => '/integrity',
  presets: () => '/presets',
  norms: () => '/norms',
  registry: () => '/registry',
  'metrics-dictionary': () => '/metrics-dictionary?measure=late',
  'sources.index': () => '/sources',
}
/** Held to the same by the journeys that walk them. */
const ELSEWHERE = [
  ...['index', 'today', 'map', 'organizations.index', 'buildings.index', 'requests.index'],
  ...['desk', 'flags.index', 'screens', 'wall', 'notices', 'sources.$source'],
]

const raised = async () => {
  const listed = async () =>
    ((await ask(stage.server.url, 'flags.list')) as { flags: { id: string }[] }).flags[0]?.id
  await expect.poll(listed, SOON).toBeDefined()
  return (await listed()) ?? ''
}
const place = async () =>
  (await ask(stage.server.url, 'shell.place')) as { districts: { id: string }[] }
const request = async () => {
  const file = await fetch(new URL('/export/requests.csv?raw=1', stage.server.url))
  const [head = '', row = ''] = (await file.text()).split('\n')
  return row.split(',')[head.replace('\uFEFF', '').split(',').indexOf('number')]
}

test('every page is looked through, here or by its own journey', () => {
  const routes = readdirSync(join(ROOT, 'web/routes'))
    .filter((file) => !file.startsWith('__'))
    .map((file) => file.replace(/\.tsx$/, ''))
  expect([...Object.keys(PAGES), ...ELSEWHERE].sort()).toEqual(routes.sort())
})

test.for(
  Object.keys(PAGES).flatMap((route) => [
    [route, 'light', 1440] as const,
    [route, 'dark', 390] as const,
  ]),
)('%s, %s, %d px wide: nothing keeps a reader out, nothing is beyond the edge', async (look) => {
  const [route, scheme, width] = look
  const path = (await PAGES[route]?.()) ?? ''
  const page = await stage.open(path, { scheme, width, height: 844 })
  await page.locator('h1').first().waitFor(SOON)
  await expect.poll(() => page.locator('main [class*="skeleton"]').count(), SOON).toBe(0)
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    ),
  ).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
})

test('a form is left with Escape for the button that opened it', async () => {
  const page = await stage.open(`/buildings/${HOUSE}`)
  const opener = page.getByRole('button', { name: 'Дом перешёл к другой организации' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const form = page.getByRole('form', { name: 'Дом перешёл к другой организации' })
  await form.waitFor(SOON)
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached', ...SOON })
  expect(await opener.evaluate((button) => document.activeElement === button)).toBe(true)
})

test('a table takes the keyboard only where it is wider than its place', async () => {
  const path = (await PAGES['organizations.$organization']?.()) ?? ''
  for (const [width, stops] of [
    [1440, false],
    [390, true],
  ] as const) {
    const page = await stage.open(path, { width })
    const stages = page.locator('section:has(> table th:text-is("Этап"))').last()
    await stages.waitFor(SOON)
    expect((await stages.getAttribute('tabindex')) === '0').toBe(stops)
  }
})
