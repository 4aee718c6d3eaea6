import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { z } from 'zod'
import { KEPT_DAYS, SCENES } from '#server/contract/screens.ts'
import { senderOf } from '#server/sender.ts'
import type { Screens } from './screens.ts'

const COOKIE = 'domovoi-screen'
/** The longest that browsers keep a cookie. */
const LASTS_S = KEPT_DAYS.silent * 86_400
const Claimed = z.strictObject({ secret: z.string().min(1).max(100) })
const Said = z.strictObject({ shows: z.enum(SCENES).nullable() })

/**
 * What a television says of itself. Its token is a cookie that no script reads and no address shows: POST `/screens/ask`
 * gives a code, `/screens/claim` the token once an official let it in, `/screens/here` tells what it is to show.
 */
export function screenRoutes(screens: Screens) {
  const routes = new Hono<{ Bindings: Partial<HttpBindings> }>()
  routes.use('/screens/*', csrf())
  routes.use('/screens/*', async (c, next) => {
    await next()
    if (c.req.method === 'POST') c.header('Cache-Control', 'no-store')
  })
  routes.use('/screens/*', bodyLimit({ maxSize: 4096 }))
  routes.post('/screens/ask', (c) => {
    const waiting = screens.ask(senderOf(c))
    if (!waiting)
      return c.json(
        { error: 'too many screens wait to be let in; try again in ten minutes' },
        503,
        {
          'Retry-After': '60',
        },
      )
    return c.json(waiting)
  })
  routes.post('/screens/claim', async (c) => {
    const body = Claimed.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: 'the body must be {"secret": "…"}' }, 400)
    const claim = screens.claim(body.data.secret)
    if (claim.state === 'approved') remember(c, claim.token)
    return c.json({ state: claim.state })
  })
  routes.post('/screens/here', async (c) => {
    const body = Said.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: `the body must be {"shows": one of ${SCENES}}` }, 400)
    const token = getCookie(c, COOKIE)
    const screen = token ? screens.hear(token, body.data.shows) : null
    if (!token || !screen) {
      if (token) deleteCookie(c, COOKIE, { path: '/' })
      return c.json({ error: 'this screen is not let in, or no longer' }, 401)
    }
    // A wall hangs for longer than a browser keeps a cookie that is not given again.
    remember(c, token)
    const { name, setting } = screen
    return c.json({ name, setting })
  })
  return routes
}

const remember = (c: Context, token: string) =>
  setCookie(c, COOKIE, token, {
    ...{ path: '/', httpOnly: true, sameSite: 'Strict', maxAge: LASTS_S },
    secure: new URL(c.req.url).protocol === 'https:',
  })
