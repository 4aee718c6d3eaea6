import { type Context as Call, Hono } from 'hono'
import { LANGUAGES, type Language } from '#server/contract/vocabulary.ts'
import { BodyFault, readBody } from '#server/ingest/body.ts'
import { type Gate, PressureFault } from '#server/ingest/pressure.ts'
import { UnavailableError } from '#server/log/log.ts'
import { FactsUnavailableError } from '#server/store/engine.ts'
import type { Context } from '#server/trpc.ts'
import { type Format, formatOf, Open311Error, refused, told } from './answer.ts'
import { noticeOf } from './notice.ts'
import { onlyRequest, questionOf, requestsOf } from './request-list.ts'
import { definitionOf, servicesOf } from './services.ts'
import { type Sources, sourceOfKey } from './sources.ts'
import { formOf, submit } from './submit.ts'

export interface Open311Options {
  context: Context
  gate: Gate
  /** Read anew for each question, so that a key made meanwhile is taken. */
  sources: () => Sources
  /** True when the facts show everything that was stored; false when that takes too long. */
  settled: () => Promise<boolean>
}

const BASE = '/open311/v2'
const TOKEN = 't-'
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2'

/** Open311 GeoReport v2, in XML and JSON. It tells nothing of people: who asks and what they wrote stays in the erasable table. */
export function open311Routes(options: Open311Options): Hono {
  const { context, gate, sources, settled } = options
  const { registry, log, city } = context
  const app = new Hono()

  type Answer = { root: string; value: object }
  const answering =
    (answer: (c: Call, name: string, format: Format) => Promise<Answer> | Answer) =>
    async (c: Call) => {
      const { format, name } = formatOf(
        c,
        c.req.param('name') ?? c.req.path.split('/').at(-1) ?? '',
      )
      try {
        checkJurisdiction(sources(), c.req.query('jurisdiction_id'))
        return told(c, format, await answer(c, name, format))
      } catch (cause) {
        return refusal(c, format, cause)
      }
    }

  function refusal(c: Call, format: Format, cause: unknown) {
    if (cause instanceof Open311Error) return refused(c, format, cause.status, cause.message)
    if (cause instanceof BodyFault) return refused(c, format, cause.status, cause.message)
    if (cause instanceof PressureFault || cause instanceof UnavailableError) {
      c.header('Retry-After', String('status' in cause ? cause.retryAfterSeconds : 5))
      return refused(c, format, 503, 'nothing was stored; send the request again')
    }
    if (cause instanceof FactsUnavailableError) {
      c.header('Retry-After', '1')
      return refused(c, format, 503, cause.message)
    }
    context.report('open311', cause)
    return refused(c, format, 500, 'internal error')
  }

  const discovery = answering((c) => ({
    root: 'discovery',
    value: {
      changeset: '2026-02-01T00:00:00Z',
      contact: null,
      key_service: 'domovoi key add NAME',
      endpoints: [
        {
          specification: SPECIFICATION,
          url: new URL(BASE, c.req.url).href,
          changeset: '2026-02-01T00:00:00Z',
          type: 'production',
          formats: ['text/xml', 'application/json'],
        },
      ],
    },
  }))
  const services = answering((c) => ({
    root: 'services',
    value: servicesOf(registry, languageOf(c, city.languages)),
  }))
  const requests = answering(async (c) => ({
    root: 'service_requests',
    value: await requestsOf(
      context,
      questionOf(new URL(c.req.url).searchParams, context.now()),
      languageOf(c, city.languages),
    ),
  }))
  const oneRequest = async (c: Call, name: string) => {
    const found = await requestsOf(context, onlyRequest(name), languageOf(c, city.languages))
    if (found.length > 0) return found
    throw new Open311Error(404, `service_request_id "${name.slice(0, 128)}" was not found`)
  }

  const post = answering(async (c) => {
    const form = formOf(await paramsOf(c))
    checkJurisdiction(sources(), form.fields.jurisdiction_id)
    const presented = form.fields.api_key ?? c.req.header('x-api-key') ?? c.req.query('api_key')
    const known = sources()
    const source = presented && sourceOfKey(known, presented)
    if (!source && known.fault !== null)
      throw new Open311Error(503, 'sources.json is not right here; nothing was stored')
    if (!source) throw new Open311Error(403, 'api_key is missing or not known')
    const request = await gate.pass(() => submit(context, source, form))
    const language = languageOf(c, city.languages, form.fields.locale)
    const about = (shown?: Parameters<typeof noticeOf>[0]) => ({
      service_notice: noticeOf(shown, language, city.zone),
      account_id: null,
    })
    // The number is told once a client can ask for it; a facts file that is being rebuilt may take minutes.
    const shown = async () => (await requestsOf(context, onlyRequest(request), language))[0]
    const value = (await settled())
      ? { service_request_id: request, ...about(await shown()) }
      : { token: `${TOKEN}${request}`, ...about() }
    return { root: 'service_requests', value: [value] }
  })

  const token = answering(async (_c, name) => {
    const number = name.startsWith(TOKEN) ? name.slice(TOKEN.length) : ''
    if (!number || log.key(`request:${number}`) === undefined)
      throw new Open311Error(404, `token "${name.slice(0, 128)}" was not found`)
    const [shown] = await requestsOf(context, onlyRequest(number), city.languages[0] ?? 'ru')
    const value = [{ service_request_id: shown?.service_request_id ?? null, token: name }]
    return { root: 'service_requests', value }
  })

  for (const ending of ['', '.json', '.xml']) {
    app.get(`${BASE}/discovery${ending}`, discovery)
    app.get(`${BASE}/services${ending}`, services)
    app.get(`${BASE}/requests${ending}`, requests)
    app.post(`${BASE}/requests${ending}`, post)
  }
  app.get(
    `${BASE}/services/:name`,
    answering((c, name) => ({
      root: 'service_definition',
      value: definitionOf(registry, name, languageOf(c, city.languages)),
    })),
  )
  app.get(`${BASE}/tokens/:name`, token)
  app.get(
    `${BASE}/requests/:name`,
    answering(async (c, name) => ({ root: 'service_requests', value: await oneRequest(c, name) })),
  )
  // The schema writes "request" and one object where the text of the protocol writes "requests" and a list.
  app.get(
    `${BASE}/request/:name`,
    answering(async (c, name) => ({
      root: 'request',
      value: (await oneRequest(c, name))[0] ?? {},
    })),
  )
  app.all(`${BASE}/*`, (c) =>
    refused(c, formatOf(c, c.req.path).format, 404, 'the protocol has no such address'),
  )
  return app
}

function checkJurisdiction({ jurisdiction }: Sources, asked: string | undefined) {
  if (jurisdiction && asked && asked !== jurisdiction)
    throw new Open311Error(404, 'jurisdiction_id was not found')
}

/**
 * A form, or the query where there is no body, as the published schema writes it. Nothing else: XML and JSON are not read at
 * all, so that neither entities nor nesting can do harm.
 */
async function paramsOf(c: Call): Promise<URLSearchParams> {
  const header = (name: string) => c.req.header(name)
  const type = (header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const empty = Number(header('content-length') ?? 0) === 0 && !header('transfer-encoding')
  if (empty && (c.req.raw.body === null || type === '')) return queryOf(c)
  if (type !== 'application/x-www-form-urlencoded')
    throw new Open311Error(415, 'send the request as application/x-www-form-urlencoded')
  const body = await readBody(c.req.raw)
  if (body.length > 100_000) throw new Open311Error(413, 'the request is larger than 100 kB')
  return body.length === 0 ? queryOf(c) : new URLSearchParams(body.toString())
}
const queryOf = (c: Call) => new URL(c.req.url).searchParams

/** `locale` of the question, else what the client's header prefers, else the city's first. */
function languageOf(c: Call, languages: readonly Language[], told?: string): Language {
  const locale = c.req.query('locale') ?? told
  const wanted = [locale ?? '', ...(c.req.header('accept-language') ?? '').split(',')].map((part) =>
    part.trim().slice(0, 2).toLowerCase(),
  )
  const known = LANGUAGES.filter((language) => languages.includes(language))
  return wanted.flatMap((word) => known.find((it) => it === word) ?? [])[0] ?? languages[0] ?? 'ru'
}
