import { type Context as Call, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { inLanguage, LANGUAGES } from '#server/contract/vocabulary.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import type { ExportDefinition } from './definition.ts'
import { exportTable, FORMATS } from './response.ts'

/** A form with the ids of some thousand houses. */
const LARGEST = 256 * 1024

/**
 * `GET /export/<table>.csv|xlsx?…the page's own search…&lang=ru`. `raw=1` gives the CSV for machines. `POST` takes the same search as
 * the fields of a form, where it is longer than an address may be.
 */
export function exportRoutes(
  context: Context,
  definitions: Readonly<Record<string, ExportDefinition>>,
): Hono {
  const routes = new Hono()
  const answer = async (c: Call, search: URLSearchParams) => {
    const file = c.req.param('file') ?? ''
    const dot = file.lastIndexOf('.')
    const format = FORMATS.find((known) => known === file.slice(dot + 1))
    const name = file.slice(0, dot)
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
    if (!definition || !format)
      return c.text(`no such table: /export/${file}; there are ${offered(definitions)}\n`, 404)
    const lang = search.get('lang') ?? 'ru'
    const language = LANGUAGES.find((known) => known === lang)
    if (!language)
      return c.text(`lang is one of ${LANGUAGES.join(', ')}, not ${lang.slice(0, 64)}\n`, 400)
    try {
      const table = await definition.open({ context, search, language })
      return exportTable(table, {
        format,
        language,
        zone: context.city.zone,
        city: inLanguage(context.city.name, language),
        now: context.now(),
        raw: search.get('raw') === '1',
      })
    } catch (cause) {
      if (cause instanceof Refusal) return c.text(`${cause.message}\n`, STATUS[cause.code])
      context.report(`export/${file}`, cause)
      return c.text('the table could not be written; try again\n', 500)
    }
  }
  routes.get('/export/:file', (c) => answer(c, new URL(c.req.url).searchParams))
  const tooLarge = (c: Call) => c.text('the form is larger than 256 KB; choose fewer values\n', 413)
  routes.post('/export/:file', bodyLimit({ maxSize: LARGEST, onError: tooLarge }), async (c) =>
    answer(c, new URLSearchParams(await c.req.text())),
  )
  return routes
}

const STATUS = {
  BAD_REQUEST: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  SERVICE_UNAVAILABLE: 503,
  TOO_MANY_REQUESTS: 429,
} as const satisfies Record<Refusal['code'], number>

const offered = (definitions: Readonly<Record<string, ExportDefinition>>) =>
  Object.keys(definitions)
    .flatMap((name) => FORMATS.map((format) => `${name}.${format}`))
    .join(', ')
