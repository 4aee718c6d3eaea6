import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from '../running.ts'
import type { Figure } from './measure.ts'

/** Scripts that arrive until the Overview says its sentence, without the lazy chunks of charts and map; test/budget.test.ts holds the same limit for the graph. */
export async function bundleFigure(): Promise<Figure> {
  const { launchBrowser } = await import('../browser.ts')
  const { cityFolder } = await import('./folders.ts')
  const { startServer } = await import('../running.ts')
  const { folder, now } = await cityFolder('tiny')
  const server = await startServer(folder, now)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const scripts = new Set<string>()
    page.on('response', (answer) => {
      const { pathname } = new URL(answer.url())
      if (pathname.endsWith('.js')) scripts.add(pathname)
    })
    await page.goto(server.url)
    await page.locator('h1 a').first().waitFor()
    const sizes = [...scripts].map((path) => ({
      path,
      size: gzipSync(readFileSync(join(ROOT, 'dist', path)), { level: 9 }).length / 1000,
    }))
    const lazy = sizes.filter(({ path }) => /maplibre|echarts|city-map|engine|charts?-/.test(path))
    const first = sizes.filter((script) => !lazy.includes(script))
    const sum = (scripts_: typeof sizes) =>
      Math.round(scripts_.reduce((total, { size }) => total + size, 0))
    return {
      what: 'JavaScript of the first load of Overview, gzipped',
      size: `${first.length} files; charts and map follow lazily with ${sum(lazy)} kB`,
      measured: `${sum(first)} kB`,
      target: 'at most 230 kB',
      holds: sum(first) <= 230,
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}
