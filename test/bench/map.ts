import { cp, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../browser.ts'
import { ingest, startServer } from '../running.ts'
import { MAP_NOW, outlinedCity } from './map-city.ts'
import { type Figure, ms, quantile } from './measure.ts'

const TAKES = 5
const CHANGED = 1000
/** The engine of the browser compiles what is called often: what a page costs that has been open for a while. */
const WARM_UP = 12
const ROUNDS = 9
const PATIENT = { timeout: 120_000 }
const DRAWN = 'section[data-drawn="true"] canvas'

/** The map of a city of so many outlines in a real Chromium with the software renderer: its first picture, and what a change costs. */
export async function benchMap(buildings: number, firstPicture: number): Promise<Figure[]> {
  // A copy: each run adds requests, and the next one would measure another city.
  const folder = await mkdtemp(join(tmpdir(), 'domovoi-map-'))
  await cp(await outlinedCity(buildings), folder, { recursive: true })
  const server = await startServer(folder, MAP_NOW)
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    })
    const takes: number[] = []
    const empty: number[] = []
    let page: Page | undefined
    // The first take fills the cache of the browser and of the server: what is counted is a page that was open before.
    for (let take = 0; take <= TAKES; take++) {
      await page?.close()
      page = await context.newPage()
      // What a page without the map costs at the same moment: the browser's own share, and the rest of the machine's.
      const began = performance.now()
      await page.goto(`${server.url}/nothing-is-here`, { waitUntil: 'commit' })
      await page.locator('main').first().waitFor(PATIENT)
      if (take > 0) empty.push(performance.now() - began)
      await page.close()
      page = await context.newPage()
      const started = performance.now()
      await page.goto(`${server.url}/map`, { waitUntil: 'commit' })
      await page.locator(DRAWN).waitFor(PATIENT)
      await page.getByRole('option').first().waitFor(PATIENT)
      if (take > 0) takes.push(performance.now() - started)
    }
    if (!page) return []
    await page.waitForTimeout(3000)
    const costs = await costsOf(page, server.url, buildings)
    const size = `${buildings.toLocaleString('en')} outlines, software renderer`
    const first = quantile(takes, 0.5)
    const cost = quantile(costs, 0.5)
    return [
      {
        what: 'first picture of the map, with its colours and its list',
        size,
        measured: `p50 ${ms(first)}, ${ms(Math.max(...takes))} at most of ${TAKES}; an empty page of ours p50 ${ms(quantile(empty, 0.5))}; load ${loadavg()[0]?.toFixed(1)}`,
        target: `at most ${ms(firstPicture)}`,
        holds: first <= firstPicture,
      },
      {
        what: `script of a change of ${CHANGED.toLocaleString('en')} buildings`,
        size,
        measured: `p50 ${ms(cost)}, ${ms(Math.max(...costs))} at most of ${costs.length}`,
        target: 'at most 20 ms',
        holds: cost <= 20,
      },
    ]
  } finally {
    await browser.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Processor time of the page's own thread in scripts, from one frame of changes until it is quiet again, less what it spends idle. */
async function costsOf(page: Page, url: string, buildings: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const script = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN)
  }
  const costs: number[] = []
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const before = await script()
    await page.waitForTimeout(2000)
    const idle = (await script()) - before
    const at = await script()
    await ingest(
      url,
      Array.from({ length: CHANGED }, (_, i) => ({
        type: 'request.registered',
        id: `bench-map:${process.pid}:${round}:${i}`,
        source: 'bench',
        occurredAt: MAP_NOW - 60_000,
        request: `bench-map-${process.pid}-${round}-${i}`,
        building: `b${(i * 7 + round) % buildings}`,
      })),
    )
    await page.waitForTimeout(2000)
    const cost = (await script()) - at - idle
    if (round >= WARM_UP) costs.push(cost)
  }
  return costs
}
