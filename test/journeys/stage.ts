import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import type { Language } from '#server/contract/vocabulary.ts'
import { launchBrowser } from '../browser.ts'
import { ROOT, type Running, startServer } from '../running.ts'

/** Where the small city ends and the clock of the journeys stands: a Tuesday afternoon in Domograd. */
export const NOW = Date.parse('2026-02-10T15:30:00+05:00')

export interface Stage {
  server: Running
  /** A page in a language; what it asked for elsewhere and what went wrong in it are kept in `faults`. */
  open(
    path: string,
    how?: { language?: Language; width?: number; height?: number; scheme?: 'light' | 'dark' },
  ): Promise<Page>
  faults: string[]
  /** Closes all pages, so that they do not go on drawing behind the next test. */
  clear(): Promise<void>
  /** Stops the server and starts it again on the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** The command line as a user runs it, on a data folder. */
export function command(folder: string, ...args: string[]) {
  const done = spawnSync(process.execPath, ['server/cli.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, DOMOVOI_DATA: folder },
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`${args[0]}: ${done.stderr}`)
}
const seedTiny = (folder: string) =>
  command(folder, 'seed', '--preset', 'tiny', '--until', new Date(NOW).toISOString())

/** A small demo city, or whatever fills the folder, behind the real server, and a real browser before it. */
export async function raiseStage(fill = seedTiny, now = NOW): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'domovoi-journeys-'))
  fill(folder)
  let server = await startServer(folder, now)
  const browser = await launchBrowser()
  const contexts: BrowserContext[] = []
  const faults: string[] = []
  return {
    get server() {
      return server
    },
    faults,
    async open(path, { language = 'ru', width = 1440, height = 900, scheme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      })
      contexts.push(context)
      await context.addInitScript((chosen) => localStorage.setItem('language', chosen), language)
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${path}: ${error.message}`))
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url())
        if (protocol.startsWith('http') && origin !== new URL(server.url).origin)
          faults.push(`${path} asked ${request.url()}`)
      })
      await page.goto(server.url + path)
      return page
    },
    async clear() {
      for (const context of contexts.splice(0)) await context.close()
    },
    async restart() {
      const { port } = new URL(server.url)
      await server.stop()
      server = await startServer(folder, now, Number(port))
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
      await server.stop()
    },
  }
}

/** The digits of a text as a number: `1 240 заявок` is 1240. */
export const digits = (text: string | null) => Number((text ?? '').replace(/\D/g, ''))
