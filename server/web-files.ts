import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

const A_YEAR = 'public, max-age=31536000, immutable'

/** The built web app: hashed files are kept for ever, the page itself is asked for each time. */
export function webFiles(dist: string): Hono {
  const app = new Hono()
  const file = join(dist, 'index.html')
  if (!existsSync(file)) return app
  let page = { text: '', builtAt: 0 }
  // A build beside a running server brings a page with other hashed files.
  const showPage = () => {
    const builtAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? page.builtAt
    if (builtAt !== page.builtAt) page = { text: readFileSync(file, 'utf8'), builtAt }
    return new Response(page.text, {
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' },
    })
  }
  app.get('/', showPage)
  app.get('/index.html', showPage)
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
