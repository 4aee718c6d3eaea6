import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'

export interface Sample {
  /** Milliseconds since the soak began. */
  at: number
  /** Bytes of JavaScript that live after a forced collection. */
  heap: number
  nodes: number
  listeners: number
}
/** What a glance at the wall finds. */
export type Look = 'scene' | 'banner' | 'pairing' | 'blank' | 'page'

/** Runs in the page. */
function lookAtWall(): Look {
  const stage = document.querySelector('main')
  if (!stage) return document.querySelector('[role="alert"]') ? 'banner' : 'page'
  const text = (element: Element | null) => (element?.textContent ?? '').trim()
  if (!document.querySelector('section[data-scene]')) return 'pairing'
  if (stage.querySelector('[role="alert"]')) return 'banner'
  const scene = stage.querySelector('section[data-on="true"]')
  return text(scene).length > 20 ? 'scene' : 'blank'
}

/** The wall in a browser of its own, watched from outside. */
export async function openScreen(browser: Browser, url: string) {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1280, height: 720 },
  })
  // The clock of the machine is moved by the test; the clock that only grows is not.
  await context.addInitScript(() => {
    const real = Date.now.bind(Date)
    const clock = { shift: 0 }
    Object.assign(window, { machineClock: clock })
    Date.now = () => real() + clock.shift
  })
  const faults: string[] = []
  let page: Page
  let session: CDPSession
  const open = async () => {
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== new URL(url).origin)
        faults.push(`asked ${request.url()}`)
    })
    session = await context.newCDPSession(page)
    await session.send('Performance.enable')
    await page.goto(`${url}/wall`)
  }
  await open()
  return {
    faults,
    look: (): Promise<Look> => page.evaluate(lookAtWall).catch((): Look => 'page'),
    code: async () => {
      const shown = page.locator('p span[aria-hidden]').first()
      await shown.waitFor({ timeout: 60_000 })
      return ((await shown.textContent()) ?? '').replace(/\D/g, '')
    },
    text: () => page.evaluate(() => document.querySelector('main')?.textContent ?? ''),
    async sample(at: number): Promise<Sample> {
      await session.send('HeapProfiler.collectGarbage')
      await session.send('HeapProfiler.collectGarbage')
      const { metrics } = await session.send('Performance.getMetrics')
      const named = new Map(metrics.map(({ name, value }) => [name, value]))
      return {
        at,
        heap: named.get('JSHeapUsedSize') ?? Number.NaN,
        nodes: named.get('Nodes') ?? Number.NaN,
        listeners: named.get('JSEventListeners') ?? Number.NaN,
      }
    },
    setMachineClock: (shift: number) =>
      page.evaluate((ms) => {
        Object.assign((window as unknown as { machineClock: object }).machineClock, { shift: ms })
      }, shift),
    /** Takes the map's graphics context away and gives it back; whether the map has one again. */
    loseContext: () =>
      page.evaluate(async () => {
        const canvas = document.querySelector<HTMLCanvasElement>('section[data-scene="map"] canvas')
        const gl = canvas?.getContext('webgl2')
        const lose = gl?.getExtension('WEBGL_lose_context')
        if (!canvas || !gl || !lose) return false
        lose.loseContext()
        await new Promise((resolve) => setTimeout(resolve, 400))
        lose.restoreContext()
        for (let tries = 0; tries < 50 && gl.isContextLost(); tries++)
          await new Promise((resolve) => setTimeout(resolve, 100))
        return !gl.isContextLost()
      }),
    /** As a browser that is started anew. */
    async restart() {
      await page.close()
      await open()
    },
    reload: () =>
      page.reload().then(
        () => {},
        () => {},
      ),
    close: () => context.close(),
  }
}
