import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { SCENES } from '#server/contract/screens.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'

const SOON = { timeout: 120_000 }
/** Flat colours and large letters: no difference is seen, and a picture of eight million points stays below 300 kB. */
const QUALITY = 82
const SETTLED_MS = 1500

/** Every scene in both schemes, three languages and two sizes, and one that lost its server: `wall-1-ru-dark-1920.webp`. */
export async function takeWall(browser: Browser, url: string, folder: string) {
  for (const width of [1920, 3840])
    for (const scheme of ['dark', 'light']) {
      const page = await browser.newPage({
        viewport: { width, height: (width * 9) / 16 },
        reducedMotion: 'reduce',
      })
      page.setDefaultTimeout(SOON.timeout)
      for (const language of LANGUAGES)
        for (const [at, scene] of SCENES.entries()) {
          await page.goto(`${url}/wall?scene=${at + 1}&lang=${language}&scheme=${scheme}`)
          await page.locator(`section[data-scene="${scene}"][data-on="true"] h1`).waitFor(SOON)
          if (scene === 'map') await page.locator('[data-drawn="true"]').first().waitFor(SOON)
          await page.waitForTimeout(SETTLED_MS * (scene === 'map' ? 3 : 1))
          const name = `wall-${at + 1}-${language}-${scheme}-${width}.webp`
          await keep(page, join(folder, name))
        }
      await page.close()
    }
  await takeStale(browser, url, folder)
}

async function takeStale(browser: Browser, url: string, folder: string) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${url}/wall?scene=1&lang=ru`)
  await page.locator('section[data-scene="city"][data-on="true"] h1').waitFor(SOON)
  await page.context().setOffline(true)
  await page.locator('[role="alert"]').waitFor(SOON)
  await keep(page, join(folder, 'wall-stale-ru-dark-1920.webp'))
  await page.close()
}

async function keep(page: Page, file: string) {
  const session = await page.context().newCDPSession(page)
  const take = () => session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY })
  // A browser that is just drawing a frame of eight million points sometimes gives none.
  const { data } = await take()
    .catch(() => page.waitForTimeout(SETTLED_MS).then(take))
    .catch(() => page.waitForTimeout(4 * SETTLED_MS).then(take))
  await session.detach()
  await writeFile(file, Buffer.from(data, 'base64'))
  process.stderr.write(`${file}\n`)
}
