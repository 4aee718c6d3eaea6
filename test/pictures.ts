import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from '#server/contract/vocabulary.ts'
import { cityFolder } from './bench/folders.ts'
import { launchBrowser } from './browser.ts'
import { ask, ROOT, startServer } from './running.ts'
import { takeWall } from './wall-pictures.ts'

/** `npm run pictures [-- --only wall]`: the pictures of docs/pictures, taken from the running demo city, its clock pinned to its end. */
const { values } = parseArgs({ options: { only: { type: 'string' } } })

interface Shot {
  name: string
  path: string
  language?: Language
  scheme?: 'light' | 'dark'
  width?: number
  height?: number
  full?: boolean
}

const FOLDER = join(ROOT, 'docs/pictures')
mkdirSync(FOLDER, { recursive: true })
const { folder, now } = await cityFolder('demo', '2026-11-21T14:32:00+05:00')
const server = await startServer(folder, now)
const browser = await launchBrowser()

const flagged = async () => {
  const { flags } = (await ask(server.url, 'flags.list')) as {
    flags: { id: string; organization: { id: string } }[]
  }
  const [first] = flags
  if (!first) throw new Error('nobody is flagged in the demo city')
  return first
}
const district = async () => {
  const { districts } = (await ask(server.url, 'shell.place')) as { districts: { id: string }[] }
  return districts[0]?.id ?? ''
}
const building = async () => {
  const page = await browser.newPage()
  await page.goto(`${server.url}/buildings`)
  const href = await page
    .locator('[role="grid"] a[href^="/buildings/"]')
    .first()
    .getAttribute('href')
  await page.close()
  return href ?? '/buildings'
}

async function take({
  name,
  path,
  language = 'ru',
  scheme = 'light',
  width = 1440,
  height = 900,
  full,
}: Shot) {
  if (values.only && !name.includes(values.only)) return
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  await page.addInitScript((chosen) => localStorage.setItem('language', chosen), language)
  await page.goto(server.url + path)
  await page.waitForLoadState('networkidle').catch(() => {})
  await page.waitForTimeout(6000)
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: full ?? false })
  await page.close()
  process.stderr.write(`${name}\n`)
}

// The night's evaluation begins some seconds after a start, and tells its flags.
await new Promise((resolve) => setTimeout(resolve, 45_000))
const flag = await flagged()
const organization = `/organizations/${flag.organization.id}`
const house = await building()
const shots: Shot[] = [
  { name: 'overview-ru-light-1440', path: '/' },
  { name: 'overview-ru-dark-1440', path: '/', scheme: 'dark' },
  { name: 'overview-kk-light-1920', path: '/', language: 'kk', width: 1920, height: 1080 },
  { name: 'overview-en-light-1440', path: '/', language: 'en' },
  { name: 'today-ru-light-1440', path: '/today', full: true },
  { name: 'today-kk-dark-1440', path: '/today', language: 'kk', scheme: 'dark', full: true },
  { name: 'map-ru-light-1440', path: '/map' },
  { name: 'map-kk-dark-1440', path: '/map?m=deviation', language: 'kk', scheme: 'dark' },
  { name: 'map-past-ru-light-1440', path: '/map?at=2026-11-20T09:32:00Z' },
  { name: 'notices-ru-light-1440', path: '/notices' },
  { name: 'organizations-ru-light-1440', path: '/organizations', full: true },
  { name: 'organizations-en-dark-1440', path: '/organizations', language: 'en', scheme: 'dark' },
  { name: 'organization-ru-light-1440', path: organization, full: true },
  {
    name: 'organization-kk-dark-1440',
    path: organization,
    language: 'kk',
    scheme: 'dark',
    full: true,
  },
  { name: 'building-ru-light-1440', path: house, full: true },
  { name: 'building-ru-light-390', path: house, width: 390, height: 844, full: true },
  {
    name: 'building-kk-dark-390',
    path: house,
    language: 'kk',
    scheme: 'dark',
    width: 390,
    height: 844,
    full: true,
  },
  { name: 'requests-ru-light-1440', path: '/requests?is=open' },
  { name: 'flags-ru-light-1440', path: '/flags' },
  { name: 'flag-ru-light-1440', path: `/flags/${flag.id}`, full: true },
  {
    name: 'flag-kk-dark-390',
    path: `/flags/${flag.id}`,
    language: 'kk',
    scheme: 'dark',
    width: 390,
    height: 844,
  },
  { name: 'dossier-ru-a4', path: `/flags/${flag.id}/dossier`, width: 1100, height: 1260 },
  { name: 'district-ru-light-1440', path: `/districts/${await district()}`, full: true },
  { name: 'integrity-ru-light-1440', path: '/integrity' },
  { name: 'integrity-kk-dark-1440', path: '/integrity', language: 'kk', scheme: 'dark' },
  { name: 'presets-ru-light-1440', path: '/presets' },
  { name: 'outages-ru-light-1440', path: '/outages' },
  {
    name: 'outages-kk-dark-390',
    path: '/outages',
    language: 'kk',
    scheme: 'dark',
    width: 390,
    height: 844,
  },
  { name: 'screens-ru-light-1440', path: '/screens' },
  { name: 'wall-code-ru-1920', path: '/wall', width: 1920, height: 1080 },
]
for (const shot of shots) await take(shot)
if (!values.only || 'wall'.startsWith(values.only)) await takeWall(browser, server.url, FOLDER)
await browser.close()
await server.stop()
