import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

const A_YEAR = 'public, max-age=31536000, immutable'

interface Clock {
  now: () => number
  pinned?: boolean | undefined
}

/**
 * The built web app: hashed files are kept for ever, the page itself is asked for each time. `/alive` tells which app that is, so
 * that a page that has been open for months learns of a new one.
 */
export function webFiles(dist: string, { now, pinned = false }: Clock): Hono {
  const app = new Hono()
  const file = join(dist, 'index.html')
  if (!existsSync(file)) return app
  let page = { text: '', version: '', builtAt: 0 }
  // A build beside a running server brings a page with other hashed files.
  const latest = () => {
    const builtAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? page.builtAt
    if (builtAt !== page.builtAt) page = { ...versioned(readFileSync(file, 'utf8')), builtAt }
    return page
  }
  const showPage = () =>
    new Response(latest().text, {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' },
    })
  app.get('/', showPage)
  app.get('/index.html', showPage)
  app.get('/alive', (c) =>
    c.json({ version: latest().version, now: now(), pinned }, 200, { 'Cache-Control': 'no-store' }),
  )
  app.use('*', async (c, next) => {
    await next()
    if (!c.res.ok || c.res.headers.has('Cache-Control')) return
    c.res.headers.set('Cache-Control', c.req.path.startsWith('/assets/') ? A_YEAR : 'no-cache')
  })
  app.use('*', serveStatic({ root: dist, precompressed: true }))
  // Addresses of pages are the app's own; a missing file must not look like a page.
  app.get('*', (c, next) => {
    const isPage =
      !/\.[a-z0-9]+$/i.test(c.req.path) || c.req.header('accept')?.includes('text/html')
    return isPage && !c.req.path.startsWith('/assets/') ? showPage() : next()
  })
  return app
}

/** The page names the hashed files of all its parts, so its own hash is that of the app. */
function versioned(html: string): { text: string; version: string } {
  const version = createHash('sha256').update(html).digest('hex').slice(0, 12)
  return {
    version,
    text: html.replace('<head>', `<head><meta name="version" content="${version}">`),
  }
}
