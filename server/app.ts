import { trpcServer } from '@hono/trpc-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { QUESTIONS_AT_ONCE } from '#server/contract/batch.ts'
import { exports } from './export/exports.ts'
import { exportRoutes } from './export/routes.ts'
import { dossierRoutes } from './features/flags/dossier-routes.ts'
import { mapRoutes } from './features/map/routes.ts'
import { healthRoutes } from './health.ts'
import { previewRoutes } from './import/preview-routes.ts'
import { ingestRoutes } from './ingest/routes.ts'
import { liveRoutes } from './live/route.ts'
import type { House } from './open.ts'
import { open311Routes } from './open311/routes.ts'
import { appRouter } from './router.ts'
import { screenRoutes } from './screens/routes.ts'
import { securityHeaders } from './security.ts'
import { isThisMachine, senderOf } from './sender.ts'
import { fileRoutes } from './sources/file-routes.ts'
import { webhookRoutes } from './sources/webhooks.ts'
import { FactsUnavailableError } from './store/engine.ts'
import { subjectRoutes } from './subjects/routes.ts'
import type { Telemetry } from './telemetry.ts'
import { totalsRoutes } from './totals.ts'
import { webFiles } from './web-files.ts'

export interface AppOptions {
  house: House
  telemetry: Telemetry
  /** What sources present to the ingest endpoint. */
  key: string
  /** Folder of the built web app. */
  dist: string
  /** Milliseconds that only grow. */
  clock: () => number
  /** The usual bound where it is absent. */
  streamsPerAddress?: number | undefined
}

const REFUSED: Readonly<Record<number, string>> = {
  403: 'this comes from a page of another origin; open it from this one',
  413: 'the body is too large',
}
/** Without a type it is taken for a form, which another page could send. */
const NO_TYPE = 'a POST needs the header content-type: application/json'

/** The whole server without a port: tests call `app.request()`, main.ts listens. */
export function createApp(options: AppOptions): Hono {
  const { house, telemetry, key, dist, clock, streamsPerAddress } = options
  const { context, log } = house
  const { registry, report } = context
  const app = new Hono()
  app.use(securityHeaders)
  app.use(async (c, next) => {
    const startedAt = clock()
    await next()
    // After next() the current route is the one that answered.
    const route = routePath(c)
    telemetry.request({ route, status: c.res.status, milliseconds: clock() - startedAt })
  })

  app.route('/', healthRoutes(house))
  app.route('/', totalsRoutes(house))
  app.get('/metrics', async (c) => {
    if (!isNear(c)) return c.json({ error: 'measures are told on this machine only' }, 403)
    return c.text(await telemetry.registry.metrics(), 200, {
      'Content-Type': telemetry.registry.contentType,
    })
  })

  const { gate } = house
  const observe = telemetry.batch
  const { subjects, now } = context
  app.route('/', ingestRoutes({ log, registry, key, gate, report, observe, clock, now }))
  app.route('/', subjectRoutes({ subjects, key, gate, now, report }))
  const { dataDir } = house
  const { settings } = context.sources
  app.route('/', webhookRoutes({ log, registry, gate, dataDir, settings, now, report }))

  const tooLarge = (c: Context) => c.json({ error: 'the question is larger than 1 MB' }, 413)
  app.use('/trpc/*', csrf())
  app.use('/trpc/*', async (c, next) => {
    if (c.req.path.split(',').length > QUESTIONS_AT_ONCE)
      return c.json({ error: `at most ${QUESTIONS_AT_ONCE} questions are asked at once` }, 400)
    await next()
    c.header('Cache-Control', 'no-store')
  })
  app.use('/trpc/*', bodyLimit({ maxSize: 1024 * 1024, onError: tooLarge }))
  app.use(
    '/trpc/*',
    trpcServer({
      router: appRouter,
      endpoint: '/trpc',
      allowMethodOverride: true,
      createContext: (_, c) => ({ ...context, sender: senderOf(c) }),
    }),
  )
  app.route('/', previewRoutes({ dataDir: house.dataDir, log, gate, now, report }))
  app.route('/', fileRoutes({ dataDir: house.dataDir, log, gate, now, report }))
  const { streamRefused: refused } = telemetry
  app.route('/', liveRoutes(house.hub, { perAddress: streamsPerAddress, refused }))
  app.route('/', mapRoutes(registry, house))
  app.route('/', screenRoutes(context.screens))
  app.route('/', exportRoutes(context, exports))
  app.route('/', dossierRoutes(context))
  const settled = () => house.settledWithin(2000)
  app.route('/', open311Routes({ context, gate, sources: house.open311, settled }))
  app.route('/', webFiles(dist, context))

  app.notFound((c) => c.json({ error: `there is nothing at ${c.req.path.slice(0, 200)}` }, 404))
  app.onError((cause, c) => {
    if (cause instanceof FactsUnavailableError) {
      c.header('Retry-After', '1')
      return c.json({ error: cause.message }, 503)
    }
    // A page of another origin, or a body that is not what it says: the sender's fault, not ours.
    if (cause instanceof HTTPException && cause.status < 500) {
      const untyped = cause.status === 403 && !c.req.header('content-type')
      const said = untyped ? NO_TYPE : REFUSED[cause.status]
      return c.json({ error: said ?? 'the request cannot be read' }, cause.status)
    }
    report(`${c.req.method} ${routePath(c)}`, cause)
    return c.json({ error: 'internal error' }, 500)
  })
  return app
}

/** From this machine and not through its proxy, or from a test that has no connection at all. */
const isNear = (c: Context): boolean => !c.env?.incoming || isThisMachine(senderOf(c))
