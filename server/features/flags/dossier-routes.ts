import { Hono } from 'hono'
import { LANGUAGES, type Language } from '#server/contract/vocabulary.ts'
import { attachment } from '#server/export/response.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { dossierPdf } from './dossier-pdf.ts'
import { laterOf, servedDossier } from './dossier-serve.ts'
import { createTurns, GoneError } from './turns.ts'

/** One is printed at a time: a sheet takes a core for a second or two, and the city has other questions. So many wait for it. */
const WAITING = 10
const COME_BACK_S = 10

/** `GET /flags/<id>/dossier.pdf?lang=ru`: the evidence sheet on A4, the same bytes for the same words. */
export function dossierRoutes(context: Context): Hono {
  const routes = new Hono()
  const inTurn = createTurns(WAITING)
  async function print(flag: string, language: Language) {
    const served = await servedDossier(context, flag, language)
    const { dossier, hash, at } = served
    const later = laterOf(context, served)
    return { dossier, hash, body: await dossierPdf({ dossier, hash, later, at }) }
  }
  routes.get('/flags/:flag/dossier.pdf', async (c) => {
    const flag = c.req.param('flag')
    const language = LANGUAGES.find((known) => known === c.req.query('lang')) ?? 'ru'
    const printing = inTurn(() => print(flag, language), c.req.raw.signal)
    if (!printing)
      return c.text(
        `${WAITING} dossiers wait to be printed already; try again in ${COME_BACK_S} seconds\n`,
        503,
        { 'Retry-After': String(COME_BACK_S) },
      )
    try {
      const { dossier, hash, body } = await printing
      return c.body(new Uint8Array(body), 200, {
        'Content-Type': 'application/pdf',
        'Content-Disposition': attachment(
          `${dossier.running.number} ${dossier.subject} ${language}`,
          'pdf',
        ),
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'X-Dossier-Sha256': hash,
      })
    } catch (cause) {
      // Nobody reads it.
      if (cause instanceof GoneError) return c.body(null, 408)
      if (cause instanceof Refusal) return c.text(`${cause.message}\n`, 404)
      context.report('flags/dossier.pdf', cause)
      return c.text('the dossier could not be printed; try again\n', 500)
    }
  })
  return routes
}
