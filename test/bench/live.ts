import { type ClientRequest, get } from 'node:http'
import { launchBrowser } from '../browser.ts'
import { ingest, type Running } from '../running.ts'
import { type Figure, ms, quantile, spread } from './measure.ts'

const SCREENS = 200
const EVENTS = 60

/**
 * From the acknowledgement of an event to the changed page: one real browser on the Overview, the other screens as open
 * streams. The page notes the wall clock when its figure of open requests changes; both clocks are this machine's.
 */
export async function benchLive(server: Running, requests: string): Promise<Figure[]> {
  const streams: ClientRequest[] = []
  const browser = await launchBrowser()
  try {
    for (let screen = 1; screen < SCREENS; screen += 1)
      streams.push(get(`${server.url}/live`, (answer) => answer.resume()).on('error', () => {}))
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(server.url)
    const figure = page.locator('h1 a').first()
    await figure.waitFor()
    await page.waitForTimeout(3000)
    const number = async () => Number(((await figure.textContent()) ?? '').replace(/\D/g, ''))
    const waits: number[] = []
    for (let index = 0; index < EVENTS; index += 1) {
      const before = await number()
      const changed = page.evaluate(
        ([was]) =>
          new Promise<number>((resolve) => {
            const look = () => {
              const text = document.querySelector('h1 a')?.textContent ?? ''
              if (Number(text.replace(/\D/g, '')) !== was) {
                observer.disconnect()
                resolve(Date.now())
              }
            }
            const observer = new MutationObserver(look)
            observer.observe(document.body, { subtree: true, childList: true, characterData: true })
          }),
        [before] as const,
      )
      await ingest(server.url, [
        {
          type: 'request.registered',
          id: `bench-live:${server.pid}:${index}`,
          source: 'bench-live',
          occurredAt: server.now,
          request: `bench-live-${server.pid}-${index}`,
        },
      ])
      const acknowledgedAt = Date.now()
      waits.push((await changed) - acknowledgedAt)
      await page.waitForTimeout((index * 137) % 700)
    }
    return [
      {
        what: 'acknowledged to seen on the page',
        size: `${SCREENS} screens, ${requests} requests`,
        measured: `${spread(waits)}, worst ${ms(Math.max(...waits))}`,
        target: 'p95 at most 1 s',
        holds: quantile(waits, 0.95) <= 1000,
      },
    ]
  } finally {
    for (const stream of streams) stream.destroy()
    await browser.close()
  }
}
